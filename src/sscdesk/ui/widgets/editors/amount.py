"""Amounts with their currency."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from sscdesk.i18n import _
from sscdesk.model.field import Field
from sscdesk.model.refusal import Refused
from sscdesk.model.values import CURRENCY_DIGITS
from sscdesk.ui.widgets.editors.line import ButtonInside, LineEditor
from sscdesk.ui.widgets.editors.surroundings import Surroundings


class MoneyEditor(LineEditor):
    """An amount: "48600", "48 600,50 MAD", "120 eur"; the office's currency if none is typed."""

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self.currencies = ButtonInside(self.line, "chevron-down")
        self.currencies.setToolTip(_("Another currency"))
        self.currencies.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.currencies)
        for currency in CURRENCY_DIGITS:
            menu.addAction(currency)
        menu.triggered.connect(self._choose)
        self.currencies.setMenu(menu)

    def notice(self) -> str:
        if not self.line.text().strip() or not self._touched:
            return ""
        try:
            value = self.value()
        except Refused:
            return ""
        return "" if value is None else self.write(value)

    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        self.currencies.setVisible(not locked)

    def name_for_screen_readers(self, name: str, description: str) -> None:
        super().name_for_screen_readers(name, description)
        self.currencies.setAccessibleName(_("Currency: {field}").format(field=name))

    def _choose(self, action: QAction) -> None:
        amount = "".join(sign for sign in self.line.text() if not sign.isalpha()).strip()
        self.line.setFocus()
        self.replace(f"{amount} {action.text()}".strip())
