"""The periodic report to the donor: what was done, what it changed, what it cost, what comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sscdesk.i18n import _
from sscdesk.model.indicator import FEWEST_TOLD
from sscdesk.model.values import Money
from sscdesk.reports import styles
from sscdesk.reports.blocks import Fact, Heading, Text
from sscdesk.reports.flow import Block
from sscdesk.reports.front import Part, assembled, closing, front
from sscdesk.reports.snapshot import NOTHING_SAID, Imprint, Wording
from sscdesk.reports.tables import DECIMAL, END, Cell, Column, Row, Table
from sscdesk.reports.words import amount, day, joined, listed, number, percent, period

UP, DOWN, FLAT = "up", "down", "flat"
_ARROWS = {UP: "↗", DOWN: "↘", FLAT: "→"}
FEWEST = FEWEST_TOLD
"""Fewer persons than this are not told in a paper that leaves the offices."""


@dataclass(frozen=True, slots=True)
class Activity:
    """An exchange or mission of the period."""

    reference: str
    title: Wording
    kind: Wording
    field: Wording
    step: Wording = NOTHING_SAID
    starts_on: str = ""
    ends_on: str = ""
    place: str = ""
    participants: int | None = None
    state: Wording = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator; ``persons`` marks those that count persons."""

    code: str
    title: Wording
    unit: Wording = NOTHING_SAID
    target: Decimal | None = None
    in_period: Decimal | None = None
    cumulated: Decimal | None = None
    women: int | None = None
    men: int | None = None
    countries: tuple[tuple[Wording, Decimal], ...] = ()
    trend: str = ""
    changed_since: str = ""
    """As in +3: what arrived later for an earlier period that was already reported."""
    persons: bool = False
    less_is_better: bool = False
    entered: bool = False
    """Whether its values were typed by an office: no record of this desk proves them."""


@dataclass(frozen=True, slots=True)
class Risk:
    what: str
    effect: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class FinanceLine:
    """A budget line in one currency."""

    label: str
    budget: Money
    in_period: Money
    cumulated: Money


@dataclass(frozen=True, slots=True)
class SignedReport:
    reference: str
    title: str
    signed_on: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DonorReport:
    """The data of a quarterly or annual report to the donor."""

    imprint: Imprint
    title: Wording
    period_from: str
    period_until: str
    donor: Wording = NOTHING_SAID
    project: str = ""
    """The contract's number."""
    summary: str = ""
    activities: tuple[Activity, ...] = ()
    indicators: tuple[Measured, ...] = ()
    risks: tuple[Risk, ...] = ()
    visibility: str = ""
    finance: tuple[FinanceLine, ...] = ()
    next_period: str = ""
    missions: tuple[Activity, ...] = ()
    reports: tuple[SignedReport, ...] = ()


REQUIRED = ("summary", "activities", "indicators", "next_period")


def running_title(report: DonorReport) -> str:
    """Return the line at the head of the following pages."""
    return _("Report to the donor — {period}").format(
        period=period(report.period_from, report.period_until)
    )


def blocks(report: DonorReport, draft: bool) -> list[Block]:
    """Return the whole report with its annexes."""
    return [
        *front(
            report.imprint,
            _("Periodic donor report"),
            report.title.say(),
            period(report.period_from, report.period_until),
            _facts(report),
        ),
        *assembled(_parts(report), REQUIRED, draft),
        *closing(report.imprint),
        *_annexes(report),
    ]


def _facts(report: DonorReport) -> Iterator[Fact]:
    yield Fact(_("Donor"), report.donor.say())
    yield Fact(_("Contract"), report.project)


def _parts(report: DonorReport) -> Iterator[Part]:
    yield "summary", _("Summary"), _text(report.summary)
    yield "activities", _("Activities"), _activities(report)
    yield "indicators", _("Indicators"), _indicators(report)
    yield "risks", _("Risks and delays"), _risks(report)
    yield "visibility", _("Visibility"), _text(report.visibility)
    yield "finance", _("Finance"), _finance(report)
    yield "next_period", _("Plan for the next period"), _text(report.next_period)


def _text(text: str) -> list[Block]:
    return [Text(text)] if text.strip() else []


def persons(value: Decimal | int | None) -> str:
    """Write a number of persons; a few are not told exactly."""
    if value is None:
        return ""
    if 0 < value < FEWEST:
        return f"<{FEWEST}"
    return number(Decimal(value))


# --- sections -------------------------------------------------------------------------------------


def _activities(report: DonorReport) -> list[Block]:
    found: list[Block] = []
    ordered = sorted(report.activities, key=lambda item: (item.field.say(), item.step.say()))
    for field, group in groupby(ordered, key=lambda item: item.field.say()):
        found += [Heading(field or _("No field recorded"), 2), _activity_table(list(group))]
    return found


