"""Reports from draft to countersigned: built from records, reviewed, signed, verified.

Content is frozen at submission. Nothing signed is ever written over: each signature makes
a new document beside the former one, re-opened and verified before it counts.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application import auditing, card_book
from sscdesk.application.actions import act
from sscdesk.application.beginning import check_period, second_offices, title
from sscdesk.application.papers import (
    KindView,
    kinds,
    paper_of,
    preview_new,
    require_kind,
    snapshot_of,
    subject_row,
    unborn,
    with_sample,
)
from sscdesk.application.reading import Row, part_rows, read_row, require_row, resolve
from sscdesk.application.snapshots.freezer import Freezer
from sscdesk.application.snapshots.imprints import signer as expected_signer
from sscdesk.application.snapshots.imprints import utc_offset
from sscdesk.application.unit_of_work import UnitOfWork
from sscdesk.application.viewing import view_record
from sscdesk.application.views import RecordView
from sscdesk.i18n import gettext, language
from sscdesk.model.dates import last_day
from sscdesk.model.field import Audience
from sscdesk.model.offices import TIME_ZONE_OF
from sscdesk.model.refusal import FileRefused, NotFound, Refused
from sscdesk.model.reporting import REPORT_KINDS
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.store.files import write_aside
from sscdesk.sync.journal import ALL

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace
    from sscdesk.reports.authority import Credential
    from sscdesk.reports.snapshot import Signer
    from sscdesk.reports.verdict import Verdict
    from sscdesk.reports.verifying import Departure

__all__ = ["KindView", "kinds", "preview_new"]

SIGNING_SECRET = "pdf-signer"
LARGEST_PDF = 64 * 1024 * 1024
KEPT_BY_REVISIONS = (
    "kind",
    "subject",
    "period_from",
    "period_until",
    "language",
    "title",
    "second_offices",
    "distribution",
)
FINANCE_OF = {"mission_report": "mission_finance"}
"""Kinds with an internal annex of costs."""


# ---------------------------------------------------------------- building


def build(
    w: "Workspace",
    kind: str,
    ref: str | None,
    language_code: str,
    values: Mapping[str, Value] | None = None,
) -> RecordView:
    """Begin a report about a record. Raises ``Refused`` when the record is not ready for it."""
    declared = require_kind(kind)
    with w.unit(N_("Build a report"), undoable=False) as unit:
        given: dict[str, Value] = {"kind": kind, "language": language_code, **(values or {})}
        subject = subject_row(unit.connection, declared, ref)
        if subject is not None:
            given["subject"] = str(subject["id"])
        check_period(declared, subject, given)
        if declared.countersigned and "second_offices" not in given:
            given["second_offices"] = second_offices(w, unit.connection, declared, subject)
        with language(language_code):
            given.setdefault("title", title(declared, subject, given))
        given.setdefault("revision", 0)
        made = unit.create("report", given)
        unit.require_creation("report", made)
        view = view_record(w, unit.connection, "report", made)
    return view


def preview(w: "Workspace", ref: str, language_code: str | None = None) -> bytes:
    """Return the PDF as it would be now: of a report, or of a record not yet reported on."""
    with w.read() as connection:
        entity, identifier = resolve(connection, ref)
        row = require_row(connection, entity, identifier)
        if entity == "report":
            if row["pdf"] or row["state"] in ("signed", "countersigned", "archived"):
                return _signed_pdf(w, connection, row)
            return paper_of(w, connection, row, language_code, draft=not row["snapshot"]).pdf
        return paper_of(
            w, connection, unborn(w, connection, row, entity), language_code, draft=True
        ).pdf


def finance(w: "Workspace", ref: str, language_code: str | None = None) -> bytes:
    """Return the PDF with the costs of a mission: it never leaves the office."""
    with w.read() as connection:
        entity, identifier = resolve(connection, ref)
        row = require_row(connection, entity, identifier)
        report = row if entity == "report" else unborn(w, connection, row, entity)
        return _finance(w, connection, report, language_code or str(report["language"]))


def _finance(w: "Workspace", connection: Connection, report: Row, code: str) -> bytes:
    from sscdesk.application.snapshots.kinds import FREEZERS
    from sscdesk.reports.registry import build as build_paper

    with language(code):
        freezer = Freezer(w, connection)
        snapshot = FREEZERS["mission_finance"](freezer, with_sample(connection, report))
    return build_paper("mission_finance", snapshot, code).pdf


# ---------------------------------------------------------------- the signature book


def submit(w: "Workspace", ref: str, note: str = "") -> RecordView:
    """Hand a report in for review: from now on its content is frozen."""
    with w.unit(N_("Submit for review"), undoable=False, note=note) as unit:
        report = _report(unit, ref)
        act(unit, "report", report["id"], "submit", note, {})
        at = auditing.now_text(w)
        fresh = {**with_sample(unit.connection, report), "submitted_on": at, "snapshot": None}
        frozen = _frozen(w, unit.connection, fresh)
        frozen["submitted_on"] = at
        unit.change("report", report["id"], frozen, by_desk=True)
        view = view_record(w, unit.connection, "report", report["id"])
    return view


def _frozen(w: "Workspace", connection: Connection, report: Row) -> dict[str, Value]:
    from sscdesk.reports.registry import missing_sections
    from sscdesk.reports.snapshot import encoded, fingerprint

    snapshot = snapshot_of(w, connection, report)
    empty = missing_sections(str(report["kind"]), snapshot)
    if empty:
        raise Refused(
            "section-empty",
            N_("The section “{section}” is empty."),
            hint=N_("Nothing was changed. Fill it in the record, or write it in the report."),
            field=empty[0].code,
            params={"section": gettext(empty[0].label)},
        )
    return {
        "snapshot": encoded(snapshot).decode(),
        "content_hash": fingerprint(snapshot),
        "number": str(report["number"] or report["ref"]),
        "covers": tuple(filter(None, (str(report["subject"] or ""),))),
    }


def review(w: "Workspace", ref: str, note: str = "") -> RecordView:
    """Endorse a report that somebody else wrote (visa)."""
    return _plain_act(w, ref, "review", note)


def return_(w: "Workspace", ref: str, note: str) -> RecordView:
    """Return a report to its author with a note; its content may change again."""
    with w.unit(N_("Return to the author"), undoable=False, note=note) as unit:
        report = _report(unit, ref)
        act(unit, "report", report["id"], "return", note, {})
        unit.add_part("report", report["id"], "note", {"words": note}, checked=True)
        unit.change("report", report["id"], {"snapshot": None}, by_desk=True)
        view = view_record(w, unit.connection, "report", report["id"])
    return view


def archive(w: "Workspace", ref: str, note: str = "") -> RecordView:
    """Put a signed report away."""
    return _plain_act(w, ref, "archive", note)


def contest(w: "Workspace", ref: str, note: str) -> RecordView:
    """Say as the second office why a signed report is not countersigned."""
    with w.unit(N_("Contest"), undoable=False, note=note) as unit:
        report = _report(unit, ref)
        act(unit, "report", report["id"], "contest", note, {})
        unit.add_part("report", report["id"], "contestation", {"reason": note}, checked=True)
        view = view_record(w, unit.connection, "report", report["id"])
    return view


def revise(w: "Workspace", ref: str, note: str) -> RecordView:
    """Begin the next revision of a signed report; the signed one stays as it is."""
    with w.unit(N_("Make a revision"), undoable=False, note=note) as unit:
        report = _report(unit, ref)
        act(unit, "report", report["id"], "revise", note, {})
        fields = unit.values(unit.fields("report"), report)
        values = {name: fields[name] for name in KEPT_BY_REVISIONS}
        values["revision"] = int(report["revision"] or 0) + 1
        values["supersedes"] = str(report["id"])
        values["number"] = str(report["number"] or report["ref"])
        made = unit.create("report", values)
        _copy_texts(unit, str(report["id"]), made)
        view = view_record(w, unit.connection, "report", made)
    return view


def _copy_texts(unit: UnitOfWork, former: str, made: str) -> None:
    """Begin a revision with the texts that were written by hand for the one before."""
    for row in part_rows(unit.connection, "report_text_block", former):
        values = {"section_name": row["section_name"], "words": row["words"]}
        unit.add_part("report", made, "text_block", values)


def _plain_act(w: "Workspace", ref: str, action: str, note: str) -> RecordView:
    with w.unit(N_("Act"), undoable=False, note=note) as unit:
        report = _report(unit, ref)
        act(unit, "report", report["id"], action, note, {})
        view = view_record(w, unit.connection, "report", report["id"])
    return view


def _report(unit: UnitOfWork, ref: str) -> Row:
    _, identifier = resolve(unit.connection, ref, "report")
    return require_row(unit.connection, "report", identifier)


# ---------------------------------------------------------------- signing


def sign(w: "Workspace", ref: str, passphrase: str, note: str = "") -> RecordView:
    """Sign a reviewed report for the office, with the key under the officer's passphrase.

    Raises ``Locked`` ("wrong-passphrase") and ``Refused`` with what is missing; the paper
    is verified before anything is kept.
    """
    with w.unit(N_("Sign"), undoable=False, note=note) as unit:
        report = _report(unit, ref)
        outcome = act(unit, "report", report["id"], "sign", note, {})
        signer = _credential(w, unit.connection, passphrase)
        paper = paper_of(w, unit.connection, report, None, draft=False)
        pdf = _signed(w, unit.connection, paper.pdf, report, signer, paper.check_code)
        _share(unit, report)
        _keep(unit, report, pdf, signer, owner=True)
        if str(report["kind"]) in FINANCE_OF:
            _keep_finance(unit, report)
        if report["supersedes"]:
            _supersede(unit, report)
        auditing.note(
            unit.connection, w.actor, auditing.now_text(w), "report-signed", str(report["ref"])
        )
        view = view_record(w, unit.connection, "report", report["id"])
        assert outcome.target == view.state
    return view


def countersign(w: "Workspace", ref: str, passphrase: str, note: str = "") -> RecordView:
    """Countersign, for the second office, the same bytes that the first one signed.

    Raises ``FileRefused`` ("report-not-valid") unless the first signature holds and its
    office is trusted.
    """
    with w.unit(N_("Countersign"), undoable=False, note=note) as unit:
        report = _report(unit, ref)
        act(unit, "report", report["id"], "countersign", note, {})
        signer = _credential(w, unit.connection, passphrase)
        before = _signed_pdf(w, unit.connection, report)
        verdict = _verify(unit.connection, before)
        if not verdict.valid:
            raise _not_valid(verdict)
        code = verdict.pin.check_code if verdict.pin else ""
        pdf = _signed(w, unit.connection, before, report, signer, code)
        _keep(unit, report, pdf, signer, owner=False)
        auditing.note(
            unit.connection, w.actor, auditing.now_text(w), "report-countersigned",
            str(report["ref"]),
        )  # fmt: skip
        view = view_record(w, unit.connection, "report", report["id"])
    return view


def _credential(w: "Workspace", connection: Connection, passphrase: str) -> "Credential":
    """Return the officer's key and certificate, made at the first signature."""
    import msgspec

    from sscdesk.reports.authority import Credential, issue_officer

    vault = w.profile.vault
    if SIGNING_SECRET in vault.secrets_of(w.login):
        key, certificate = msgspec.msgpack.decode(
            vault.unseal(w.login, passphrase, SIGNING_SECRET), type=tuple[bytes, bytes]
        )
        return Credential(key, certificate)
    w.profile.unlock(w.login, passphrase)
    made = issue_officer(
        _authority(w, connection),
        w.actor.name,
        _function(w, connection),
        w.clock(),
        w.random,
        w.actor.officer,
    )
    content = msgspec.msgpack.encode((made.key, made.certificate))
    vault.seal(w.login, passphrase, SIGNING_SECRET, content)
    return made


