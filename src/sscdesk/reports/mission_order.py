"""The mission order: who is sent where, why, how, at whose cost; boxes for the stamps of hosts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sscdesk.i18n import _, ngettext
from sscdesk.reports import styles
from sscdesk.reports.blocks import Callout, Fact, Heading, Text
from sscdesk.reports.boxes import StampBoxes
from sscdesk.reports.flow import Block
from sscdesk.reports.front import closing, front
from sscdesk.reports.itinerary import Itinerary
from sscdesk.reports.sections import stops
from sscdesk.reports.snapshot import NOTHING_SAID, Imprint, Leg, Linked, Traveller, Wording
from sscdesk.reports.tables import Cell, Column, Row, Table
from sscdesk.reports.words import comma, day, joined, listed, said


@dataclass(frozen=True, slots=True)
class Passport:
    """A service passport; printed on the order and nowhere else."""

    traveller: str
    """The name, as in the list of travellers."""
    number: str
    expires_on: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class MissionOrder:
    """The data of a mission order."""

    imprint: Imprint
    mission: str
    number: str
    purpose: Wording
    departs_on: str
    returns_on: str
    date: str = ""
    amendment: int = 0
    """0 for the first order, 1 for the first amended one."""
    amends: str = ""
    """Number and date of the order that this one replaces."""
    travellers: tuple[Traveller, ...] = ()
    passports: tuple[Passport, ...] = ()
    countries: tuple[Wording, ...] = ()
    places: tuple[str, ...] = ()
    """Where the host services stamp the order."""
    legs: tuple[Leg, ...] = ()
    transport: tuple[Wording, ...] = ()
    charged_to: tuple[Wording, ...] = ()
    """Who bears the costs."""
    exchange: Linked | None = None
    request: Wording = NOTHING_SAID
    """The office's words asking authorities for assistance."""


def running_title(order: MissionOrder) -> str:
    """Return the line at the head of the following pages."""
    return _("Mission order no. {number}").format(number=order.number or "—")


def blocks(order: MissionOrder, draft: bool) -> list[Block]:
    """Return the order, its signature, and the boxes for stamps."""
    return [
        *_front(order),
        *_travellers(order),
        *_itinerary(order),
        Callout(order.request.say() or _request(), gap=16),
        *closing(order.imprint),
        *_stamps(order),
    ]


def _request() -> str:
    return _(
        "Civil and military authorities are requested to give the bearers of this order aid and"
        " assistance in the accomplishment of their mission."
    )


def _front(order: MissionOrder) -> list[Block]:
    title = _("Mission order no. {number}").format(number=order.number or "—")
    kind = _("Mission order")
    if order.amendment:
        kind = _("Amended mission order, amendment {number}").format(number=order.amendment)
    found = front(order.imprint, kind, title, order.purpose.say(), _facts(order))
    if order.amends:
        text = _("This order replaces order {former}.").format(former=order.amends)
        found.append(Text(text, styles.SMALL))
    return found


def _facts(order: MissionOrder) -> Iterator[Fact]:
    yield Fact(_("Mission"), joined(order.mission, day(order.date)))
    yield Fact(_("Destination"), joined(said(order.countries), listed(order.places)))
    yield Fact(_("Departure"), day(order.departs_on, "full"))
    yield Fact(_("Return"), day(order.returns_on, "full"))
    yield Fact(_("Duration"), _duration(order))
    yield Fact(_("Transport"), said(order.transport))
    yield Fact(_("Costs charged to"), said(order.charged_to))
    if order.exchange:
        link = order.exchange
        yield Fact(_("Exchange served"), joined(link.reference, link.title.say()))


def _duration(order: MissionOrder) -> str:
    try:
        nights = (date.fromisoformat(order.returns_on) - date.fromisoformat(order.departs_on)).days
    except ValueError:
        return ""
    days = nights + 1
    return joined(
        ngettext("{count} day", "{count} days", days).format(count=days),
        ngettext("{count} night", "{count} nights", nights).format(count=nights),
        mark=comma(),
    )


def _travellers(order: MissionOrder) -> list[Block]:
    if not order.travellers:
        return []
    passports = {passport.traveller: passport for passport in order.passports}
    rows = tuple(_traveller(person, passports.get(person.name)) for person in order.travellers)
    columns = (
        Column(_("Name"), 1.2),
        Column(_("Function"), 1.4),
        Column(_("Grade"), 0),
        Column(_("Passport"), 0),
        Column(_("On the mission"), 0),
    )
    return [Heading(_("Sent on mission")), Table(columns, rows)]


def _traveller(person: Traveller, passport: Passport | None) -> Row:
    expires = ""
    if passport and passport.expires_on:
        expires = _("valid until {date}").format(date=day(passport.expires_on, "medium"))
    return Row(
        (
            Cell(person.name, (person.name_ar,), bold=True),
            joined(person.function.say(), person.organisation.say()),
            passport.grade if passport else "",
            Cell(passport.number, (expires,) if expires else ()) if passport else "",
            person.quality.say(),
        )
    )


def _itinerary(order: MissionOrder) -> list[Block]:
    if not order.legs:
        return []
    return [Heading(_("Itinerary")), Itinerary(tuple(stops(order.legs)))]


def _stamps(order: MissionOrder) -> list[Block]:
    if not order.places:
        return []
    captions = (_("Seen on arrival, on"), _("Seen on departure, on"))
    return [
        Heading(_("Visas of the host services")),
        StampBoxes(order.places, captions),
    ]
