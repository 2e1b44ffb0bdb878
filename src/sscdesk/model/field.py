"""The one declaration of a field.

A field is declared once, on the mapped class, by one of the functions below. Forms,
columns, filters, the command line, import, export, the journal and the personal-data
report are derived from it (``fields_of``); none of them lists the fields again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Boolean, Text
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeEngine

from sscdesk.model.values import Value


class FieldType(StrEnum):
    """The types of the command-line contract."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    REFERENCE = "reference"
    REFERENCES = "references"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    COUNTRY = "country"
    LANGUAGE = "language"


SET_TYPES = frozenset({FieldType.CHOICES, FieldType.REFERENCES})
"""Types whose value is a set, merged member by member."""


class Audience(StrEnum):
    """Who may receive a field: all that the record is shared with, its partners, nobody else."""

    SHARED = "shared"
    BILATERAL = "bilateral"
    OFFICE = "office"


ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Field:
    """What is known of one field; ``label`` and ``help`` are msgids."""

    name: str
    label: str
    type: FieldType
    help: str = ""
    vocabulary: str | None = None
    """The list of codes for choice(s), country and language fields."""
    entity: str | None = None
    """The entity a reference points to; several are joined by ``|``."""
    required: str | None = None
    """``"always"``, or the state from which on it must be filled, else None."""
    unless: tuple[str, ...] = ()
    """Fields any of which, filled, does instead: a title in another language."""
    default: Value = None
    """What a new row holds where the officer says nothing."""
    personal: bool = False
    masked: bool = False
    """Shown as dots until asked for (passport, bank account)."""
    audience: Audience = Audience.SHARED
    section: str = ""
    """The msgid of the section of the form; an empty one continues the section before."""
    writer: str = "owner"
    """Who may write it after sync: a rule name of ``model/authority.py``."""
    column: bool = False
    """Shown as a column of the list by default."""
    computed: bool = False
    """Set by the desk, never by an officer."""
    max_length: int = 2_000
    minimum: int | None = None
    maximum: int | None = None
    """Bounds of a number, both included."""
    shape: str = ""
    """What a line of text must look like: ``time`` (07:30), ``period`` (2020-Q3),
    ``days`` (dates), ``sha256``, ``zone`` (Africa/Dakar); anything where empty."""
    many: bool = False
    """A set of free texts (e-mails, telephones): merged member by member."""

    @property
    def is_set(self) -> bool:
        """Whether the value is a set of members."""
        return self.many or self.type in SET_TYPES


@dataclass(frozen=True, slots=True)
class _Declared:
    """What stands in ``Column.info`` until the class knows the attribute's name."""

    type: FieldType
    label: str
    options: dict[str, Any] = field(default_factory=dict)


_SQL: dict[FieldType, TypeEngine[Any]] = {
    FieldType.INTEGER: BigInteger(),
    FieldType.BOOLEAN: Boolean(create_constraint=False),
}


def declare(kind: FieldType, label: str, **options: Any) -> MappedColumn[Any]:
    """Declare a field of ``kind``; options are the attributes of ``Field``.

    ``late=True`` puts a field that a base class declares after those of the entity.
    """
    if kind is FieldType.LONG_TEXT:
        options.setdefault("max_length", 100_000)
    late = options.pop("late", False)
    return mapped_column(
        _SQL.get(kind, Text()),
        nullable=True,
        info={"field": _Declared(kind, label, options), "late": late},
    )


def text(label: str, **options: Any) -> MappedColumn[Any]:
    """A line of text; ``many=True`` for a set of them."""
    return declare(FieldType.TEXT, label, **options)


def long_text(label: str, **options: Any) -> MappedColumn[Any]:
    """Several paragraphs."""
    return declare(FieldType.LONG_TEXT, label, **options)


def integer(label: str, **options: Any) -> MappedColumn[Any]:
    """A whole number."""
    return declare(FieldType.INTEGER, label, **options)


def decimal(label: str, **options: Any) -> MappedColumn[Any]:
    """A number with decimals, kept as its text (``655.957``)."""
    return declare(FieldType.DECIMAL, label, **options)


def money(label: str, **options: Any) -> MappedColumn[Any]:
    """An amount with its currency, stored as ``"125000 MAD"``: minor units and code."""
    return declare(FieldType.MONEY, label, **options)


def date(label: str, **options: Any) -> MappedColumn[Any]:
    """A date that may be partial."""
    return declare(FieldType.DATE, label, **options)


def datetime(label: str, **options: Any) -> MappedColumn[Any]:
    """A moment, ``2026-03-09T07:30`` local to its place, or with ``Z`` in UTC."""
    return declare(FieldType.DATETIME, label, **options)


def boolean(label: str, **options: Any) -> MappedColumn[Any]:
    """Yes, no, or not recorded."""
    return declare(FieldType.BOOLEAN, label, **options)


def choice(label: str, vocabulary: str, **options: Any) -> MappedColumn[Any]:
    """One code of a vocabulary."""
    return declare(FieldType.CHOICE, label, vocabulary=vocabulary, **options)


def choices(label: str, vocabulary: str, **options: Any) -> MappedColumn[Any]:
    """A set of codes of a vocabulary."""
    return declare(FieldType.CHOICES, label, vocabulary=vocabulary, **options)


def reference(label: str, entity: str, **options: Any) -> MappedColumn[Any]:
    """A link to one record."""
    return declare(FieldType.REFERENCE, label, entity=entity, **options)


def references(label: str, entity: str, **options: Any) -> MappedColumn[Any]:
    """A set of links to records."""
    return declare(FieldType.REFERENCES, label, entity=entity, **options)


def email(label: str, **options: Any) -> MappedColumn[Any]:
    """An e-mail address."""
    return declare(FieldType.EMAIL, label, **options)


def phone(label: str, **options: Any) -> MappedColumn[Any]:
    """A telephone number, kept as typed."""
    return declare(FieldType.PHONE, label, **options)


def url(label: str, **options: Any) -> MappedColumn[Any]:
    """An address on the web."""
    return declare(FieldType.URL, label, **options)


def country(label: str, **options: Any) -> MappedColumn[Any]:
    """A country code (ISO 3166-1 alpha-2)."""
    return declare(FieldType.COUNTRY, label, vocabulary="country", **options)


def language(label: str, **options: Any) -> MappedColumn[Any]:
    """A language code."""
    return declare(FieldType.LANGUAGE, label, vocabulary="language", **options)


@cache
def fields_of(mapped: type) -> dict[str, Field]:
    """Return the declared fields of a mapped class, in the order of declaration."""
    return {found.name: found for found in _fields(mapped)}


def _fields(mapped: type) -> Iterator[Field]:
    columns = sorted(
        mapped.__table__.columns,  # type: ignore[attr-defined]
        key=lambda column: (column.info.get("late", False), column._creation_order),
    )
    section = ""
    for column in columns:
        declared = column.info.get("field")
        if declared is None:
            continue
        section = declared.options.get("section", section)
        yield Field(
            name=column.key,
            label=declared.label,
            type=declared.type,
            **{**declared.options, "section": section},
        )
