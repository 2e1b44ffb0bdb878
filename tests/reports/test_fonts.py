import unicodedata

import pytest

from sscdesk.reports.fonts import FALLBACKS, WEIGHTS, face, face_of
from sscdesk.reports.lines import Span, balanced, line_up, natural_width
from sscdesk.reports.styles import TextStyle

STYLE = TextStyle(size=10, leading=14)
WRITTEN = (
    "ABCXYZabcxyz0123456789 .,;:!?'\"()[]{}<>/\\|@#$%&*+-=_~^`«»‹›“”„‘’‚–—…·•°§¶№№€₣©®™±×÷"
    "ÀÂÇÉÈÊËÎÏÔŒÙÛÜàâçéèêëîïôœùûüñöäß ɛƐɔƆŋŊɲƝɓƁɗƊ\u00a0\u202f"
)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_text_font_has_every_letter_of_french_english_bambara_and_wolof(weight: str) -> None:
    assert [char for char in WRITTEN if not face(weight).has(char)] == []


@pytest.mark.parametrize("char", "−→←↔≤≥≠≈∞✓✗☐☑●○■□")
def test_signs_come_from_a_font_of_signs(char: str) -> None:
    found = face_of(char, "regular")

    assert found is not None
    assert found.key in FALLBACKS["regular"]


def test_arabic_letters_come_from_the_arabic_font_of_the_same_weight() -> None:
    regular, bold = face_of("م", "regular"), face_of("م", "bold")

    assert [found.key for found in (regular, bold) if found] == ["arabic", "arabic-bold"]


def test_what_no_font_has_is_known_before_it_is_drawn() -> None:
    [line] = line_up([Span("a中b", STYLE)], 500)

    assert line.missing == "中"
    assert "".join(run.text for run in line.runs) == "a\ufffdb"


def test_a_lam_and_an_alef_become_one_glyph() -> None:
    arabic = face("arabic")

    drawn = {
        word: [glyph for glyph in arabic.shape(word, True).glyphs if glyph.advance]
        for word in ("لا", "لم")
    }

    assert len(drawn["لا"]) == 1
    assert len(drawn["لم"]) == 2


def test_joined_letters_differ_from_letters_alone() -> None:
    arabic = face("arabic")

    joined = {glyph.number for glyph in arabic.shape("بب", True).glyphs}

    assert arabic.shape("ب", True).glyphs[0].number not in joined


def test_no_line_is_wider_than_it_may_be() -> None:
    text = "Le guichet unique « investisseurs » de Bamako MA-FUP-2026-0041 أمينة بنعلي " * 20

    for width in (60.0, 141.5, 480.0):
        for line in line_up([Span(text.strip(), STYLE)], width):
            assert line.width <= width + 0.01 or " " not in line.runs[0].text


def test_lines_hold_all_the_words_in_their_order() -> None:
    text = "un deux trois quatre cinq six sept huit neuf dix " * 9

    lines = line_up([Span(text.strip(), STYLE)], 130)

    assert " ".join(run.text for line in lines for run in line.runs) == text.strip()


def test_a_title_is_broken_into_equal_lines() -> None:
    title = "Accueil des investisseurs de la diaspora au guichet unique de Bamako"

    lines = balanced([Span(title, STYLE)], 300)

    assert len(lines) == len(line_up([Span(title, STYLE)], 300)) == 2
    assert max(line.width for line in lines) < 0.75 * 300


def test_bold_and_plain_words_share_a_line() -> None:
    spans = [Span("Un seul lieu.", STYLE.bold()), Span(" Le reste suit.", STYLE)]

    [line] = line_up(spans, 500)

    assert [run.face.key for run in line.runs] == ["semibold", "regular"]
    assert line.width == pytest.approx(
        natural_width("Un seul lieu.", STYLE.bold()) + natural_width(" Le reste suit.", STYLE)
    )


def test_free_marks_are_placed_by_shaping() -> None:
    text = unicodedata.normalize("NFC", "ɛ\u0301")

    [line] = line_up([Span(text, STYLE)], 100)

    assert line.runs[0].shapes is not None
    assert line.width == pytest.approx(natural_width("ɛ", STYLE))
