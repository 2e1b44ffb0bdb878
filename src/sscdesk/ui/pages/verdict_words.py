"""What a verdict on a PDF is called: its first words, its tone, each signature."""

from dataclasses import dataclass

from sscdesk.i18n import _, format_instant
from sscdesk.reports.verdict import SignatureFound, Verdict, Weight
from sscdesk.ui.wording import isolated


def tone_of_verdict(verdict: Verdict) -> str:
    """Return the tone of a verdict, beside its words and never instead of them."""
    if verdict.complete:
        return "good"
    if verdict.valid:
        return "info"
    worst = verdict.worst
    return "bad" if worst is None or worst.weight >= Weight.TAMPERED else "warn"


def first_words(verdict: Verdict) -> str:
    """Return the first words on the screen: the worst finding, or that all is in order."""
    if verdict.complete:
        return _("Authentic and unchanged")
    if verdict.valid:
        return _("Authentic so far: a signature is still expected")
    return verdict.worst.sentence() if verdict.worst else _("This cannot be verified")


def other_findings(verdict: Verdict) -> list[str]:
    """Return the findings beyond the three that the sentences tell, the worst first."""
    bad = [one for one in verdict.reasons if one.weight > Weight.NOTE]
    notes = [one for one in verdict.reasons if one.weight <= Weight.NOTE]
    return [one.sentence() for one in (*bad[3:], *notes)]


@dataclass(frozen=True, slots=True)
class SignatureWords:
    """One signature as it is shown."""

    who: str
    when: str
    word: str
    tone: str


def signature_words(found: SignatureFound) -> SignatureWords:
    """Say who signed, when, and what that signature is worth."""
    parts = [found.officer or _("unknown"), found.function]
    who = ", ".join(part for part in parts if part)
    when = format_instant(found.signed_at) if found.signed_at else _("at an unknown time")
    told = " · ".join(isolated(part) for part in (found.office_name, when) if part)
    word, tone = _worth(found)
    return SignatureWords(who, told, word, tone)


def _worth(found: SignatureFound) -> tuple[str, str]:
    if not found.intact:
        return _("Does not hold"), "bad"
    if not found.trusted:
        return _("Holds, but not known to be theirs"), "warn"
    return _("Holds"), "good"
