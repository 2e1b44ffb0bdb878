"""Freezing a report to the donor: what a period brought, counted from the records.

Officers write over what is generated: ``summary``, ``next_period``, ``visibility``, ``donor``,
``project``, and ``risks``, one per line as "risk | effect | answer".
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from sscdesk.application.reading import Row
from sscdesk.application.snapshots.exchanges import ATTENDED
from sscdesk.application.snapshots.file_registers import span
from sscdesk.application.snapshots.finances import finance_lines
from sscdesk.application.snapshots.freezer import Freezer, is_sample
from sscdesk.application.snapshots.imprints import imprint
from sscdesk.application.snapshots.measures import measures
from sscdesk.i18n import _, ngettext
from sscdesk.model.lateness import days_late
from sscdesk.model.reporting import SIGNED_STATES
from sscdesk.reports.donor_report import Activity, DonorReport, Risk, SignedReport
from sscdesk.reports.snapshot import NOTHING_SAID, Wording
from sscdesk.reports.words import joined, period

_TOOK_PLACE = ("ongoing", "held", "reported", "closed")
_TRAVELLED = ("under_way", "returned", "reported", "settled", "closed")
_AHEAD = ("planned", "confirmed")
_PUT_OFF = ("postponed", "cancelled")


def donor_report(f: Freezer, report: Row) -> DonorReport:
    """Return the data of a quarterly or annual report, of the months that it names."""
    begins, ends = span(f, report)
    by_hand = f.by_hand(report)
    exchanges = [row for row in _exchanges(f) if f.tells(row)]
    held = [row for row in exchanges if row["state"] in _TOOK_PLACE and _in(row, begins, ends)]
    activities = tuple(_exchange(f, row) for row in held)
    missions = tuple(_missions(f, begins, ends))
    reports = tuple(_reports(f, begins, ends))
    return DonorReport(
        imprint=replace(imprint(f, report), sample=is_sample(*held)),
        title=_title(begins, ends),
        period_from=begins,
        period_until=ends,
        donor=Wording(by_hand.get("donor", "")),
        project=by_hand.get("project", ""),
        summary=by_hand.get("summary") or _summary(activities, missions, reports),
        activities=activities,
        indicators=tuple(measures(f, begins, ends)),
        risks=(*_written(by_hand.get("risks", "")), *_risks(f, exchanges, begins, ends)),
        visibility=by_hand.get("visibility", ""),
        finance=tuple(finance_lines(f, begins, ends)),
        next_period=by_hand.get("next_period") or _ahead(f, exchanges, begins, ends),
        missions=missions,
        reports=reports,
    )


def _title(begins: str, ends: str) -> Wording:
    days = (date.fromisoformat(ends) - date.fromisoformat(begins)).days + 1
    if days in range(89, 93):
        return Wording(_("Quarterly report"))
    return Wording(_("Annual report") if days in (365, 366) else _("Report of the period"))


def _in(row: Row, begins: str, ends: str, *names: str) -> bool:
    """Whether a record's first known date lies in the period."""
    at = next((str(row[name]) for name in names or ("starts_on",) if row[name]), "")
    return bool(at) and begins <= at <= ends


# ---------------------------------------------------------------- what was done


def _exchanges(f: Freezer) -> list[Row]:
    return f.rows("SELECT * FROM exchange WHERE deleted = 0 ORDER BY starts_on, ref")


def _exchange(f: Freezer, row: Row) -> Activity:
    counted = f.rows(
        "SELECT count(*) AS n FROM exchange_participation "
        "WHERE parent = ? AND deleted = 0 AND attendance = ?",
        row["id"],
        ATTENDED,
    )
    persons = int(counted[0]["n"]) or row["participants_reported"]
    return Activity(
        reference=str(row["ref"]),
        title=f.wording(row, "title"),
        kind=f.label("exchange_kind", row["kind"]),
        field=_field(f, row),
        step=f.label("step", row["step"]),
        starts_on=str(row["starts_on"] or ""),
        ends_on=str(row["ends_on"] or ""),
        place=str(row["place"] or ""),
        participants=int(persons) if persons else None,
        state=f.label("exchange_status", row["state"]),
    )


def _field(f: Freezer, row: Row) -> Wording:
    found = f.labels("field", row["fields_of_action"])
    return found[0] if found else NOTHING_SAID


