"""The register of exchanged files as a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sscdesk.application.outgoing import FileLine
from sscdesk.i18n import _, format_number
from sscdesk.ui import icons
from sscdesk.ui.pages.sync_words import cities, local_time
from sscdesk.ui.widgets.documents import size_words

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
NUMBERS = (4, 5)


class FileLinesModel(QAbstractTableModel):
    """One file a line, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[FileLine, ...] = ()

    def show_lines(self, lines: Sequence[FileLine]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(headings())

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return headings()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in NUMBERS:
            return int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cells(line)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{headings()[index.column()]}: {cells(line)[index.column()]}"
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 1:
            sent = line.direction == "sent"
            return icons.icon("upload" if sent else "download", "info" if sent else "good", 15)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in NUMBERS:
            return int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return cells(line)[index.column()]
        return None


def headings() -> tuple[str, ...]:
    """Return the words above the columns."""
    return (
        _("When"),
        _("Direction"),
        _("Office"),
        _("File"),
        _("Changes"),
        _("Size"),
        _("By"),
    )


def cells(line: FileLine) -> tuple[str, ...]:
    """Return a line as texts."""
    sent = line.direction == "sent"
    return (
        local_time(line.at),
        _("Made here") if sent else _("Received"),
        cities(line.offices),
        line.name,
        format_number(line.commits),
        size_words(line.size),
        line.officer_name,
    )
