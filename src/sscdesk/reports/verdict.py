"""What the desk says of a PDF: a verdict with reasons, the worst first, in whole sentences."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from sscdesk.i18n import _, format_instant, is_right_to_left
from sscdesk.model.text import N_
from sscdesk.reports.words import semicolon


class Weight(IntEnum):
    """How much a reason weighs; the order is that of the list of reasons."""

    NOTE = 0
    """Said, but the signatures stand."""
    DOUBT = 1
    """The bytes are as signed, but not by whom or when it should be."""
    TAMPERED = 2
    """Something was added, changed, hidden or forged."""
    UNREADABLE = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding: a stable code, a msgid with placeholders, and what fills them."""

    code: str
    weight: Weight
    message: str
    params: tuple[tuple[str, str], ...] = ()

    def sentence(self) -> str:
        """Return the finding in the current language."""
        return _(self.message).format(**dict(self.params))


@dataclass(frozen=True, slots=True)
class SignatureFound:
    """One signature, as its certificate and the file tell it."""

    field: str
    officer: str
    function: str
    office: str
    """Code of the office whose authority issued the certificate, empty where it is unknown."""
    office_name: str
    signed_at: datetime | None
    """Said by the signer's own clock."""
    intact: bool
    """The bytes that it covers are those that were signed."""
    trusted: bool
    """Its authority is that of an office this desk trusts, and it was valid at the time."""
    covers_whole_file: bool
    signed_after: tuple[str, ...] = ()
    """Fields that were lawfully signed later."""
    certificate: str = ""
    """SHA-256 of the certificate."""


@dataclass(frozen=True, slots=True)
class Pin:
    """What the paper says of itself: which report it is and from which data it was made."""

    kind: str
    language: str
    reference: str
    revision: int
    check_code: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole answer; ``valid`` means signed, unchanged, and by offices that are trusted."""

    valid: bool
    signatures: tuple[SignatureFound, ...] = ()
    reasons: tuple[Reason, ...] = ()
    """The worst first; notes do not make a paper invalid."""
    awaiting: tuple[str, ...] = ()
    """Fields that still expect their signature."""
    pin: Pin | None = None

    @property
    def complete(self) -> bool:
        """Whether every expected signature is there and all of them stand."""
        return self.valid and not self.awaiting

    @property
    def worst(self) -> Reason | None:
        """The finding that decides, None where nothing was found."""
        return self.reasons[0] if self.reasons else None


def reason(code: str, **params: str) -> Reason:
    """Return the finding ``code`` of the table below, filled with ``params``."""
    weight, message = REASONS[code]
    return Reason(code, weight, message, tuple(sorted(params.items())))


REASONS: dict[str, tuple[Weight, str]] = {
    "too-large": (Weight.UNREADABLE, N_("This file is too large to be a report.")),
    "not-a-pdf": (Weight.UNREADABLE, N_("This file is not a PDF.")),
    "unreadable": (Weight.UNREADABLE, N_("This PDF is damaged or made to confuse programs.")),
    "encrypted": (Weight.UNREADABLE, N_("This PDF is encrypted; a report never is.")),
    "altered": (
        Weight.TAMPERED,
        N_("The document was changed after {officer} signed: what you see is not what was signed."),
    ),
    "bad-signature": (Weight.TAMPERED, N_("The signature in {field} is not a valid signature.")),
    "bad-coverage": (
        Weight.TAMPERED,
        N_("The signature in {field} does not cover the document as it should: it was moved."),
    ),
    "unlawful-change": (
        Weight.TAMPERED,
        N_("Something was added or changed after {officer} signed."),
    ),
    "appended": (Weight.TAMPERED, N_("Something was added to the file after the last signature.")),
    "changed-before": (
        Weight.TAMPERED,
        N_("The file was changed between its making and the first signature."),
    ),
    "hidden-content": (
        Weight.TAMPERED,
        N_("The file holds hidden content that could be made visible after the signature."),
    ),
    "active-content": (
        Weight.TAMPERED,
        N_("The file holds programs or actions; a report never does."),
    ),
    "foreign-form": (Weight.TAMPERED, N_("The file has form fields that no report has.")),
    "loose-signature": (
        Weight.TAMPERED,
        N_("The file holds a signature that belongs to no signature field."),
    ),
    "unsigned": (Weight.DOUBT, N_("This document carries no signature.")),
    "impostor": (
        Weight.DOUBT,
        N_("{officer} signed with a certificate that only claims to be of {office_name}."),
    ),
    "unknown-authority": (
        Weight.DOUBT,
        N_("{officer} signed with a certificate of an authority that this desk does not know."),
    ),
    "not-a-signer": (
        Weight.DOUBT,
        N_("The certificate of {officer} is not made for signing reports."),
    ),
    "expired": (Weight.DOUBT, N_("The certificate of {officer} was not valid on {date}.")),
    "departed": (Weight.DOUBT, N_("{officer} no longer signed for the office on {date}.")),
    "no-time": (Weight.DOUBT, N_("The signature of {officer} does not say when it was made.")),
    "wrong-office": (
        Weight.DOUBT,
        N_("{officer} of {office_name} signed in the place of another office."),
    ),
    "same-signer": (Weight.DOUBT, N_("{officer} signed more than once.")),
    "departed-later": (
        Weight.NOTE,
        N_(
            "{officer} has left the office since; the date of signing is the signer's own"
            " statement."
        ),
    ),
    "awaiting": (Weight.NOTE, N_("Signatures are still expected: {count}.")),
}


def sentences(verdict: Verdict) -> tuple[str, str, str]:
    """Return who signed what and when; whether anything was changed; what to do."""
    return _who(verdict), _changed(verdict), _advice(verdict)


def _who(verdict: Verdict) -> str:
    named = [found for found in verdict.signatures if found.officer]
    if not named:
        return _("Nobody signed this document in a way that can be checked.")
    told = semicolon().join(_one(found) for found in named)
    if verdict.pin:
        return _("{reference} revision {revision}, signed by {signers}.").format(
            reference=verdict.pin.reference, revision=verdict.pin.revision, signers=told
        )
    return _("Signed by {signers}.").format(signers=told)


def _one(found: SignatureFound) -> str:
    when = format_instant(found.signed_at) if found.signed_at else _("at an unknown time")
    text = _("{officer} ({office}), {when}")
    if not found.trusted:
        text = _("someone who claims to be {officer} ({office}), {when}")
    return text.format(
        officer=_apart(found.officer), office=_apart(found.office_name), when=_apart(when)
    )


def _apart(name: str) -> str:
    """Keep a name or a date from tearing an Arabic sentence (U+2068 and U+2069, UAX #9)."""
    return f"\u2068{name}\u2069" if name and is_right_to_left() else name


def _changed(verdict: Verdict) -> str:
    bad = [finding for finding in verdict.reasons if finding.weight > Weight.NOTE]
    if bad:
        return " ".join(finding.sentence() for finding in bad[:3])
    return _("Nothing was added or changed since it was signed.")


def _advice(verdict: Verdict) -> str:
    worst = verdict.worst
    if verdict.complete:
        return _("You can rely on this document.")
    if verdict.valid:
        return _("You can rely on it as far as it is signed; wait for the other signatures.")
    if worst and worst.weight >= Weight.TAMPERED:
        return _("Do not use it. Ask the office that issued it for the original file.")
    return _("Do not rely on it until the office named has confirmed it by another way.")
