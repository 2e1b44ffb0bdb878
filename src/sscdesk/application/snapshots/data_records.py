"""Freezing the data-protection record: what is processed and why, where it went, whose rights.

The categories are read from the declarations of the fields, the retention from the office's
record, the transfers from the trail of files: nothing of it is typed twice.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from sscdesk.application.reading import Row, require_row
from sscdesk.application.snapshots.file_registers import span
from sscdesk.application.snapshots.freezer import Freezer, is_sample, latin_name
from sscdesk.application.snapshots.imprints import imprint
from sscdesk.application.snapshots.kept_data import kept_about
from sscdesk.i18n import _, ngettext
from sscdesk.model.base import row_classes
from sscdesk.model.field import fields_of
from sscdesk.model.text import N_
from sscdesk.reports.data_record import (
    Authorisation,
    DataRecord,
    Erased,
    Processing,
    RightExercised,
    TransferAbroad,
)
from sscdesk.reports.snapshot import Wording
from sscdesk.reports.words import listed


@dataclass(frozen=True, slots=True)
class _Use:
    """A use of personal data that the desk makes possible; texts are msgids."""

    code: str
    name: str
    purpose: str
    tables: tuple[str, ...]
    """The rows whose personal fields it needs."""


USES = (
    _Use(
        "contacts",
        N_("Directory of contacts"),
        N_("To keep in touch with those who are in charge of migration in partner organisations."),
        ("person", "person_post"),
    ),
    _Use(
        "exchanges",
        N_("Exchanges and attendance"),
        N_("To invite, to prove attendance, and to count participants by sex and country."),
        ("exchange_participation", "exchange_session"),
    ),
    _Use(
        "missions",
        N_("Missions and expenses"),
        N_("To send officers abroad, to report on whom they met, and to settle their costs."),
        ("mission_traveller", "mission_meeting", "expense"),
    ),
    _Use(
        "officers",
        N_("Officers and signatures"),
        N_("To know who works at this desk, with which rights, and who signed what."),
        ("officer", "report_signature"),
    ),
)


def data_record(f: Freezer, report: Row) -> DataRecord:
    """Return the record of the office or, where the report is about a person, of that person."""
    begins, ends = span(f, report)
    person = require_row(f.connection, "person", report["subject"]) if report["subject"] else None
    made = imprint(f, report)
    return DataRecord(
        imprint=replace(made, sample=is_sample(person)),
        person=latin_name(person) if person else "",
        kept=tuple(kept_about(f, person)) if person else (),
        processings=tuple(_processings(f, report)),
        authorisations=tuple(_authorisations(f)),
        transfers=tuple(_transfers(f, begins, ends)),
        rights=tuple(_rights(f, person, begins, ends)),
        erasures=tuple(_erasures(f, begins, ends)),
        period_from=begins,
        period_until=ends,
    )


# ---------------------------------------------------------------- what is processed


def _processings(f: Freezer, report: Row) -> Iterator[Processing]:
    by_hand = f.by_hand(report)
    for use in USES:
        yield Processing(
            name=Wording(_(use.name)),
            purpose=Wording(by_hand.get(f"{use.code}_purpose") or _(use.purpose)),
            legal_basis=Wording(by_hand.get("legal_basis") or _legal_basis(f, use)),
            categories=Wording(_categories(use.tables)),
            recipients=Wording(_recipients(f)),
            retention=Wording(by_hand.get("retention") or _retention(f)),
        )


def _categories(tables: Sequence[str]) -> str:
    classes = row_classes()
    labels = (
        _(field.label)
        for table in tables
        for field in fields_of(classes[table]).values()
        if field.personal
    )
    return listed(tuple(dict.fromkeys(labels)))


def _legal_basis(f: Freezer, use: _Use) -> str:
    """Return the law of the country and, of contacts, on which bases they are kept."""
    law, authority = _law(f.w.office)
    if "person" not in use.tables:
        return listed((law, authority))
    rows = f.rows(
        "SELECT legal_basis FROM person WHERE deleted = 0 AND owner = ? ORDER BY legal_basis",
        f.w.office,
    )
    counts = Counter(str(row["legal_basis"] or "") for row in rows)
    told = tuple(
        _("{basis}: {count}").format(
            basis=f.label("legal_basis", basis).say() or _("not recorded"), count=count
        )
        for basis, count in sorted(counts.items())
    )
    return listed((law, authority, *told))


def _law(office: str) -> tuple[str, str]:
    """Return the law on personal data of an office's country and the authority that watches it."""
    path = files("sscdesk").joinpath("resources", "data_protection.csv")
    with path.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["office"] == office:
                wording = Wording(row["law_fr"], row["law_en"], row["law_ar"])
                return wording.say(), row["authority"]
    return "", ""