def _authority(w: "Workspace", connection: Connection) -> "Credential":
    from sscdesk.reports.authority import Credential

    key = card_book.secret(connection, "pdf-authority")
    certificate = card_book.load_book(connection).cards[w.office].authority
    if key is None:
        raise Refused(
            "no-authority",
            N_("This laptop does not hold the office's authority for signatures."),
            hint=N_("Sign on the office's first laptop."),
        )
    return Credential(key, certificate)


def _function(w: "Workspace", connection: Connection) -> str:
    row = require_row(connection, "officer", w.actor.officer)
    freezer = Freezer(w, connection)
    function = freezer.wording(row, "function") or expected_signer(freezer, w.office).function
    with language("fr"):
        return function.say()


def _signed(
    w: "Workspace",
    connection: Connection,
    pdf: bytes,
    report: Row,
    credential: "Credential",
    code: str,
) -> bytes:
    """Sign this office's field, then open the result again and verify it."""
    from sscdesk.reports.signatures import Stamp
    from sscdesk.reports.signing import Appearance, open_fields, sign

    field = next(
        (name for name in open_fields(pdf) if name.endswith(f"-{w.office}")), "signature-none"
    )
    offset = utc_offset(TIME_ZONE_OF[w.office], w.clock())
    stamp = Stamp(_signer(w, connection), w.clock(), offset, code)
    chain = (card_book.load_book(connection).cards[w.office].authority,)
    signed = sign(
        pdf, field, credential, chain, w.clock(), Appearance(stamp, str(report["language"]))
    )
    verdict = _verify(connection, signed)
    if not verdict.valid:
        raise _not_valid(verdict)
    return signed


