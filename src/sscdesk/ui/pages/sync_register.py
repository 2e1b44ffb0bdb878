"""The register of the files that went and came."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.outgoing import FileLine
from sscdesk.i18n import _, format_number, ngettext
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.models.file_lines import FileLinesModel, cells, headings
from sscdesk.ui.models.table_copy import as_mime
from sscdesk.ui.pages.section import Section
from sscdesk.ui.pages.wishes import NewReport
from sscdesk.ui.widgets.basic import EmptyState, button, label

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

WIDTHS = (170, 110, 120, 300, 120, 90)


class RegisterSection(Section):
    """Every file made here or accepted here."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._lines: tuple[FileLine, ...] | None = None
        self._as_report_too = False
        super().__init__(desk, parent)

    def build(self, inside: QWidget) -> None:
        inside.setProperty("look", "paper")
        column = QVBoxLayout(inside)
        column.setContentsMargins(22, 12, 22, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.summary = label("", "small", inside)
        self.copy = button(_("Copy as a table"), "", "copy", inside)
        self.copy.clicked.connect(self.copy_table)
        self.report = button(_("As a report…"), "", "file-text", inside)
        self.report.hide()
        self.report.clicked.connect(self._as_report)
        row.addWidget(self.summary, 1)
        row.addWidget(self.report)
        row.addWidget(self.copy)
        column.addLayout(row)
        self.model = FileLinesModel(inside)
        self.table = self._table(inside)
        self.empty = EmptyState("usb", inside)
        self.empty.say(
            _("No file has gone or come yet"),
            _("Every file that you make or accept is entered here, with its size and its date."),
        )
        self.stack = QStackedWidget(inside)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        column.addWidget(self.stack, 1)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.copy_table)

    def _table(self, parent: QWidget) -> QTableView:
        table = QTableView(parent)
        table.setModel(self.model)
        table.setAccessibleName(_("Files exchanged"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setCornerButtonEnabled(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(look().theme.row_height)
        header = table.horizontalHeader()
        header.setAccessibleName(_("Columns"))
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for place, width in enumerate(WIDTHS):
            header.resizeSection(place, look().sp(width))
        return table

    @Slot()
    def reload(self) -> None:
        """Read the register."""
        self.desk.query(self, _read, self._show)

    def shown(self, argument: Any = None) -> None:
        self.reload()
        self.table.setFocus()

    def _show(self, found: tuple[tuple[FileLine, ...], bool]) -> None:
        self._lines, self._as_report_too = found
        self.fill()

    def fill(self) -> None:
        lines = self._lines or ()
        if lines != self.model.lines:
            self.model.show_lines(lines)
        self.stack.setCurrentWidget(self.table if lines else self.empty)
        self.copy.setVisible(bool(lines))
        self.report.setVisible(bool(lines) and self._as_report_too)
        words = ngettext("{count} file", "{count} files", len(lines))
        self.summary.setText(words.format(count=format_number(len(lines))) if lines else "")

    @Slot()
    def copy_table(self) -> None:
        """Copy the chosen lines, or all, as a table."""
        chosen = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        lines = [self.model.lines[row] for row in chosen] or list(self.model.lines)
        table = [list(headings()), *(list(cells(line)) for line in lines)]
        mime = as_mime(table, right_to_left=look().theme.right_to_left)
        QGuiApplication.clipboard().setMimeData(mime)
        words = ngettext(
            "{count} row is copied, ready for Excel or Word.",
            "{count} rows are copied, ready for Excel or Word.",
            len(lines),
        )
        self.desk.say(words.format(count=len(lines)))

    @Slot()
    def _as_report(self) -> None:
        self.desk.go("reports", NewReport("sync_register"))


def _read(w: "Workspace") -> tuple[tuple[FileLine, ...], bool]:
    """Read the register, and whether it can be made a report."""
    from sscdesk.application import reports, synchronise

    possible = any(kind.code == "sync_register" for kind in reports.kinds())
    return synchronise.register(w), possible
