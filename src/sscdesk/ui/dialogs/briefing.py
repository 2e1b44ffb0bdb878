"""The briefing sheet in a window of its own: one page, in the language that is chosen."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from sscdesk.i18n import LANGUAGES, _, current_language
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.pages.paper_panel import PaperPanel
from sscdesk.ui.widgets.languages import NAMES

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

KEYS = "F4"
"""Shows the sheet on the record at hand."""


class BriefingWindow(QWidget):
    """One sheet. Esc closes it."""

    def __init__(self, desk: Desk, ref: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "ground")
        self.setWindowTitle(_("Briefing sheet — {title}").format(title=name))
        self.ref, self._name = ref, name
        self.paper = PaperPanel(desk, self)
        self.language = QComboBox(self.paper.view)
        self.language.setAccessibleName(_("Language"))
        for code in LANGUAGES:
            self.language.addItem(NAMES.get(code, code), code)
        self.language.setCurrentIndex(self.language.findData(current_language()))
        self.language.currentIndexChanged.connect(self.show_sheet)
        self.paper.view.tools.insertWidget(0, self.language)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.paper)
        for keys in (QKeySequence(Qt.Key.Key_Escape), QKeySequence(QKeySequence.StandardKey.Close)):
            QShortcut(keys, self, self.close)
        self.resize(look().sp(760), look().sp(860))
        self.show_sheet()

    @Slot()
    def show_sheet(self) -> None:
        """Make the sheet, in the language chosen."""
        code = str(self.language.currentData())
        self.paper.show_made(
            f"{self.ref} {code}",
            _("Briefing sheet — {title}").format(title=self._name),
            partial(_brief, ref=self.ref, code=code),
            partial(_write, ref=self.ref, code=code),
        )


def show_briefing(desk: Desk, ref: str, name: str, parent: QWidget) -> BriefingWindow:
    """Show the sheet on a record, or on a country by its code."""
    window = BriefingWindow(desk, ref, name, parent.window())
    window.show()
    return window


def _brief(w: "Workspace", *, ref: str, code: str) -> bytes:
    from sscdesk.application import briefing

    return briefing.brief(w, ref, code)


def _write(w: "Workspace", path: Path, *, ref: str, code: str) -> None:
    from sscdesk.application import briefing

    briefing.save(w, ref, path, code)