def _signer(w: "Workspace", connection: Connection) -> "Signer":
    """Say who signs now, which need not be the head who was expected."""
    freezer = Freezer(w, connection)
    row = require_row(connection, "officer", w.actor.officer)
    expected = expected_signer(freezer, w.office)
    function = freezer.wording(row, "function") or expected.function
    return replace(expected, name=w.actor.name, function=function)


def _share(unit: UnitOfWork, report: Row) -> None:
    """Once signed, a report goes to those who receive its kind."""
    declared = REPORT_KINDS[str(report["kind"])]
    if declared.audience is Audience.OFFICE:
        return
    circle = str(report["circle"])
    wide = ALL if declared.audience is Audience.SHARED else circle
    unit.set_audience("report", str(report["id"]), wide)


def _keep(unit: UnitOfWork, report: Row, pdf: bytes, signer: "Credential", *, owner: bool) -> None:
    from sscdesk.reports.authority import fingerprint

    identifier, at = str(report["id"]), auditing.now_text(unit.w)
    attachment = _attach(unit, identifier, pdf, _file_name(report), "report")
    digest = hashlib.sha256(pdf).hexdigest()
    row = require_row(unit.connection, "officer", unit.w.actor.officer)
    values: dict[str, Value] = {
        "officer": unit.w.actor.officer,
        "name": unit.w.actor.name,
        "function": str(row["function_fr"] or row["function_en"] or "") or None,
        "office": unit.w.office,
        "signed_at": at,
        "certificate": fingerprint(signer.certificate),
        "pdf_hash": digest,
        "pdf": attachment,
    }
    unit.add_part("report", identifier, "signature", values, checked=True)
    if owner:
        sealed = {"pdf": attachment, "pdf_hash": digest, "signed_on": at}
        unit.change("report", identifier, sealed, by_desk=True)