def _recipients(f: Freezer) -> str:
    """Return the office itself and those to which its personal data may go today."""
    allowed = [row["destination"] for row in _authorised(f) if _is_valid(row, f.today)]
    offices = dict.fromkeys((f.w.office, *map(str, allowed)))
    return listed(tuple(f.office_name(code).say() for code in offices))


def _retention(f: Freezer) -> str:
    office = f.office(f.w.office) or {}
    contacts = int(office.get("contact_retention_years") or 0)
    reports = int(office.get("report_retention_years") or 0)
    years = ngettext("{count} year", "{count} years", contacts).format(count=contacts)
    signed = ngettext("{count} year", "{count} years", reports).format(count=reports)
    return _("{contacts} after the last contact; signed reports {reports}.").format(
        contacts=years, reports=signed
    )


# ---------------------------------------------------------------- what went abroad


def _authorised(f: Freezer) -> list[Row]:
    return f.rows(
        "SELECT a.* FROM office_authorisation a JOIN office o ON o.id = a.parent "
        "WHERE o.owner = ? AND a.deleted = 0 AND coalesce(a.number, '') <> '' "
        "ORDER BY a.destination, a.issued_on, a.id",
        f.w.office,
    )


def _is_valid(row: Row, day: str) -> bool:
    return str(row["issued_on"] or "")[:10] <= day <= str(row["expires_on"] or "9999")


def _authorisations(f: Freezer) -> Iterator[Authorisation]:
    for row in _authorised(f):
        yield Authorisation(
            number=str(row["number"]),
            authority=str(row["authority"] or ""),
            destination=f.office_name(row["destination"]),
            scope=str(row["scope"] or ""),
            until=str(row["expires_on"] or ""),
        )


def _transfers(f: Freezer, begins: str, ends: str) -> Iterator[TransferAbroad]:
    """Yield, day by day, the files that could carry personal data: without a number none did."""
    rows = f.rows("SELECT * FROM sync_file WHERE direction = 'sent' ORDER BY id")
    authorised = _authorised(f)
    found: Counter[tuple[str, str, str, str]] = Counter()
    for row in rows:
        day = str(row["at"])[:10]
        for office in str(row["offices"]).split("+"):
            number = _number_for(authorised, office, day)
            if number and begins <= day <= ends:
                found[day, office, number, str(row["officer_name"])] += 1
    for (day, office, number, by), count in found.items():
        yield TransferAbroad(day, f.office_name(office), count, number, by)


def _number_for(authorised: Sequence[Row], office: str, day: str) -> str:
    """Return the number under which personal data might go to an office on a day."""
    fitting = (one for one in authorised if one["destination"] == office and _is_valid(one, day))
    return next((str(one["number"]) for one in fitting), "")


# ---------------------------------------------------------------- rights


def _rights(f: Freezer, person: Row | None, begins: str, ends: str) -> Iterator[RightExercised]:
    """Yield each access given: a record of all that is kept about a person."""
    rows = f.rows(
        "SELECT * FROM report WHERE deleted = 0 AND kind = 'data_record' "
        "AND subject IS NOT NULL ORDER BY created_at, id"
    )
    for row in rows:
        asked_by = f.row("person", row["subject"])
        day = str(row["created_at"])[:10]
        if person is not None and row["subject"] != person["id"]:
            continue
        if begins <= day <= ends:
            yield RightExercised(
                date=day,
                right=Wording(_("Access")),
                asked_by=latin_name(asked_by) if asked_by else "",
                answer=str(row["ref"]),
                answered_on=str(row["signed_on"] or "")[:10],
            )


def _erasures(f: Freezer, begins: str, ends: str) -> Iterator[Erased]:
    rows = f.rows("SELECT * FROM audit WHERE action LIKE 'erased%' ORDER BY id")
    for row in rows:
        day = str(row["at"])[:10]
        if begins <= day <= ends:
            yield Erased(day, str(row["ref"]), str(row["detail"]), str(row["officer_name"]))
