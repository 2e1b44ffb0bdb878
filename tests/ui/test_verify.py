"""Verify a PDF: the worst finding is the first word on the screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sscdesk.application import reports
from sscdesk.application.workspace import Workspace
from sscdesk.ui.pages.reports import ReportsPage
from sscdesk.ui.pages.verify import VerdictView, VerifySection
from sscdesk.ui.pages.wishes import VerifyPdf
from tests.desks import PASSPHRASE, DeskMaker
from tests.partners import a_submitted_report
from tests.ui.screening import Shown

Opener = Callable[[Workspace], Shown]


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[DeskMaker]:
    made = DeskMaker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def screen(qtbot: QtBot, maker: DeskMaker) -> Iterator[Opener]:
    opened: list[Shown] = []

    def open_screen(w: Workspace) -> Shown:
        opened.append(Shown(qtbot, w, "reports", ReportsPage))
        return opened[-1]

    yield open_screen
    for one in opened:
        one.close()


@pytest.fixture
def signed(maker: DeskMaker, tmp_path: Path) -> tuple[Workspace, Path]:
    """The desk of a head, and a report that was signed there."""
    ma = maker.office("MA", name="Omar Tazi")
    reviewer = maker.enter(ma, "Lina Berrada", "focal_point")
    head = maker.enter(ma, "Nadia Alaoui", "head")
    report = a_submitted_report(ma)
    ma = maker.as_officer(ma, reviewer)
    reports.review(ma, report.ref)
    ma = maker.as_officer(ma, head)
    reports.sign(ma, report.ref, PASSPHRASE)
    path = tmp_path / "signed.pdf"
    reports.save(ma, report.ref, path)
    return ma, path


def verdict_on(shown: Shown, path: Path) -> VerdictView:
    shown.go(VerifyPdf(path))
    section = shown.section("verify")
    assert isinstance(section, VerifySection)
    assert section.verdict is not None
    return section.verdict


def test_a_signed_report_is_told_to_be_authentic(
    screen: Opener, signed: tuple[Workspace, Path]
) -> None:
    ma, path = signed
    shown = screen(ma)

    verdict = verdict_on(shown, path)

    assert verdict.first.text().startswith("Authentic")
    assert "Nadia Alaoui" in verdict.sentences[0].text()
    assert "Nothing was added or changed" in verdict.sentences[1].text()
    shown.click(verdict.own)
    assert [entity for entity, _identifier in shown.opened] == ["report"]


def test_an_altered_report_says_so_before_anything_else(
    screen: Opener, signed: tuple[Workspace, Path], tmp_path: Path
) -> None:
    ma, path = signed
    content = bytearray(path.read_bytes())
    content[content.find(b"stream", 2_000) + 40] ^= 1
    altered = tmp_path / "altered.pdf"
    altered.write_bytes(content)

    verdict = verdict_on(screen(ma), altered)

    assert not verdict.looked.found.verdict.valid
    worst = verdict.looked.found.verdict.worst
    assert worst is not None
    assert verdict.first.text() == worst.sentence()
    assert "Do not use it" in verdict.sentences[2].text()


def test_something_added_after_the_signature_is_told_first(
    screen: Opener, signed: tuple[Workspace, Path], tmp_path: Path
) -> None:
    ma, path = signed
    longer = tmp_path / "longer.pdf"
    longer.write_bytes(path.read_bytes() + b"\n% something more\n")

    verdict = verdict_on(screen(ma), longer)

    assert not verdict.looked.found.verdict.valid
    assert not verdict.first.text().startswith("Authentic")


def test_a_file_that_is_no_pdf_is_called_so(
    screen: Opener, signed: tuple[Workspace, Path], tmp_path: Path
) -> None:
    ma, _path = signed
    letter = tmp_path / "letter.pdf"
    letter.write_text("Cher collègue")

    verdict = verdict_on(screen(ma), letter)

    assert verdict.first.text() == "This file is not a PDF."


def test_a_file_that_is_gone_is_refused_in_words(
    screen: Opener, signed: tuple[Workspace, Path], tmp_path: Path
) -> None:
    ma, _path = signed
    shown = screen(ma)

    shown.go(VerifyPdf(tmp_path / "gone.pdf"))

    section = shown.section("verify")
    assert isinstance(section, VerifySection)
    assert section.verdict is None
    assert section._shown_now is not None


def test_a_report_never_shown_to_this_office_is_not_taken_for_trusted(
    screen: Opener, maker: DeskMaker, signed: tuple[Workspace, Path]
) -> None:
    _ma, path = signed
    sn = maker.office("SN", name="Ndeye Sow")

    verdict = verdict_on(screen(sn), path)

    assert not verdict.looked.found.verdict.valid
    assert verdict.looked.found.report == ""
    assert "Do not rely on it" in verdict.sentences[2].text()
