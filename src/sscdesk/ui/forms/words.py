"""Small pieces of form text: section headings, totals, why something is read-only."""

from collections.abc import Iterable

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from sscdesk.application.views import RecordView
from sscdesk.i18n import _, format_money
from sscdesk.model.base import EntityKind
from sscdesk.model.field import Field
from sscdesk.model.values import Money, Value
from sscdesk.ui.places import office_name
from sscdesk.ui.widgets.basic import icon_label, label


def section_label(text: str, parent: QWidget | None = None) -> QLabel:
    """Return the heading of a section: capitals, letters a little apart."""
    made = label(text.upper(), "section", parent, wrap=True)
    font = made.font()
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
    made.setFont(font)
    made.setAccessibleName(text)
    return made


def totals(values: Iterable[Value]) -> str:
    """Return the sums of amounts, one for each currency: "48 600,00 MAD · 245 000 XOF"."""
    sums: dict[str, int] = {}
    for value in values:
        if isinstance(value, Money):
            sums[value.currency] = sums.get(value.currency, 0) + value.minor
    return " · ".join(
        format_money(Money(minor, currency).amount, currency)
        for currency, minor in sorted(sums.items())
    )


def why_locked(view: RecordView, field: Field, office: str) -> str:
    """Say why a field of a record is read-only."""
    if field.computed:
        return _("Filled in by the desk.")
    if view.owner != office:
        return _("Written by the {office}.").format(office=office_name(view.owner))
    return _("Cannot be changed in this state, or not by you.")


def why_all_locked(view: RecordView, office: str) -> str:
    """Say why nothing of a record can be changed; empty where something can."""
    if view.erased is not None:
        told = _("Erased at the person's request: {reason}")
        return told.format(reason=view.erased) if view.erased else _("Erased.")
    if view.deleted:
        return _("The record is in the bin: take it out to change it.")
    if view.may_write:
        return ""
    if view.owner != office:
        told = _("Kept by the {office}: you can read it, and comment.")
        return told.format(office=office_name(view.owner))
    return _("You can read this record; it cannot be changed in this state, or not by you.")


def reasons_locked(view: RecordView, kind: EntityKind, office: str) -> dict[str, str]:
    """Return why single fields are read-only; none where one reason holds for all."""
    if why_all_locked(view, office):
        return {}
    return {name: why_locked(view, field, office) for name, field in kind.fields.items()}


def why_row_locked(owner: str, office: str) -> str:
    """Say why a row inside a record is read-only."""
    if owner != office:
        return _("Written by the {office}.").format(office=office_name(owner))
    return _("Cannot be changed in this state, or not by you.")


class LockedStrip(QWidget):
    """One line above the fields that says why none of them can be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(6)
        row.addWidget(icon_label("lock", "muted", 15))
        self.words = label("", "muted", self, wrap=True)
        row.addWidget(self.words, 1)
        self.setVisible(False)

    def show_reason(self, reason: str) -> None:
        """Show a reason; an empty one hides the line."""
        self.words.setText(reason)
        self.setVisible(bool(reason))
