"""Forms on a real profile."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from sscdesk.ui.desk import Desk, Notice
from sscdesk.ui.forms.record_form import RecordForm

Settled = Callable[[], None]


@pytest.fixture
def said(desk: Desk) -> list[Notice]:
    """What the message bar was given."""
    heard: list[Notice] = []
    desk.said.connect(heard.append)
    return heard


@pytest.fixture
def quiet(qtbot: QtBot, desk: Desk, settled: Settled) -> Callable[..., None]:
    """Wait until forms have written and read what they wanted to."""

    def wait(*forms: RecordForm) -> None:
        settled()
        for form in filter(isValid, forms):
            qtbot.waitUntil(lambda form=form: not form.following._again.isActive())  # type: ignore[misc]
        settled()

    return wait


@pytest.fixture
def open_form(
    qtbot: QtBot, desk: Desk, quiet: Callable[..., None]
) -> Iterator[Callable[[str, str], RecordForm]]:
    """Show a record in a form and wait until it is there."""
    made: list[RecordForm] = []

    def show(entity: str, identifier: str) -> RecordForm:
        form = RecordForm(desk, entity)
        made.append(form)
        qtbot.addWidget(form)
        form.resize(760, 720)
        form.show_record(identifier)
        form.show()
        qtbot.waitExposed(form)
        form.activateWindow()
        quiet(form)
        return form

    yield show
    for form in filter(isValid, made):
        form.settle()
    quiet(*made)
