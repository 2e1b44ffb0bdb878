"""Sections that several papers share: findings, recommendations, commitments, annexes, routes."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from string import ascii_uppercase

from sscdesk.i18n import _, is_right_to_left
from sscdesk.reports.blocks import Heading, Items, Text
from sscdesk.reports.flow import Block
from sscdesk.reports.itinerary import Stop
from sscdesk.reports.snapshot import CommitmentServed, Finding, Leg, Recommendation
from sscdesk.reports.tables import Cell, Column, Row, Table
from sscdesk.reports.words import day, joined, moment, percent


def findings(items: Sequence[Finding]) -> list[Block]:
    """Return what was found, under its fields where there are several."""
    found: list[Block] = []
    by_field = groupby(items, key=lambda finding: finding.field.say())
    groups = [(field, list(group)) for field, group in by_field]
    for field, group in groups:
        if field and len(groups) > 1:
            found.append(Heading(field, 2))
        for finding in group:
            title = finding.title.strip()
            lead = title if not title or title[-1] in ".!?…" else f"{title}."
            found.append(Text(finding.text, lead=lead))
    return found


def recommendations(items: Sequence[Recommendation]) -> list[Block]:
    """Return the table of what, who, by when, with the follow-up that came of it."""
    if not items:
        return []
    columns = (
        Column(_("No."), 0),
        Column(_("Recommendation"), 2.4),
        Column(_("Responsible"), 1.1),
        Column(_("Due"), 0),
        Column(_("Follow-up"), 0),
    )
    rows = tuple(
        Row(
            (
                str(place + 1),
                item.what,
                item.responsible,
                day(item.due),
                Cell(item.follow_up, (item.state.say(),)),
            )
        )
        for place, item in enumerate(items)
    )
    return [Table(columns, rows)]


def commitments(items: Sequence[CommitmentServed]) -> list[Block]:
    """Return the table of the promises that were served."""
    if not items:
        return []
    columns = (
        Column(_("Commitment"), 0),
        Column(_("What was promised"), 2.2),
        Column(_("From → to"), 1.0),
        Column(_("Due"), 0),
        Column(_("State"), 0),
    )
    rows = tuple(
        Row(
            (
                item.reference,
                item.what.say(),
                joined(item.owed_by.say(), item.owed_to.say(), mark=" → "),
                day(item.due),
                Cell(
                    item.state.say(),
                    () if item.progress is None else (percent(item.progress),),
                ),
            )
        )
        for item in items
    )
    return [Table(columns, rows)]


def lettered(titles: Sequence[str]) -> list[Block]:
    """Return a list whose items are called A, B, C; nothing for nothing."""
    if not titles:
        return []
    return [Items(tuple((_letter(place), title) for place, title in enumerate(titles)))]


_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"


def _letter(place: int) -> str:
    """Number annexes as A … Z, AA, AB …, in Arabic in the order of the abjad."""
    letters = _ABJAD if is_right_to_left() else ascii_uppercase
    first, last = divmod(place, len(letters))
    return (letters[first - 1] if first else "") + letters[last]


def stops(legs: tuple[Leg, ...]) -> Iterator[Stop]:
    """Return the places of an itinerary: a leg that starts elsewhere starts a stop of its own."""
    for place, leg in enumerate(legs):
        if place == 0 or leg.origin != legs[place - 1].destination:
            yield Stop(leg.origin, _when(leg.departure), leg.transport.say())
        following = legs[place + 1] if place + 1 < len(legs) else None
        onward = following.transport.say() if following else ""
        if following and following.origin != leg.destination:
            onward = ""
        when = _when(leg.arrival or leg.departure)
        if following and following.departure[:10] > leg.arrival[:10] > "":
            when += (_("until {moment}").format(moment=moment(following.departure)),)
        yield Stop(leg.destination, when, onward)


def _when(text: str) -> tuple[str, ...]:
    return (moment(text),) if text else ()
