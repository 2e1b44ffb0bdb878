"""The ledger of promises in words."""

from collections.abc import Iterator
from datetime import datetime

from sscdesk.application.promise_views import OfficeAct, Promise, Totals
from sscdesk.i18n import _, format_number, ngettext
from sscdesk.model.promises import Standing
from sscdesk.ui.pages.today_words import late_words
from sscdesk.ui.places import city
from sscdesk.ui.wording import joined, readable_date

LONG_DAYS = 60
TONES = {
    Standing.KEPT: "good",
    Standing.LATE: "bad",
    Standing.UNDER_WAY: "warn",
    Standing.PROPOSED: "info",
    Standing.DROPPED: "neutral",
}
"""The colour of each standing, in the order in which totals tell them."""


def owes_words(debtor: str, creditor: str) -> str:
    """Say who owes whom: "Rabat owes Bamako"."""
    return _("{debtor} owes {creditor}").format(debtor=city(debtor), creditor=city(creditor))


def due_words(promise: Promise) -> str:
    """Say until when a promise is to be kept, and how late it is."""
    if promise.days_late:
        late = _late(promise.days_late)
        return _("{late}, since {date}").format(late=late, date=readable_date(promise.due_on))
    if not promise.due_on:
        return _("Without a due date")
    return _("Due on {date}").format(date=readable_date(promise.due_on))


def _late(days: int) -> str:
    """Say how late, in days while they can be counted, then no more exactly than it matters."""
    if days >= LONG_DAYS:
        words = late_words(days)
        return words[:1].upper() + words[1:]
    told = ngettext("Overdue by {count} day", "Overdue by {count} days", days)
    return told.format(count=format_number(days))


def act_words(act: OfficeAct) -> str:
    """Say what one office has done and whose act is awaited."""
    sentences = {
        "agree": _("Agreed by {office} on {date}, waiting for {others}."),
        "drop": _("{office} asked on {date} to drop it, waiting for {others}."),
    }
    told = sentences.get(act.action, _("{office} acted on {date}, waiting for {others}."))
    day = datetime.fromisoformat(act.at).astimezone().date().isoformat()
    others = joined(city(one) for one in act.awaited)
    return told.format(office=city(act.office), date=readable_date(day), others=others)


def standing_words(standing: Standing, count: int) -> str:
    """Say how many promises stand so: "2 late"."""
    said = {
        Standing.KEPT: ngettext("{count} kept", "{count} kept", count),
        Standing.LATE: ngettext("{count} late", "{count} late", count),
        Standing.UNDER_WAY: ngettext("{count} in progress", "{count} in progress", count),
        Standing.PROPOSED: ngettext("{count} proposed", "{count} proposed", count),
        Standing.DROPPED: ngettext("{count} dropped", "{count} dropped", count),
    }
    return said[standing].format(count=format_number(count))


def totals_words(totals: Totals) -> str:
    """Say how the promises of an office stand: "5 commitments: 2 kept, 1 late"."""
    count = ngettext("{count} commitment", "{count} commitments", totals.all).format(
        count=format_number(totals.all)
    )
    parts = joined(_parts(totals))
    return _("{all}: {parts}").format(all=count, parts=parts) if parts else count


def _parts(totals: Totals) -> Iterator[str]:
    for standing in TONES:
        if totals.counts[standing]:
            yield standing_words(standing, totals.counts[standing])


def shares(totals: Totals) -> list[tuple[float, str]]:
    """Return the parts of the bar that shows the same."""
    whole = max(1, totals.all)
    return [(totals.counts[standing] / whole, tone) for standing, tone in TONES.items()]
