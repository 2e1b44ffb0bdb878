"""Freezing an exchange: its report, and the attendance sheet of one of its days."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from sscdesk.application.reading import Row, require_row
from sscdesk.application.snapshots.freezer import Freezer, latin_name, ordered_by
from sscdesk.application.snapshots.imprints import imprint
from sscdesk.model.codec import read_set
from sscdesk.reports.attendance_sheet import AttendanceSheet, Invited, Totals
from sscdesk.reports.exchange_report import (
    MAN,
    NOT_RECORDED,
    WOMAN,
    ExchangeReport,
    IndicatorServed,
    Participant,
    Score,
    Session,
)
from sscdesk.reports.snapshot import Linked, Wording

ATTENDED = "attended"
_STAYS_AWAY = ("absent", "excused")
BLANK_ROWS = 10


def exchange_report(f: Freezer, report: Row) -> ExchangeReport:
    """Return the data of an exchange report: what all offices may read of it."""
    exchange = require_row(f.connection, "exchange", str(report["subject"]))
    parts = f.parts("exchange", exchange)
    by_hand = f.by_hand(report)
    attended = [row for row in parts["participation"] if row["attendance"] == ATTENDED]
    bilateral = f.tells(exchange, "circle")
    return ExchangeReport(
        imprint=imprint(f, report),
        exchange=str(exchange["ref"]),
        title=f.wording(exchange, "title"),
        kind=f.label("exchange_kind", exchange["kind"]),
        step=f.label("step", exchange["step"]),
        starts_on=str(exchange["starts_on"] or ""),
        ends_on=str(exchange["ends_on"] or ""),
        fields=f.labels("field", exchange["fields_of_action"]),
        lead=f.office_name(exchange["lead_office"]),
        partners=tuple(f.office_name(code) for code in read_set(exchange["partner_offices"])),
        host=f.organisation(exchange["host_organisation"]),
        place=str(exchange["place"] or ""),
        country=f.label("country", exchange["country"]),
        online_link=str(exchange["online_link"] or ""),
        languages=f.labels("language", exchange["languages"]),
        interpretation=str(exchange["interpretation"] or ""),
        continues=f.linked("exchange", exchange["continues"]) if bilateral else None,
        objectives=by_hand.get("objectives") or str(exchange["objectives"] or ""),
        expected_results=by_hand.get("expected_results") or str(exchange["expected_results"] or ""),
        sessions=tuple(
            _session(f, row) for row in ordered_by(parts["session"], "day", "start", "position")
        ),
        practices=tuple(_practices(f, exchange)),
        participants=tuple(sorted((_participant(f, row) for row in attended), key=_by_country)),
        scores=tuple(_scores(f, parts["evaluation"])),
        comments=tuple(_comments(parts["evaluation"])),
        findings=tuple(f.finding(row) for row in ordered_by(parts["finding"], "field")),
        recommendations=tuple(f.recommendation(row) for row in parts["recommendation"]),
        commitments=f.commitments(exchange["commitments"]),
        commitments_untold=f.untold("commitment", exchange["commitments"]),
        indicators=tuple(_indicators(f, attended)),
        annexes=f.annexes(str(exchange["id"])),
    )


def _session(f: Freezer, row: Row) -> Session:
    return Session(
        day=str(row["day"] or ""),
        title=str(row["title"] or ""),
        start=str(row["start"] or ""),
        end=str(row["end"] or ""),
        speakers=tuple(f.name(person) for person in read_set(row["speakers"])),
        minutes=str(row["minutes"] or ""),
        decisions=str(row["decisions"] or ""),
    )


def _practices(f: Freezer, exchange: Row) -> Iterator[Linked]:
    for identifier in read_set(exchange["practices"]):
        row = f.row("practice", identifier)
        country = f.label("country", row["country"]) if row else Wording()
        found = f.linked("practice", identifier, country)
        if found is not None:
            yield found


# ---------------------------------------------------------------- who came


def _participant(f: Freezer, row: Row) -> Participant:
    """Return somebody who came: counted by sex, country and kind, named where that is allowed."""
    person = f.person(row["person"])
    held = person or f.row("person", row["person"])
    organisation = f.row("organisation", _organisation_of(f, row))
    function = f.function(person)[0] if person else Wording()
    return Participant(
        name=f.name(row["person"]),
        function=function,
        organisation=f.wording(organisation, "name") if person else Wording(),
        organisation_kind=f.label("organisation_kind", organisation and organisation["kind"]),
        country=f.label("country", organisation["country"] if organisation else row["owner"]),
        sex=_sex(row, held),
        role=f.label("participation_role", row["role"]),
        name_ar=str(person["name_ar"] or "") if person else "",
    )


def _organisation_of(f: Freezer, row: Row) -> Any:
    """Return the organisation on that day, else the one where the person holds a post now."""
    if row["organisation"]:
        return row["organisation"]
    posts = f.rows(
        "SELECT organisation FROM person_post WHERE parent = ? AND deleted = 0 "
        "AND until IS NULL AND organisation IS NOT NULL ORDER BY position DESC LIMIT 1",
        row["person"],
    )
    return posts[0]["organisation"] if posts else None


def _sex(row: Row, person: Row | None) -> str:
    """Return what is recorded of the day, else of the person; never guessed."""
    for held in (row, person or {}):
        if held.get("sex") in (WOMAN, MAN):
            return str(held["sex"])
    return NOT_RECORDED


def _by_country(person: Participant) -> tuple[str, str]:
    return person.country.say(), person.name.casefold()


# ---------------------------------------------------------------- what came of it


def _scores(f: Freezer, rows: Iterable[Row]) -> Iterator[Score]:
    """Yield the mean of each question over all answers, whichever office asked."""
    totals: dict[str, tuple[int, int]] = {}
    for row in rows:
        answers = int(row["answers"] or 1)
        points, count = totals.get(str(row["question"]), (0, 0))
        totals[str(row["question"])] = (points + int(row["score"]) * answers, count + answers)
    for question, (points, count) in totals.items():
        mean = (Decimal(points) / count).quantize(Decimal("0.01"))
        yield Score(f.label("evaluation_question", question), mean, count)


def _comments(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield from (line.strip() for line in str(row["comments"] or "").splitlines() if line)


def _indicators(f: Freezer, attended: list[Row]) -> Iterator[IndicatorServed]:
    """Yield what this exchange adds to the indicators that count exchanges and persons."""
    persons = {str(row["person"]) for row in attended}
    added = {"IND-01": 1, "IND-02": len(attended), "IND-03": len(persons)}
    rows = f.rows("SELECT * FROM indicator WHERE deleted = 0 ORDER BY code, id")
    for row in rows:
        if added.get(str(row["code"])) and f.tells(row):
            yield IndicatorServed(
                str(row["code"]),
                f.wording(row, "title"),
                Decimal(added[str(row["code"])]),
            )


# ---------------------------------------------------------------- the attendance sheet


def attendance_sheet(f: Freezer, report: Row) -> AttendanceSheet:
    """Return the data of an attendance sheet: of its first day unless another was asked for."""
    exchange = require_row(f.connection, "exchange", str(report["subject"]))
    rows = f.parts("exchange", exchange)["participation"]
    day = str(report["period_from"] or exchange["starts_on"] or "")
    totals = _totals(f, rows, day)
    invited = [_invited(f, row) for row in rows if row["attendance"] not in _STAYS_AWAY]
    return AttendanceSheet(
        imprint=imprint(f, report),
        exchange=str(exchange["ref"]),
        title=f.wording(exchange, "title"),
        day=day,
        place=str(exchange["place"] or ""),
        country=f.label("country", exchange["country"]),
        invited=tuple(sorted(invited, key=lambda one: (one.country.say(), one.name.casefold()))),
        blank_rows=0 if totals else BLANK_ROWS,
        totals=totals,
    )


def _invited(f: Freezer, row: Row) -> Invited:
    person = f.person(row["person"])
    if person is None:
        return Invited(name=f.name(row["person"]), country=f.label("country", row["owner"]))
    organisation = f.row("organisation", _organisation_of(f, row))
    sex = _sex(row, person)
    return Invited(
        name=latin_name(person),
        function=f.function(person)[0],
        organisation=f.wording(organisation, "name"),
        country=f.label("country", organisation["country"] if organisation else row["owner"]),
        sex=f.label("sex", sex) if sex != NOT_RECORDED else Wording(),
        contact=_contact(person),
        name_ar=str(person["name_ar"] or ""),
    )


def _contact(person: Row) -> str:
    """Return how to reach somebody: the sheet passes through every hand in the room."""
    if not person.get("may_be_shared"):
        return ""
    reach = [*read_set(person["emails"]), *read_set(person["telephones"])]
    return str(reach[0]) if reach else ""


def _totals(f: Freezer, rows: Iterable[Row], day: str) -> Totals | None:
    """Return what was counted once attendance is recorded, None before."""
    came = [row for row in rows if row["attendance"] == ATTENDED and _was_there(row, day)]
    if not came:
        return None
    sexes = [_sex(row, f.row("person", row["person"])) for row in came]
    return Totals(sexes.count(WOMAN), sexes.count(MAN), sexes.count(NOT_RECORDED))


def _was_there(row: Row, day: str) -> bool:
    """Whether somebody came that day; who recorded no days was there on all."""
    days = read_set(row["days_attended"])
    return not days or day in days
