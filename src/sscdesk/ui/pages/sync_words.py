"""The sentences of Synchronise: what waits, what a partner holds, what came, in plain words."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from babel.lists import format_list

from sscdesk.application.incoming import ImportReport
from sscdesk.application.synchronise import PartnerStatus
from sscdesk.application.views import Stamp
from sscdesk.application.waiting import WaitingRecords
from sscdesk.i18n import _, format_number, locale, ngettext
from sscdesk.model.base import record_kinds
from sscdesk.model.field import fields_of
from sscdesk.ui.entity_words import counted
from sscdesk.ui.places import city
from sscdesk.ui.widgets.documents import size_words
from sscdesk.ui.wording import readable_date, readable_moment


def local_date(at: str) -> str:
    """Write the day of a moment, as the calendar of this laptop has it."""
    moment = _moment(at)
    return readable_date(moment.date().isoformat()) if moment else ""


def local_time(at: str) -> str:
    """Write a moment with its time, in the zone of this laptop."""
    moment = _moment(at)
    return readable_moment(moment.isoformat()) if moment else ""


def _moment(at: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()


def person_words(stamp: Stamp) -> str:
    """Name a person with office and day: "Ana Idrissi (Rabat, 4 May 2026)"."""
    return _("{who} ({office}, {day})").format(
        who=stamp.officer_name or _("Somebody"),
        office=city(stamp.office),
        day=local_date(stamp.at),
    )


def listed(parts: Iterable[str]) -> str:
    """Join parts as a sentence of the language does: "one, two and three"."""
    return str(format_list([part for part in parts if part], locale=locale()))


def cities(offices: Iterable[str]) -> str:
    """Name offices by their cities."""
    return listed(map(city, offices))


def changes_words(count: int) -> str:
    """Count changes."""
    words = ngettext("{count} change", "{count} changes", count)
    return words.format(count=format_number(count))


def documents_words(count: int) -> str:
    """Count documents."""
    words = ngettext("{count} document", "{count} documents", count)
    return words.format(count=format_number(count))


def waiting_words(partner: PartnerStatus, records: WaitingRecords | None = None) -> str:
    """Say what waits: "14 changes in 5 records, 2 documents, 3.1 MB"."""
    out = partner.to_send
    if not out.commits:
        return _("Nothing")
    changes = changes_words(out.records or out.commits)
    if records is not None and records.records:
        words = ngettext(
            "{changes} in {count} record", "{changes} in {count} records", records.records
        )
        changes = words.format(changes=changes, count=format_number(records.records))
    parts = [changes, documents_words(out.attachments) if out.attachments else ""]
    return ", ".join(filter(None, [*parts, size_words(out.size)]))


def already_words(partner: PartnerStatus, in_files: int) -> str:
    """Say how much of what waits lies in a file already made and not confirmed."""
    waiting = partner.to_send.commits
    if not waiting or not in_files or partner.last_sent is None:
        return ""
    day = local_date(partner.last_sent.at)
    if in_files >= waiting:
        return _("All of it is in the file of {day}, which {office} has not confirmed yet.").format(
            day=day, office=city(partner.office)
        )
    return _("A part of it is in the file of {day}, which {office} has not confirmed yet.").format(
        day=day, office=city(partner.office)
    )


def holds_words(partner: PartnerStatus) -> str:
    """Say what a partner holds, and since when that is known."""
    if not partner.acknowledged_at:
        return _("Not known yet: no file of theirs has come.")
    day = local_date(partner.acknowledged_at)
    if not partner.to_send.commits:
        return _("All that is meant for it, as its file of {day} says.").format(day=day)
    if not partner.acknowledged:
        return _("Nothing of yours yet, as its file of {day} says.").format(day=day)
    words = ngettext(
        "{count} change of yours, as its file of {day} says.",
        "{count} changes of yours, as its file of {day} says.",
        partner.acknowledged,
    )
    return words.format(count=format_number(partner.acknowledged), day=day)


def missing_words(partner: PartnerStatus) -> str:
    """Say what of a partner is missing here; empty when nothing is."""
    if not partner.missing:
        return ""
    count = sum(gap.last - gap.first + 1 for gap in partner.missing)
    since = min(gap.since for gap in partner.missing)
    words = ngettext(
        "{count} change of theirs has been missing since {day}.",
        "{count} changes of theirs have been missing since {day}.",
        count,
    )
    return words.format(count=format_number(count), day=local_date(since))


def no_personal_words(offices: Iterable[str]) -> str:
    """Say that persons stay at home: no authorisation for these offices is recorded."""
    return _("No personal data goes to {offices}.").format(offices=cities(offices))


def no_personal_hint() -> str:
    """Say why, what goes all the same, and where the authorisation is recorded."""
    return _(
        "No valid authorisation is recorded: records go, the persons in them stay without a name"
        " there. Its number is recorded under Settings, Office."
    )


def missing_hint(partner: PartnerStatus) -> str:
    """Say which file brings what is missing."""
    return _(
        "What came after it is kept and waits. Ask {office} for the file made before that"
        " day, or for a new one: every new file brings it."
    ).format(office=city(partner.office))


# ---------------------------------------------------------------- what is in a file


def kinds_words(counts: Mapping[str, int]) -> str:
    """Count records by kind: "3 missions and 2 persons"; rows inside records as such."""
    kinds = record_kinds()
    parts = [counted(table, number) for table, number in counts.items() if table in kinds]
    rows = sum(number for table, number in counts.items() if table not in kinds)
    if rows:
        words = ngettext("{count} line inside records", "{count} lines inside records", rows)
        parts.append(words.format(count=format_number(rows)))
    return listed(parts)


def is_nothing_new(report: ImportReport) -> bool:
    """Whether a file holds nothing that is not here already."""
    return not any((report.applied, report.parked, report.held, report.refused))


def import_sentences(report: ImportReport, *, done: bool) -> list[tuple[str, str, str]]:
    """Tell what a file does, or did: (tone, sentence, hint), the gravest first."""
    sender = city(report.office)
    told: list[tuple[str, str, str]] = []
    for office in report.key_changes:
        told.append(
            (
                "bad",
                _("{office} announces other keys than those you accepted.").format(
                    office=city(office)
                ),
                _("Files made with them are not opened until you have compared the eight words."),
            )
        )
    if report.refused:
        words = ngettext(
            "{count} change is refused: it was made on a laptop reported lost.",
            "{count} changes are refused: they were made on a laptop reported lost.",
            report.refused,
        )
        told.append(("bad", words.format(count=report.refused), _("The rest of the file stands.")))
    if report.held:
        words = ngettext(
            "{count} change comes from an office whose card you have not accepted.",
            "{count} changes come from an office whose card you have not accepted.",
            report.held,
        )
        hint = _("It is kept and not applied until you accept that card, under Offices and cards.")
        told.append(("warn", words.format(count=report.held), hint))
    if report.parked:
        words = ngettext(
            "{count} change waits for an earlier file that has not come.",
            "{count} changes wait for an earlier file that has not come.",
            report.parked,
        )
        hint = _("It is kept. Ask {office} for the earlier file, or for a new one.")
        told.append(("warn", words.format(count=report.parked), hint.format(office=sender)))
    if report.conflicts:
        words = (
            ngettext(
                "{count} field was written here and there: both values are kept.",
                "{count} fields were written here and there: both values are kept.",
                report.conflicts,
            )
            if done
            else ngettext(
                "{count} field was written here and there: both values will be kept.",
                "{count} fields were written here and there: both values will be kept.",
                report.conflicts,
            )
        )
        hint = _("They are listed under To reconcile until somebody settles them.")
        told.append(("warn", words.format(count=report.conflicts), hint))
    if report.suggestions:
        words = ngettext(
            "{count} change is for you to decide: {office} may not make it itself.",
            "{count} changes are for you to decide: {office} may not make them itself.",
            report.suggestions,
        )
        hint = _("Nothing of it is applied. It is listed under Suggestions.")
        told.append(
            ("info", words.format(count=report.suggestions, office=sender), hint),
        )
    return told


# ---------------------------------------------------------------- fields


def field_label(entity: str, part: str | None, name: str) -> str:
    """Return the words of a field, with the row inside the record where it stands."""
    kind = record_kinds()[entity]
    fields = kind.fields
    if part in kind.parts:
        fields = fields_of(kind.parts[str(part)])
    declared = fields.get(name.partition(":")[0])
    words = _(declared.label) if declared is not None else name
    if part in kind.parts:
        row = _(kind.parts[str(part)].label)
        return _("{part}: {field}").format(part=row, field=words)
    return words