def _missions(f: Freezer, begins: str, ends: str) -> Iterator[Activity]:
    rows = f.rows("SELECT * FROM mission WHERE deleted = 0 ORDER BY departs_on, ref")
    for row in rows:
        told = row["state"] in _TRAVELLED and f.tells(row)
        if told and _in(row, begins, ends, "departed_on", "departs_on"):
            yield Activity(
                reference=str(row["ref"]),
                title=f.wording(row, "purpose"),
                kind=Wording(_("Mission")),
                field=_field(f, row),
                starts_on=str(row["departed_on"] or row["departs_on"] or ""),
                ends_on=str(row["returned_on"] or row["returns_on"] or ""),
                place=f.label("country", row["country"]).say(),
                state=f.label("mission_status", row["state"]),
            )


def _reports(f: Freezer, begins: str, ends: str) -> Iterator[SignedReport]:
    rows = f.rows(
        "SELECT * FROM report WHERE deleted = 0 AND signed_on IS NOT NULL ORDER BY signed_on, ref"
    )
    for row in rows:
        told = row["state"] in SIGNED_STATES and f.tells(row)
        if told and begins <= str(row["signed_on"])[:10] <= ends:
            yield SignedReport(
                str(row["ref"]),
                str(row["title"] or ""),
                str(row["signed_on"])[:10],
                str(row["pdf_hash"] or ""),
            )


def _summary(
    activities: tuple[Activity, ...],
    missions: tuple[Activity, ...],
    reports: tuple[SignedReport, ...],
) -> str:
    """Count what the period brought; what it did not bring is not told."""
    persons = sum(item.participants or 0 for item in activities)
    told = (
        ngettext("{count} exchange took place.", "{count} exchanges took place.", len(activities)),
        ngettext("{count} participation.", "{count} participations.", persons),
        ngettext(
            "{count} mission was carried out.", "{count} missions were carried out.", len(missions)
        ),
        ngettext("{count} report was signed.", "{count} reports were signed.", len(reports)),
    )
    counts = (len(activities), persons, len(missions), len(reports))
    return " ".join(text.format(count=n) for text, n in zip(told, counts, strict=True) if n)


# ---------------------------------------------------------------- risks, and what comes


def _written(text: str) -> Iterator[Risk]:
    for line in filter(None, map(str.strip, text.splitlines())):
        what, effect, answer = (*(part.strip() for part in line.split("|", 2)), "", "")[:3]
        yield Risk(what, effect, answer)


def _risks(f: Freezer, exchanges: Iterable[Row], begins: str, ends: str) -> Iterator[Risk]:
    """Yield what was put off in the period with its reason, and how many promises are late."""
    for row in exchanges:
        if row["state"] not in _PUT_OFF:
            continue
        acts = f.rows(
            "SELECT at, note FROM act WHERE record = ? AND target = ? ORDER BY hlc DESC LIMIT 1",
            row["id"],
            row["state"],
        )
        at = str(acts[0]["at"])[:10] if acts else str(row["starts_on"] or "")
        if begins <= at <= ends:
            title = joined(str(row["ref"]), f.wording(row, "title").say())
            state = f.label("exchange_status", row["state"]).say()
            yield Risk(joined(title, state), str(acts[0]["note"] or "") if acts else "")
    rows = f.rows("SELECT * FROM commitment WHERE deleted = 0")
    until = date.fromisoformat(ends)
    late = sum(days_late("commitment", str(row["state"]), row, until) > 0 for row in rows)
    if late:
        told = ngettext("{count} commitment is late.", "{count} commitments are late.", late)
        yield Risk(told.format(count=late))


def _ahead(f: Freezer, exchanges: Iterable[Row], begins: str, ends: str) -> str:
    """List what is planned for as many days after the period as it has."""
    days = date.fromisoformat(ends) - date.fromisoformat(begins)
    first = (date.fromisoformat(ends) + timedelta(days=1)).isoformat()
    last = (date.fromisoformat(ends) + timedelta(days=days.days + 1)).isoformat()
    planned = [row for row in exchanges if row["state"] in _AHEAD and _in(row, first, last)]
    return "\n".join(
        joined(
            period(str(row["starts_on"]), str(row["ends_on"] or "")),
            f.wording(row, "title").say(),
            f.label("exchange_kind", row["kind"]).say(),
            str(row["place"] or ""),
        )
        for row in planned
    )
