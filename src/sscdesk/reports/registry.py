"""Building papers by their kind: the one door that the rest of the desk goes through."""

from typing import Any

from sscdesk.i18n import _, language
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.reports import fonts, lines, typography
from sscdesk.reports.check_code import check_code
from sscdesk.reports.kinds import KINDS, ReportKind, Section
from sscdesk.reports.layout import Edition, Paper, compose
from sscdesk.reports.snapshot import fingerprint

__all__ = [
    "KINDS",
    "ReportKind",
    "Section",
    "build",
    "code_for",
    "forget",
    "kind",
    "missing_sections",
]


def kind(code: str) -> ReportKind:
    """Return the kind ``code``; raises NotFound ``unknown-report-kind``."""
    try:
        return KINDS[code]
    except KeyError:
        raise NotFound(
            "unknown-report-kind",
            N_("There is no kind of report called “{kind}”."),
            hint=N_("The kinds are listed under Reports › New."),
            params={"kind": code},
        ) from None


def missing_sections(code: str, snapshot: object) -> tuple[Section, ...]:
    """Return the required sections that nothing fills: they block the submission."""
    return tuple(section for section in kind(code).required if not section.filled(snapshot))


def code_for(code: str, snapshot: object, language_code: str) -> str:
    """Return the check code of the paper that ``build`` makes of the same arguments."""
    return check_code(code, language_code, snapshot)


def build(code: str, snapshot: Any, language_code: str, *, draft: bool = False) -> Paper:
    """Make the PDF of ``snapshot`` in a language: the same arguments give the same bytes.

    A ``draft`` is marked as one on every page and names the required sections it lacks.
    """
    made = kind(code)
    with language(language_code):
        edition = Edition(
            kind=code,
            title=_document_title(made, snapshot),
            running=made.running_title(snapshot),
            imprint=snapshot.imprint,
            check_code=check_code(code, language_code, snapshot),
            fingerprint=fingerprint(snapshot),
            draft=draft,
            internal=made.internal,
            sheet=made.sheet,
        )
        return compose(made.blocks(snapshot, draft), edition)


def _document_title(made: ReportKind, snapshot: Any) -> str:
    title = _(made.label)
    reference = snapshot.imprint.reference
    return f"{title} {reference}" if reference else title


def forget() -> None:
    """Drop the texts that are kept for speed: called when the desk locks or a profile closes."""
    lines.forget()
    typography.typeset.cache_clear()
    fonts.forget()
