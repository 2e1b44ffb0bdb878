"""Reports: begun from a mission, shown as paper beside their texts, saved."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sscdesk.application import records, reports
from sscdesk.application.workspace import Workspace
from sscdesk.ui.pages.new_report import NewReportForm
from sscdesk.ui.pages.report_side import BOTH_FROM, PAPER, TEXTS, ReportSide
from sscdesk.ui.pages.reports import ReportsPage
from sscdesk.ui.pages.wishes import NewReport
from sscdesk.ui.widgets.pdf_pages import draw_page, measure
from tests.application.exchanges_lived import a_held_exchange
from tests.desks import DeskMaker
from tests.partners import a_returned_mission, a_submitted_report
from tests.ui.screening import Shown

Opener = Callable[[Workspace], Shown]


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[DeskMaker]:
    made = DeskMaker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ma(maker: DeskMaker) -> Workspace:
    return maker.office("MA", name="Omar Tazi")


@pytest.fixture
def screen(qtbot: QtBot, maker: DeskMaker) -> Iterator[Opener]:
    opened: list[Shown] = []

    def open_screen(w: Workspace) -> Shown:
        opened.append(Shown(qtbot, w, "reports", ReportsPage))
        return opened[-1]

    yield open_screen
    for one in opened:
        one.close()


def side_of(shown: Shown) -> ReportSide:
    assert isinstance(shown.page, ReportsPage)
    side = shown.page.reports.record_side()
    assert isinstance(side, ReportSide)
    return side


def new_form(shown: Shown, wish: NewReport) -> NewReportForm:
    shown.go(wish)
    form = side_of(shown).new_report
    assert form is not None
    shown.qtbot.waitUntil(lambda: bool(form.kinds), timeout=20_000)
    shown.settle()
    return form


def test_a_report_is_begun_from_a_mission_with_its_paper_in_sight(
    screen: Opener, ma: Workspace
) -> None:
    mission = a_returned_mission(ma)
    shown = screen(ma)

    form = new_form(shown, NewReport("mission_report", mission.id))
    assert form.subject() == mission.id
    shown.qtbot.waitUntil(lambda: form.paper.view.pages > 0, timeout=20_000)
    form.language.setCurrentIndex(form.language.findData("en"))
    shown.click(form.begin_it)

    ((entity, identifier),) = shown.opened
    view = records.view(ma, identifier)
    assert entity == "report"
    assert (view.fields["subject"], view.fields["language"]) == (mission.id, "en")
    assert view.state == "draft"


def test_the_sheet_of_a_day_is_seen_before_it_is_begun(screen: Opener, ma: Workspace) -> None:
    lived = a_held_exchange(ma)
    shown = screen(ma)

    form = new_form(shown, NewReport("attendance_sheet", lived.exchange.id))
    shown.qtbot.waitUntil(lambda: form.paper.view.pages > 0, timeout=20_000)
    before = form.paper.view.pdf
    assert [box.isHidden() for box in (*form.period_boxes, form.day_box)] == [True, True, False]
    form.day_box.editor.show_text("2026-02-11")
    form.day_box.editor.edited.emit()
    shown.qtbot.waitUntil(lambda: form.paper.view.pdf != before, timeout=20_000)
    shown.click(form.begin_it)

    ((_entity, identifier),) = shown.opened
    assert records.view(ma, identifier).fields["period_from"] == "2026-02-11"


def test_only_missions_that_came_home_are_offered(screen: Opener, ma: Workspace) -> None:
    from tests.desks import a_mission

    mission = a_returned_mission(ma)
    a_mission(ma, purpose_fr="Pas encore partie")
    shown = screen(ma)

    form = new_form(shown, NewReport("mission_report"))

    assert [row.id for row in form.rows] == [mission.id]


def test_nothing_can_be_begun_without_what_it_is_about(screen: Opener, ma: Workspace) -> None:
    shown = screen(ma)

    form = new_form(shown, NewReport("mission_report"))

    assert not form.begin_it.isEnabled()
    assert "Choose first" in form.begin_it.toolTip()


def test_the_paper_follows_the_texts(screen: Opener, ma: Workspace) -> None:
    mission = a_returned_mission(ma)
    report = reports.build(ma, "mission_report", mission.ref, "fr")
    shown = screen(ma)
    shown.page.show_record("report", report.id)
    side = side_of(shown)
    shown.qtbot.waitUntil(lambda: side.paper.view.pages > 0, timeout=20_000)
    before = side.paper.view.pdf

    records.change(ma, mission.ref, {"summary": "Trois cent douze projets en un an."})
    shown.qtbot.waitUntil(lambda: side.paper.view.pdf != before, timeout=20_000)
    shown.settle()

    assert "Trois cent douze projets" in draw_page(side.paper.view.pdf, 0, 400).text


def test_the_paper_and_the_accounts_are_saved(
    screen: Opener, ma: Workspace, tmp_path: Path
) -> None:
    report = a_submitted_report(ma)
    shown = screen(ma)
    shown.page.show_record("report", report.id)
    shown.settle()
    side = side_of(shown)
    assert not side.paper.finance.isHidden()

    side.paper.save_to(tmp_path / "rapport.pdf")
    shown.settle()
    reports.save_finance(ma, report.ref, tmp_path / "comptes.pdf")

    assert measure((tmp_path / "rapport.pdf").read_bytes()).pages
    assert measure((tmp_path / "comptes.pdf").read_bytes()).pages
    assert any("Saved as" in words for words in shown.said)


def test_texts_and_paper_share_the_room_that_there_is(
    screen: Opener, ma: Workspace, qtbot: QtBot
) -> None:
    report = a_submitted_report(ma)
    shown = screen(ma)
    shown.page.show_record("report", report.id)
    shown.settle()
    side = side_of(shown)

    shown.page.resize(1000, 680)
    side.show_part(TEXTS)
    assert (side.record.isVisible(), side.paper.isVisible()) == (True, False)
    side.show_part(PAPER)
    assert (side.record.isVisible(), side.paper.isVisible()) == (False, True)
    shown.page.resize(BOTH_FROM * 2 + 200, 680)
    qtbot.waitUntil(lambda: side.width() >= BOTH_FROM, timeout=5_000)

    assert side.record.isVisible()
    assert side.paper.isVisible()


def test_a_page_of_paper_has_its_text_for_those_who_hear_it(screen: Opener, ma: Workspace) -> None:
    report = a_submitted_report(ma)
    shown = screen(ma)
    shown.page.show_record("report", report.id)
    side = side_of(shown)
    view = side.paper.view
    shown.qtbot.waitUntil(
        lambda: view.pages > 0 and view._leaves[0].drawn_width > 0, timeout=20_000
    )

    assert view._leaves[0].accessibleName().startswith("page 1 of")
    assert "Rapport de mission" in view._leaves[0].accessibleDescription()


def test_the_paper_can_be_made_larger_and_turned(screen: Opener, ma: Workspace) -> None:
    report = a_submitted_report(ma)
    shown = screen(ma)
    shown.page.show_record("report", report.id)
    view = side_of(shown).paper.view
    shown.qtbot.waitUntil(lambda: view.pages > 0, timeout=20_000)
    shown.settle()
    before = view.zoom_percent()

    view.zoom_in()
    assert view.zoom_percent() > before
    view.fit_width()
    assert view.zoom_percent() == before
    if view.pages > 1:
        view.turn_on()
        assert view.current_page() == 1
    shown.settle()
