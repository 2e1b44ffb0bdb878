"""The briefing sheet on a person, an organisation, a country or a mission: always one page."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application.reading import resolve
from sscdesk.application.rules import recorded_vocabularies
from sscdesk.i18n import language
from sscdesk.model.refusal import Refused
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.store.files import write_aside

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace
    from sscdesk.reports.briefing import Briefing
    from sscdesk.reports.layout import Paper

ENTITIES = ("person", "organisation", "mission")
"""The records that one is briefed on; a country is named by its code."""
SECTIONS = ("to_raise", "they_owe", "we_owe", "contacts", "exchanges")
MOST = 8
"""Lines of a section at most; fewer where the page is full."""
LONGEST = 160
"""Letters of a title or a fact at most."""


def brief(w: "Workspace", ref: str, language_code: str) -> bytes:
    """Return the sheet on a record, or on a country by its code (``ML``), as a PDF.

    Raises ``NotFound``, and ``Refused`` ("nothing-to-brief") for other kinds of records.
    """
    from sscdesk.application.snapshots.briefings import briefing
    from sscdesk.application.snapshots.freezer import Freezer

    check_right(w.actor, "read", "person")
    with w.read() as connection, language(language_code):
        entity, identifier = _subject(w, connection, ref)
        whole = briefing(Freezer(w, connection), entity, identifier)
    return _on_one_page(whole, language_code).pdf


def save(w: "Workspace", ref: str, path: Path, language_code: str) -> None:
    """Write the sheet to a file."""
    check_right(w.actor, "export_report")
    write_aside(path, brief(w, ref, language_code))


def _subject(w: "Workspace", connection: Connection, ref: str) -> tuple[str, str]:
    code = ref.strip().upper()
    if len(code) == 2 and recorded_vocabularies(connection, w.office).knows("country", code):
        return "country", code
    entity, identifier = resolve(connection, ref)
    if entity not in ENTITIES:
        raise Refused(
            "nothing-to-brief",
            N_("There is no briefing sheet on records of this kind."),
            hint=N_("Name a person, an organisation, a mission, or a country by its code."),
        )
    return entity, identifier


def _on_one_page(whole: "Briefing", language_code: str) -> "Paper":
    """Leave out what is oldest and least pressing until all stands on one page."""
    from sscdesk.reports.registry import build

    most = sum(min(MOST, len(getattr(whole, name))) for name in SECTIONS)
    best = build("briefing", _shortened(whole, 0), language_code)
    least = 1
    while least <= most:
        lines = (least + most + 1) // 2
        paper = build("briefing", _shortened(whole, lines), language_code)
        if paper.pages == 1:
            best, least = paper, lines + 1
        else:
            most = lines - 1
    return best


def _shortened(whole: "Briefing", lines: int) -> "Briefing":
    """Return the sheet with so many lines in all, dealt to its sections in turn."""
    dealt = dict.fromkeys(SECTIONS, 0)
    while lines > 0:
        before = lines
        for name in SECTIONS:
            if lines and dealt[name] < min(MOST, len(getattr(whole, name))):
                dealt[name] += 1
                lines -= 1
        if lines == before:
            break
    kept = {name: getattr(whole, name)[:count] for name, count in dealt.items()}
    left_out = sum(len(getattr(whole, name)) - count for name, count in dealt.items())
    facts = tuple((label, _cut(text)) for label, text in whole.facts)
    return replace(whole, **kept, title=_cut(whole.title), facts=facts, left_out=left_out)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
