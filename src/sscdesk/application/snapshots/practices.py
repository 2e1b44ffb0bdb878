"""Freezing a practice: its sheet, without the office's appraisal, which never leaves it."""

from collections.abc import Iterable

from sscdesk.application.reading import Row, require_row
from sscdesk.application.snapshots.freezer import Freezer, latin_name, ordered_by
from sscdesk.application.snapshots.imprints import imprint
from sscdesk.model.codec import read_set
from sscdesk.reports.practice_sheet import Figure, PracticeSheet, TransferMade

HEADINGS = (
    "problem",
    "how_it_works",
    "actors",
    "cost",
    "legal_basis",
    "results",
    "what_failed",
    "conditions_to_transfer",
)
"""The eight headings of a sheet (domain.md, 4.8)."""


def practice_sheet(f: Freezer, report: Row) -> PracticeSheet:
    """Return the data of a practice sheet."""
    practice = require_row(f.connection, "practice", str(report["subject"]))
    parts = f.parts("practice", practice)
    by_hand = f.by_hand(report)
    texts = {name: by_hand.get(name) or str(practice[name] or "") for name in HEADINGS}
    return PracticeSheet(
        imprint=imprint(f, report),
        practice=str(practice["ref"]),
        title=f.wording(practice, "title"),
        country=f.label("country", practice["country"]),
        owner=f.organisation(practice["owner_organisation"]),
        field=f.label("field", practice["field"]),
        sub_theme=f.label("sub_theme", practice["sub_theme"]),
        level=f.label("level", practice["level"]),
        since=str(practice["since"] or ""),
        state=f.label("practice_status", practice["state"]),
        contact=_contact(f, practice),
        summary=f.wording(practice, "summary"),
        figures=tuple(_figure(f, row) for row in parts["beneficiaries"]),
        transfers=tuple(_transfer(f, row) for row in ordered_by(parts["transfer"], "date")),
        sources=_sources(practice["source"], practice["notes"]),
        **texts,
    )


def _contact(f: Freezer, practice: Row) -> str:
    """Return who answers questions, with professional addresses only."""
    person = f.person(practice["contact"])
    if person is None:
        return ""
    function, _organisation = f.function(person)
    reach = [*read_set(person.get("emails")), *read_set(person.get("telephones"))]
    return ", ".join(filter(None, (latin_name(person), function.say(), *map(str, reach))))


def _figure(f: Freezer, row: Row) -> Figure:
    return Figure(
        group=str(row["group"] or ""),
        number=int(row["number"] or 0),
        sex=f.label("sex", row["sex"]),
        period=str(row["period"] or ""),
        source=str(row["source"] or ""),
    )


def _transfer(f: Freezer, row: Row) -> TransferMade:
    return TransferMade(
        office=f.office_name(row["receiving_office"]),
        date=str(row["date"] or ""),
        organisation=f.organisation(row["organisation"]),
        adaptation=str(row["adaptation"] or ""),
        result=str(row["result"] or ""),
        evidence=str(row["evidence"] or ""),
    )


def _sources(*texts: object) -> str:
    return "\n".join(str(text).strip() for text in _filled(texts))


def _filled(texts: Iterable[object]) -> Iterable[object]:
    return (text for text in texts if text)