def _keep_finance(unit: UnitOfWork, report: Row) -> None:
    pdf = _finance(unit.w, unit.connection, report, str(report["language"]))
    name = _file_name(report).replace(".pdf", "-finances.pdf")
    attachment = _attach(unit, str(report["subject"]), pdf, name, "receipt")
    unit.change("report", str(report["id"]), {"finance_annex": attachment}, by_desk=True)


def _attach(unit: UnitOfWork, record: str, pdf: bytes, name: str, kind: str) -> str:
    stored = unit.w.blobs.put(pdf, name)
    values: dict[str, Value] = {
        "record": record,
        "file_name": name,
        "title": name.removesuffix(".pdf"),
        "kind": kind if unit.rules.vocabularies.knows("attachment_kind", kind) else "other",
        "media_type": "application/pdf",
        "size": stored.size,
        "sha256": stored.sha256,
    }
    return unit.create("attachment", values)


def _file_name(report: Row) -> str:
    revision = int(report["revision"] or 0)
    ending = f"-r{revision + 1}" if revision else ""
    return f"{report['ref']}{ending}.pdf"


def _supersede(unit: UnitOfWork, report: Row) -> None:
    former = str(report["supersedes"])
    unit.set_state("report", former, "supersede", "superseded")
    unit.change("report", former, {"superseded_by": str(report["id"])}, by_desk=True)


def _signed_pdf(w: "Workspace", connection: Connection, report: Row) -> bytes:
    """Return the newest signed document of a report, verified by its hash."""
    rows = connection.exec_driver_sql(
        "SELECT pdf, pdf_hash FROM report_signature WHERE parent = ? AND deleted = 0 "
        "AND pdf IS NOT NULL ORDER BY signed_at DESC, id DESC",
        (report["id"],),
    )
    for row in rows:
        attachment = connection.exec_driver_sql(
            "SELECT sha256, file_name FROM attachment WHERE id = ?", (row.pdf,)
        ).first()
        if attachment is not None and w.blobs.has(attachment.sha256):
            if attachment.sha256 != row.pdf_hash:
                raise FileRefused(
                    "report-replaced",
                    N_("The document kept for this report is not the one that was signed."),
                    hint=N_("Nothing was changed. Ask the other office for the report again."),
                )
            return w.blobs.read(attachment.sha256, attachment.file_name)
    raise NotFound(
        "no-signed-document",
        N_("The signed document of this report is not here."),
        hint=N_("Ask the office that signed it to send its documents again."),
    )


