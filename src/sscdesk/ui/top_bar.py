"""The bar above: where I am, search everything, undo and redo, New."""

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.ui.entity_words import new_words
from sscdesk.ui.icons import icon
from sscdesk.ui.look import look
from sscdesk.ui.screens import screen_of
from sscdesk.ui.widgets.basic import button, icon_button, label, plain_amp

MAY_BE_NEW = (
    "mission",
    "exchange",
    "follow_up",
    "organisation",
    "person",
    "agreement",
    "action_plan",
    "commitment",
    "practice",
    "report",
)
"""What New offers, in this order, as far as the desk knows it."""


class TopBar(QFrame):
    """The bar of the main window.

    *Signals*: ``search_wanted``; ``undo_wanted``; ``redo_wanted``; ``new_wanted(entity)``.
    """

    search_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    new_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._entity = ""
        self._build()
        self.reword()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 0)
        row.setSpacing(8)
        self.title = label("", "page")
        self.title.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.search = QPushButton(self)
        self.search.setProperty("look", "search_field")
        self.search.setCursor(Qt.CursorShape.IBeamCursor)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.clicked.connect(self.search_wanted)
        self.undo = icon_button("undo-2", "")
        self.redo = icon_button("redo-2", "")
        self.undo.clicked.connect(self.undo_wanted)
        self.redo.clicked.connect(self.redo_wanted)
        self.new = button("", "primary", "plus")
        self.new.clicked.connect(self._new)
        self.others = icon_button("chevron-down", "")
        self.others.clicked.connect(self.show_new_menu)
        row.addWidget(self.title)
        row.addSpacing(16)
        row.addWidget(self.search, 3)
        row.addStretch(2)
        for widget in (self.undo, self.redo):
            row.addWidget(widget)
        row.addSpacing(6)
        row.addWidget(self.new)
        row.addWidget(self.others)

    def reword(self) -> None:
        """Write the words again and take the sizes of the theme."""
        self.setFixedHeight(look().sp(56))
        self.search.setMaximumWidth(look().sp(420))
        self.search.setMinimumWidth(look().sp(120))
        self.search.setText(_("Search everything…   Ctrl+K"))
        self.search.setAccessibleName(_("Search everything"))
        self.others.setToolTip(_("New, of another kind (Ctrl+Shift+N)"))
        self.others.setAccessibleName(_("New, of another kind"))
        self.show_undo(None, None)
        self.show_place(self.title.text(), self._entity)

    def show_place(self, heading: str, entity: str) -> None:
        """Show where we are, and what New makes here."""
        self.title.setText(heading)
        self._entity = entity if entity in MAY_BE_NEW else ""
        words = new_words(self._entity) if self._entity else _("New…")
        self.new.setText(plain_amp(words))
        self.new.setToolTip(_("{words} (Ctrl+N)").format(words=words))
        self.others.setVisible(bool(self._entity))

    def show_undo(self, undo: str | None, redo: str | None) -> None:
        """Show what Undo and Redo would do; both are msgids."""
        self._say(self.undo, _("Undo"), _("Undo: {what} (Ctrl+Z)"), undo)
        self._say(self.redo, _("Redo"), _("Redo: {what} (Ctrl+Y)"), redo)

    @staticmethod
    def _say(tool: QWidget, plain: str, sentence: str, what: str | None) -> None:
        words = sentence.format(what=_(what)) if what else plain
        tool.setToolTip(words)
        tool.setAccessibleName(words)
        tool.setEnabled(bool(what))

    @Slot()
    def _new(self) -> None:
        if self._entity:
            self.new_wanted.emit(self._entity)
        else:
            self.show_new_menu()

    @Slot()
    def show_new_menu(self) -> None:
        """Offer every kind of record."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entity in self.new_entities():
            screen = screen_of(entity)
            action = menu.addAction(
                icon(screen.icon if screen else "plus", "muted"), plain_amp(new_words(entity))
            )
            action.setData(entity)
        menu.triggered.connect(self._chosen)
        corner = self.new.rect().bottomLeft() + QPoint(0, 6)
        menu.popup(self.new.mapToGlobal(corner))

    def new_entities(self) -> list[str]:
        """Return what New offers, the entity of this screen first."""
        known = [entity for entity in MAY_BE_NEW if entity in record_kinds()]
        return sorted(known, key=lambda entity: entity != self._entity)

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.new_wanted.emit(str(action.data()))
