"""The list of documents, and what may be dropped on it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from pytestqt.modeltest import ModelTester

from sscdesk.application.attachments import AttachmentView
from sscdesk.application.views import Stamp
from sscdesk.i18n import set_default_language
from sscdesk.model.vocabulary_seed import Vocabularies
from sscdesk.ui.widgets.documents import DocumentsModel, local_files, size_words, type_words
from sscdesk.ui.wording import Wording


def a_document(name: str, media_type: str, *, present: bool = True) -> AttachmentView:
    """A document of Morocco's office."""
    stamp = Stamp("2026-03-09T07:30:00Z", "x" * 32, "Nadia Alaoui", "MA")
    return AttachmentView(
        name,
        "MA-DOC-2026-0001",
        name,
        "",
        "other",
        media_type,
        52_400,
        "0" * 64,
        "MA",
        present,
        stamp,
    )


@pytest.fixture
def model() -> DocumentsModel:
    """A PDF and a program."""
    made = DocumentsModel(Wording(Vocabularies()))
    made.show(
        [
            a_document("programme.pdf", "application/pdf"),
            a_document("notes.exe", "application/x-msdownload", present=False),
        ]
    )
    return made


def test_the_model_keeps_the_promises_of_qt(
    model: DocumentsModel, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)


def test_a_document_says_its_type_its_size_and_its_date(model: DocumentsModel) -> None:
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "programme.pdf, PDF · 52 kB · 9 Mar 2026"


def test_a_program_is_called_a_program_whatever_its_name(model: DocumentsModel) -> None:
    spoken = model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)

    assert "Program file" in spoken
    assert "not received" in spoken


@pytest.mark.parametrize(
    ("size", "words"), [(3, "3 bytes"), (52_400, "52 kB"), (2_440_000, "2.4 MB")]
)
def test_sizes_are_written_as_people_read_them(size: int, words: str) -> None:
    assert size_words(size) == words


def test_sizes_follow_the_language() -> None:
    set_default_language("fr")

    assert size_words(2_440_000) == "2,4 Mo"


def test_only_files_on_this_laptop_are_taken(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("x")
    urls = [
        QUrl.fromLocalFile(str(letter)),
        QUrl.fromLocalFile(str(tmp_path)),
        QUrl("https://example.org/file.pdf"),
    ]

    assert local_files(urls) == [str(letter)]


def test_an_unknown_type_is_a_file() -> None:
    assert type_words("application/octet-stream") == "File"
