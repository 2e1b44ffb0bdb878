"""A copied table is data in Excel and in Word, never a formula and never markup."""

import pytest

from sscdesk.ui.models.table_copy import as_html, as_mime, as_tabs


@pytest.mark.parametrize("cell", ["=1+1", "+33 1", "-5", "@x", "=cmd|' /C calc'!A0"])
def test_no_cell_becomes_a_formula(cell: str) -> None:
    assert as_tabs([["Title"], [cell]]).splitlines()[1].startswith("'")


def test_a_cell_never_breaks_its_line() -> None:
    assert as_tabs([["A", "B"], ["one\ttwo\nthree", "x"]]).splitlines()[1] == "one two three\tx"


def test_markup_in_a_cell_is_text() -> None:
    assert "&lt;b&gt;x&lt;/b&gt;" in as_html([["A"], ["<b>x</b>"]])


def test_an_arabic_table_runs_from_the_right() -> None:
    assert 'dir="rtl"' in as_html([["A"]], right_to_left=True)


def test_both_forms_are_on_the_clipboard() -> None:
    mime = as_mime([["A"], ["x"]])

    assert mime.text() == "A\nx"
    assert "<table" in mime.html()
