"""Documents of a record: in, shown, out, and into the bin."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from sscdesk.application import attachments, records
from sscdesk.application.workspace import Workspace
from sscdesk.ui.desk import Notice
from sscdesk.ui.forms.documents_tab import DocumentsTab
from sscdesk.ui.forms.record_form import RecordForm
from sscdesk.ui.forms.record_tabs import DOCUMENTS
from tests.ui.forms.builders import a_mission
from tests.ui.widgets.test_pictures import a_pdf, a_photograph

Open = Callable[[str, str], RecordForm]
Quiet = Callable[..., None]


def documents_of(form: RecordForm) -> DocumentsTab:
    """Show the tab of documents."""
    form.tabs.show_tab(DOCUMENTS)
    page = form.tabs.pages[DOCUMENTS]
    assert isinstance(page, DocumentsTab)
    return page


def drop(tab: DocumentsTab, *paths: Path) -> None:
    """Let files go over the tab."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    tab.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), action, carried, buttons, keys))
    tab.dropEvent(QDropEvent(QPointF(5, 5), action, carried, buttons, keys))


def test_files_that_are_dropped_are_kept_and_can_be_undone(
    workspace: Workspace, open_form: Open, quiet: Quiet, tmp_path: Path, said: list[Notice]
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    tab = documents_of(form)
    programme = tmp_path / "programme.pdf"
    programme.write_bytes(a_pdf())

    drop(tab, programme)
    quiet(form)
    kept = [one.file_name for one in attachments.attachments(workspace, mission.id)]
    assert said[-1].act is not None
    said[-1].act()
    quiet(form)

    assert kept == ["programme.pdf"]
    assert attachments.attachments(workspace, mission.id) == ()


def test_a_pdf_is_shown_page_by_page(
    workspace: Workspace, open_form: Open, quiet: Quiet, tmp_path: Path
) -> None:
    mission = a_mission(workspace)
    programme = tmp_path / "programme.pdf"
    programme.write_bytes(a_pdf(3))
    attachments.attach(workspace, mission.id, programme)
    form = open_form("mission", mission.id)
    tab = documents_of(form)
    quiet(form)
    first = tab.page_words.text()

    tab.next.click()
    quiet(form)

    assert first == "page 1 of 3"
    assert tab.page_words.text() == "page 2 of 3"
    assert form.tabs.bar.tabText(form.tabs.names.index(DOCUMENTS)) == "Documents · 1"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("notes.exe", b"MZ" + bytes(200), "This is a program."),
        ("letter.docx", b"PK\x03\x04 word/", "not shown here"),
        ("broken.pdf", b"%PDF-1.4 nothing", "cannot be shown here"),
    ],
)
def test_what_is_not_shown_says_why_and_is_kept(
    name: str,
    content: bytes,
    told: str,
    workspace: Workspace,
    open_form: Open,
    quiet: Quiet,
    tmp_path: Path,
) -> None:
    mission = a_mission(workspace)
    (tmp_path / name).write_bytes(content)
    attachments.attach(workspace, mission.id, tmp_path / name)

    form = open_form("mission", mission.id)
    tab = documents_of(form)
    quiet(form)

    assert told in tab.picture.accessibleName()
    assert tab.save.isEnabled()


def test_a_photograph_is_shrunk_when_that_is_asked_for(
    workspace: Workspace, open_form: Open, quiet: Quiet, tmp_path: Path
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    tab = documents_of(form)
    photo = tmp_path / "group.jpg"
    photo.write_bytes(a_photograph() + bytes(700_000))

    tab.shrink.setChecked(True)
    drop(tab, photo)
    quiet(form)

    kept = attachments.attachments(workspace, mission.id)[0]
    image = QImage.fromData(attachments.content(workspace, kept.id))
    assert (kept.kind, kept.file_name) == ("photo", "group.jpg")
    assert image.width() == 2_000
    assert kept.size < photo.stat().st_size


def test_a_document_is_saved_elsewhere_as_it_came(
    workspace: Workspace,
    open_form: Open,
    quiet: Quiet,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mission = a_mission(workspace)
    letter = tmp_path / "letter.txt"
    letter.write_text("Madame, Monsieur")
    attachments.attach(workspace, mission.id, letter)
    form = open_form("mission", mission.id)
    tab = documents_of(form)
    target = tmp_path / "out" / "copy.txt"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))

    tab.save.click()
    quiet(form)

    assert target.read_text() == "Madame, Monsieur"


def test_a_document_is_described_in_its_own_fields(
    workspace: Workspace, open_form: Open, quiet: Quiet, tmp_path: Path, qtbot: QtBot
) -> None:
    mission = a_mission(workspace)
    letter = tmp_path / "letter.txt"
    letter.write_text("x")
    kept = attachments.attach(workspace, mission.id, letter)
    form = open_form("mission", mission.id)
    tab = documents_of(form)
    quiet(form)

    line = tab.form.boxes["title"][0].editor.focusProxy()
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, "Invitation")
    tab.flush()
    quiet(form)

    assert records.view(workspace, kept.id).fields["title"] == "Invitation"


def test_a_document_goes_to_the_bin(
    workspace: Workspace, open_form: Open, quiet: Quiet, tmp_path: Path
) -> None:
    mission = a_mission(workspace)
    letter = tmp_path / "letter.txt"
    letter.write_text("x")
    attachments.attach(workspace, mission.id, letter)
    form = open_form("mission", mission.id)
    tab = documents_of(form)
    quiet(form)

    tab.bin.click()
    quiet(form)

    assert attachments.attachments(workspace, mission.id) == ()
    assert not tab.empty.isHidden()


def test_a_folder_is_not_taken(
    workspace: Workspace, open_form: Open, tmp_path: Path, said: list[Notice]
) -> None:
    mission = a_mission(workspace)
    tab = documents_of(open_form("mission", mission.id))

    drop(tab, tmp_path)

    assert said[-1].text == "Only files on this laptop can be attached."
