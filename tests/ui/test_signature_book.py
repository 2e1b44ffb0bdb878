"""The signature book: reviewed, returned and signed on real desks, with the paper at the side."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sscdesk.application import records, reports
from sscdesk.application.views import RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.ui.dialogs.reason import ReasonDialog
from sscdesk.ui.dialogs.sign import SignDialog
from sscdesk.ui.pages.reports import ReportsPage
from sscdesk.ui.pages.signature_book import CHANGES, BookSection
from tests.desks import PASSPHRASE, DeskMaker, befriend, send
from tests.partners import a_submitted_report
from tests.ui.screening import Shown

Opener = Callable[[Workspace], Shown]


class Office:
    """Rabat with an author, a focal point and a head."""

    def __init__(self, maker: DeskMaker) -> None:
        self.maker = maker
        self.desk = maker.office("MA", name="Omar Tazi")
        self.reviewer = maker.enter(self.desk, "Lina Berrada", "focal_point")
        self.head = maker.enter(self.desk, "Nadia Alaoui", "head")

    def become(self, login: str) -> Workspace:
        self.desk = self.maker.as_officer(self.desk, login)
        return self.desk

    def reviewed_report(self) -> RecordView:
        report = a_submitted_report(self.desk)
        reports.review(self.become(self.reviewer), report.ref)
        self.become(self.head)
        return report


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[DeskMaker]:
    made = DeskMaker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def office(maker: DeskMaker) -> Office:
    return Office(maker)


@pytest.fixture
def screen(qtbot: QtBot, maker: DeskMaker) -> Iterator[Opener]:
    opened: list[Shown] = []

    def open_screen(w: Workspace) -> Shown:
        opened.append(Shown(qtbot, w, "reports", ReportsPage))
        return opened[-1]

    yield open_screen
    for one in opened:
        one.close()


def book_of(shown: Shown) -> BookSection:
    shown.go()
    section = shown.section("book")
    assert isinstance(section, BookSection)
    shown.qtbot.waitUntil(lambda: section._opened is not None, timeout=20_000)
    shown.settle()
    return section


def sign_dialog(shown: Shown, book: BookSection) -> SignDialog:
    shown.click(book.act)
    assert isinstance(book.dialog, SignDialog)
    return book.dialog


def test_the_paper_lies_beside_what_waits(screen: Opener, office: Office) -> None:
    office.reviewed_report()
    shown = screen(office.desk)

    book = book_of(shown)
    shown.qtbot.waitUntil(lambda: book.paper.view.pages > 0, timeout=20_000)

    assert [line.action for line in book._lines or ()] == ["sign"]
    assert book.brought.text().startswith("Reviewed by Lina Berrada (Rabat, ")
    assert book.read.text() == "You have not read it before."


def test_a_report_is_signed_with_the_passphrase(screen: Opener, office: Office) -> None:
    report = office.reviewed_report()
    shown = screen(office.desk)
    book = book_of(shown)

    dialog = sign_dialog(shown, book)
    assert not dialog.confirm.isEnabled()
    dialog.passphrase.line.setText(PASSPHRASE)
    shown.click(dialog.confirm)

    assert records.view(office.desk, report.ref).state == "signed"
    assert book._lines == ()
    assert book.stack.currentWidget() is book.empty
    assert dialog.passphrase.text() == ""


def test_a_wrong_passphrase_signs_nothing(screen: Opener, office: Office) -> None:
    report = office.reviewed_report()
    shown = screen(office.desk)
    book = book_of(shown)

    dialog = sign_dialog(shown, book)
    dialog.passphrase.line.setText("autre chose")
    shown.click(dialog.confirm)

    assert records.view(office.desk, report.ref).state == "reviewed"
    assert dialog.isVisible()
    assert dialog._strip is not None
    dialog.reject()


def test_all_of_it_goes_by_keyboard(screen: Opener, office: Office) -> None:
    report = office.reviewed_report()
    shown = screen(office.desk)
    book = book_of(shown)
    book.list.setFocus()

    shown.qtbot.keyClick(book.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(book.dialog, SignDialog)
    line = book.dialog.passphrase.line
    shown.qtbot.keyClicks(line, PASSPHRASE)
    shown.qtbot.keyClick(line, Qt.Key.Key_Return)
    shown.settle()

    assert records.view(office.desk, report.ref).state == "signed"


def test_a_focal_point_reviews_with_one_click(screen: Opener, office: Office) -> None:
    report = a_submitted_report(office.desk)
    shown = screen(office.become(office.reviewer))
    book = book_of(shown)

    shown.click(book.act)

    assert records.view(office.desk, report.ref).state == "reviewed"


def test_a_report_goes_back_with_a_reason_and_never_without(screen: Opener, office: Office) -> None:
    report = a_submitted_report(office.desk)
    shown = screen(office.become(office.reviewer))
    book = book_of(shown)

    assert "Ctrl+R: return" in book.keys.text()
    book.list.setFocus()
    QTest.keyClick(book.list, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    dialog = book.dialog
    assert isinstance(dialog, ReasonDialog)
    dialog.accept_if_complete()
    shown.settle()
    assert records.view(office.desk, report.ref).state == "submitted"
    dialog.note.editor.show_value("Dire combien de projets.", {})
    dialog.accept_if_complete()
    shown.settle()

    view = records.view(office.desk, report.ref)
    assert view.state == "returned"
    assert [row.fields["words"] for row in view.parts["note"]] == ["Dire combien de projets."]


def test_the_next_version_shows_what_changed_since_it_was_read(
    screen: Opener, office: Office
) -> None:
    report = a_submitted_report(office.desk)
    reviewer = office.become(office.reviewer)
    shown = screen(reviewer)
    book = book_of(shown)
    book.mark_read()
    shown.settle()
    shown.close_for_now()
    reports.return_(office.desk, report.ref, "Dire combien de projets.")
    author = office.become("first")
    mission = str(report.fields["subject"])
    records.change(author, mission, {"summary": "Un guichet unique, 312 projets, un suivi."})
    reports.submit(author, report.ref)

    again = screen(office.become(office.reviewer))
    book = book_of(again)

    assert "1 section has changed since the version that you read" in book.read.text()
    assert book.segments.isVisible()
    book.show_sheet(CHANGES)
    assert len(book._section_cards) == 1
    assert book.sheets.currentWidget() is book.changes


def test_the_partner_countersigns_in_its_own_book(
    screen: Opener, maker: DeskMaker, office: Office, tmp_path: Path
) -> None:
    ml = maker.office("ML", name="Awa Diarra")
    ml_head = maker.enter(ml, "Moussa Keita", "head")
    befriend(tmp_path, office.desk, ml)
    send(tmp_path, ml, office.desk)
    report = office.reviewed_report()
    reports.sign(office.desk, report.ref, PASSPHRASE)
    send(tmp_path, office.become(office.reviewer), ml)
    ml = maker.as_officer(ml, ml_head)
    shown = screen(ml)
    book = book_of(shown)

    assert book.answers["contest"].isVisible()
    assert "Ctrl+R: contest" in book.keys.text()
    assert not book.paper.finance.isVisible()
    dialog = sign_dialog(shown, book)
    dialog.passphrase.line.setText(PASSPHRASE)
    shown.click(dialog.confirm)

    assert records.view(ml, report.ref).state == "countersigned"


def test_a_report_that_waits_for_somebody_else_is_shown_in_the_list(
    screen: Opener, office: Office
) -> None:
    report = a_submitted_report(office.desk)
    shown = screen(office.desk)

    shown.go(report.id)

    assert shown.page.at == "list"
