"""A tab that shows what was worked out about a record: it reads for itself, in a worker."""

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sscdesk.application.views import ChangeSummary
from sscdesk.i18n import error_hint, error_text
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.operations import Latest
from sscdesk.ui.widgets.basic import EmptyState
from sscdesk.ui.widgets.strips import Strip

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

SETTLE_MS = 120
"""Changes that come close together are read once."""


class ViewTab(QWidget):
    """One such tab; a subclass says what it reads and shows it.

    It reads while it is in sight, and again when one of ``entities`` changes. *Signals*:
    ``counted(int)`` how many things it shows; ``field_wanted(Missing)``.
    """

    counted = Signal(int)
    field_wanted = Signal(object)
    entities: ClassVar[frozenset[str]] = frozenset()
    """What it shows beside the record itself."""

    def __init__(self, desk: Desk, around: FormAround, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.around = around
        self.sheet: Sheet | None = None
        self._stale = True
        self._reads = Latest(self, desk.workers)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE_MS)
        self._later.timeout.connect(self.reload)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        self._failure = Strip("", "bad", "", self)
        self._failure.hide()
        self.column.addWidget(self._failure)
        self.column.addStretch(1)
        self._shown: list[QWidget] = []
        desk.changed.connect(self._changed)

    def read(self, w: "Workspace", identifier: str) -> Any:
        """Return what is shown of a record; runs in a worker."""
        raise NotImplementedError

    def show_found(self, found: Any) -> list[QWidget]:
        """Return the widgets that show what was read, from top to bottom."""
        raise NotImplementedError

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a record."""
        if self.sheet is None or self.sheet.view.id != sheet.view.id:
            self._put(())
        self.sheet = sheet
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read again, at once where the tab is in sight."""
        self._stale = True
        if self.sheet is not None and self.isVisible():
            self._stale = False
            run = partial(self.read, self.desk.workspace, self.sheet.view.id)
            self._reads.ask(run, self._came, self._failed)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more height than the words need at the width that there is."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 0) if self.column.hasHeightForWidth() else hint

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    @Slot(object)
    def _changed(self, summary: ChangeSummary) -> None:
        if summary.entities & self.entities:
            self._stale = True
            self._later.start()

    def _came(self, found: Any) -> None:
        self._failure.hide()
        self._put(self.show_found(found))

    def _failed(self, error: DeskError) -> None:
        self._put(())
        self._failure.say(error_text(error), "bad", error_hint(error))
        self._failure.show()

    def _put(self, widgets: "list[QWidget] | tuple[QWidget, ...]") -> None:
        for widget in self._shown:
            self.column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = list(widgets)
        for place, widget in enumerate(self._shown):
            whole = 10_000 if isinstance(widget, EmptyState) else 0
            self.column.insertWidget(1 + place, widget, whole)
            widget.show()
