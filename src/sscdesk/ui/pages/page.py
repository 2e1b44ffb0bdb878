"""What every screen of the desk is."""

from typing import Any

from PySide6.QtWidgets import QWidget

from sscdesk.i18n import _
from sscdesk.ui.desk import Desk
from sscdesk.ui.screens import Screen


class Page(QWidget):
    """A screen: made when first visited, told when it is shown, asked before it is left.

    A page re-reads what it shows on ``Desk.changed``; it never calls another page.
    """

    def __init__(self, desk: Desk, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.about = screen
        self.setProperty("look", "ground")
        Page.reword(self)

    def heading(self) -> str:
        """Return the words of the bar above."""
        return _(self.about.label)

    def new_entity(self) -> str:
        """Return the entity that New makes here first; empty where none is."""
        return self.about.entities[0] if self.about.entities else ""

    def show_record(self, entity: str, identifier: str) -> None:
        """Show a record, on a page that shows records."""

    def begin(self, entity: str, values: dict[str, Any]) -> None:
        """Begin a record, on a page that shows records."""

    def shown(self, argument: Any = None) -> None:
        """Do what is to be done each time the page comes to the front."""

    def look_for(self) -> None:
        """Let the officer look for something within the page (Ctrl+F)."""

    def settle(self) -> None:
        """Save what was typed and not yet saved, before the page is left or closed."""

    def reword(self) -> None:
        """Write the words again after a change of language or theme."""
        self.setAccessibleName(_(self.about.label))
