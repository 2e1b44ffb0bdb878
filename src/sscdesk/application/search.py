"""Searching over everything, and finding who is already known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application.indexing import entry_of
from sscdesk.application.reading import part_rows, read_row, require_row, title_of
from sscdesk.application.views import Hit
from sscdesk.i18n import gettext
from sscdesk.model.base import record_kinds
from sscdesk.model.field import FieldType
from sscdesk.model.rights import roles_with
from sscdesk.model.values import Value
from sscdesk.search import duplicates as matching
from sscdesk.search import query
from sscdesk.sync.rows import layouts

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LikenessView:
    """A record that may be the one that is being entered."""

    id: str
    ref: str
    title: str
    score: int
    """From 0 to 100."""
    reasons: tuple[str, ...]
    """Sentences in the current language."""


@dataclass(frozen=True, slots=True)
class PairView:
    """Two records that may be one."""

    one: str
    one_title: str
    other: str
    other_title: str
    score: int
    reasons: tuple[str, ...]


def everything(w: "Workspace", text: str, limit: int = 20) -> tuple[Hit, ...]:
    """Return the records that a text finds, the best first; any text may be asked."""
    with w.read() as connection:
        hits = []
        for found in query.search(connection, text, limit=limit):
            row = read_row(connection, found.entity, found.record)
            if row is None or not w.actor.roles & roles_with("read", found.entity):
                continue
            mapped = record_kinds()[found.entity].mapped
            words = _text(connection, found.entity, row)
            hits.append(
                Hit(
                    found.record,
                    str(row["ref"]),
                    found.entity,
                    title_of(mapped, row),
                    str(row["state"]),
                    query.snippet(words, text),
                )
            )
        return tuple(hits)


def _text(connection: Connection, entity: str, row: Mapping[str, Any]) -> str:
    """Return what is searched of a record and of its rows."""
    entry = entry_of(layouts()[entity], row)
    texts = [entry.title, entry.body]
    for mapped in record_kinds()[entity].parts.values():
        table = mapped.__tablename__
        texts += [
            entry_of(layouts()[table], part).body
            for part in part_rows(connection, table, str(row["id"]))
        ]
    return "\n".join(text for text in texts if text)


def similar(
    w: "Workspace",
    entity: str,
    values: Mapping[str, Value],
    limit: int = 5,
    exclude: str | None = None,
) -> tuple[LikenessView, ...]:
    """Return records that may be the one that is being entered, the likeliest first."""
    fields = record_kinds()[entity].fields
    names = _names(entity, values)
    emails = [text for name in fields for text in _of(values, fields, name, FieldType.EMAIL)]
    phones = [text for name in fields for text in _of(values, fields, name, FieldType.PHONE)]
    with w.read() as connection:
        found = matching.similar(
            connection, entity, names, emails=emails, phones=phones, limit=limit, exclude=exclude
        )
        rows = [require_row(connection, entity, one.record) for one in found]
        return tuple(
            LikenessView(
                one.record,
                str(row["ref"]),
                title_of(record_kinds()[entity].mapped, row),
                one.score,
                _sentences(one.reasons),
            )
            for one, row in zip(found, rows, strict=True)
        )


def _names(entity: str, values: Mapping[str, Value]) -> list[str]:
    if entity in ("person", "officer"):
        latin = " ".join(str(values[n]) for n in ("given", "family") if values.get(n))
        return [name for name in (latin, str(values.get("name_ar") or "")) if name]
    titles = record_kinds()[entity].mapped.title_fields
    return [str(values[name]) for name in titles if values.get(name)]


def _of(
    values: Mapping[str, Value], fields: Mapping[str, Any], name: str, kind: FieldType
) -> tuple[str, ...]:
    value = values.get(name)
    if fields[name].type is not kind or not value:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def duplicates(w: "Workspace", entity: str, limit: int = 100) -> tuple[PairView, ...]:
    """Return pairs of existing records that may be one, the likeliest first."""
    with w.read() as connection:
        mapped = record_kinds()[entity].mapped

        def title(record: str) -> str:
            return title_of(mapped, require_row(connection, entity, record))

        return tuple(
            PairView(
                pair.one,
                title(pair.one),
                pair.other,
                title(pair.other),
                pair.score,
                _sentences(pair.reasons),
            )
            for pair in matching.pairs(connection, entity, limit)
        )


def _sentences(reasons: tuple[matching.Reason, ...]) -> tuple[str, ...]:
    return tuple(gettext(one.message).format(**one.params) for one in reasons)
