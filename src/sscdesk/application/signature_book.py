"""The signature book: the reports that wait for one officer's act, and what changed in them.

What an officer has read is kept on this laptop, by the hash of what was read, so that the
next version is shown with what is new in it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection

from sscdesk.application import settings
from sscdesk.application.actions import facts
from sscdesk.application.comparing import Piece, word_changes
from sscdesk.application.history import history
from sscdesk.application.reading import Row, require_row, resolve
from sscdesk.i18n import format_money, format_partial_date, language
from sscdesk.model import acting
from sscdesk.model.base import record_kinds
from sscdesk.model.lifecycle import Transition
from sscdesk.model.text import N_
from sscdesk.model.values import Money

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

_DATE = re.compile(r"[12]\d{3}-[01]\d-[0-3]\d")

MOST_LINES = 200
VERSIONS_KEPT = 5

_ACTS = {
    "submitted": ("review",),
    "reviewed": ("sign",),
    "signed": ("countersign", "revise"),
}
"""State of a report to the acts for which it stands in the book."""
_WAITING = """
SELECT * FROM report WHERE deleted = 0 AND (
  state IN ('submitted', 'reviewed') AND owner = :office
  OR state = 'signed' AND second_offices LIKE :named AND NOT EXISTS (
    SELECT 1 FROM report_contestation c
    WHERE c.parent = report.id AND c.deleted = 0 AND c.owner = :office)
  OR state = 'signed' AND owner = :office AND EXISTS (
    SELECT 1 FROM report_contestation c
    WHERE c.parent = report.id AND c.deleted = 0 AND c.owner <> :office)
  AND NOT EXISTS (
    SELECT 1 FROM report r WHERE r.supersedes = report.id AND r.deleted = 0)
) ORDER BY id LIMIT :most
"""
"""What is to be reviewed, signed or countersigned here; a report that a partner contested
waits for its revision at home, and no longer for that partner's signature."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a report that an officer read."""

    hash: str
    """SHA-256 of its contents or, where only the document came, of the PDF."""
    revision: int
    at: str
    """When it was read; UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class BookLine:
    """One report that waits for this officer."""

    id: str
    ref: str
    title: str
    kind: str
    """Code of ``report_kind``."""
    language: str
    revision: int
    state: str
    owner: str
    action: str
    label: str
    """Msgid of the act."""
    since: str
    """When it came to this state; UTC, ISO 8601."""
    by: str
    """Who brought it there."""
    by_office: str
    note: str
    read: Version | None
    """The version read last, None where none was."""
    is_new: bool
    """Whether the present version has not been read."""


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section of a report that differs from the version read last."""

    label: str
    """Msgid."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new in a report since the version that this officer read last."""

    since: Version | None
    """None where no other version was read, or where it can no longer be compared."""
    sections: tuple[SectionChange, ...] = ()


def waiting(w: "Workspace") -> tuple[BookLine, ...]:
    """Return the reports that wait for this officer, the longest waiting first."""
    with w.read() as connection:
        found = [_line(w, connection, row, action) for row, action in _offered(w, connection)]
    return tuple(sorted(found, key=lambda line: line.since))


def _offered(w: "Workspace", connection: Connection) -> Iterator[tuple[Row, Transition]]:
    values = {"office": w.office, "named": f'%"{w.office}"%', "most": MOST_LINES}
    rows = connection.exec_driver_sql(_WAITING, values).mappings()
    for row in rows.all():
        found = facts(w, connection, "report", str(row["id"]))
        for offer in acting.offers(found, w.actor):
            if offer.allowed and offer.transition.action in _awaited(dict(row), w.office):
                yield dict(row), offer.transition


def _awaited(row: Mapping[str, Any], office: str) -> tuple[str, ...]:
    """Return the acts that a report waits for here: a contested one is answered at home."""
    acts = _ACTS[str(row["state"])]
    at_home = row["owner"] == office
    return tuple(one for one in acts if row["state"] != "signed" or (one == "revise") == at_home)


def _line(w: "Workspace", connection: Connection, row: Row, action: Transition) -> BookLine:
    last = _last_hand(connection, row)
    versions = _versions(connection, w.login, str(row["id"]))
    return BookLine(
        id=str(row["id"]),
        ref=str(row["ref"]),
        title=str(row["title"] or row["ref"]),
        kind=str(row["kind"]),
        language=str(row["language"]),
        revision=int(row["revision"] or 0),
        state=str(row["state"]),
        owner=str(row["owner"]),
        action=action.action,
        label=action.label,
        since=last.at,
        by=last.name,
        by_office=last.office,
        note=last.note,
        read=versions[-1] if versions else None,
        is_new=all(one.hash != _hash_of(row) for one in versions),
    )


@dataclass(frozen=True, slots=True)
class _Hand:
    """Who brought a report to where it is."""

    at: str
    name: str
    office: str
    note: str = ""


