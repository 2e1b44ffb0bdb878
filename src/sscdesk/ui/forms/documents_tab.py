"""The tab of documents: dropped in, shown, described, saved elsewhere, put into the bin."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application import attachments, records
from sscdesk.application.attachments import AttachmentView
from sscdesk.application.views import RecordView
from sscdesk.i18n import _, ngettext
from sscdesk.model.base import record_kinds
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk, Notice
from sscdesk.ui.forms.attaching import Attached, attach_files, draw_document, save_document
from sscdesk.ui.forms.drafts import Drafts
from sscdesk.ui.forms.grid import FieldGrid
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.row_stores import change_field
from sscdesk.ui.forms.saving import Change, Done, Failed
from sscdesk.ui.forms.undoing import undo_last
from sscdesk.ui.forms.words import section_label, why_row_locked
from sscdesk.ui.operations import Latest
from sscdesk.ui.widgets.basic import Card, button, icon_button, label
from sscdesk.ui.widgets.documents import (
    PROGRAMS,
    DocumentsList,
    DocumentsModel,
    DropZone,
    PictureView,
)
from sscdesk.ui.widgets.editors.surroundings import Option, Surroundings
from sscdesk.ui.widgets.pictures import PICTURES, Picture, can_draw

if TYPE_CHECKING:
    pass

_DESCRIBED = ("title", "kind", "language", "dated", "photo_consent", "people_shown")


class DocumentsTab(DropZone):
    """The documents of one record. *Signals*: ``counted(int)``."""

    counted = Signal(int)

    def __init__(
        self, desk: Desk, around: Surroundings, drafts: Drafts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._drafts = drafts
        self._record = ""
        self._page = 0
        self._pages = 1
        self._pictures = Latest(self, desk.workers)
        self._then: Callable[[Option], None] | None = None
        self.model = DocumentsModel(desk.wording, self)
        self.form = RowForm(around, self._write, drafts.keep, self)
        self.form.left_behind.connect(desk.refuse)
        self._build()
        self.dropped.connect(self.attach)
        self.not_files.connect(self._say_not_files)

    def show_documents(
        self, record: str, documents: tuple[AttachmentView, ...], *, may_add: bool
    ) -> None:
        """Show the documents of a record."""
        chosen = self.current() if record == self._record else None
        self._record = record
        self.may_take = may_add
        self.add.setVisible(may_add)
        self.shrink.setVisible(may_add)
        self.hint.setVisible(may_add)
        if documents != tuple(self.model.items):
            self.model.show(documents)
            self._choose(chosen.id if chosen is not None else "")
        self.list.setVisible(bool(documents))
        self.empty.setVisible(not documents)
        self.counted.emit(len(documents))

    def current(self) -> AttachmentView | None:
        """Return the document chosen."""
        index = self.list.currentIndex()
        return self.model.items[index.row()] if index.isValid() else None

    def flush(self) -> None:
        """Write what was typed."""
        self.form.flush()

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._list_card())
        column.addWidget(self._shown_card())
        column.addStretch(1)

    def _list_card(self) -> Card:
        card = Card(self)
        head = QHBoxLayout()
        head.addWidget(section_label(_("Documents"), card), 1)
        self.shrink = QCheckBox(_("Shrink photographs"), card)
        self.shrink.setToolTip(
            _("Large photographs are made smaller; the place where they were taken is left out.")
        )
        self.add = button(_("Attach…"), "quiet", "paperclip", card)
        self.add.clicked.connect(self.choose_files)
        head.addWidget(self.shrink)
        head.addWidget(self.add)
        card.body.addLayout(head)
        self.empty = label(_("No document is attached yet."), "muted", card)
        self.list = DocumentsList(self.model, card)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.remove_wanted.connect(self.remove)
        self.hint = label(_("Files can be dropped here."), "small", card)
        for widget in (self.empty, self.list, self.hint):
            card.body.addWidget(widget)
        return card

    def _shown_card(self) -> Card:
        self.shown = Card(self)
        self.name = label("", "strong", self.shown, wrap=True)
        self.shown.body.addLayout(self._tools())
        self.picture = PictureView(self.shown)
        self.shown.body.addWidget(self.picture)
        grid = FieldGrid(self.shown)
        fields = record_kinds()["attachment"].fields
        grid.add_flowing([self.form.box(fields[name]) for name in _DESCRIBED])
        self.shown.body.addWidget(grid)
        self.shown.setVisible(False)
        return self.shown

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        self.previous = icon_button("chevron-left", _("Page before"), self.shown)
        self.next = icon_button("chevron-right", _("Next page"), self.shown)
        self.page_words = label("", "small", self.shown)
        self.save = icon_button("download", _("Save as…"), self.shown)
        self.bin = icon_button("trash-2", _("Remove the document"), self.shown)
        self.previous.clicked.connect(self._turn_back)
        self.next.clicked.connect(self._turn_on)
        self.save.clicked.connect(self.save_as)
        self.bin.clicked.connect(self.remove)
        row.addWidget(self.name, 1)
        for widget in (self.previous, self.page_words, self.next, self.save, self.bin):
            row.addWidget(widget)
        return row

    # ------------------------------------------------------------ the document chosen

    def _choose(self, identifier: str) -> None:
        place = max(self.model.place_of(identifier), 0)
        self.shown.setVisible(bool(self.model.items))
        if self.model.items:
            self.list.setCurrentIndex(self.model.index(place, 0))

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        item = self.current()
        self.shown.setVisible(item is not None)
        if item is None:
            return
        self.name.setText(item.file_name)
        self._page = 0
        self._show_page()
        mine = item.owner == self.desk.workspace.office
        self.bin.setEnabled(mine)
        self.save.setEnabled(item.present)
        self.desk.query(self, partial(records.view, ref=item.id), self._describe)

    def _describe(self, view: RecordView) -> None:
        item = self.current()
        if item is None or item.id != view.id:
            return
        reason = why_row_locked(view.owner, self.desk.workspace.office)
        reasons = dict.fromkeys(view.fields, reason)
        self.form.show_row(view.id, view.fields, view.titles, view.may_write, reasons)
        is_picture = item.media_type in PICTURES
        for name in ("photo_consent", "people_shown"):
            for box in self.form.boxes[name]:
                box.setVisible(is_picture)

    def _show_page(self) -> None:
        item = self.current()
        self._dress_pages(1)
        if item is None:
            return
        if not item.present:
            self.picture.say(_("This document was not in the file that brought the record."))
        elif item.media_type in PROGRAMS:
            self.picture.say(_("This is a program. The desk never runs it."))
        elif not can_draw(item.media_type):
            self.picture.say(_("Documents of this type are not shown here. Save it elsewhere."))
        else:
            self.picture.say(_("One moment…"))
            run = partial(draw_document, self.desk.workspace, item, self._page)
            self._pictures.ask(run, self._drawn, self._not_drawn)

    def _drawn(self, picture: Picture) -> None:
        self._page = picture.page
        self._dress_pages(picture.pages)
        self.picture.show_picture(picture.image, self.page_words.text() or self.name.text())

    def _not_drawn(self, error: DeskError) -> None:
        told = Notice.of(error)
        self.picture.say(f"{told.text} {told.hint}".strip())

    def _dress_pages(self, pages: int) -> None:
        self._pages = pages
        several = pages > 1
        words = _("page {page} of {count}").format(page=self._page + 1, count=pages)
        self.page_words.setText(words if several else "")
        self.previous.setVisible(several)
        self.next.setVisible(several)
        self.previous.setEnabled(self._page > 0)
        self.next.setEnabled(self._page < pages - 1)

    @Slot()
    def _turn_back(self) -> None:
        self._page = max(0, self._page - 1)
        self._show_page()

    @Slot()
    def _turn_on(self) -> None:
        self._page = min(self._pages - 1, self._page + 1)
        self._show_page()

    def _write(self, row: str, change: Change, done: Done, failed: Failed) -> None:
        field = record_kinds()["attachment"].fields[change.field]
        run = partial(change_field, ref=row, field=field, change=change)
        self.desk.operation(self, run, done, failed)

    # ------------------------------------------------------------ in and out

    @Slot()
    def choose_files(self) -> None:
        """Let the officer choose files to attach."""
        paths, _kind = QFileDialog.getOpenFileNames(self, _("Attach documents"))
        if paths:
            self.attach(paths)

    def choose_file_for(self, then: Callable[[Option], None]) -> None:
        """Let the officer attach one file for a field that refers to it."""
        path, _kind = QFileDialog.getOpenFileName(self, _("Attach a document"))
        if path:
            self._then = then
            self.attach([path])

    @Slot(list)
    def attach(self, paths: list[str]) -> None:
        """Keep copies of files with the record."""
        wished = self.shrink.isChecked()
        run = partial(attach_files, ref=self._record, paths=tuple(paths), shrink=wished)
        self.desk.operation(self, run, self._attached, label=_("Attaching…"))

    def _attached(self, result: Attached) -> None:
        for name, error in result.refused:
            told = Notice.of(error)
            self.desk.said.emit(Notice(f"{name}: {told.text}", "bad", told.hint))
        if result.kept and not result.refused:
            count = len(result.kept)
            self.desk.say(
                ngettext(
                    "{count} document is attached.", "{count} documents are attached.", count
                ).format(count=count),
                action=_("Undo") if count == 1 else "",
                act=partial(undo_last, self.desk) if count == 1 else None,
            )
        if result.kept and self._then is not None:
            kept = result.kept[0]
            self._then(Option(kept.id, kept.title or kept.file_name, "", "attachment"))
        self._then = None

    @Slot()
    def save_as(self) -> None:
        """Write the document chosen to a file outside."""
        item = self.current()
        if item is None:
            return
        path, _kind = QFileDialog.getSaveFileName(self, _("Save as"), item.file_name)
        if path:
            run = partial(save_document, ref=self._record, name=item.id, path=path)
            self.desk.operation(self, run, self._saved)

    def _saved(self, path: str) -> None:
        self.desk.say(_("Saved as {path}").format(path=path))

    @Slot()
    def remove(self) -> None:
        """Put the document chosen into the bin."""
        item = self.current()
        if item is not None and self.bin.isEnabled():
            run = partial(attachments.detach, ref=self._record, name=item.id)
            self.desk.operation(self, run, self._removed)

    def _removed(self, _answer: object) -> None:
        self.desk.say(
            _("The document is in the bin."), action=_("Undo"), act=partial(undo_last, self.desk)
        )

    @Slot()
    def _say_not_files(self) -> None:
        self.desk.say(_("Only files on this laptop can be attached."), "warn")