def save(w: "Workspace", ref: str, path: Path) -> RecordView:
    """Write a report's PDF to a file: the signed one, or the draft as it is now."""
    check_right(w.actor, "export_report")
    content = preview(w, ref)
    write_aside(path, content)
    with w.read() as connection:
        entity, identifier = resolve(connection, ref)
        return view_record(w, connection, entity, identifier)


def save_finance(w: "Workspace", ref: str, path: Path) -> None:
    """Write the costs of a mission as a PDF for this office alone."""
    check_right(w.actor, "export_report")
    write_aside(path, finance(w, ref))


# ---------------------------------------------------------------- verifying


@dataclass(frozen=True, slots=True)
class Verified:
    """What a PDF turned out to be, in figures and in words."""

    verdict: "Verdict"
    sentences: tuple[str, str, str]
    """Who signed what and when; whether anything was changed; what to do."""
    report: str = ""
    """Identifier of the report in this desk that the paper says it is, empty if none."""


def verify_in_words(w: "Workspace", path: Path) -> Verified:
    """Verify a PDF and say in three sentences of the current language what was found."""
    from sscdesk.reports.verdict import sentences

    verdict = verify(w, path)
    who, changed, advice = sentences(verdict)
    with w.read() as connection:
        held = _held(connection, verdict)
        if held is not None and held["superseded_by"]:
            newer = read_row(connection, "report", str(held["superseded_by"]))
            advice = f"{advice} {_superseded(newer)}" if newer else advice
    return Verified(verdict, (who, changed, advice), str(held["id"]) if held else "")


def _held(connection: Connection, verdict: "Verdict") -> Row | None:
    """Return the report of this desk, in its revision, that a paper says it is."""
    if verdict.pin is None:
        return None
    found = connection.exec_driver_sql(
        "SELECT * FROM report WHERE coalesce(nullif(number, ''), ref) = ? AND deleted = 0 "
        "ORDER BY coalesce(revision, 0) + 1 <> ?, revision DESC LIMIT 1",
        (verdict.pin.reference, verdict.pin.revision),
    ).mappings()
    row = found.first()
    return dict(row) if row is not None else None


def _superseded(newer: Row) -> str:
    return gettext(N_("It was superseded by revision {number}: use that one ({ref}).")).format(
        number=int(newer["revision"] or 0) + 1, ref=newer["ref"]
    )


def verify(w: "Workspace", path: Path) -> "Verdict":
    """Say who signed a PDF, when, and whether anything changed after. Never refuses a PDF."""
    from sscdesk.store.files import read_whole

    if not path.is_file():
        raise NotFound(
            "no-such-file",
            N_("There is no file called “{name}” here."),
            hint=N_("Nothing was changed. Check the name."),
            params={"name": path.name},
        )
    pdf = read_whole(path, LARGEST_PDF)
    with w.read() as connection:
        return _verify(connection, pdf)


def _verify(connection: Connection, pdf: bytes) -> "Verdict":
    from sscdesk.reports.verifying import TrustedOffice, verify

    book = card_book.load_book(connection)
    trusted = [
        TrustedOffice(code, card.authority, _departed(connection, code))
        for code, card in book.cards.items()
        if card.authority and book.is_verified(code)
    ]
    return verify(pdf, trusted)


def _departed(connection: Connection, office: str) -> "tuple[Departure, ...]":
    """Return the officers whom their office has declared former ones, by their last day."""
    from sscdesk.reports.verifying import Departure

    found = connection.exec_driver_sql(
        "SELECT id, active_to FROM officer WHERE owner = ? AND active_to IS NOT NULL", (office,)
    )
    return tuple(Departure(str(one), last_day(str(day))) for one, day in found)


def _not_valid(verdict: "Verdict") -> FileRefused:
    worst = verdict.worst
    return FileRefused(
        "report-not-valid",
        N_("The signature of this report does not hold: {reason}"),
        hint=N_("Nothing was signed. Ask the other office for the report again."),
        params={"reason": worst.sentence() if worst else ""},
    )
