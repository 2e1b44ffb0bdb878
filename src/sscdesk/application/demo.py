"""The demonstration: four offices with the sample data and some months of their life.

Everything is done through the application's own services, by officers with their own
roles, on a clock that moves from last winter to today. Nobody in it exists.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sscdesk.application import (
    importing,
    officers,
    records,
)
from sscdesk.application import synchronise as sync
from sscdesk.application.demo_exchange_texts import EXCHANGES, ExchangeStory
from sscdesk.application.demo_exchanges import live_exchange
from sscdesk.application.demo_life import PASSPHRASE, Clock, Life
from sscdesk.application.demo_mission_texts import MISSIONS, MissionStory
from sscdesk.application.demo_missions import live_mission
from sscdesk.application.demo_texts import LETTERHEADS, PARTNERS_EDIT, PEOPLE, README, UNOPENED
from sscdesk.application.opening import found_office
from sscdesk.application.sample import ENTITY_OF, GROUPS, own_rows
from sscdesk.application.workspace import Workspace, system_clock
from sscdesk.model.offices import OFFICES
from sscdesk.model.refusal import FileRefused
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.store.derivation import LEAST_COST, Cost


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What was made."""

    folder: str
    offices: tuple[str, ...]
    logins: dict[str, tuple[str, ...]]
    documents: tuple[str, ...]
    files: int
    conflicts: int
    suggestions: int


def make_demo(
    folder: Path,
    *,
    clock: Callable[[], datetime] = system_clock,
    random: Callable[[int], bytes] = os.urandom,
    cost: Cost = LEAST_COST,
) -> DemoReport:
    """Make the demonstration in an empty or new folder.

    ``cost`` is that of guessing a passphrase; this one stands in a file beside it.

    Raises ``FileRefused`` ("folder-not-empty").
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileRefused(
            "folder-not-empty",
            N_("The folder for the demonstration is not empty."),
            hint=N_("Nothing was changed. Choose a new folder."),
        )
    for name in ("documents", "files"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "passphrase.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")
    (folder / "README.txt").write_text(README.format(passphrase=PASSPHRASE), encoding="utf-8")
    life = Life(folder, Clock(clock() - timedelta(days=300)), random, cost)
    try:
        return _live(life, clock())
    finally:
        for w in life.desks.values():
            w.close()


def _live(life: Life, today: datetime) -> DemoReport:
    for code in OFFICES:
        life.desks[code] = _found(life, code)
    _befriend(life)
    _take_over(life)
    documents = _year(life, today)
    _concurrent_edits(life)
    _left_to_do(life)
    ma = life.desks["MA"]
    return DemoReport(
        folder=str(life.folder),
        offices=OFFICES,
        logins={code: w.profile.logins for code, w in life.desks.items()},
        documents=tuple(sorted(path.name for path in documents)),
        files=life.files,
        conflicts=len(sync.conflicts(ma)),
        suggestions=len(sync.suggestions(ma)),
    )


# ---------------------------------------------------------------- offices


def _found(life: Life, code: str) -> Workspace:
    """Found an office with one officer for each role."""
    first, *others = PEOPLE[code]
    w = found_office(
        life.folder / code,
        code,
        _officer(first),
        f"{first[0]}.{code.lower()}",
        PASSPHRASE,
        cost=life.cost,
        clock=life.clock,
        random=life.random,
    )
    for person in others:
        officers.add(
            w, _officer(person), PASSPHRASE, cost=life.cost, login=f"{person[0]}.{code.lower()}"
        )
    with w.unit(N_("Letterhead"), undoable=False) as unit:
        unit.rules.founding = True
        record = records.find(w, code)
        unit.change("office", record, dict(LETTERHEADS[code]))
        for other in OFFICES:
            if other != code:
                number: dict[str, Value] = {
                    "destination": other,
                    "number": f"SPECIMEN-{code}-{other}",
                }
                unit.add_part("office", record, "authorisation", number)
    return w


def _officer(person: tuple[str, str, str, str, tuple[str, ...]]) -> dict[str, Value]:
    _, given, family, function, roles = person
    return {
        "given": given,
        "family": family,
        "function_fr": function,
        "roles": tuple(sorted(roles)),
        "passport_number": "SPECIMEN",
        "passport_expiry": "2031-12-31",
    }


def _befriend(life: Life) -> None:
    for code, w in life.desks.items():
        sync.export_card(w, life.folder / "files" / f"{code}.ssccard")
    for code, w in life.desks.items():
        for other, partner in life.desks.items():
            if other != code:
                words = sync.own_card(partner).fingerprint
                sync.trust_card(w, life.folder / "files" / f"{other}.ssccard", words)


# ---------------------------------------------------------------- the older register


def _take_over(life: Life) -> None:
    """Each office imports its own rows of the sample, then all exchange files."""
    with TemporaryDirectory() as scratch:
        for group in GROUPS:
            for name in group:
                for code, w in life.desks.items():
                    path = Path(scratch) / f"{code}-{name}.csv"
                    if own_rows(name, code, path):
                        importing.accept(w, importing.preview(w, path, ENTITY_OF[name]))
            life.meet()


# ---------------------------------------------------------------- the year


def _year(life: Life, today: datetime) -> list[Path]:
    """Live through the exchanges and missions; return the documents that were signed."""
    documents: list[Path] = []
    latest = today - timedelta(days=3)
    stories: list[ExchangeStory | MissionStory] = [*EXCHANGES, *MISSIONS]
    for story in sorted(stories, key=lambda one: -one.days_ago):
        begins = _working_day(today - timedelta(days=story.days_ago), today)
        life.clock.reach(min(begins - timedelta(days=20), latest))
        if isinstance(story, ExchangeStory):
            live_exchange(life, story, begins)
        else:
            documents += live_mission(life, story, begins)
    life.clock.reach(today - timedelta(days=2))
    life.meet()
    return documents


def _working_day(day: datetime, today: datetime) -> datetime:
    """Nothing begins on a weekend: what is past began on Friday, what is to come waits."""
    step = 1 if day > today else -1
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day


def _concurrent_edits(life: Life) -> None:
    """Two offices write the same field without knowing of each other; one suggests."""
    ma, ml = life.desks["MA"], life.desks["ML"]
    ref, name, rabat, bamako = PARTNERS_EDIT
    with life.as_role("MA", "focal") as w:
        records.change(w, ref, {name: rabat})
    with life.as_role("ML", "focal") as w:
        records.change(w, ref, {name: bamako})
        sync.suggest(w, "MA-ORG-2019-0001", "city", "Rabat-Agdal")
    assert ma is not ml
    life.send("ML", "MA")
    life.send("MA", "ML")


def _left_to_do(life: Life) -> None:
    """What the newcomer finds on the desk of Rabat: news to send, a file not yet opened."""
    with life.as_role("SN", "charge") as w:
        records.change(w, "SN-ORG-2019-0006", {"city": "Thiès", "telephone": "+221 330000090"})
    with life.as_role("SN", "focal") as w:
        sync.export(w, ["MA"], life.folder / "files" / UNOPENED)
    life.files += 1
    with life.as_role("MA", "charge") as w:
        records.change(w, "MA-ORG-2019-0017", {"city": "Béni Mellal", "acronym": "MMREM"})
        records.change(w, "MA-ORG-2019-0013", {"city": "Agadir", "region": "Souss-Massa"})
