"""The words of the page Today."""

from datetime import date

from babel.dates import format_date

from sscdesk.application.today import TodayLine
from sscdesk.i18n import _, format_money, locale, ngettext
from sscdesk.ui.places import office_name
from sscdesk.ui.wording import in_pieces, readable_date, readable_period


def day_words(today: str) -> str:
    """Return the day as a heading: "Wednesday 11 March 2026"."""
    words = str(format_date(date.fromisoformat(today), "full", locale=locale()))
    return words[:1].upper() + words[1:]


def reason_words(line: TodayLine) -> str:
    """Return the words of a line's chip."""
    if line.group == "week" or not line.reason:
        return ""
    return _(line.reason)


def about_words(line: TodayLine, office: str) -> str:
    """Return the small line: number, how much and for what, when, how late, whose."""
    parts = [line.ref]
    if line.amount is not None:
        parts.append(format_money(line.amount.amount, line.amount.currency))
    if line.about:
        parts.append(line.about)
    if line.owner != office:
        parts.append(office_name(line.owner))
    if line.group == "week":
        parts.append(readable_period(line.on, line.until))
    elif line.on:
        parts.append(_("due {date}").format(date=readable_date(line.on)))
    if line.days_late:
        parts.append(late_words(line.days_late))
    return in_pieces(parts)


def late_words(days: int) -> str:
    """Say how late something is, no more exactly than it matters."""
    if days < 60:
        return ngettext("{count} day late", "{count} days late", days).format(count=days)
    if days < 730:
        months = days // 30
        return ngettext("{count} month late", "{count} months late", months).format(count=months)
    years = days // 365
    return ngettext("{count} year late", "{count} years late", years).format(count=years)
