"""Tips with text that somebody typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from sscdesk.ui.widgets.tips import LONGEST, plain_tip


def shown(tip: str) -> str:
    """Return what a tip shows."""
    if not tip.startswith("<"):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@pytest.mark.parametrize(
    "typed",
    [
        "Réunion du 9 mars",
        "<b>urgent</b>",
        '<img src="file:///etc/hostname">',
        "a < b & c > d",
        "first line\n<i>second</i>",
    ],
)
def test_what_is_typed_is_shown_as_it_is(typed: str, qapp: QApplication) -> None:
    assert shown(plain_tip(typed)) == typed


@given(st.text(alphabet="<>/&\"'=abi mgsrc\n", max_size=60))
def test_no_text_becomes_a_tag(typed: str) -> None:
    tip = plain_tip(typed)

    assert tip.count("<") == (2 if "<" in typed else 0)


def test_a_very_long_text_is_cut() -> None:
    assert len(plain_tip("x" * 10_000)) == LONGEST + 1
