"""How the value of a field is written in a column and in JSON.

One column holds one value; a set is its sorted members as a JSON list, an amount is
its minor units and its currency (``"125000 MAD"``). What is written is canonical: equal
values are equal bytes, so that two offices can compare what they hold. Reading what an
officer typed is the business of ``model/validation.py``.
"""

import json
from decimal import Decimal
from typing import Any

from sscdesk.model.field import Field, FieldType
from sscdesk.model.values import CURRENCY_DIGITS, Money, Value

Raw = str | int | bool | None
"""A value as a column holds it."""
Json = str | int | bool | list[str] | None
"""A value as the command line's JSON shows it."""


def to_sql(field: Field, value: Value) -> Raw:
    """Write ``value`` as the column of ``field`` holds it.

    Raises ``TypeError`` for a value that the field's type cannot hold: a defect of ours.
    """
    if value is None:
        return None
    if field.is_set:
        return set_text(_members(field, value))
    if not _fits(field, value):
        raise TypeError(f"{field.name}: {type(value).__name__} in a field of type {field.type}")
    return money_text(value) if isinstance(value, Money) else value  # type: ignore[return-value]


def from_sql(field: Field, raw: Any) -> Value:
    """Read back what ``to_sql`` wrote."""
    if field.is_set:
        return read_set(raw)
    if raw is None:
        return None
    if field.type is FieldType.MONEY:
        return read_money(str(raw))
    if field.type is FieldType.BOOLEAN:
        return bool(raw)
    if field.type is FieldType.INTEGER:
        return int(raw)
    return str(raw)


def to_json(field: Field, value: Value) -> Json:
    """Write ``value`` for the command line: an amount as ``"1250.00 MAD"``, a set as a list."""
    if field.is_set:
        return list(_members(field, value)) if value is not None else []
    if isinstance(value, Money):
        return str(value)
    return value if not isinstance(value, tuple) else list(value)


def from_json(field: Field, given: Any) -> Value:
    """Read back what ``to_json`` wrote; raises ``ValueError`` for anything else."""
    if field.is_set:
        if given is not None and not isinstance(given, list):
            raise ValueError(field.name)
        return tuple(sorted({str(member) for member in given or ()}))
    if given is None or field.type is not FieldType.MONEY:
        return from_sql(field, given)
    amount, _, currency = str(given).partition(" ")
    return money_of(Decimal(amount), currency)


def set_text(members: tuple[str, ...] | frozenset[str] | set[str] | list[str]) -> str:
    """Write the members of a set, sorted, as a JSON list."""
    return json.dumps(sorted(set(members)), ensure_ascii=False)


def read_set(raw: Any) -> tuple[str, ...]:
    """Read the members of a set; nothing is the empty set."""
    return tuple(sorted(json.loads(raw))) if raw else ()


def money_text(amount: Money) -> str:
    """Write an amount as its minor units and currency."""
    return f"{amount.minor} {amount.currency}"


def read_money(raw: str) -> Money:
    """Read an amount written by ``money_text``."""
    minor, _, currency = raw.partition(" ")
    return Money(int(minor), currency)


def money_of(amount: Decimal, currency: str) -> Money:
    """Return an amount given in major units; ``ValueError`` where it has too many decimals."""
    minor = amount.scaleb(CURRENCY_DIGITS.get(currency, 2))
    if minor != minor.to_integral_value():
        raise ValueError(f"{amount} {currency}")
    return Money(int(minor), currency)


def _members(field: Field, value: Value) -> tuple[str, ...]:
    if not isinstance(value, tuple):
        raise TypeError(f"{field.name}: {type(value).__name__} in a set")
    return tuple(sorted(set(value)))


_PYTHON: dict[FieldType, type] = {
    FieldType.MONEY: Money,
    FieldType.BOOLEAN: bool,
    FieldType.INTEGER: int,
}


def _fits(field: Field, value: Value) -> bool:
    wanted = _PYTHON.get(field.type, str)
    return isinstance(value, wanted) and isinstance(value, bool) == (wanted is bool)
