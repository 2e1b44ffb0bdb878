import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from sscdesk.i18n import language
from sscdesk.model.refusal import NotFound
from sscdesk.model.values import Money
from sscdesk.reports import registry
from sscdesk.reports.kinds import KINDS
from sscdesk.reports.snapshot import Signer, Wording, decoded, encoded
from tests.reports import more_samples, samples
from tests.reports.reading import fonts_of, pages_of, plain, text_of

SAMPLES: dict[str, Callable[[], Any]] = {
    "mission_order": samples.a_mission_order,
    "mission_report": samples.a_mission_report,
    "mission_finance": samples.a_mission_finance,
    "briefing": more_samples.a_briefing,
    "exchange_report": more_samples.an_exchange_report,
    "attendance_sheet": more_samples.an_attendance_sheet,
    "directory": more_samples.a_directory,
    "directory_complete": lambda: more_samples.a_directory(complete=True),
    "plan_matrix": more_samples.a_plan_matrix,
    "practice_sheet": more_samples.a_practice_sheet,
    "donor_report": more_samples.a_donor_report,
    "data_record": more_samples.a_data_record,
    "sync_register": more_samples.a_sync_register,
}
CODES = {"office", "state", "kind", "sex", "trend", "direction", "currency"}
"""Attributes that hold a code, for which a wording stands beside them."""
UNTOLD = {
    "briefing": {"office_name", "reference"},
    "mission_finance": {"name_ar", "function", "organisation", "quality", "office_name"},
    "attendance_sheet": {"office_name"},
    "directory": {"office_name", "reference"},
    "directory_complete": {"office_name", "reference"},
}
"""What a kind of paper leaves out of what its data share with others."""
DATE = re.compile(r"\d{4}(-\d\d(-\d\dT?.*)?)?")


def texts_of(value: Any, skipped: set[str], name: str = "") -> Iterator[str]:
    """Every text of a snapshot that its paper must show, in the current language."""
    if isinstance(value, Wording):
        yield value.say()
    elif isinstance(value, str):
        if not DATE.fullmatch(value) and name not in CODES:
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item, skipped, name)
    elif is_dataclass(value) and not isinstance(value, Money):
        for part in fields(value):
            if part.name not in skipped:
                yield from texts_of(getattr(value, part.name), skipped, part.name)


def hostile(value: Any, name: str = "") -> Any:
    """The same snapshot with markup, controls and direction marks in every text."""
    if isinstance(value, str):
        if DATE.fullmatch(value) or name in CODES or not value:
            return value
        return f"<b>{value}</b> &amp; %s {{0}} \x00\u202e\ufffe السلام (عليكم) {value}" + "x" * 90
    if isinstance(value, tuple):
        return tuple(hostile(item, name) for item in value)
    if is_dataclass(value) and not isinstance(value, (Money, Signer)):
        changed = {
            part.name: hostile(getattr(value, part.name), part.name) for part in fields(value)
        }
        return replace(value, **changed)  # type: ignore[type-var]
    return value


def test_there_is_a_sample_for_each_kind() -> None:
    assert set(SAMPLES) == set(KINDS)


def told(words: str, text: str) -> bool:
    """Say whether ``words`` stand in ``text``, if need be on several lines of a cell."""
    if words in text or words.replace(" ", "") in text.replace(" ", ""):
        return True
    return all(word in text for word in words.split())


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_was_recorded_can_be_read(kind: str, code: str, tmp_path: Path) -> None:
    snapshot = SAMPLES[kind]()

    text = text_of(registry.build(kind, snapshot, code).pdf, tmp_path)

    with language(code):
        expected = [plain(words) for words in texts_of(snapshot, UNTOLD.get(kind, set())) if words]
    missing = [words for words in expected if not told(words.lower(), text.lower())]
    assert missing == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_snapshot_of_each_kind_comes_back_as_it_was(kind: str) -> None:
    snapshot = SAMPLES[kind]()

    assert decoded(encoded(snapshot), KINDS[kind].snapshot) == snapshot


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drawn_the_same_from_the_same_data(kind: str) -> None:
    first = registry.build(kind, SAMPLES[kind](), "fr")

    assert registry.build(kind, SAMPLES[kind](), "fr").pdf == first.pdf
    assert first.unprintable == ""


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_break_no_kind(kind: str, tmp_path: Path) -> None:
    paper = registry.build(kind, hostile(SAMPLES[kind]()), "fr", draft=True)

    assert "&amp;" in text_of(paper.pdf, tmp_path)
    assert all(font[-5] == "yes" for font in fonts_of(paper.pdf, tmp_path))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_with_nothing_but_its_imprint_is_still_a_paper(kind: str, tmp_path: Path) -> None:
    full = SAMPLES[kind]()
    empty = {part.name: () for part in fields(full) if isinstance(getattr(full, part.name), tuple)}

    paper = registry.build(kind, replace(full, **empty), "en", draft=True)

    assert pages_of(paper.pdf, tmp_path)


