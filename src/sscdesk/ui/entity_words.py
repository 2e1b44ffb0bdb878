"""The sentences about each entity that a language cannot make from its parts."""

from collections.abc import Callable
from dataclasses import dataclass

from sscdesk.i18n import _, ngettext
from sscdesk.model.base import record_kinds
from sscdesk.model.text import N_


@dataclass(frozen=True, slots=True)
class EntityWords:
    """Msgids about one entity, and how it is counted."""

    new: str
    first: str
    """What would be in the list, as a heading."""
    explained: str
    """What such records are for, and the first step."""
    deleted: str
    find: str
    count: Callable[[int], str]


def _plain_count(number: int) -> str:
    return ngettext("{count} record", "{count} records", number)


_WORDS = {
    "mission": EntityWords(
        N_("New mission"),
        N_("The missions of your office will be here"),
        N_("A mission has its travellers, its route and its report. Begin with its purpose."),
        N_("The mission is in the bin."),
        N_("Find in the missions"),
        lambda number: ngettext("{count} mission", "{count} missions", number),
    ),
    "exchange": EntityWords(
        N_("New exchange"),
        N_("The exchanges between the offices will be here"),
        N_("Study visits, workshops, trainings: each belongs to one of the four steps."),
        N_("The exchange is in the bin."),
        N_("Find in the exchanges"),
        lambda number: ngettext("{count} exchange", "{count} exchanges", number),
    ),
    "follow_up": EntityWords(
        N_("New follow-up"),
        N_("What was promised and remains to be done will be here"),
        N_("Each follow-up has an owner and a due date; reports add theirs by themselves."),
        N_("The follow-up is in the bin."),
        N_("Find in the follow-ups"),
        lambda number: ngettext("{count} follow-up", "{count} follow-ups", number),
    ),
    "organisation": EntityWords(
        N_("New organisation"),
        N_("The organisations you work with will be here"),
        N_("Ministries, agencies, associations. A spreadsheet can be imported as a whole."),
        N_("The organisation is in the bin."),
        N_("Find in the organisations"),
        lambda number: ngettext("{count} organisation", "{count} organisations", number),
    ),
    "person": EntityWords(
        N_("New person"),
        N_("The people you meet will be here"),
        N_("Contacts of your partners, with their posts. Visiting cards can be imported."),
        N_("The person is in the bin."),
        N_("Find in the people"),
        lambda number: ngettext("{count} person", "{count} people", number),
    ),
    "agreement": EntityWords(
        N_("New agreement"),
        N_("The memoranda and agreements will be here"),
        N_("Each with its parties, its dates and its signed text."),
        N_("The agreement is in the bin."),
        N_("Find in the agreements"),
        lambda number: ngettext("{count} agreement", "{count} agreements", number),
    ),
    "action_plan": EntityWords(
        N_("New action plan"),
        N_("The bilateral action plans will be here"),
        N_("A plan belongs to an agreement and holds the commitments of two offices."),
        N_("The action plan is in the bin."),
        N_("Find in the action plans"),
        lambda number: ngettext("{count} action plan", "{count} action plans", number),
    ),
    "commitment": EntityWords(
        N_("New commitment"),
        N_("The reciprocal commitments will be here"),
        N_("What one office owes another, until when, and how it will be seen."),
        N_("The commitment is in the bin."),
        N_("Find in the commitments"),
        lambda number: ngettext("{count} commitment", "{count} commitments", number),
    ),
    "indicator": EntityWords(
        N_("New indicator"),
        N_("The indicators and their figures will be here"),
        N_("Each is counted from the records that prove it, beside its target."),
        N_("The indicator is in the bin."),
        N_("Find in the indicators"),
        lambda number: ngettext("{count} indicator", "{count} indicators", number),
    ),
    "practice": EntityWords(
        N_("New practice"),
        N_("The practices worth sharing will be here"),
        N_("A practice sheet tells how something works and what it takes to transfer it."),
        N_("The practice is in the bin."),
        N_("Find in the practices"),
        lambda number: ngettext("{count} practice", "{count} practices", number),
    ),
    "report": EntityWords(
        N_("New report"),
        N_("The reports of your office will be here"),
        N_("A report is built from a mission or an exchange, then reviewed and signed."),
        N_("The report is in the bin."),
        N_("Find in the reports"),
        lambda number: ngettext("{count} report", "{count} reports", number),
    ),
    "expense": EntityWords(
        N_("New expense"),
        N_("The expenses of your missions will be here"),
        N_("Each with its receipt, its currency and the rate of the day."),
        N_("The expense is in the bin."),
        N_("Find in the expenses"),
        lambda number: ngettext("{count} expense", "{count} expenses", number),
    ),
}


def entity_words(entity: str) -> EntityWords:
    """Return the sentences about an entity; general ones for an entity without its own."""
    return _WORDS.get(entity) or EntityWords(
        N_("New record"),
        record_kinds()[entity].mapped.plural,
        N_("Nothing is recorded here yet."),
        N_("The record is in the bin."),
        N_("Find in this list"),
        _plain_count,
    )


def counted(entity: str, number: int) -> str:
    """Return how many there are: "9 missions"."""
    return entity_words(entity).count(number).format(count=number)


def new_words(entity: str) -> str:
    """Return the words of the button that makes one: "New mission"."""
    return _(entity_words(entity).new)