def _activity_table(activities: list[Activity]) -> Block:
    columns = (
        Column(_("Step"), 1.0),
        Column(_("Activity"), 2.2),
        Column(_("When, where"), 1.2),
        Column(_("Persons"), 0, END),
    )
    rows = tuple(
        Row(
            (
                item.step.say(),
                Cell(item.title.say(), (joined(item.reference, item.kind.say()),), bold=True),
                Cell(period(item.starts_on, item.ends_on), (item.place,)),
                persons(item.participants),
            )
        )
        for item in activities
    )
    return Table(columns, rows)


def _indicators(report: DonorReport) -> list[Block]:
    if not report.indicators:
        return []
    columns = (
        Column(_("Indicator"), 0),
        Column("", 2.2),
        Column(_("Target"), 0, END),
        Column(_("Period"), 0, END),
        Column(_("Cumulated"), 0, END),
        Column(_("Trend"), 0),
    )
    rows = tuple(_indicator_row(item) for item in report.indicators)
    note = _("Figures below {fewest} persons are not told exactly.").format(fewest=FEWEST)
    found: list[Block] = [Table(columns, rows)]
    if any(item.persons for item in report.indicators):
        found.append(Text(note, styles.SMALL))
    return found


def _indicator_row(item: Measured) -> Row:
    write = persons if item.persons else _value
    details = [_("entered") if item.entered else "", _by_sex(item), _by_country(item)]
    if item.changed_since:
        details.append(_("changed since: {change}").format(change=item.changed_since))
    return Row(
        (
            item.code,
            Cell(item.title.say(), (item.unit.say(), *filter(None, details))),
            _value(item.target),
            write(item.in_period),
            Cell(write(item.cumulated), (_reached(item),)),
            _ARROWS.get(item.trend, ""),
        )
    )


def _value(value: Decimal | int | None) -> str:
    return "" if value is None else number(Decimal(value))


def _reached(item: Measured) -> str:
    if not item.target or item.cumulated is None or item.less_is_better:
        return ""
    return percent(round(item.cumulated * 100 / item.target))


def _by_sex(item: Measured) -> str:
    if item.women is None and item.men is None:
        return ""
    return _("women {women}, men {men}").format(
        women=persons(item.women) or "0", men=persons(item.men) or "0"
    )


def _by_country(item: Measured) -> str:
    write = persons if item.persons else _value
    return listed(tuple(f"{name.say()} {write(value)}" for name, value in item.countries))


def _risks(report: DonorReport) -> list[Block]:
    if not report.risks:
        return []
    columns = (Column(_("Risk or delay"), 1.2), Column(_("Effect")), Column(_("Answer")))
    rows = tuple(Row((risk.what, risk.effect, risk.answer)) for risk in report.risks)
    return [Table(columns, rows)]


def _finance(report: DonorReport) -> list[Block]:
    found: list[Block] = []
    lines = sorted(report.finance, key=lambda line: line.budget.currency)
    for currency, group in groupby(lines, key=lambda line: line.budget.currency):
        found.append(_finance_table(currency, list(group)))
    return found


def _finance_table(currency: str, lines: list[FinanceLine]) -> Block:
    columns = (
        Column(_("Budget line"), 2.2),
        Column(_("Budget, {currency}").format(currency=currency), 1, DECIMAL),
        Column(_("Period"), 1, DECIMAL),
        Column(_("Cumulated"), 1, DECIMAL),
        Column(_("Executed"), 0, END),
    )
    rows = [
        _finance_row(
            line.label, line.budget.minor, line.in_period.minor, line.cumulated.minor, currency
        )
        for line in lines
    ]
    total = _finance_row(
        _("Total"),
        sum(line.budget.minor for line in lines),
        sum(line.in_period.minor for line in lines),
        sum(line.cumulated.minor for line in lines),
        currency,
        total=True,
    )
    return Table(columns, (*rows, total))


def _finance_row(
    label: str, budget: int, spent: int, cumulated: int, currency: str, total: bool = False
) -> Row:
    amounts = tuple(amount(Money(minor, currency)) for minor in (budget, spent, cumulated))
    executed = percent(round(cumulated * 100 / budget)) if budget else ""
    return Row((label, *amounts, executed), total=total)


# --- annexes --------------------------------------------------------------------------------------


def _annexes(report: DonorReport) -> list[Block]:
    found: list[Block] = []
    if report.activities:
        found += [Heading(_("Annex A — Exchanges")), _activity_list(report.activities)]
    if report.missions:
        found += [Heading(_("Annex B — Missions")), _activity_list(report.missions)]
    if report.reports:
        found += [Heading(_("Annex C — Signed reports")), _report_list(report.reports)]
    return found


def _activity_list(activities: tuple[Activity, ...]) -> Block:
    columns = (
        Column(_("Reference"), 0),
        Column(_("Title"), 2.2),
        Column(_("Dates"), 1.0),
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
        for item in activities
    )
    return Table(columns, rows)


def _report_list(reports: tuple[SignedReport, ...]) -> Block:
    columns = (
        Column(_("Report"), 0),
        Column(_("Title and SHA-256 of the signed file"), 2.4),
        Column(_("Signed on"), 0),
    )
    rows = tuple(
        Row((item.reference, Cell(item.title, (item.sha256,)), day(item.signed_on)))
        for item in reports
    )
    return Table(columns, rows)
