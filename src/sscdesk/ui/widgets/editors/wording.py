"""Values as editors write them: in full, so that what is shown can be read back."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from babel.numbers import format_decimal, get_decimal_symbol

from sscdesk.i18n import _, format_instant, format_money, format_number, format_partial_date, locale
from sscdesk.model.field import Field, FieldType
from sscdesk.model.values import Money, Value

DOTS = "••••••"


def plain_words(field: Field, value: Value) -> str:
    """Return a value that needs no vocabulary and no title."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Money):
        return format_money(value.amount, value.currency)
    if field.type is FieldType.DATE:
        return format_partial_date(str(value))
    if field.type is FieldType.DATETIME:
        return moment_words(str(value))
    if field.type is FieldType.INTEGER and isinstance(value, int):
        return format_number(value)
    if field.type is FieldType.DECIMAL:
        return decimal_words(str(value))
    return str(value)


def editable_words(field: Field, value: Value) -> str:
    """Return a value as it is easiest to change: without separators of thousands."""
    if isinstance(value, Money):
        return f"{_with_point(str(value.amount))} {value.currency}"
    if field.type in (FieldType.INTEGER, FieldType.DECIMAL):
        return _with_point(str(value))
    if field.type is FieldType.DATETIME:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            return str(value)
        if moment.tzinfo is not None:
            moment = moment.astimezone()
        return moment.strftime("%d/%m/%Y %H:%M")
    return plain_words(field, value)


def _with_point(text: str) -> str:
    return text.replace(".", get_decimal_symbol(locale()))


def absent_title() -> str:
    """Say that a record referred to is not here."""
    return _("(not shared with this office)")


def decimal_words(text: str) -> str:
    """Write a number kept as text with the separators of the language, all its decimals."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return format_decimal(number, decimal_quantization=False, locale=locale())


def moment_words(text: str) -> str:
    """Write a moment: at its place, or in this laptop's zone when it was kept in UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.tzinfo is not None:
        moment = moment.astimezone().replace(tzinfo=None)
    return format_instant(moment, style="short")
