"""The attendance sheet: printed, signed by hand on the day, with rows left for those who come."""

from collections.abc import Iterator
from dataclasses import dataclass

from sscdesk.i18n import _
from sscdesk.reports import styles
from sscdesk.reports.blocks import Callout, Fact, Text
from sscdesk.reports.flow import Block
from sscdesk.reports.front import closing, front
from sscdesk.reports.snapshot import NOTHING_SAID, Imprint, Wording
from sscdesk.reports.tables import Cell, Column, Row, Table
from sscdesk.reports.words import day, joined


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody expected; ``contact`` is empty where it may not be shown."""

    name: str
    function: Wording = NOTHING_SAID
    organisation: Wording = NOTHING_SAID
    country: Wording = NOTHING_SAID
    sex: Wording = NOTHING_SAID
    contact: str = ""
    name_ar: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What was counted once the sheet came back; women, men, not recorded."""

    women: int
    men: int
    not_recorded: int = 0


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """The data of an attendance sheet of one day."""

    imprint: Imprint
    exchange: str
    title: Wording
    day: str
    place: str = ""
    country: Wording = NOTHING_SAID
    session: str = ""
    """Where the sheet is for one session of the day."""
    invited: tuple[Invited, ...] = ()
    blank_rows: int = 10
    notice: Wording = NOTHING_SAID
    """The office's data-protection notice; a general one where it has none."""
    totals: Totals | None = None


_MOST_BLANK = 200


def running_title(sheet: AttendanceSheet) -> str:
    """Return the line at the head of the following pages."""
    return _("Attendance sheet {exchange} — {day}").format(
        exchange=sheet.exchange, day=day(sheet.day)
    )


def blocks(sheet: AttendanceSheet, draft: bool) -> list[Block]:
    """Return the sheet: those invited, blank rows, the notice, the totals once counted."""
    return [
        *_front(sheet),
        Text(sheet.notice.say() or _notice(), styles.SMALL),
        _table(sheet),
        *_totals(sheet),
        *closing(sheet.imprint),
    ]


def _front(sheet: AttendanceSheet) -> list[Block]:
    where = joined(sheet.country.say(), sheet.place)
    return front(
        sheet.imprint,
        _("Attendance sheet"),
        sheet.title.say(),
        joined(day(sheet.day, "full"), where, sheet.session),
        _facts(sheet),
    )


def _facts(sheet: AttendanceSheet) -> Iterator[Fact]:
    yield Fact(_("Exchange"), sheet.exchange)
    yield Fact(_("Expected"), str(len(sheet.invited)) if sheet.invited else "")


def _notice() -> str:
    return _(
        "Your data on this sheet serve to prove attendance and to report on the exchange. The"
        " organising office keeps them; you may ask it to see, correct or erase them."
    )


def _table(sheet: AttendanceSheet) -> Block:
    columns = (
        Column(_("No."), 0),
        Column(_("Name"), 1.4),
        Column(_("Function, organisation"), 1.9),
        Column(_("Country"), 0),
        Column(_("Sex"), 0),
        Column(_("Contact"), 1.9),
        Column(_("Signature"), 1.6),
    )
    rows = [_row(place, person) for place, person in enumerate(sheet.invited, 1)]
    blank = min(max(sheet.blank_rows, 0), _MOST_BLANK)
    rows += [_blank(len(rows) + place) for place in range(1, blank + 1)]
    return Table(columns, tuple(rows), styles.FORM_CELL, gap=10, grid=True)


def _row(place: int, person: Invited) -> Row:
    return Row(
        (
            str(place),
            Cell(person.name, (person.name_ar,), bold=True),
            Cell(person.function.say(), (person.organisation.say(),)),
            person.country.say(),
            person.sex.say(),
            person.contact,
            "",
        )
    )


def _blank(place: int) -> Row:
    return Row((Cell(str(place), ("\u00a0",)), "", "", "", "", "", ""))


def _totals(sheet: AttendanceSheet) -> list[Block]:
    if sheet.totals is None:
        return []
    counted = sheet.totals
    text = _("Women: {women}; men: {men}; not recorded: {other}; in all: {all}.").format(
        women=counted.women,
        men=counted.men,
        other=counted.not_recorded,
        all=counted.women + counted.men + counted.not_recorded,
    )
    return [Callout(text, lead=_("Counted:"))]
