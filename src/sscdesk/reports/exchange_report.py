"""The exchange report: what was shared, by whom, what was decided, what it serves."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sscdesk.i18n import _, ngettext
from sscdesk.reports import styles
from sscdesk.reports.blocks import Fact, Heading, Items, Text
from sscdesk.reports.charts import Bar, Bars
from sscdesk.reports.flow import Block
from sscdesk.reports.front import Part, assembled, closing, front
from sscdesk.reports.sections import commitments, findings, lettered, recommendations
from sscdesk.reports.snapshot import (
    NOTHING_SAID,
    Annex,
    CommitmentServed,
    Finding,
    Imprint,
    Linked,
    Recommendation,
    Wording,
)
from sscdesk.reports.tables import END, Cell, Column, Row, Table
from sscdesk.reports.words import comma, joined, listed, number, period, said, short_day

WOMAN, MAN, NOT_RECORDED = "f", "m", "u"


@dataclass(frozen=True, slots=True)
class Session:
    day: str
    title: str
    start: str = ""
    end: str = ""
    speakers: tuple[str, ...] = ()
    minutes: str = ""
    decisions: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who attended; ``sex`` is f, m or u and never guessed."""

    name: str
    function: Wording = NOTHING_SAID
    organisation: Wording = NOTHING_SAID
    organisation_kind: Wording = NOTHING_SAID
    country: Wording = NOTHING_SAID
    sex: str = NOT_RECORDED
    role: Wording = NOTHING_SAID
    name_ar: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The answers to one question of the evaluation, from 1 to 5."""

    question: Wording
    average: Decimal
    answers: int


@dataclass(frozen=True, slots=True)
class IndicatorServed:
    code: str
    title: Wording
    value: Decimal
    unit: Wording = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class ExchangeReport:
    """The data of an exchange report."""

    imprint: Imprint
    exchange: str
    """Reference of the exchange."""
    title: Wording
    kind: Wording
    step: Wording
    starts_on: str
    ends_on: str
    fields: tuple[Wording, ...] = ()
    lead: Wording = NOTHING_SAID
    partners: tuple[Wording, ...] = ()
    host: Wording = NOTHING_SAID
    place: str = ""
    country: Wording = NOTHING_SAID
    online_link: str = ""
    languages: tuple[Wording, ...] = ()
    interpretation: str = ""
    continues: Linked | None = None
    objectives: str = ""
    expected_results: str = ""
    sessions: tuple[Session, ...] = ()
    practices: tuple[Linked, ...] = ()
    participants: tuple[Participant, ...] = ()
    scores: tuple[Score, ...] = ()
    comments: tuple[str, ...] = ()
    """Of the evaluation, without names."""
    findings: tuple[Finding, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    commitments: tuple[CommitmentServed, ...] = ()
    commitments_untold: int = 0
    """How many more are served whose wording stays with the two offices of each."""
    indicators: tuple[IndicatorServed, ...] = ()
    annexes: tuple[Annex, ...] = ()


REQUIRED = ("objectives", "sessions", "participants", "findings")


def running_title(report: ExchangeReport) -> str:
    """Return the line at the head of the following pages."""
    return _("Exchange report {exchange} — {where}").format(
        exchange=report.exchange,
        where=joined(report.place, period(report.starts_on, report.ends_on)),
    )


def blocks(report: ExchangeReport, draft: bool) -> list[Block]:
    """Return the whole report and the list of participants."""
    return [
        *_front(report),
        *assembled(_parts(report), REQUIRED, draft),
        *closing(report.imprint),
        *_attendance(report),
    ]


def _front(report: ExchangeReport) -> list[Block]:
    where = joined(report.country.say(), report.place)
    return front(
        report.imprint,
        joined(_("Exchange report"), report.kind.say()),
        report.title.say(),
        joined(where, period(report.starts_on, report.ends_on)),
        _facts(report),
    )


def _facts(report: ExchangeReport) -> Iterator[Fact]:
    yield Fact(_("Exchange"), report.exchange)
    yield Fact(_("Step"), report.step.say())
    yield Fact(_("Lead"), report.lead.say())
    yield Fact(_("Partners"), said(report.partners))
    yield Fact(_("Host"), report.host.say())
    yield Fact(_("Field of action"), said(report.fields))
    yield Fact(_("Languages"), joined(said(report.languages), report.interpretation))
    yield Fact(_("Online"), report.online_link)
    if report.continues:
        yield Fact(_("Continues"), joined(report.continues.reference, report.continues.title.say()))


def _parts(report: ExchangeReport) -> Iterator[Part]:
    yield "objectives", _("Objectives"), _objectives(report)
    yield "sessions", _("Sessions and decisions"), _sessions(report)
    yield "practices", _("Practices shared"), _practices(report)
    yield "participants", _("Participation"), _participation(report)
    yield "evaluation", _("Evaluation"), _evaluation(report)
    yield "findings", _("Findings"), findings(report.findings)
    yield "recommendations", _("Recommendations"), recommendations(report.recommendations)
    yield "commitments", _("Contribution to commitments"), _commitments(report)
    yield "indicators", _("Contribution to indicators"), _indicators(report)
    yield "annexes", _("Annexes"), _annexes(report)


# --- sections -------------------------------------------------------------------------------------


def _objectives(report: ExchangeReport) -> list[Block]:
    found: list[Block] = []
    if report.objectives.strip():
        found.append(Text(report.objectives))
    if report.expected_results.strip():
        found += [Heading(_("Expected results"), 2), Text(report.expected_results)]
    return found


def _sessions(report: ExchangeReport) -> list[Block]:
    if not report.sessions:
        return []
    columns = (
        Column(_("When"), 0),
        Column(_("Session"), 1.5),
        Column(_("Decisions"), 1.2),
    )
    rows = tuple(
        Row(
            (
                Cell(short_day(session.day), _hours(session)),
                Cell(session.title, (listed(session.speakers),), bold=True),
                session.decisions,
            )
        )
        for session in report.sessions
    )
    return [Table(columns, rows), *_minutes(report)]


def _hours(session: Session) -> tuple[str, ...]:
    return (joined(session.start, session.end, mark="–"),)


def _minutes(report: ExchangeReport) -> list[Block]:
    told = [session for session in report.sessions if session.minutes.strip()]
    found: list[Block] = [Heading(_("Minutes"), 2)] if told else []
    return found + [Text(session.minutes, lead=f"{session.title}.") for session in told]


def _practices(report: ExchangeReport) -> list[Block]:
    items = tuple(
        ("•", joined(link.title.say(), link.detail.say(), link.reference))
        for link in report.practices
    )
    return [Items(items)] if items else []


def _participation(report: ExchangeReport) -> list[Block]:
    persons = report.participants
    if not persons:
        return []
    women = sum(person.sex == WOMAN for person in persons)
    count = len(persons)
    total = ngettext("{count} person attended", "{count} persons attended", count)
    share = ngettext("{count} woman", "{count} women", women)
    text = joined(total.format(count=count), share.format(count=women), mark=comma()) + "."
    return [
        Text(text),
        _bars(report, lambda person: person.country.say()),
        _counted(report),
    ]


def _bars(report: ExchangeReport, group: Callable[[Participant], str]) -> Block:
    counts: dict[str, Counter[str]] = {}
    for person in report.participants:
        counts.setdefault(group(person) or _("not recorded"), Counter())[person.sex] += 1
    order = sorted(counts, key=lambda name: (-counts[name].total(), name))
    bars = tuple(
        Bar(
            name,
            tuple(float(counts[name][sex]) for sex in (WOMAN, MAN, NOT_RECORDED)),
            str(counts[name].total()),
        )
        for name in order
    )
    return Bars(bars, (_("Women"), _("Men"), _("not recorded")))


def _counted(report: ExchangeReport) -> Block:
    """Who came, by sex: first by country, then by kind of organisation."""
    columns = (
        Column("", 2.4),
        Column(_("Women"), 1, END),
        Column(_("Men"), 1, END),
        Column(_("not recorded"), 1, END),
        Column(_("Total"), 1, END),
    )
    persons = report.participants
    rows = [Row((_("Country"),), group=True)]
    rows += _count_rows(persons, lambda person: person.country.say())
    rows += [Row((_("Kind of organisation"),), group=True)]
    rows += _count_rows(persons, lambda person: person.organisation_kind.say())
    total = Counter(person.sex for person in persons)
    return Table(columns, (*rows, _count_row(_("Total"), total, total=True)))


def _count_rows(
    persons: Sequence[Participant], group: Callable[[Participant], str]
) -> Iterator[Row]:
    counts: dict[str, Counter[str]] = {}
    for person in persons:
        counts.setdefault(group(person) or _("not recorded"), Counter())[person.sex] += 1
    for name in sorted(counts):
        yield _count_row(name, counts[name])


def _count_row(label: str, counts: Counter[str], total: bool = False) -> Row:
    cells = tuple(str(counts[sex]) for sex in (WOMAN, MAN, NOT_RECORDED))
    return Row((label, *cells, str(counts.total())), total=total)


def _evaluation(report: ExchangeReport) -> list[Block]:
    bars = tuple(_score(score) for score in report.scores)
    found: list[Block] = [Bars(bars, full=5.0)] if bars else []
    comments = tuple(("•", comment) for comment in report.comments if comment.strip())
    if comments:
        found += [Heading(_("Comments"), 2), Items(comments, styles.CELL)]
    return found


def _score(score: Score) -> Bar:
    answers = ngettext("{count} answer", "{count} answers", score.answers)
    told = _("{score} of 5 ({answers})").format(
        score=number(score.average.quantize(Decimal("0.1"), ROUND_HALF_UP)),
        answers=answers.format(count=score.answers),
    )
    return Bar(score.question.say(), (float(score.average),), told)


def _commitments(report: ExchangeReport) -> list[Block]:
    found, count = commitments(report.commitments), report.commitments_untold
    if count:
        told = ngettext(
            "{count} commitment is served; its wording stays with the two offices.",
            "{count} commitments are served; their wording stays with the two offices of each.",
            count,
        )
        found.append(Text(told.format(count=count), styles.SMALL))
    return found


def _indicators(report: ExchangeReport) -> list[Block]:
    if not report.indicators:
        return []
    columns = (Column(_("Indicator"), 0), Column("", 3.0), Column(_("Value"), 0, END))
    rows = tuple(
        Row(
            (
                item.code,
                item.title.say(),
                joined(number(item.value), item.unit.say(), mark=" "),
            )
        )
        for item in report.indicators
    )
    return [Table(columns, rows)]


def _annexes(report: ExchangeReport) -> list[Block]:
    titles = [joined(annex.title or annex.file_name, annex.kind.say()) for annex in report.annexes]
    if report.participants:
        titles.insert(0, _("Participants (below)"))
    return lettered(titles)


def _attendance(report: ExchangeReport) -> list[Block]:
    if not report.participants:
        return []
    columns = (
        Column(_("Name"), 1.2),
        Column(_("Function"), 1.2),
        Column(_("Organisation"), 1.5),
        Column(_("Country"), 0),
        Column(_("Role"), 0),
    )
    rows = tuple(
        Row(
            (
                Cell(person.name, (person.name_ar,), bold=True),
                person.function.say(),
                person.organisation.say(),
                person.country.say(),
                person.role.say(),
            )
        )
        for person in report.participants
    )
    return [Heading(_("Annex A — Participants")), Table(columns, rows)]
