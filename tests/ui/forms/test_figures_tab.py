"""The figures of an indicator: periods, sides, the records behind, on screen and on paper."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import set_default_language
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.figures_paper import drawn, print_on
from sscdesk.ui.forms.figures_tab import FiguresTab
from sscdesk.ui.forms.record_form import RecordForm
from sscdesk.ui.look import look
from sscdesk.ui.pages.list_page import ListPage
from sscdesk.ui.screens import BY_NAME
from sscdesk.ui.screens_of_desk import make_record
from sscdesk.ui.widgets.figure_table import FigureTable
from sscdesk.ui.widgets.trend_chart import Bar, TrendChart, TrendDrawing
from tests.application.counting import a_person, an_exchange, define

Open = Callable[[str, str], RecordForm]
OpenFigures = Callable[[str], FiguresTab]


@pytest.fixture
def open_figures(workspace: Workspace, open_form: Open, quiet: Callable[..., None]) -> OpenFigures:
    define(workspace, "IND-01", "IND-02", "IND-18")

    def show(code: str) -> FiguresTab:
        with workspace.read() as connection:
            found = connection.exec_driver_sql("SELECT id FROM indicator WHERE code = ?", (code,))
            identifier = str(found.scalar_one())
        form = open_form("indicator", identifier)
        form.resize(900, 1200)
        quiet(form)
        tab = form.tabs.pages["figures"]
        assert isinstance(tab, FiguresTab)
        return tab

    return show


def an_attended_exchange(w: Workspace, day: str = "2026-01-15") -> str:
    people = [a_person(w, "Awa", "f"), a_person(w, "Idrissa", "m")]
    return an_exchange(w, people, day).id


def cells(tab: FiguresTab) -> list[list[str]]:
    """Return the words of the table, line by line."""
    return [[cell.words for cell in line] for line in tab.table.figures.grid.lines]


def form_of(tab: FiguresTab) -> RecordForm:
    form = tab.window()
    assert isinstance(form, RecordForm)
    return form


def test_an_indicator_opens_at_its_figures(workspace: Workspace, open_figures: OpenFigures) -> None:
    an_attended_exchange(workspace)

    tab = open_figures("IND-02")

    assert form_of(tab).tabs.current == "figures"
    assert tab.isVisible()
    assert tab.standing.number.text() == "2"
    assert cells(tab) == [["All periods", "2"], ["Q1 2026", "2"]]


def test_figures_are_told_apart_by_a_side_that_one_chooses(
    workspace: Workspace, open_figures: OpenFigures, quiet: Callable[..., None]
) -> None:
    an_attended_exchange(workspace)
    tab = open_figures("IND-02")

    tab.controls.by.setCurrentIndex(tab.controls.by.findData("sex"))
    tab.controls.by.activated.emit(tab.controls.by.currentIndex())
    quiet(form_of(tab))

    assert tab.table.figures.grid.headings == ("Period", "Total", "Female", "Male")
    assert cells(tab)[0] == ["All periods", "2", "1", "1"]


@pytest.mark.parametrize("by_keyboard", [True, False])
def test_a_figure_opens_the_records_behind_it(
    workspace: Workspace,
    desk: Desk,
    open_figures: OpenFigures,
    quiet: Callable[..., None],
    qtbot: QtBot,
    by_keyboard: bool,
) -> None:
    exchange = an_attended_exchange(workspace)
    an_exchange(workspace, day="2025-06-01")
    tab = open_figures("IND-01")
    index = tab.table.figures.index(1, 1)

    if by_keyboard:
        tab.table.setCurrentIndex(index)
        qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    else:
        where: QRect = tab.table.visualRect(index)
        qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=where.center())
    quiet(form_of(tab))

    assert tab.behind.isVisible()
    assert [link.title for link in tab.behind.links] == ["Atelier"]
    with qtbot.waitSignal(desk.open_wanted) as opened:
        tab.behind.links[0].click()
    assert opened.args == ["exchange", exchange, True]


def test_the_figures_follow_the_records(
    workspace: Workspace, open_figures: OpenFigures, qtbot: QtBot
) -> None:
    tab = open_figures("IND-01")
    assert tab.standing.number.text() == "0"

    an_exchange(workspace)

    qtbot.waitUntil(lambda: tab.standing.number.text() == "1")


def test_what_changed_late_is_said(
    workspace: Workspace, open_figures: OpenFigures, quiet: Callable[..., None]
) -> None:
    an_exchange(workspace, day="2025-06-01")
    tab = open_figures("IND-01")

    tab.ask(replace(tab.question, since="2026-03-11"))
    quiet(form_of(tab))

    assert tab.standing.changed.text == "changed since 11 Mar 2026: \u2068+1\u2069"
    assert tab.table.figures.grid.headings[-1] == "Changed since"


def test_entered_values_stand_apart(workspace: Workspace, open_figures: OpenFigures) -> None:
    with workspace.read() as connection:
        found = connection.exec_driver_sql("SELECT id FROM indicator WHERE code = 'IND-18'")
        indicator = str(found.scalar_one())
    for evidence in ("Feuilles", None):
        value = {"period": "2026-Q1", "value": "40", "evidence": evidence}
        records.add_part(workspace, indicator, "value", value)

    tab = open_figures("IND-18")

    assert tab.standing.number.text() == "40"
    assert cells(tab) == [["Q1 2026", "–", "80"]]
    assert {line[-1] for line in _entered(tab)} == {"No evidence", "Feuilles"}


def _entered(tab: FiguresTab) -> list[list[str]]:
    table = tab.entered.findChild(FigureTable)
    return [[cell.words for cell in line] for line in table.figures.grid.lines]


def test_the_table_is_copied_as_a_spreadsheet_takes_it(
    workspace: Workspace, open_figures: OpenFigures
) -> None:
    an_exchange(workspace)
    tab = open_figures("IND-01")

    tab.table.copy()

    assert QGuiApplication.clipboard().text().splitlines() == [
        "Period\tTotal",
        "All periods\t1",
        "Q1 2026\t1",
    ]


def test_the_figures_print(
    workspace: Workspace, desk: Desk, open_figures: OpenFigures, tmp_path: Path
) -> None:
    an_exchange(workspace)
    tab = open_figures("IND-01")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "figures.pdf"))

    print_on(printer, tab.view, desk.wording)

    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "figures.pdf", "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "IND-01 Indicateur IND-01" in told
    assert "Q1 2026" in told
    assert not drawn(tab.view).isNull()


def _columns(chart: TrendChart) -> list[int]:
    """Return where bars stand, by the column in which the accent is found."""
    picture = chart.grab().toImage()
    accent = look().color("accent").rgb()
    row = round(chart.height() * 0.8)
    hits = [x for x in range(picture.width()) if picture.pixel(x, row) == accent]
    return [x for x in hits if x - 1 not in hits]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_trend_runs_from_the_leading_side(qtbot: QtBot, language: str) -> None:
    set_default_language(language)
    look().apply()
    chart = TrendChart()
    qtbot.addWidget(chart)
    chart.resize(400, chart.sizeHint().height())
    bars = (Bar("2024", 9.0, "9"), Bar("2025", 0.0, ""), Bar("2026", 0.0, ""))
    chart.show_trend(TrendDrawing(bars), "Trend")
    chart.show()

    (found,) = _columns(chart)

    assert (found > 200) == (language == "ar")
    assert chart.accessibleDescription() == "2024: 9; 2025: ; 2026: "
    set_default_language("en")
    look().apply()


def test_the_list_tells_each_figure_beside_its_target(
    workspace: Workspace, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    define(workspace, "IND-01", target="4")
    an_exchange(workspace)
    page = ListPage(desk, BY_NAME["agreements"], make_record)
    qtbot.addWidget(page)
    page._show_entity("indicator")
    settled()
    (row,) = (page.pane.model.row(at) for at in range(page.pane.model.total))
    assert row is not None

    words = page.pane.words.row(row)

    assert words.state == "1 of 4"
    assert "IND-01" in words.about
    assert "Q1 2026: 1" in words.about.replace("\u2068", "").replace("\u2069", "")
