"""The progress matrix of an action plan: what each office owes the other, side by side."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sscdesk.i18n import _, ngettext
from sscdesk.reports.blocks import Fact, Heading, Text
from sscdesk.reports.charts import WITH_WARNING, Bar, Bars
from sscdesk.reports.flow import Block
from sscdesk.reports.front import closing, front
from sscdesk.reports.snapshot import NOTHING_SAID, Imprint, Wording
from sscdesk.reports.tables import Cell, Column, Content, Row, Table
from sscdesk.reports.words import day, joined, number, percent, period

KEPT = ("fulfilled", "verified")
"""Codes of ``commitment_status`` for a promise that was kept."""
CLOSED = (*KEPT, "dropped")


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment as it stands on the day of the matrix."""

    reference: str
    what: Wording
    state: str
    """Code of ``commitment_status``; ``state_label`` is its wording."""
    state_label: Wording
    due: str = ""
    responsible: Wording = NOTHING_SAID
    progress: int | None = None
    late_days: int = 0
    evidence: str = ""
    progress_comment: str = ""
    """By the office that owes it."""
    opinion: str = ""
    """By the office that it is owed to."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What the first office owes and what the second owes for it; one side may lack."""

    first: Promise | None = None
    second: Promise | None = None


@dataclass(frozen=True, slots=True)
class AxisProgress:
    number: str
    title: Wording
    field: Wording = NOTHING_SAID
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanMatrix:
    """The data of a progress matrix."""

    imprint: Imprint
    plan: str
    title: Wording
    first_office: Wording
    second_office: Wording
    as_of: str
    period_from: str = ""
    period_until: str = ""
    version: str = ""
    adopted_on: str = ""
    axes: tuple[AxisProgress, ...] = ()
    remarks: str = ""


def running_title(matrix: PlanMatrix) -> str:
    """Return the line at the head of the following pages."""
    return _("Progress of plan {plan} — as of {date}").format(
        plan=matrix.plan, date=day(matrix.as_of)
    )


def blocks(matrix: PlanMatrix, draft: bool) -> list[Block]:
    """Return totals and chart, the axes one by one, the signatures of both offices."""
    found = front(
        matrix.imprint,
        _("Action-plan progress matrix"),
        matrix.title.say(),
        _("As of {date}").format(date=day(matrix.as_of)),
        _facts(matrix),
    )
    found += [*_totals(matrix)]
    if matrix.remarks.strip():
        found += [Heading(_("Remarks")), Text(matrix.remarks)]
    for axis in matrix.axes:
        found += _axis(matrix, axis)
    return [*found, *closing(matrix.imprint)]


def _facts(matrix: PlanMatrix) -> Iterator[Fact]:
    offices = (matrix.first_office.say(), matrix.second_office.say())
    yield Fact(_("Action plan"), joined(matrix.plan, matrix.version))
    yield Fact(_("Offices"), joined(*offices, mark=" — "))
    yield Fact(_("Period"), period(matrix.period_from, matrix.period_until))
    yield Fact(_("Adopted on"), day(matrix.adopted_on))


# --- totals ---------------------------------------------------------------------------------------


def _promises(matrix: PlanMatrix, first: bool) -> list[Promise]:
    pairs = [pair for axis in matrix.axes for pair in axis.pairs]
    sides = [pair.first if first else pair.second for pair in pairs]
    return [promise for promise in sides if promise]


def _totals(matrix: PlanMatrix) -> list[Block]:
    sides = (
        (matrix.first_office.say(), _promises(matrix, first=True)),
        (matrix.second_office.say(), _promises(matrix, first=False)),
    )
    if not any(promises for _office, promises in sides):
        return [Text(_("This plan holds no commitment yet."))]
    bars = tuple(_bar(office, promises) for office, promises in sides)
    keys = (_("kept"), _("under way"), _("late"), _("dropped"))
    return [Heading(_("Commitments in all")), Bars(bars, keys, shades=WITH_WARNING)]


def _bar(office: str, promises: Sequence[Promise]) -> Bar:
    counts = Counter(map(_standing, promises))
    parts = tuple(float(counts[key]) for key in ("kept", "under way", "late", "dropped"))
    told = _("{kept} of {all} kept, {late} late").format(
        kept=counts["kept"], all=len(promises), late=counts["late"]
    )
    return Bar(office, parts, told)


def _standing(promise: Promise) -> str:
    if promise.state in KEPT:
        return "kept"
    if promise.state in CLOSED:
        return "dropped"
    return "late" if promise.late_days > 0 else "under way"


# --- axes -----------------------------------------------------------------------------------------


def _axis(matrix: PlanMatrix, axis: AxisProgress) -> list[Block]:
    heading = Heading(_axis_title(axis), note=axis.field.say())
    if not axis.pairs:
        return [heading, Text(_("No commitment under this axis."))]
    first, second = matrix.first_office.say(), matrix.second_office.say()
    columns = (
        Column(_("{debtor} owes {creditor}").format(debtor=first, creditor=second)),
        Column(_("{debtor} owes {creditor}").format(debtor=second, creditor=first)),
    )
    rows = tuple(
        Row((_cell(pair.first, pair.second), _cell(pair.second, pair.first))) for pair in axis.pairs
    )
    return [heading, Table(columns, rows)]


def _axis_title(axis: AxisProgress) -> str:
    if not axis.number:
        return axis.title.say() or _("Commitments under no axis")
    if not axis.title:
        return _("Axis {number}").format(number=axis.number)
    return _("Axis {number} — {title}").format(number=axis.number, title=axis.title.say())


def _cell(promise: Promise | None, other: Promise | None) -> Content:
    if promise is None:
        return Cell("", (_("Nothing in return for {reference}.").format(reference=_ref(other)),))
    return Cell(promise.what.say(), tuple(filter(None, _details(promise))), bold=True)


def _ref(promise: Promise | None) -> str:
    return promise.reference if promise else ""


def _details(promise: Promise) -> Iterator[str]:
    yield joined(promise.reference, promise.responsible.say())
    progress = "" if promise.progress is None else percent(promise.progress)
    due = _("due {date}").format(date=day(promise.due)) if promise.due else ""
    late = ""
    if promise.late_days > 0 and promise.state not in CLOSED:
        late = ngettext("{count} day late", "{count} days late", promise.late_days)
        late = late.format(count=number(Decimal(promise.late_days)))
    yield joined(promise.state_label.say(), progress, due, late)
    if promise.evidence:
        yield _("Evidence: {text}").format(text=promise.evidence)
    if promise.progress_comment:
        yield _("Comment: {text}").format(text=promise.progress_comment)
    if promise.opinion:
        yield _("Opinion of the other office: {text}").format(text=promise.opinion)
