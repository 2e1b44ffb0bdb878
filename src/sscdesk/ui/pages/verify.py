"""Verify a PDF: the verdict first, the worst finding before all, then why and what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.reports import Verified
from sscdesk.i18n import _, ngettext
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.pages.section import Section, scrolled
from sscdesk.ui.pages.verdict_words import (
    SignatureWords,
    first_words,
    other_findings,
    signature_words,
    tone_of_verdict,
)
from sscdesk.ui.widgets.basic import Card, Chip, button, icon_label, label
from sscdesk.ui.widgets.directed import directed, directed_title
from sscdesk.ui.widgets.drop_card import DropCard
from sscdesk.ui.widgets.pdf_view import PdfView
from sscdesk.ui.widgets.strips import ICONS, refusal_strip

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

LARGEST_SHOWN = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Looked:
    """A document that was verified, with its bytes to be shown."""

    path: Path
    found: Verified
    pdf: bytes


class VerdictView(QWidget):
    """The verdict on one document."""

    def __init__(self, desk: Desk, looked: Looked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.looked = looked
        verdict = looked.found.verdict
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._head())
        column.addWidget(self._sentences())
        others = other_findings(verdict)
        if others:
            column.addWidget(self._findings(others))
        if verdict.signatures:
            column.addWidget(self._signatures())
        if looked.found.report:
            column.addWidget(self._own(), 0, Qt.AlignmentFlag.AlignLeading)

    def _head(self) -> QFrame:
        verdict = self.looked.found.verdict
        tone = tone_of_verdict(verdict)
        frame = QFrame(self)
        frame.setProperty("look", "verdict")
        frame.setProperty("tone", tone)
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(12)
        row.addWidget(icon_label(ICONS[tone], tone, 28), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.first = label(directed(first_words(verdict)), "title", frame, wrap=True)
        words.addWidget(self.first)
        words.addWidget(label(directed_title(self.looked.path.name), "small", frame, wrap=True))
        row.addLayout(words, 1)
        frame.setAccessibleName(self.first.text())
        return frame

    def _sentences(self) -> Card:
        card = Card(self)
        card.body.setSpacing(2)
        headings = (_("Who signed"), _("Changed since?"), _("What to do"))
        self.sentences = []
        for heading, sentence in zip(headings, self.looked.found.sentences, strict=True):
            card.body.addWidget(label(heading, "label", card))
            shown = label(
                directed(sentence), "strong" if heading == headings[2] else "", card, wrap=True
            )
            self.sentences.append(shown)
            card.body.addWidget(shown)
            if heading != headings[2]:
                card.body.addSpacing(9)
        return card

    def _findings(self, sentences: list[str]) -> Card:
        card = Card(self)
        card.body.setSpacing(6)
        words = ngettext("{count} more finding", "{count} more findings", len(sentences))
        card.body.addWidget(label(words.format(count=len(sentences)), "strong", card))
        for sentence in sentences:
            card.body.addWidget(label(directed(sentence), "", card, wrap=True))
        return card

    def _signatures(self) -> Card:
        card = Card(self)
        card.body.setSpacing(10)
        card.body.addWidget(label(_("Signatures"), "strong", card))
        for signature in self.looked.found.verdict.signatures:
            card.body.addLayout(self._signature(signature_words(signature), card))
        for office in self.looked.found.verdict.awaiting:
            told = _("Still expected: {office}")
            shown = _awaited_office(office)
            card.body.addWidget(label(told.format(office=shown), "muted", card))
        return card

    def _signature(self, words: SignatureWords, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(icon_label("signature", words.tone, 20), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(label(directed_title(words.who), "", parent, wrap=True))
        column.addWidget(label(directed(words.when), "small", parent, wrap=True))
        row.addLayout(column, 1)
        row.addWidget(Chip(words.word, words.tone, parent), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _own(self) -> QWidget:
        pin = self.looked.found.verdict.pin
        words = _("Open {ref} in this desk").format(ref=pin.reference if pin else "")
        self.own = button(words, "", "external-link", self)
        self.own.clicked.connect(self._open)
        return self.own

    @Slot()
    def _open(self) -> None:
        self.desk.open("report", self.looked.found.report)


def _awaited_office(field: str) -> str:
    from sscdesk.ui.places import office_name

    return office_name(field.rpartition("-")[2])


class VerifySection(Section):
    """A place to let a PDF go, then the verdict with the document at its side."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._looked: Looked | None = None
        self._refusal: tuple[Path, DeskError] | None = None
        self.verdict: VerdictView | None = None
        super().__init__(desk, parent)

    def build(self, inside: QWidget) -> None:
        outside = QVBoxLayout(inside)
        outside.setContentsMargins(0, 0, 0, 0)
        self.splitter = QSplitter(inside)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(22, 18, 22, 22)
        column.setSpacing(14)
        self.drop = DropCard(
            "shield-check",
            _("Verify a PDF"),
            _(
                "Let a report go here: in three sentences you learn who signed it, whether it"
                " was changed since, and what to do. Nothing leaves this laptop."
            ),
            _("Choose a PDF…"),
            sheet,
        )
        self.drop.choose.clicked.connect(self.choose)
        self.drop.dropped.connect(self._dropped)
        self.drop.not_files.connect(self._not_files)
        column.addWidget(self.drop)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(12)
        self._shown_now: QWidget | None = None
        column.addLayout(self._middle)
        self.hint = label(
            _(
                "A green word is never the whole of it: the first line tells the worst that was"
                " found, and only then what is in order."
            ),
            "muted",
            sheet,
            wrap=True,
        )
        column.addWidget(self.hint)
        column.addStretch(1)
        sheet.setMinimumWidth(look().sp(260))
        self.splitter.addWidget(scrolled(sheet, self.splitter))
        self.paper = PdfView(self.desk.workers, self.splitter)
        self.paper.hide()
        self.splitter.addWidget(self.paper)
        self.splitter.setSizes([620, 540])
        outside.addWidget(self.splitter)

    def shown(self, argument: Any = None) -> None:
        if isinstance(argument, Path):
            self.verify(argument)
        else:
            self.drop.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def choose(self) -> None:
        """Let the officer choose a document."""
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Verify a PDF"), "", _("PDF documents (*.pdf);;All files (*)")
        )
        if path:
            self.verify(Path(path))

    @Slot(list)
    def _dropped(self, paths: list[str]) -> None:
        self.verify(Path(paths[0]))

    @Slot()
    def _not_files(self) -> None:
        self.desk.say(_("Only files on this laptop or on a stick can be opened."), "warn")

    def verify(self, path: Path) -> None:
        """Verify a document in a worker; it is only read."""
        self.desk.query(self, _looking(path), self._found, partial(self._not_found, path))

    def _found(self, looked: Looked) -> None:
        self._looked, self._refusal = looked, None
        self.fill()

    def _not_found(self, path: Path, error: DeskError) -> None:
        self._looked, self._refusal = None, (path, error)
        self.fill()

    def fill(self) -> None:
        if self._shown_now is not None:
            self._middle.removeWidget(self._shown_now)
            self._shown_now.hide()
            self._shown_now.deleteLater()
            self._shown_now = self.verdict = None
        looked = self._looked
        self.hint.setVisible(looked is None)
        self.paper.setVisible(looked is not None)
        if looked is not None:
            self.verdict = VerdictView(self.desk, looked, self)
            self._shown_now = self.verdict
            self.paper.show_pdf(looked.pdf, looked.path.name, from_top=True)
        elif self._refusal is not None:
            self._shown_now = refusal_strip(self._refusal[1], self)
        if self._shown_now is not None:
            self._middle.addWidget(self._shown_now)


def _looking(path: Path) -> "Callable[[Workspace], Looked]":
    def look_at(w: "Workspace") -> Looked:
        from sscdesk.application import reports
        from sscdesk.store.files import read_whole

        found = reports.verify_in_words(w, path)
        return Looked(path, found, read_whole(path, LARGEST_SHOWN))

    return look_at
