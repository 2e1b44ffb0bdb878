"""The practice sheet: eight headings on two pages, figures, owner, contact, transfers."""

from collections.abc import Iterator
from dataclasses import dataclass

from sscdesk.i18n import _
from sscdesk.i18n import format_number as formatted
from sscdesk.reports import styles
from sscdesk.reports.blocks import Fact, Heading, Text
from sscdesk.reports.flow import Block
from sscdesk.reports.front import Part, assembled, closing, front
from sscdesk.reports.snapshot import NOTHING_SAID, Imprint, Wording
from sscdesk.reports.tables import END, Column, Row, Table
from sscdesk.reports.words import day, joined


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of whom benefited in a period."""

    group: str
    number: int
    sex: Wording = NOTHING_SAID
    period: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class TransferMade:
    """A receiving office that adapted the practice."""

    office: Wording
    date: str = ""
    organisation: Wording = NOTHING_SAID
    adaptation: str = ""
    result: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class PracticeSheet:
    """The data of a practice sheet; the office's appraisal never leaves it and is not here."""

    imprint: Imprint
    practice: str
    title: Wording
    country: Wording
    owner: Wording
    field: Wording
    sub_theme: Wording = NOTHING_SAID
    level: Wording = NOTHING_SAID
    since: str = ""
    state: Wording = NOTHING_SAID
    contact: str = ""
    """Name, function and professional address of whoever answers questions."""
    summary: Wording = NOTHING_SAID
    problem: str = ""
    how_it_works: str = ""
    actors: str = ""
    cost: str = ""
    legal_basis: str = ""
    results: str = ""
    what_failed: str = ""
    conditions_to_transfer: str = ""
    figures: tuple[Figure, ...] = ()
    transfers: tuple[TransferMade, ...] = ()
    sources: str = ""


REQUIRED = (
    "problem",
    "how_it_works",
    "actors",
    "cost",
    "legal_basis",
    "results",
    "what_failed",
    "conditions_to_transfer",
)
"""The eight headings of the sheet."""


def running_title(sheet: PracticeSheet) -> str:
    """Return the line at the head of the following pages."""
    return _("Practice sheet {practice} — {title}").format(
        practice=sheet.practice, title=sheet.title.say()
    )


def blocks(sheet: PracticeSheet, draft: bool) -> list[Block]:
    """Return the sheet."""
    found = _front(sheet)
    if sheet.summary:
        found.append(Text(sheet.summary.say(), styles.LEAD_AFTER_PANEL))
    return [*found, *assembled(_parts(sheet), REQUIRED, draft), *closing(sheet.imprint)]


def _front(sheet: PracticeSheet) -> list[Block]:
    return front(
        sheet.imprint,
        _("Practice sheet"),
        sheet.title.say(),
        joined(sheet.country.say(), sheet.owner.say()),
        _facts(sheet),
    )


def _facts(sheet: PracticeSheet) -> Iterator[Fact]:
    yield Fact(_("Practice"), joined(sheet.practice, sheet.state.say()))
    yield Fact(_("Field of action"), joined(sheet.field.say(), sheet.sub_theme.say()))
    yield Fact(_("Level"), sheet.level.say())
    yield Fact(_("Since"), day(sheet.since))
    yield Fact(_("Owner"), sheet.owner.say())
    yield Fact(_("Contact"), sheet.contact)


def _parts(sheet: PracticeSheet) -> Iterator[Part]:
    texts = (
        ("problem", _("The problem"), sheet.problem),
        ("how_it_works", _("How it works"), sheet.how_it_works),
        ("actors", _("Actors"), sheet.actors),
        ("cost", _("Cost"), sheet.cost),
        ("legal_basis", _("Legal basis"), sheet.legal_basis),
        ("results", _("Results"), sheet.results),
        ("what_failed", _("What failed"), sheet.what_failed),
        ("conditions_to_transfer", _("Conditions to transfer"), sheet.conditions_to_transfer),
    )
    for code, title, text in texts:
        yield code, title, [Text(text)] if text.strip() else []
    yield "figures", _("Beneficiaries"), _figures(sheet)
    yield "transfers", _("Transfers"), _transfers(sheet)
    yield "sources", _("Sources"), [Text(sheet.sources, styles.SMALL)] if sheet.sources else []


def _figures(sheet: PracticeSheet) -> list[Block]:
    if not sheet.figures:
        return []
    columns = (
        Column(_("Who"), 1.6),
        Column(_("Sex"), 0),
        Column(_("Period"), 0),
        Column(_("How many"), 0, END),
        Column(_("Source"), 1.2),
    )
    rows = tuple(
        Row(
            (
                figure.group,
                figure.sex.say(),
                figure.period,
                formatted(figure.number),
                figure.source,
            )
        )
        for figure in sheet.figures
    )
    return [Table(columns, rows)]


def _transfers(sheet: PracticeSheet) -> list[Block]:
    found: list[Block] = []
    for transfer in sheet.transfers:
        title = joined(transfer.office.say(), transfer.organisation.say(), day(transfer.date))
        found.append(Heading(title, 2))
        found += [
            Text(text, lead=lead)
            for lead, text in (
                (_("How it was adapted."), transfer.adaptation),
                (_("Result."), transfer.result),
                (_("Evidence."), transfer.evidence),
            )
            if text.strip()
        ]
    return found
