"""Two offices with their authorities and heads, and reports that they signed."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from random import Random

from sscdesk.reports import registry, signing
from sscdesk.reports.authority import Credential, issue_officer, make_office_authority
from sscdesk.reports.layout import Paper
from sscdesk.reports.signatures import Stamp
from sscdesk.reports.snapshot import Signer
from sscdesk.reports.verifying import Departure, TrustedOffice
from tests.reports.samples import MALI_SIGNS, MAROC_SIGNS, a_mission_report, an_imprint

FOUNDED = datetime(2026, 1, 1, tzinfo=UTC)
SIGNED = datetime(2026, 3, 20, 10, 5, tzinfo=UTC)
COUNTERSIGNED = datetime(2026, 4, 2, 9, 40, tzinfo=UTC)
FIRST, SECOND = "signature-1-MA", "signature-2-ML"


@cache
def authority(office: str, name: str, seed: int = 0) -> Credential:
    """The authority of an office; another seed gives one that only has the same name."""
    return make_office_authority(office, name, FOUNDED, Random(f"{office}{name}{seed}").randbytes)


MOROCCO = authority("MA", "Bureau du Maroc")
MALI = authority("ML", "Bureau du Mali")


def an_officer(issuer: Credential = MOROCCO, name: str = "Nadia Alaoui Exemple") -> Credential:
    """An officer's credential of an office."""
    randomness = Random(name).randbytes
    function = "Directrice de la coopération"
    return issue_officer(issuer, name, function, FOUNDED, randomness, name)


NADIA = an_officer()
MOUSSA = an_officer(MALI, "Moussa Keïta Exemple")


def trusted(*departed: Departure) -> tuple[TrustedOffice, ...]:
    """The offices that the desk trusts; ``departed`` officers are those of Morocco."""
    return (
        TrustedOffice("MA", MOROCCO.certificate, departed),
        TrustedOffice("ML", MALI.certificate),
    )


@cache
def the_paper(language: str = "fr") -> Paper:
    """The mission report that both offices sign."""
    return registry.build("mission_report", a_mission_report(), language)


@cache
def a_paper_of_one_signer() -> Paper:
    """A report that only Morocco signs."""
    report = a_mission_report(imprint=an_imprint(second_letterhead=None, signers=(MAROC_SIGNS,)))
    return registry.build("mission_report", report, "fr")


def signed_by(
    pdf: bytes,
    field: str,
    officer: Credential,
    issuer: Credential,
    when: datetime = SIGNED,
    signer: Signer = MAROC_SIGNS,
) -> bytes:
    """The document with one more signature."""
    appearance = signing.Appearance(Stamp(signer, when, 60, "7F3A-91C2-04DE"), "fr")
    return signing.sign(pdf, field, officer, (issuer.certificate,), when, appearance)


@cache
def signed_once(language: str = "fr") -> bytes:
    """The report signed by Morocco."""
    return signed_by(the_paper(language).pdf, FIRST, NADIA, MOROCCO)


@cache
def signed_twice(language: str = "fr") -> bytes:
    """The report signed by Morocco and countersigned by Mali."""
    return signed_by(signed_once(language), SECOND, MOUSSA, MALI, COUNTERSIGNED, MALI_SIGNS)


def renamed(signer: Signer, name: str) -> Signer:
    """The same signer under another name."""
    return replace(signer, name=name)
