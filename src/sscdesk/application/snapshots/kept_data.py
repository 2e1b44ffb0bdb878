"""All that this desk keeps about a person: what their record holds, and where they are named."""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Iterator
from typing import Any

from sscdesk.application.reading import Row, require_row, title_of, titles_of
from sscdesk.application.snapshots.freezer import Freezer
from sscdesk.i18n import _, format_partial_date
from sscdesk.model.audience import ALL, readers
from sscdesk.model.base import Part, Record, record_kinds, row_classes
from sscdesk.model.codec import from_sql
from sscdesk.model.field import Audience, Field, FieldType, fields_of
from sscdesk.reports.data_record import Kept
from sscdesk.reports.snapshot import Wording
from sscdesk.reports.words import listed


def kept_about(f: Freezer, person: Row) -> Iterator[Kept]:
    """Yield each thing that is kept about a person, also under names merged into theirs."""
    merged = f.rows("SELECT * FROM person WHERE same_as = ?", person["id"])
    for row in (person, *merged):
        yield from _record(f, row)
        for mapped in record_kinds()["person"].parts.values():
            yield from _parts(f, mapped, row)
        yield from _named(f, row)


def _record(f: Freezer, person: Row) -> Iterator[Kept]:
    source = str(person["source"] or "")
    for field in record_kinds()["person"].fields.values():
        value = _words(f, field, person.get(field.name))
        if value:
            yield Kept(
                Wording(_(field.label)),
                value,
                source,
                str(person["created_at"])[:10],
                _shared_with(f, field.audience, person),
            )


def _parts(f: Freezer, mapped: type[Part], person: Row) -> Iterator[Kept]:
    rows = f.rows(
        f'SELECT * FROM "{mapped.__tablename__}" WHERE parent = ? AND deleted = 0 '
        "ORDER BY position, id",
        person["id"],
    )
    for row in rows:
        told = (_words(f, one, row.get(one.name)) for one in fields_of(mapped).values())
        yield Kept(
            Wording(_(mapped.label)),
            listed(tuple(told)),
            f.office_name(row["owner"]).say(),
            str(row["created_at"])[:10],
            _shared_with(f, mapped.audience, person),
        )


def _named(f: Freezer, person: Row) -> Iterator[Kept]:
    """Yield each record and each row inside one that names the person."""
    for table, mapped in row_classes().items():
        for field in fields_of(mapped).values():
            if "person" not in (field.entity or "").split("|") or table == "person":
                continue
            rows = f.rows(
                f'SELECT * FROM "{table}" WHERE deleted = 0 AND instr("{field.name}", ?) > 0 '
                "ORDER BY created_at, id",
                person["id"],
            )
            for row in rows:
                yield _mention(f, mapped, field, row)


def _mention(f: Freezer, mapped: Any, field: Field, row: Row) -> Kept:
    holder, entity = row, getattr(mapped, "parent_entity", "")
    if issubclass(mapped, Part):
        holder = require_row(f.connection, entity, str(row["parent"]))
    record: type[Record] = record_kinds()[entity or mapped.entity].mapped
    title = title_of(record, holder)
    return Kept(
        Wording(f"{_(mapped.label)} · {_(field.label)}"),
        f"{holder['ref']} · {title}",
        f.office_name(row["owner"]).say(),
        str(row["created_at"])[:10],
        _shared_with(f, getattr(mapped, "audience", field.audience), holder),
    )


def _shared_with(f: Freezer, audience: Audience | Any, holder: Row) -> str:
    """Return the offices that receive it beside this one."""
    column = "circle" if audience is Audience.BILATERAL else "audience"
    reached = str(holder[column])
    if audience is Audience.OFFICE or readers(reached) <= {f.w.office}:
        return _("this office alone")
    if reached == ALL:
        return _("all offices")
    return listed(tuple(f.office_name(code).say() for code in sorted(readers(reached))))


def _words(f: Freezer, field: Field, raw: Any) -> str:
    """Write a value as a person reads it."""
    value = from_sql(field, raw)
    if value is None or value in ("", ()):
        return ""
    members = tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)
    if field.entity:
        titles = titles_of(f.connection, {field.entity: members})
        return listed(tuple(titles.get(one, "…") for one in members))
    if field.vocabulary:
        return listed(tuple(f.label(field.vocabulary, one).say() or one for one in members))
    if field.type is FieldType.BOOLEAN:
        return _("yes") if value else _("no")
    if field.type is FieldType.DATE:
        return format_partial_date(str(value))
    return listed(members)