@pytest.mark.parametrize("kind", [code for code in KINDS if KINDS[code].required])
def test_empty_required_sections_are_named(kind: str) -> None:
    full = SAMPLES[kind]()
    required = KINDS[kind].required

    assert registry.missing_sections(kind, full) == ()
    for section in required:
        value = getattr(full, section.attribute)
        emptied = replace(full, **{section.attribute: type(value)()})
        assert registry.missing_sections(kind, emptied) == (section,)


@pytest.mark.parametrize("kind", [code for code in KINDS if KINDS[code].internal])
def test_a_paper_that_stays_in_the_office_says_so_on_every_page(kind: str, tmp_path: Path) -> None:
    pages = pages_of(registry.build(kind, SAMPLES[kind](), "en").pdf, tmp_path)

    assert all("INTERNAL DOCUMENT" in page for page in pages)


def test_only_signed_kinds_have_places_for_signatures() -> None:
    for kind in KINDS:
        paper = registry.build(kind, SAMPLES[kind](), "fr")
        assert bool(paper.fields) == KINDS[kind].signed, kind


def test_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(NotFound) as refused:
        registry.kind("poem")

    assert refused.value.code == "unknown-report-kind"


def test_the_code_is_known_without_drawing() -> None:
    report = samples.a_mission_report()

    assert registry.code_for("mission_report", report, "fr") == (
        registry.build("mission_report", report, "fr").check_code
    )


def test_few_persons_are_not_told_to_the_donor(tmp_path: Path) -> None:
    text = text_of(
        registry.build("donor_report", more_samples.a_donor_report(), "en").pdf, tmp_path
    )

    assert "women 97, men <5" in text
    assert "Senegal <5" in text


def test_a_promise_without_return_is_said_to_be_one_sided(tmp_path: Path) -> None:
    text = text_of(registry.build("plan_matrix", more_samples.a_plan_matrix(), "en").pdf, tmp_path)

    assert "Nothing in return for MA-COM-2026-0005." in text
    assert "92 days late" in text
    assert "0 of 2 kept, 1 late" in text


def test_the_directory_has_an_index_in_all_scripts(tmp_path: Path) -> None:
    text = text_of(registry.build("directory", more_samples.a_directory(), "en").pdf, tmp_path)

    index = text[text.index("Index of names") :]
    for name in ("Organisme de la diaspora 1", "Diaspora organisation 1", "منظمة الجالية", "OD5"):
        assert name in index


def test_the_order_has_a_box_for_the_stamp_of_each_host(tmp_path: Path) -> None:
    order = samples.a_mission_order(amendment=2, amends="118/2026")

    text = text_of(registry.build("mission_order", order, "en").pdf, tmp_path)

    assert text.count("Seen on arrival, on") == len(order.places)
    assert "Amended mission order, amendment 2" in text
    assert "This order replaces order 118/2026." in text
    assert "5 days, 4 nights" in text


def test_blank_rows_of_a_sheet_are_numbered_on(tmp_path: Path) -> None:
    sheet = more_samples.an_attendance_sheet(blank_rows=30, totals=None)

    text = text_of(registry.build("attendance_sheet", sheet, "en").pdf, tmp_path, "-layout")

    assert all(f" {n} " in text for n in range(1, 37))


def test_a_paper_is_the_same_after_everything_remembered_was_dropped() -> None:
    before = registry.build("mission_report", samples.a_mission_report(), "ar").pdf

    registry.forget()

    assert registry.build("mission_report", samples.a_mission_report(), "ar").pdf == before
