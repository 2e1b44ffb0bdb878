"""The sentences of the signature book."""

from sscdesk.application.signature_book import BookLine, Changes
from sscdesk.i18n import _, ngettext
from sscdesk.ui.pages.sync_words import local_date
from sscdesk.ui.places import city
from sscdesk.ui.widgets.row_delegate import RowWords


def row_words(line: BookLine) -> RowWords:
    """Return the words of a line of the book."""
    about = _("{ref} · since {day}").format(ref=line.ref, day=local_date(line.since))
    return RowWords(
        line.title, about, act_word(line), "reported" if line.action != "review" else "info"
    )


def act_word(line: BookLine) -> str:
    """Say in a word what the report waits for."""
    words = {
        "review": _("To review"),
        "sign": _("To sign"),
        "countersign": _("To countersign"),
        "revise": _("Contested"),
    }
    return words.get(line.action, _(line.label))


def brought_words(line: BookLine) -> str:
    """Say who brought the report to where it is: "Reviewed by Lina Berrada (Rabat, 4 May)"."""
    told = {
        "review": _("Handed in by {who} ({office}, {day})"),
        "sign": _("Reviewed by {who} ({office}, {day})"),
        "countersign": _("Signed by {who} ({office}, {day})"),
        "revise": _("Contested by {who} ({office}, {day})"),
    }
    words = told.get(line.action, _("Changed by {who} ({office}, {day})")).format(
        who=line.by or _("somebody"), office=city(line.by_office), day=local_date(line.since)
    )
    return f"{words}\n{line.note}" if line.action == "revise" and line.note else words


def read_words(line: BookLine, changes: Changes | None) -> str:
    """Say which version the officer has read, and how much differs from it."""
    if line.read is None:
        return _("You have not read it before.")
    if not line.is_new:
        return _("You read this version on {day}.").format(day=local_date(line.read.at))
    day, number = local_date(line.read.at), line.read.revision + 1
    if changes is None or changes.since is None:
        return _("You read revision {number} on {day}.").format(number=number, day=day)
    count = len(changes.sections)
    if not count:
        return _(
            "You read another version on {day}. What differs cannot be shown: read it whole."
        ).format(day=day)
    words = ngettext(
        "{count} section has changed since the version that you read on {day}.",
        "{count} sections have changed since the version that you read on {day}.",
        count,
    )
    return words.format(count=count, day=day)
