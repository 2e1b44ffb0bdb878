"""Small pieces of form text: section headings, totals, why something is read-only."""

from collections.abc import Iterable

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from sscdesk.application.views import RecordView
from sscdesk.i18n import _, format_money
from sscdesk.model.field import Field
from sscdesk.model.values import Money, Value
from sscdesk.ui.places import office_name
from sscdesk.ui.widgets.basic import label


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
    if view.deleted:
        return _("The record is in the bin.")
    if field.computed:
        return _("Filled in by the desk.")
    if view.owner != office:
        return _("Written by the {office}.").format(office=office_name(view.owner))
    return _("Cannot be changed in this state, or not by you.")


def why_row_locked(owner: str, office: str) -> str:
    """Say why a row inside a record is read-only."""
    if owner != office:
        return _("Written by the {office}.").format(office=office_name(owner))
    return _("Cannot be changed in this state, or not by you.")
