import re
from pathlib import Path

import pytest

from sscdesk.i18n import language
from sscdesk.reports import registry
from sscdesk.reports.blocks import Text
from sscdesk.reports.flow import Room, Strip
from sscdesk.reports.ink import Ink
from sscdesk.reports.kinds import KINDS
from sscdesk.reports.lines import Line, Span, line_up
from sscdesk.reports.sections import lettered
from sscdesk.reports.styles import BODY, CELL
from sscdesk.reports.tables import Column, Row, Table
from tests.reports.more_samples import an_arabic_mission_report
from tests.reports.reading import pages_of, text_of
from tests.reports.test_kinds import SAMPLES

WIDE = Room(400, "ar", rtl=True)
PROSE = (
    "La plate-forme en ligne de 2023 n’a pas été utilisée, les porteurs préfèrent le téléphone. "
)


class Recording(Ink):
    """Remembers where each line was drawn instead of drawing it."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, float, float]] = []

    def line(self, line: Line, x: float, y: float) -> None:
        self.lines.append(("".join(run.text for run in line.runs), x, line.width))

    def rule(self, *_: object) -> None:  # type: ignore[override]
        """Draw nothing."""

    def panel(self, *_: object) -> None:  # type: ignore[override]
        """Draw nothing."""


def drawn(strips: list[Strip]) -> list[tuple[str, float, float]]:
    ink = Recording()
    for strip in strips:
        strip.draw(ink, 0, 0)
    return ink.lines


def test_the_words_of_an_arabic_report_are_read_in_their_order(tmp_path: Path) -> None:
    report = an_arabic_mission_report()

    text = text_of(registry.build("mission_report", report, "ar").pdf, tmp_path)

    for words in (
        report.title.ar,
        report.context,
        report.objectives,
        "درس الوفد الشباك الموحد الذي تخصصه باماكو لمستثمري الجالية.",
        "شريطة اتفاق مع المركز الجهوي للاستثمار",
        "لا يغير المستثمر محاوره؛ وانخفضت نسبة التخلي من",
        report.findings[1].text[:60],
    ):
        assert only_words(words) in only_words(text), words


def only_words(text: str) -> str:
    """Letters and figures alone: readers disagree on which side of a sign a space stands."""
    return " ".join(re.findall(r"\w+", text))


def test_letters_are_read_as_ordinary_letters_and_not_as_their_shapes(tmp_path: Path) -> None:
    text = text_of(registry.build("mission_report", an_arabic_mission_report(), "ar").pdf, tmp_path)

    assert not [char for char in text if "\ufb50" <= char <= "\ufdff" or char >= "\ufe70"]
    assert "الاستثمار" in text or "للاستثمار" in text


def test_an_arabic_report_has_the_date_the_pages_and_the_annexes_in_arabic(tmp_path: Path) -> None:
    paper = registry.build("mission_report", an_arabic_mission_report(), "ar")

    pages = pages_of(paper.pdf, tmp_path)

    assert "مارس" in pages[0]
    with language("ar"):
        [items] = lettered(["x", "y"])
        assert [mark for mark, _ in items.items] == ["أ", "ب"]  # type: ignore[attr-defined]


def test_arabic_lines_start_at_the_right_margin() -> None:
    [(_, x, width)] = drawn(Text("درس الوفد الشباك").strips(WIDE))

    assert x + width == pytest.approx(400)


def test_french_prose_in_an_arabic_report_starts_at_the_left() -> None:
    lines = drawn(Text(PROSE * 3).strips(WIDE))

    assert len(lines) > 2
    assert {x for _, x, _ in lines} == {0}


def test_the_full_stop_of_a_french_sentence_stays_at_its_right_end() -> None:
    [line] = line_up([Span("Fin.", BODY)], 300, rtl=True)

    assert [run.text for run in line.runs] == ["Fin."]


def test_a_table_is_mirrored_first_column_at_the_right() -> None:
    table = Table((Column("A"), Column("B")), (Row(("premier", "second")),), CELL)

    places = {text: x for text, x, _ in drawn(table.strips(WIDE))}

    assert places["premier"] > 200 > places["second"]
    assert places["A"] > 200 > places["B"]


def test_arabic_is_set_larger_than_latin_to_look_alike() -> None:
    [line] = line_up([Span("كلمة word", BODY)], 300, rtl=True)

    sizes = {run.face.key: run.size for run in line.runs}
    assert sizes["arabic"] == pytest.approx(BODY.size * 1.2)
    assert sizes["regular"] == BODY.size


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_exists_in_arabic(kind: str) -> None:
    paper = registry.build(kind, SAMPLES[kind](), "ar")

    assert paper.language == "ar"
    assert paper.unprintable == ""
    assert registry.build(kind, SAMPLES[kind](), "ar").pdf == paper.pdf
