"""Searching over everything, and finding who is already known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application.indexing import entry_of
from sscdesk.application.reading import part_rows, read_row, require_row, title_of, titles_of
from sscdesk.application.redirects import redirects, redirects_of_all
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
    about: str = ""
    """The organisation in which a person works."""


def everything(w: "Workspace", text: str, limit: int = 20) -> tuple[Hit, ...]:
    """Return the records that a text finds, the best first; any text may be asked."""
    with w.read() as connection:
        hits: list[Hit] = []
        followed = redirects_of_all(connection)
        for found in query.search(connection, text, limit=limit):
            record = followed.get(found.record, found.record)
            row = read_row(connection, found.entity, record)
            if row is None or not w.actor.roles & roles_with("read", found.entity):
                continue
            if followed and any(hit.id == record for hit in hits):
                continue
            mapped = record_kinds()[found.entity].mapped
            words = _text(connection, found.entity, row)
            hits.append(
                Hit(
                    record,
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
        followed = redirects(connection, entity)
        kept: dict[str, matching.Likeness] = {}
        for one in found:
            kept.setdefault(followed.get(one.record, one.record), one)
        kept.pop(exclude or "", None)
        rows = [require_row(connection, entity, record) for record in kept]
        return tuple(
            LikenessView(
                str(row["id"]),
                str(row["ref"]),
                title_of(record_kinds()[entity].mapped, row),
                one.score,
                sentences(one.reasons),
                _workplace(connection, row) if entity == "person" else "",
            )
            for one, row in zip(kept.values(), rows, strict=True)
        )


def _workplace(connection: Connection, person: Mapping[str, Any]) -> str:
    """Return the organisation of the post that a person holds today."""
    posts = part_rows(connection, "person_post", str(person["id"]))
    held = [str(row["organisation"]) for row in posts if row["organisation"] and not row["until"]]
    titles = titles_of(connection, {"organisation": held})
    return next((titles[one] for one in held if one in titles), "")


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


def sentences(reasons: tuple[matching.Reason, ...]) -> tuple[str, ...]:
    """Return why records may be the same, in the current language."""
    return tuple(gettext(one.message).format(**one.params) for one in reasons)
