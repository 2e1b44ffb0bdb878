"""The colours are read by everybody; the style sheet knows every token it names."""

import itertools
import re

import pytest

from sscdesk.ui.theme import (
    TEXT_PAIRS,
    TEXT_SCALES,
    TOKENS,
    TONES,
    Scheme,
    Theme,
    contrast,
    style_sheet,
)


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids=" on ".join)
def test_every_text_stands_out_from_its_ground(scheme: Scheme, pair: tuple[str, str]) -> None:
    theme = Theme(scheme)

    ink, ground = (theme.hex(token) for token in pair)

    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("pair", TEXT_PAIRS, ids=" on ".join)
def test_high_contrast_is_higher(pair: tuple[str, str]) -> None:
    theme = Theme(Scheme.CONTRAST)

    assert contrast(*(theme.hex(token) for token in pair)) >= 7


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_edge_of_a_control_shows(scheme: Scheme) -> None:
    theme = Theme(scheme)

    assert contrast(theme.hex("edge"), theme.hex("paper")) >= 3
    assert contrast(theme.hex("accent"), theme.hex("paper")) >= 3


def test_the_table_of_the_drawing_is_kept() -> None:
    assert TOKENS["ground"][:2] == ("#F6F5F1", "#12181B")
    assert TOKENS["nav"][:2] == ("#12343B", "#0C1315")
    assert TOKENS["accent"][:2] == ("#0B7A6B", "#3FB8A4")


def test_each_tone_has_its_ink_and_its_wash() -> None:
    assert all(tone in TOKENS and f"{tone}_wash" in TOKENS for tone in TONES)


@pytest.mark.parametrize(
    ("scheme", "percent"), list(itertools.product(Scheme, (TEXT_SCALES[0], TEXT_SCALES[-1])))
)
def test_the_style_sheet_has_no_token_left(scheme: Scheme, percent: int) -> None:
    sheet = style_sheet(Theme(scheme, percent))

    assert "@" not in sheet
    assert not re.search(r"\dsp\b", sheet)


def test_sizes_grow_with_the_text() -> None:
    assert Theme(text_percent=200).font_px("body") == 2 * Theme().font_px("body")
    assert Theme(text_percent=200).row_height == 2 * Theme().row_height


def test_rows_are_generous_and_can_be_compact() -> None:
    assert Theme().row_height == 36
    assert Theme(compact=True).row_height == 28


def test_arabic_rows_leave_room_for_taller_letters() -> None:
    assert Theme(right_to_left=True).row_height > Theme().row_height
