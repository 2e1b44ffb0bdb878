"""Records that may be one: the pairs worth a question, and two of them side by side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application import settings
from sscdesk.application.reading import read_row, resolve, title_of
from sscdesk.application.redirects import redirects
from sscdesk.application.search import sentences
from sscdesk.application.viewing import view_record
from sscdesk.application.views import RecordView
from sscdesk.model.base import record_kinds
from sscdesk.model.redirect import REDIRECTED
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.search import duplicates as matching

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

TWO = "not-the-same"
"""The scope of the settings that hold pairs of which an officer said that they are two."""
_KEPT_APART = frozenset({"same_as"})


@dataclass(frozen=True, slots=True)
class PairView:
    """Two records that may be one."""

    one: str
    one_title: str
    other: str
    other_title: str
    score: int
    reasons: tuple[str, ...]
    one_ref: str = ""
    other_ref: str = ""
    one_owner: str = ""
    other_owner: str = ""


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of two records beside each other."""

    field: str
    one: Value
    other: Value

    @property
    def alike(self) -> bool:
        """Whether both say the same."""
        return self.one == self.other


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records side by side: the fields of which one of them says something."""

    one: RecordView
    other: RecordView
    fields: tuple[FieldPair, ...]

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of what both refer to."""
        return {**self.one.titles, **self.other.titles}


def duplicates(w: "Workspace", entity: str, limit: int = 100) -> tuple[PairView, ...]:
    """Return pairs of existing records that may be one, the likeliest first.

    Records that gave way, and pairs that an officer said to be two, are left out.
    """
    check_right(w.actor, "read", entity)
    with w.read() as connection:
        followed = redirects(connection, entity)
        told = _told_apart(connection)
        found: dict[tuple[str, str], PairView] = {}
        for pair in matching.pairs(connection, entity, limit + len(told) + len(followed)):
            one = followed.get(pair.one, pair.one)
            other = followed.get(pair.other, pair.other)
            key = _key(one, other)
            if one != other and key not in told and key not in found:
                view = _pair(connection, entity, key, pair)
                if view is not None:
                    found[key] = view
        return tuple(found.values())[:limit]


def _key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _pair(
    connection: Connection, entity: str, key: tuple[str, str], pair: matching.Pair
) -> PairView | None:
    one, other = (read_row(connection, entity, record) for record in key)
    if one is None or other is None:
        return None
    mapped = record_kinds()[entity].mapped
    return PairView(
        one=key[0],
        one_title=title_of(mapped, one),
        other=key[1],
        other_title=title_of(mapped, other),
        score=pair.score,
        reasons=sentences(pair.reasons),
        one_ref=str(one["ref"]),
        other_ref=str(other["ref"]),
        one_owner=str(one["owner"]),
        other_owner=str(other["owner"]),
    )


# ---------------------------------------------------------------- they are two


def keep_apart(w: "Workspace", one: str, other: str) -> None:
    """Remember on this laptop that two records are not the same; they are listed no more."""
    check_right(w.actor, "merge_duplicates")
    with w.exclusive() as connection:
        pair = _key(*(resolve(connection, ref)[1] for ref in (one, other)))
        settings.put(connection, TWO, json.dumps(pair), "1")


def _told_apart(connection: Connection) -> set[tuple[str, str]]:
    keys = connection.exec_driver_sql("SELECT key FROM setting WHERE scope = ?", (TWO,)).scalars()
    return {(one, other) for one, other in map(json.loads, keys)}


# ---------------------------------------------------------------- side by side


def compare(w: "Workspace", one: str, other: str) -> Comparison:
    """Return two records of one kind side by side.

    Raises ``NotFound``, and ``Refused`` ("other-kind", "no-duplicates-of").
    """
    with w.read() as connection:
        entity, first, second = two_of_a_kind(connection, one, other)
        check_right(w.actor, "read", entity)
        views = [view_record(w, connection, entity, each) for each in (first, second)]
    return Comparison(views[0], views[1], tuple(_beside(entity, *views)))


def _beside(entity: str, one: RecordView, other: RecordView) -> list[FieldPair]:
    return [
        FieldPair(name, one.fields.get(name), other.fields.get(name))
        for name in record_kinds()[entity].fields
        if name not in _KEPT_APART
        and (_says(one.fields.get(name)) or _says(other.fields.get(name)))
    ]


def _says(value: Value) -> bool:
    return value not in (None, "", ())


def two_of_a_kind(connection: Connection, one: str, other: str) -> tuple[str, str, str]:
    """Return the entity and identifiers of two different records of one kind."""
    entity, first = resolve(connection, one)
    second_entity, second = resolve(connection, other)
    if first == second:
        raise NotFound(
            "one-record",
            N_("Both are the same record, {text}."),
            hint=N_("Name two records."),
            params={"text": one},
        )
    if entity != second_entity:
        raise Refused(
            "other-kind",
            N_("Two records of different kinds are never the same."),
            hint=N_("Nothing was changed. Name two people, or two organisations."),
        )
    if entity not in REDIRECTED:
        raise Refused(
            "no-duplicates-of",
            N_("Records of this kind are not merged."),
            hint=N_("Nothing was changed. People and organisations can be merged."),
        )
    return entity, first, second
