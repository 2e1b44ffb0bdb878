"""The briefing sheet: one page before a meeting, a call or a mission, for this office alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from sscdesk.i18n import _, ngettext
from sscdesk.reports import styles
from sscdesk.reports.blocks import Fact, Items, Text
from sscdesk.reports.flow import Block
from sscdesk.reports.front import front
from sscdesk.reports.snapshot import NOTHING_SAID, Imprint, Wording
from sscdesk.reports.styles import TextStyle
from sscdesk.reports.tables import Cell, Column, Row, Table
from sscdesk.reports.words import day, joined, number, period


@dataclass(frozen=True, slots=True)
class Contacted:
    """A meeting, an exchange or a mission with them."""

    date: str
    what: str
    whom: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """A commitment or a follow-up that is still open."""

    reference: str
    what: str
    due: str = ""
    late_days: int = 0
    state: Wording = NOTHING_SAID
    ours: bool = False
    """Whether this office owes it."""


@dataclass(frozen=True, slots=True)
class Shared:
    """An exchange in common."""

    reference: str
    title: Wording
    starts_on: str = ""
    ends_on: str = ""
    state: Wording = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Briefing:
    """The data of a briefing sheet; ``left_out`` counts what found no room on the page."""

    imprint: Imprint
    about: Wording
    """What it is about: a person, an organisation, a country, a mission."""
    title: str
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    to_raise: tuple[str, ...] = ()
    contacts: tuple[Contacted, ...] = ()
    they_owe: tuple[Owed, ...] = ()
    we_owe: tuple[Owed, ...] = ()
    exchanges: tuple[Shared, ...] = ()
    left_out: int = 0


_HEADING = TextStyle(size=10.6, leading=14, weight="semibold", colour=styles.ACCENT, gap=11)
"""Smaller than a report's: everything stands on one page, which needs no outline."""


def running_title(sheet: Briefing) -> str:
    """Return the line at the head of a following page, should there be one."""
    return _("Briefing sheet — {title}").format(title=sheet.title)


def blocks(sheet: Briefing, draft: bool) -> list[Block]:
    """Return the sheet: what to raise comes first, then what it rests on."""
    found = front(
        sheet.imprint,
        joined(_("Briefing sheet"), sheet.about.say()),
        sheet.title,
        sheet.subtitle,
        tuple(Fact(label, value) for label, value in sheet.facts),
    )
    for heading, content, nothing in _sections(sheet):
        found += [Text(heading, _HEADING, keep=True), *(content or [Text(nothing, styles.SMALL)])]
    if sheet.left_out:
        told = ngettext(
            "{count} more is on the desk.", "{count} more are on the desk.", sheet.left_out
        )
        found.append(Text(told.format(count=sheet.left_out), styles.SMALL))
    return found


def _sections(sheet: Briefing) -> Iterator[tuple[str, list[Block], str]]:
    yield _("What to raise"), _raised(sheet), _("Nothing is late and nothing waits.")
    yield _("Open commitments"), _owed(sheet), _("Nothing is open on either side.")
    yield _("Last contacts"), _contacts(sheet), _("No contact is recorded yet.")
    yield _("Exchanges in common"), _exchanges(sheet), _("No exchange in common yet.")


def _raised(sheet: Briefing) -> list[Block]:
    items = tuple(("•", text) for text in sheet.to_raise)
    return [Items(items, styles.CELL)] if items else []


def _owed(sheet: Briefing) -> list[Block]:
    """What they owe beside what is owed to them."""
    pairs = tuple(zip_longest(sheet.they_owe, sheet.we_owe))
    columns = (Column(_("They owe")), Column(_("Owed to them")))
    return (
        [Table(columns, tuple(Row(tuple(map(_promise, pair))) for pair in pairs))] if pairs else []
    )


def _promise(item: Owed | None) -> Cell:
    if item is None:
        return Cell("")
    late = ngettext("{count} day late", "{count} days late", item.late_days)
    late = late.format(count=number(Decimal(item.late_days))) if item.late_days else ""
    told = joined(item.reference, day(item.due), late or item.state.say())
    return Cell(item.what, (told,), colour=styles.WARN if late else styles.INK)


def _contacts(sheet: Briefing) -> list[Block]:
    columns = (Column(_("Date"), 0), Column(_("What"), 2.4), Column(_("With whom"), 1.4))
    rows = tuple(
        Row((day(item.date), joined(item.what, item.reference), item.whom))
        for item in sheet.contacts
    )
    return [Table(columns, rows)] if rows else []


def _exchanges(sheet: Briefing) -> list[Block]:
    columns = (
        Column(_("Reference"), 0),
        Column(_("Exchange"), 2.4),
        Column(_("Dates"), 1.1),
        Column(_("State"), 0),
    )
    rows = tuple(
        Row(
            (
                item.reference,
                item.title.say(),
                period(item.starts_on, item.ends_on),
                item.state.say(),
            )
        )
        for item in sheet.exchanges
    )
    return [Table(columns, rows)] if rows else []