def _last_hand(connection: Connection, row: Row) -> _Hand:
    """Return the last act; of another office's report, whose acts stay there, the signature.

    What a partner contested was brought back by that partner, with its reason.
    """
    contested = connection.exec_driver_sql(
        "SELECT c.created_at, c.owner, c.reason, o.given, o.family FROM report_contestation c "
        "LEFT JOIN officer o ON o.id = c.created_by WHERE c.parent = ? AND c.deleted = 0 "
        "AND c.owner <> ? ORDER BY c.created_at DESC LIMIT 1",
        (row["id"], row["owner"]),
    ).first()
    if contested is not None:
        name = " ".join(filter(None, (contested.given, contested.family)))
        return _Hand(str(contested.created_at), name, contested.owner, str(contested.reason))
    act = connection.exec_driver_sql(
        "SELECT at, officer_name, office, note FROM act WHERE record = ? ORDER BY hlc DESC LIMIT 1",
        (row["id"],),
    ).first()
    if act is not None:
        return _Hand(act.at, act.officer_name, act.office, act.note)
    signed = connection.exec_driver_sql(
        "SELECT signed_at, name, office FROM report_signature WHERE parent = ? AND deleted = 0 "
        "ORDER BY signed_at DESC LIMIT 1",
        (row["id"],),
    ).first()
    if signed is not None:
        return _Hand(str(signed.signed_at), str(signed.name), str(signed.office))
    return _Hand(str(row["updated_at"]), "", str(row["owner"]))


# ---------------------------------------------------------------- what was read


def _key(report: str) -> str:
    return f"read-report:{report}"


def _hash_of(row: Row) -> str:
    return str(row["content_hash"] or row["pdf_hash"] or "")


def _versions(connection: Connection, login: str, report: str) -> list[Version]:
    kept = settings.get(connection, f"officer:{login}", _key(report), "[]")
    return msgspec.json.decode(kept, type=list[Version])


def mark_read(w: "Workspace", ref: str) -> None:
    """Remember that this officer has the present version of a report before the eyes."""
    with w.read() as connection:
        row = _report_row(connection, ref)
        versions = _versions(connection, w.login, str(row["id"]))
    now = _hash_of(row)
    if not now or (versions and versions[-1].hash == now):
        return
    at = f"{w.clock():%Y-%m-%dT%H:%M:%SZ}"
    versions.append(Version(now, int(row["revision"] or 0), at))
    kept = msgspec.json.encode(versions[-VERSIONS_KEPT:]).decode()
    settings.write(w, _key(str(row["id"])), kept)


def _report_row(connection: Connection, ref: str) -> Row:
    return require_row(connection, "report", resolve(connection, ref, "report")[1])


def changes(w: "Workspace", ref: str) -> Changes:
    """Return what is new in a report since the version that this officer read last.

    A revision is compared with the report that it supersedes, where that one was read.
    """
    with w.read() as connection:
        row = _report_row(connection, ref)
        versions = _versions(connection, w.login, str(row["id"]))
        former = str(row["supersedes"] or "")
        if former:
            versions = _versions(connection, w.login, former) + versions
    others = [one for one in versions if one.hash != _hash_of(row)]
    if not others or not row["snapshot"]:
        return Changes(others[-1] if others else None)
    since = others[-1]
    before = _snapshot_with(w, since.hash, str(row["id"]), former)
    if before is None:
        return Changes(since)
    with language(str(row["language"])):
        sections = _compare(str(row["kind"]), before, str(row["snapshot"]))
    return Changes(since, tuple(sections))


def _snapshot_with(w: "Workspace", wanted: str, *reports: str) -> str | None:
    """Return the frozen contents that have a hash, from the journal, which forgets nothing."""
    from hashlib import sha256

    for report in filter(None, reports):
        for entry in history(w, report):
            for change in entry.changes:
                text = change.after
                if change.field != "snapshot" or not isinstance(text, str):
                    continue
                if sha256(text.encode()).hexdigest() == wanted:
                    return text
    return None


# ---------------------------------------------------------------- comparing


_LABELS: Mapping[str, str] = {
    "title": N_("Title"),
    "summary": N_("In short"),
    "context": N_("Context"),
    "objectives": N_("Objectives"),
    "travellers": N_("Travellers"),
    "legs": N_("Itinerary"),
    "meetings": N_("Meetings held"),
    "findings": N_("Findings"),
    "recommendations": N_("Recommendations"),
    "commitments": N_("Commitments"),
    "next_steps": N_("Next steps"),
    "annexes": N_("Annexes"),
}
_LEFT_OUT = frozenset({"imprint"})
"""Number, date and letterheads, which differ from version to version by themselves."""


def _compare(kind: str, before: str, after: str) -> Iterator[SectionChange]:
    from sscdesk.reports.registry import kind as kind_of
    from sscdesk.reports.snapshot import decoded

    made = kind_of(kind)
    old: Any = decoded(before.encode(), made.snapshot)
    new: Any = decoded(after.encode(), made.snapshot)
    for name in (field.name for field in fields(new) if field.name not in _LEFT_OUT):
        one, other = _text(getattr(old, name)), _text(getattr(new, name))
        if one != other:
            yield SectionChange(_label(kind, name), word_changes(one, other))


def _label(kind: str, name: str) -> str:
    subject = {"mission_report": "mission", "exchange_report": "exchange"}.get(kind)
    declared = record_kinds()[subject].fields.get(name) if subject else None
    return _LABELS.get(name) or (declared.label if declared else N_("Other contents"))


def _text(value: Any) -> str:
    """Write a piece of a snapshot as a person reads it, an item of a list per line."""
    if isinstance(value, tuple):
        return "\n".join(filter(None, map(_text, value)))
    if isinstance(value, Money):
        return format_money(value.amount, value.currency)
    if hasattr(value, "say"):
        return str(value.say())
    if is_dataclass(value):
        inside = (_text(getattr(value, field.name)) for field in fields(value))
        return " · ".join(filter(None, inside))
    if isinstance(value, str) and _DATE.fullmatch(value):
        return format_partial_date(value)
    return "" if value is None else str(value)
