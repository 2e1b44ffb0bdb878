"""Recognises that a row is already here, or stands twice in the file.

Keys that people share only by being the same: an e-mail address, a telephone number with
the same name, a name within the same organisation or country. What fits is shown with its
reason and decided by an officer; nothing is merged by itself.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from sscdesk.application.import_views import Match, RowPreview
from sscdesk.application.reading import person_name, title_of
from sscdesk.interop.columns import folded
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.text import N_
from sscdesk.model.values import Value

Values = Mapping[str, Value]

_EMAIL = N_("same e-mail address")
_PHONE_AND_NAME = N_("same telephone number and name")
_PHONE = N_("same telephone number")
_NAME_AND_PLACE = N_("same name in the same organisation")
_NAME = N_("same name")
_COUNTRY = N_("same name in the same country")
_ACRONYM = N_("same acronym in the same country")
_DATE = N_("same title and date")
_ORDER = N_("same number of the mission order")
_EXPENSE = N_("same traveller, day, kind and amount")


_Key = tuple[str, str, bool]
"""What two rows share, the msgid that says so, and whether that is certain."""


def find_matches(connection: Connection, entity: str, rows: Sequence[RowPreview]) -> None:
    """Set ``match`` on the rows of ``entity`` that look like a record or an earlier row."""
    keys_of = _KEYS.get(entity)
    if keys_of is None:
        return
    here: dict[str, Match | RowPreview] = dict(_existing(connection, entity))
    for row in rows:
        keys = list(keys_of(row.values, _posts(row)))
        found = [key for key in keys if key[0] in here]
        if found and row.match is None:
            key = max(found, key=lambda one: one[2])
            row.match = _match(here[key[0]], key)
        for text, _reason, _certain in keys:
            here.setdefault(text, row)


def _match(known: Match | RowPreview, key: _Key) -> Match:
    _text, reason, certain = key
    if isinstance(known, Match):
        return replace(known, reason=reason, certain=certain)
    return Match(known.ref or "", known.title, reason, certain, row=known.number)


def _posts(row: RowPreview) -> Iterable[str]:
    return (
        str(post["organisation"]) for post in row.parts.get("post", ()) if post.get("organisation")
    )


def _existing(connection: Connection, entity: str) -> Iterator[tuple[str, Match]]:
    kind = record_kinds()[entity]
    posts: dict[str, list[str]] = {}
    if entity == "person":
        for parent, organisation in connection.exec_driver_sql(
            "SELECT parent, organisation FROM person_post WHERE deleted = 0"
        ):
            posts.setdefault(parent, []).append(str(organisation or ""))
    found = connection.exec_driver_sql(f'SELECT * FROM "{entity}" WHERE deleted = 0')
    for row in found.mappings():
        values = {n: from_sql(field, row[n]) for n, field in kind.fields.items() if row[n]}
        known = Match(row["ref"], title_of(kind.mapped, dict(row)), "", True, record=row["id"])
        for key in _KEYS[entity](values, filter(None, posts.get(row["id"], ()))):
            yield key[0], known


def _person(values: Values, organisations: Iterable[str]) -> Iterator[_Key]:
    names = sorted({folded(name) for name in _person_names(values)} - {""})
    for address in _members(values.get("emails")):
        yield (f"e {address.lower()}", _EMAIL, True)
    for number in _members(values.get("telephones")):
        digits = re.sub(r"[^\d+]", "", number)
        family = folded(str(values.get("family") or ""))
        yield (f"pn {digits} {family}", _PHONE_AND_NAME, True)
        yield (f"p {digits}", _PHONE, False)
    for organisation in organisations:
        yield from ((f"no {name} {organisation}", _NAME_AND_PLACE, True) for name in names)
    yield from ((f"n {name}", _NAME, False) for name in names)


def _person_names(values: Values) -> Iterator[str]:
    yield " ".join(sorted(folded(person_name({**values, "name_ar": ""})).split()))
    yield str(values.get("name_ar") or "")


def _organisation(values: Values, _posts: Iterable[str]) -> Iterator[_Key]:
    country = values.get("country") or ""
    for name in ("name_fr", "name_en", "name_ar"):
        text = folded(str(values.get(name) or ""))
        if text:
            yield (f"n {text} {country}", _COUNTRY, True)
    if values.get("acronym"):
        yield (f"a {folded(str(values['acronym']))} {country}", _ACRONYM, False)


def _mission(values: Values, _posts: Iterable[str]) -> Iterator[_Key]:
    order = folded(str(values.get("order_number") or ""))
    if order:
        yield (f"o {order}", _ORDER, True)
    purpose = folded(str(values.get("purpose_fr") or ""))
    if purpose and values.get("departs_on"):
        yield (f"d {purpose} {values['departs_on']}", _DATE, False)


def _exchange(values: Values, _posts: Iterable[str]) -> Iterator[_Key]:
    title = folded(str(values.get("title_fr") or ""))
    if title and values.get("starts_on"):
        yield (f"d {title} {values['starts_on']}", _DATE, True)


def _expense(values: Values, _posts: Iterable[str]) -> Iterator[_Key]:
    parts = [values.get(n) for n in ("mission", "traveller", "spent_on", "kind", "amount")]
    if all(parts):
        yield ("x " + " ".join(map(str, parts)), _EXPENSE, True)


def _members(value: Value) -> Iterable[str]:
    return value if isinstance(value, tuple) else ()


_KeysOf = Callable[[Values, Iterable[str]], Iterator[_Key]]
_KEYS: Mapping[str, _KeysOf] = {
    "person": _person,
    "organisation": _organisation,
    "mission": _mission,
    "exchange": _exchange,
    "expense": _expense,
}
