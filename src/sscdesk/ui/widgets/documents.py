"""The documents of a record as a list, and the picture of the one chosen.

Knows nothing of the store: what it shows is given to it, what the officer wants is told.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QSizePolicy, QWidget

from sscdesk.application.attachments import AttachmentView
from sscdesk.i18n import _, format_number
from sscdesk.ui import icons
from sscdesk.ui.look import look
from sscdesk.ui.widgets.editors.direction import isolated
from sscdesk.ui.widgets.pictures import PDF, PICTURES
from sscdesk.ui.widgets.tips import plain_tip
from sscdesk.ui.wording import Wording, readable_date

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MOST_ROWS = 5
_TYPES = {
    PDF: "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WebP",
    "image/tiff": "TIFF",
    "application/rtf": "RTF",
    "text/csv": "CSV",
    "application/zip": "ZIP",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.oasis.opendocument": "OpenDocument",
}
PROGRAMS = frozenset({"application/x-msdownload", "application/x-executable"})


def size_words(size: int) -> str:
    """Return a size in bytes as people read it: "2.4 MB"."""
    if size < 1_000:
        return _("{count} bytes").format(count=format_number(size))
    if size < 1_000_000:
        return _("{count} kB").format(count=format_number(round(size / 1_000)))
    return _("{count} MB").format(count=format_number(round(size / 1_000_000, 1)))


def type_words(media_type: str) -> str:
    """Return the type of a document in a word; programs are called by their name."""
    if media_type in PROGRAMS:
        return _("Program file")
    if media_type.startswith("text/"):
        return _TYPES.get(media_type, _("Text"))
    return _TYPES.get(media_type, _("File"))


class DocumentsModel(QAbstractListModel):
    """Documents, each with its title and a line about it."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[AttachmentView] = []
        self._wording = wording

    def show(self, items: Iterable[AttachmentView]) -> None:
        """Show other documents."""
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def place_of(self, identifier: str) -> int:
        """Return where a document stands, -1 when it is not here."""
        return next((at for at, item in enumerate(self.items) if item.id == identifier), -1)

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{item.title or item.file_name}\n{self.about(item)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.title or item.file_name}, {self.about(item)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(item.file_name)
        if role == Qt.ItemDataRole.DecorationRole:
            name, token = _icon_of(item)
            return icons.icon(name, token)
        return None

    def about(self, item: AttachmentView) -> str:
        """Return type, size and date in one line."""
        pieces = [
            type_words(item.media_type),
            size_words(item.size),
            self._wording.code("attachment_kind", item.kind) if item.kind != "other" else "",
            readable_date(item.added.at[:10]),
            "" if item.present else _("not received"),
        ]
        return " · ".join(isolated(piece) for piece in pieces if piece)


def _icon_of(item: AttachmentView) -> tuple[str, str]:
    if not item.present:
        return "clock", "muted"
    if item.media_type in PROGRAMS:
        return "shield-alert", "bad"
    return ("image" if item.media_type in PICTURES else "file-text"), "muted"


class DocumentsList(QListView):
    """The list. *Signals*: ``remove_wanted``."""

    remove_wanted = Signal()

    def __init__(self, model: DocumentsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(_("Documents"))
        self.setIconSize(QSize(look().sp(20), look().sp(20)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setProperty("look", "documents")
        self.setUniformItemSizes(True)
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Be as high as the documents, up to five."""
        rows = min(max(self.model().rowCount(), 1), MOST_ROWS)
        height = self.sizeHintForRow(0) if self.model().rowCount() else look().sp(48)
        self.setFixedHeight(rows * height + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
            return
        super().keyPressEvent(event)


class PictureView(QWidget):
    """A picture as large as there is room, or words where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._words = ""
        self.setMinimumSize(180, 220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def heightForWidth(self, width: int) -> int:
        if self._picture.isNull():
            return 220
        return round(width * self._picture.height() / max(1, self._picture.width()))

    def show_picture(self, image: QImage, name: str) -> None:
        """Show a picture; ``name`` is what a screen reader says."""
        self._picture = QPixmap.fromImage(image)
        self._words = ""
        self.setAccessibleName(name)
        self._take_height()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._take_height()

    def _take_height(self) -> None:
        """Be as high as the picture at this width: no scroll area asks for that itself."""
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()

    def say(self, words: str) -> None:
        """Show words instead."""
        self._picture = QPixmap()
        self._words = words
        self.setAccessibleName(words)
        self._take_height()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._picture.isNull():
            painter.setPen(look().color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(16, 16, -16, -16), flags, self._words)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - size.width()) // 2
        target = self.rect().adjusted(left, 0, 0, 0)
        target.setSize(size)
        painter.drawPixmap(target, self._picture)
        painter.setPen(QPen(look().color("line"), 1))
        painter.drawRect(target.adjusted(0, 0, -1, -1))


class DropZone(QWidget):
    """Takes files that are let go over it and over its child.

    Signals: ``dropped(list of paths)``; ``not_files`` when what was let go is no file here.
    """

    dropped = Signal(list)
    not_files = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.may_take = True
        self._over = False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.may_take and event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        paths = local_files(event.mimeData().urls())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)
        else:
            self.not_files.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._over:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().color("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(look().color("accent_wash"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()


def local_files(urls: Iterable[QUrl]) -> list[str]:
    """Return the paths of files on this laptop; folders and addresses are left out."""
    paths = [url.toLocalFile() for url in urls if url.isLocalFile()]
    return [path for path in paths if Path(path).is_file()]
