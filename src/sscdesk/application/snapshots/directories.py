"""Freezing the directory: what may be shared with all offices, or all that this office holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sscdesk.application.reading import Row
from sscdesk.application.snapshots.freezer import Freezer, is_sample, latin_name
from sscdesk.application.snapshots.imprints import imprint
from sscdesk.model.codec import read_set
from sscdesk.reports.directory import Contact, Directory, Listed
from sscdesk.reports.snapshot import Wording


def directory(f: Freezer, report: Row) -> Directory:
    """Return the directory that all offices may have: contacts that may be shared alone."""
    return _directory(f, report, complete=False)


def directory_complete(f: Freezer, report: Row) -> Directory:
    """Return the directory of this office: every contact, with what is kept in the office."""
    return _directory(f, report, complete=True)


def _directory(f: Freezer, report: Row, *, complete: bool) -> Directory:
    rows = f.rows("SELECT * FROM organisation WHERE deleted = 0 AND same_as IS NULL ORDER BY id")
    told = [row for row in rows if f.tells(row)]
    people = _people(f)
    persons = [person for held in people.values() for person, _post in held]
    return Directory(
        imprint=replace(imprint(f, report), sample=is_sample(*told, *persons)),
        organisations=tuple(
            _listed(f, row, people.get(str(row["id"]), ()), complete) for row in told
        ),
        scope=f.by_hand(report).get("scope", ""),
        complete=complete,
    )


def _people(f: Freezer) -> Mapping[str, Sequence[tuple[Row, Row]]]:
    """Return who holds a post now, with the post, by organisation, in the order of their names."""
    posts = f.rows(
        "SELECT * FROM person_post WHERE deleted = 0 AND until IS NULL "
        "AND organisation IS NOT NULL ORDER BY position, id"
    )
    rows = f.rows("SELECT * FROM person WHERE deleted = 0 AND same_as IS NULL")
    known = {str(row["id"]): row for row in rows if f.may_name(row)}
    found: dict[str, list[tuple[Row, Row]]] = {}
    for post in posts:
        person = known.get(str(post["parent"]))
        if person is not None:
            found.setdefault(str(post["organisation"]), []).append((person, post))
    return {
        one: sorted(held, key=lambda pair: latin_name(pair[0]).casefold())
        for one, held in found.items()
    }


def _listed(f: Freezer, row: Row, people: Sequence[tuple[Row, Row]], complete: bool) -> Listed:
    return Listed(
        reference=str(row["ref"]),
        name=f.wording(row, "name"),
        country=f.label("country", row["country"]),
        kind=f.label("organisation_kind", row["kind"]),
        acronym=str(row["acronym"] or ""),
        city=str(row["city"] or ""),
        address=str(row["address"] or ""),
        reach=_filled(row["telephone"], row["email"], row["website"]),
        fields=f.labels("field", row["fields_of_action"]),
        contacts=tuple(_contact(person, post, complete) for person, post in people),
    )


def _contact(person: Row, post: Row, complete: bool) -> Contact:
    private = (person["personal_telephone"], person["home_address"]) if complete else ()
    return Contact(
        name=latin_name(person),
        function=Wording(str(post["function"] or "")),
        reach=(*_members(person), *_filled(*private)),
        name_ar=str(person["name_ar"] or ""),
    )


def _members(person: Row) -> Iterator[str]:
    for name in ("telephones", "emails"):
        yield from map(str, read_set(person[name]))


def _filled(*texts: Any) -> tuple[str, ...]:
    return tuple(str(text) for text in texts if text)
