"""The directory of stakeholders: by country and kind, in three scripts, with two indexes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sscdesk.i18n import _, ngettext
from sscdesk.reports import styles
from sscdesk.reports.blocks import Fact, Heading, Text
from sscdesk.reports.flow import Block
from sscdesk.reports.front import closing, front
from sscdesk.reports.snapshot import NOTHING_SAID, Imprint, Wording
from sscdesk.reports.tables import Cell, Column, Row, Table
from sscdesk.reports.words import comma, day, joined, named, said


@dataclass(frozen=True, slots=True)
class Contact:
    """A person whose data may be shared with the readers of this directory."""

    name: str
    function: Wording = NOTHING_SAID
    reach: tuple[str, ...] = ()
    """Professional telephone numbers and addresses."""
    name_ar: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation of the directory."""

    reference: str
    name: Wording
    country: Wording
    kind: Wording
    acronym: str = ""
    city: str = ""
    address: str = ""
    reach: tuple[str, ...] = ()
    fields: tuple[Wording, ...] = ()
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """The data of a directory; ``complete`` ones hold what stays in the office."""

    imprint: Imprint
    organisations: tuple[Listed, ...]
    scope: str = ""
    """Which part of all it is, in words: a filter, a field."""
    complete: bool = False


def running_title(directory: Directory) -> str:
    """Return the line at the head of the following pages."""
    return _("Stakeholder directory — {date}").format(date=day(directory.imprint.dated))


def blocks(directory: Directory, draft: bool) -> list[Block]:
    """Return the entries by country and kind, the index of names and that of fields."""
    numbered = list(enumerate(_ordered(directory.organisations), 1))
    found = front(
        directory.imprint,
        _("Stakeholder directory"),
        directory.scope or _("Organisations and their contacts"),
        day(directory.imprint.dated),
        _facts(directory),
    )
    if not numbered:
        found.append(Text(_("No organisation is recorded in this part of the directory.")))
    for country, entries in groupby(numbered, key=lambda entry: entry[1].country.say()):
        found += [Heading(country or _("Country not recorded")), _table(list(entries))]
    return [*found, *_names(numbered), *_fields(numbered), *closing(directory.imprint)]


def _ordered(organisations: tuple[Listed, ...]) -> list[Listed]:
    return sorted(
        organisations,
        key=lambda item: (item.country.say(), item.kind.say(), item.name.say().casefold()),
    )


def _facts(directory: Directory) -> Iterator[Fact]:
    count = len(directory.organisations)
    persons = sum(len(item.contacts) for item in directory.organisations)
    told = ngettext("{count} organisation", "{count} organisations", count)
    yield Fact(_("Entries"), told.format(count=count))
    told = ngettext("{count} contact", "{count} contacts", persons)
    yield Fact(_("Contacts"), told.format(count=persons))
    if directory.complete:
        yield Fact(_("Use"), _("Complete: for this office only"))
    else:
        yield Fact(_("Use"), _("Only contacts that may be shared"))


def _table(entries: list[tuple[int, Listed]]) -> Block:
    columns = (
        Column(_("No."), 0),
        Column(_("Organisation"), 1.7),
        Column(_("Address"), 1.1),
        Column(_("Contacts"), 1.7),
    )
    rows: list[Row] = []
    for kind, group in groupby(entries, key=lambda entry: entry[1].kind.say()):
        rows.append(Row((kind,), group=True))
        rows += [_row(number, item) for number, item in group]
    return Table(columns, tuple(rows))


def _row(number: int, item: Listed) -> Row:
    return Row(
        (
            str(number),
            Cell(
                joined(item.name.say(), item.acronym, mark=" — "),
                (*_other_names(item), said(item.fields)),
                bold=True,
            ),
            Cell(item.address or item.city, item.reach),
            Cell("", tuple(_contact(person) for person in item.contacts)),
        )
    )


def _other_names(item: Listed) -> tuple[str, ...]:
    """The names in the other languages, each once."""
    names = dict.fromkeys((item.name.fr, item.name.en, item.name.ar))
    return tuple(name for name in names if name and name != item.name.say())


def _contact(person: Contact) -> str:
    name = named(person.name, person.name_ar)
    return joined(name, person.function.say(), *person.reach, mark=comma())


def _names(numbered: list[tuple[int, Listed]]) -> list[Block]:
    """Every name, in whatever language, with the number of its entry."""
    places: dict[str, set[int]] = {}
    for number, item in numbered:
        for name in (item.name.fr, item.name.en, item.name.ar, item.acronym):
            if name:
                places.setdefault(name, set()).add(number)
    return _index(_("Index of names"), places)


def _fields(numbered: list[tuple[int, Listed]]) -> list[Block]:
    places: dict[str, set[int]] = {}
    for number, item in numbered:
        for field in item.fields:
            places.setdefault(field.say(), set()).add(number)
    return _index(_("Index of fields of action"), places)


def _index(title: str, places: dict[str, set[int]]) -> list[Block]:
    if not places:
        return []
    entries = [
        (name, comma().join(map(str, sorted(places[name]))))
        for name in sorted(places, key=str.casefold)
    ]
    entries += [("", "")] * (len(entries) % 2)
    rows = tuple(
        Row((*entry, *beside)) for entry, beside in zip(entries[::2], entries[1::2], strict=True)
    )
    columns = (Column("", 3), Column(_("No."), 0.6), Column("", 3), Column(_("No."), 0.6))
    return [Heading(title), Table(columns, rows, styles.SMALL)]
