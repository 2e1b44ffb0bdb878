"""What every paper carries: number, revision, date, letterheads, signers, copies."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sscdesk.application.reading import Row, person_name
from sscdesk.application.snapshots.freezer import Freezer, latin_name
from sscdesk.model.codec import read_set
from sscdesk.model.reporting import REPORT_KINDS
from sscdesk.reports.snapshot import Imprint, Letterhead, Signer, Wording


def imprint(f: Freezer, report: Row) -> Imprint:
    """Return what the paper of a report carries; kinds that nobody signs have no signers."""
    owner = str(report["owner"])
    kind = REPORT_KINDS.get(str(report["kind"]))
    second = read_set(report["second_offices"]) if kind and kind.countersigned else ()
    signed = kind is None or bool(kind.signers)
    return Imprint(
        reference=str(report["ref"] if not report.get("number") else report["number"]),
        revision=int(report["revision"] or 0) + 1,
        dated=str(report["submitted_on"] or f.today)[:10],
        letterhead=letterhead(f, owner),
        second_letterhead=letterhead(f, second[0]) if second else None,
        signers=_signers(f, owner, second, _role(report)) if signed else (),
        distribution=tuple(
            Wording(line.strip())
            for line in str(report["distribution"] or "").splitlines()
            if line.strip()
        ),
        supersedes=_superseded(f, report),
        prepared_by=_author(f, report),
        sample=bool(report.get("sample")),
    )


def _role(report: Row) -> str:
    kind = REPORT_KINDS.get(str(report["kind"]))
    return next(iter(sorted(kind.signers)), "head") if kind else "head"


def _author(f: Freezer, report: Row) -> tuple[str, ...]:
    row = f.row("officer", report.get("created_by"))
    return (person_name(row),) if row else ()


def _superseded(f: Freezer, report: Row) -> str:
    former = f.row("report", report["supersedes"])
    return f"{former['ref']} rev. {int(former['revision'] or 0) + 1}" if former else ""


def letterhead(f: Freezer, office: str) -> Letterhead:
    """Return the head of an office's papers."""
    found = f.office(office)
    name = f.label("country", office)
    if found is None:
        return Letterhead(office=office, office_name=name, country=name)
    country, lines = _letterhead_lines(found)
    return Letterhead(
        office=office,
        office_name=f.wording(found, "name"),
        country=country or name,
        lines=lines,
        motto=f.wording(found, "motto"),
        city=Wording(str(found["city"] or "")),
        utc_offset=utc_offset(str(found["time_zone"] or ""), f.w.clock()),
    )


def _letterhead_lines(office: Mapping[str, Any]) -> tuple[Wording, Wording]:
    """Return the first line of the letterhead (the State) and the lines under it."""
    first, rest = {}, {}
    for code in ("fr", "en", "ar"):
        head, _, below = str(office.get(f"letterhead_{code}") or "").strip().partition("\n")
        first[code], rest[code] = head.strip(), below.strip()
    return Wording(**first), Wording(**rest)


def _signers(f: Freezer, owner: str, second: Iterable[str], role: str) -> tuple[Signer, ...]:
    partners = (signer(f, code, countersigns=True) for code in second)
    return (signer(f, owner, role), *partners)


def signer(f: Freezer, office: str, role: str = "head", *, countersigns: bool = False) -> Signer:
    """Return who is expected to sign for an office in a role, as far as known here."""
    rows = f.rows(
        "SELECT * FROM officer WHERE owner = ? AND deleted = 0 AND active_to IS NULL "
        "ORDER BY family, given",
        office,
    )
    found = next((row for row in rows if role in read_set(row["roles"])), None)
    printed = f.wording(f.office(office), "signatory_function") if role == "head" else Wording()
    return Signer(
        office=office,
        office_name=letterhead(f, office).office_name,
        name=latin_name(found) if found else "",
        function=f.wording(found, "function") or printed or f.label("desk_role", role),
        countersigns=countersigns,
    )


def utc_offset(zone: str, now: datetime) -> int:
    """Return the minutes that clocks of a zone are ahead of UTC, 0 where it is not known."""
    try:
        offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return 0
    return int(offset.total_seconds() // 60) if offset else 0
