"""The thread of a practice in words."""

from sscdesk.application.thread_views import ThreadCard, ThreadStep
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.practice import Transfer
from sscdesk.model.text import N_
from sscdesk.model.thread import StepStanding
from sscdesk.ui.places import city, country
from sscdesk.ui.wording import in_pieces, joined, readable_period

LONGEST_SAID = 220

STANDING_WORDS = {
    StepStanding.DONE: N_("Done"),
    StepStanding.UNDER_WAY: N_("Under way"),
    StepStanding.OPEN: N_("To come"),
    StepStanding.SKIPPED: N_("Skipped"),
}
NODE_TONES = {
    StepStanding.DONE: "accent",
    StepStanding.UNDER_WAY: "accent_edge",
    StepStanding.OPEN: "faint",
    StepStanding.SKIPPED: "warn",
}
CHIP_TONES = {
    StepStanding.DONE: "good",
    StepStanding.UNDER_WAY: "info",
    StepStanding.OPEN: "neutral",
    StepStanding.SKIPPED: "warn",
}


def kind_words(card: ThreadCard) -> str:
    """Say what a card is: "Need", "Exchange", "Transfer"."""
    if card.entity == "organisation":
        return _("Need")
    if card.part:
        return _(Transfer.label)
    return _(record_kinds()[card.entity].mapped.label)


def about_words(card: ThreadCard) -> str:
    """Say where and when: "Rabat, Bamako · 9-13 March 2026"."""
    period = readable_period(card.since, card.until)
    if card.entity in ("practice", "organisation") and not card.part:
        return in_pieces((country(card.offices[0]) if card.offices else "", period))
    return in_pieces((joined(city(office) for office in card.offices), period))


def said_words(card: ThreadCard) -> str:
    """Return what is written there, as long as a card holds it."""
    words = " ".join(card.said.split())
    return words if len(words) <= LONGEST_SAID else f"{words[:LONGEST_SAID].rstrip()}…"


def skipped_words(step: ThreadStep) -> str:
    """Say that a step was skipped, and why."""
    if step.reason:
        return _("Skipped: {reason}").format(reason=step.reason)
    return _("Skipped, and nobody has said why yet.")
