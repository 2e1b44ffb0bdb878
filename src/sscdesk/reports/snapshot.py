"""The plain data that a paper is made from, frozen when a report is submitted.

Filled by the application from the records; nothing here refers to a record. The canonical bytes
of a snapshot (``encoded``) pin a signed report to its data. A ``Wording`` holds a text that the
desk knows in several languages (a vocabulary's label, a title in French and English); a plain
``str`` is an officer's text in the language of the report. Dates are ISO texts that may be
partial (``2019-06``); a moment is local ISO text without zone (``2026-03-09T07:30``); an amount is
``Money``; an empty text, tuple or ``None`` means that nothing is recorded.
"""

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import TypeVar

import msgspec

from sscdesk.i18n import current_language
from sscdesk.model.refusal import FileRefused
from sscdesk.model.text import N_
from sscdesk.model.values import Money

S = TypeVar("S")

_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in the languages in which it is known."""

    fr: str = ""
    en: str = ""
    ar: str = ""

    def say(self) -> str:
        """Return the text in the current language, else in French, English or Arabic."""
        return str(getattr(self, current_language()) or self.fr or self.en or self.ar)

    def __bool__(self) -> bool:
        return bool(self.fr or self.en or self.ar)


NOTHING_SAID = Wording()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of an office's papers: the country first, then ministry, directorate, office."""

    office: str
    """Code of the office: ``MA``, ``CI``, ``ML``, ``SN``."""
    office_name: Wording
    """As in "Office of Morocco"."""
    country: Wording
    """As the State writes it: "Royaume du Maroc"."""
    lines: Wording = NOTHING_SAID
    """Ministry, directorate, office: one per line."""
    motto: Wording = NOTHING_SAID
    city: Wording = NOTHING_SAID
    utc_offset: int = 0
    """Minutes that the office's clocks are ahead of UTC, for the times of signatures."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who is expected to sign: the order of signers is the order of their signatures."""

    office: str
    office_name: Wording
    name: str
    function: Wording
    countersigns: bool = False
    quality: Wording = NOTHING_SAID
    """Said when it is not the ordinary one: "by interim", "as head of the mission"."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every paper carries: number, revision, date, letterheads, signers, copies."""

    reference: str
    revision: int
    dated: str
    letterhead: Letterhead
    second_letterhead: Letterhead | None = None
    """Of the office that countersigns."""
    signers: tuple[Signer, ...] = ()
    distribution: tuple[Wording, ...] = ()
    supersedes: str = ""
    """The revision that this one replaces, as printed: ``MA-RAP-2026-0014 rev. 1``."""
    prepared_by: tuple[str, ...] = ()
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """Another record that the paper names."""

    reference: str
    title: Wording
    detail: Wording = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Traveller:
    name: str
    function: Wording = NOTHING_SAID
    organisation: Wording = NOTHING_SAID
    quality: Wording = NOTHING_SAID
    """On the mission: head, member, rapporteur."""
    name_ar: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg of the itinerary; carrier and lodging stay in the office and are not here."""

    departure: str
    origin: str
    arrival: str
    destination: str
    transport: Wording = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class PersonMet:
    name: str
    function: Wording = NOTHING_SAID
    organisation: Wording = NOTHING_SAID
    name_ar: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting held; "our reading" of it never leaves the office and is not here."""

    date: str
    organisation: Wording
    persons: tuple[PersonMet, ...] = ()
    place: str = ""
    subject: str = ""
    said: str = ""
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    text: str
    title: str = ""
    field: Wording = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Recommendation:
    what: str
    responsible: str = ""
    due: str = ""
    follow_up: str = ""
    """Reference of the follow-up that came of it."""
    state: Wording = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class CommitmentServed:
    reference: str
    what: Wording
    owed_by: Wording
    owed_to: Wording
    due: str = ""
    state: Wording = NOTHING_SAID
    progress: int | None = None
    """Percent."""


@dataclass(frozen=True, slots=True)
class Annex:
    title: str
    kind: Wording = NOTHING_SAID
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class MissionReport:
    """The data of a mission report."""

    imprint: Imprint
    mission: str
    """Reference of the mission."""
    title: Wording
    departs_on: str
    returns_on: str
    countries: tuple[Wording, ...] = ()
    places: tuple[str, ...] = ()
    order_number: str = ""
    order_date: str = ""
    fields: tuple[Wording, ...] = ()
    host: Wording = NOTHING_SAID
    exchange: Linked | None = None
    summary: str = ""
    context: str = ""
    objectives: str = ""
    expected_outputs: str = ""
    method: str = ""
    calendar: str = ""
    travellers: tuple[Traveller, ...] = ()
    legs: tuple[Leg, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    findings: tuple[Finding, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    commitments: tuple[CommitmentServed, ...] = ()
    next_steps: str = ""
    annexes: tuple[Annex, ...] = ()


@dataclass(frozen=True, slots=True)
class BudgetLine:
    kind: str
    """Code of ``expense_kind``; ``label`` is its wording."""
    label: Wording
    amount: Money
    quantity: Decimal = Decimal(1)
    rate: Money | None = None
    """Price of one."""
    in_office_currency: Money | None = None
    """None where the amount is in the office's currency already."""
    funding: Wording = NOTHING_SAID
    description: str = ""


@dataclass(frozen=True, slots=True)
class Advance:
    amount: Money
    in_office_currency: Money | None = None
    paid_on: str = ""
    reference: str = ""
    traveller: str = ""


CLAIMED, ACCEPTED, REJECTED = "claimed", "accepted", "rejected"


@dataclass(frozen=True, slots=True)
class ExpenseEntry:
    date: str
    traveller: str
    kind: str
    label: Wording
    amount: Money
    in_office_currency: Money
    rate: Decimal = Decimal(1)
    """Units of the office's currency for one unit of the amount's currency."""
    rate_source: str = ""
    rate_date: str = ""
    description: str = ""
    receipt: str = ""
    state: str = CLAIMED
    reason: str = ""
    """Why it was rejected."""


@dataclass(frozen=True, slots=True)
class MissionFinance:
    """The data of the internal annex with the costs of a mission."""

    imprint: Imprint
    mission: str
    title: Wording
    departs_on: str
    returns_on: str
    currency: str
    """Of the office, ISO 4217."""
    travellers: tuple[Traveller, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    advances: tuple[Advance, ...] = ()
    expenses: tuple[ExpenseEntry, ...] = ()


def encoded(snapshot: object) -> bytes:
    """Return the canonical bytes of a snapshot: the same data, the same bytes."""
    return msgspec.json.encode(snapshot, order="deterministic")


def decoded(data: bytes, kind: type[S]) -> S:
    """Return the snapshot that ``data`` holds.

    Raises FileRefused ``bad-snapshot`` where the bytes are not such a snapshot.
    """
    try:
        if len(data) > _LARGEST:
            raise ValueError(len(data))
        return msgspec.json.decode(data, type=kind)
    except (ValueError, RecursionError) as error:
        raise FileRefused(
            "bad-snapshot",
            N_("The data that this report was made from cannot be read."),
            hint=N_("Nothing was changed. The signed PDF stays valid; build a new revision."),
        ) from error


def fingerprint(snapshot: object) -> str:
    """Return the SHA-256 of the canonical bytes, in hexadecimal."""
    return sha256(encoded(snapshot)).hexdigest()
