"""The demonstration: four offices with the sample data and some months of their life.

Everything is done through the application's own services, by officers with their own
roles, on a clock that moves from last winter to today. Nobody in it exists.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sscdesk.application import (
    actions,
    attachments,
    follow_ups,
    importing,
    officers,
    records,
    reports,
)
from sscdesk.application import synchronise as sync
from sscdesk.application.demo_texts import (
    LETTERHEADS,
    MISSIONS,
    PARTNERS_EDIT,
    PEOPLE,
    README,
    MissionStory,
)
from sscdesk.application.opening import actor_of, found_office
from sscdesk.application.reading import require_row
from sscdesk.application.sample import ENTITY_OF, GROUPS, own_rows
from sscdesk.application.workspace import Workspace, system_clock
from sscdesk.model.offices import OFFICES
from sscdesk.model.refusal import FileRefused
from sscdesk.model.text import N_
from sscdesk.model.values import Money, Value
from sscdesk.store.derivation import LEAST_COST

PASSPHRASE = "atlas niger lagune teranga"


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


@dataclass
class _Life:
    """The offices while they live."""

    folder: Path
    clock: "_Clock"
    desks: dict[str, Workspace] = field(default_factory=dict)
    files: int = 0

    def send(self, sender: str, *receivers: str) -> None:
        """Let a file travel; it stays in the folder of files."""
        for receiver in receivers:
            self.files += 1
            name = f"{self.files:03}-{sender}-{receiver}.sscsync"
            path = self.folder / "files" / name
            sync.export(self.desks[sender], [receiver], path)
            sync.accept(self.desks[receiver], [path], deletions_read=True)

    def meet(self) -> None:
        """Everybody learns everybody's news, through Rabat."""
        others = [code for code in self.desks if code != "MA"]
        for code in others:
            self.send(code, "MA")
        self.send("MA", *others)

    @contextmanager
    def as_role(self, office: str, role: str) -> Iterator[Workspace]:
        """Work at a desk as its officer with a role."""
        w = self.desks[office]
        before = w.actor, w.login
        for one in officers.listing(w):
            if one.login.startswith(f"{role}."):
                with w.read() as connection:
                    w.actor = actor_of(connection, require_row(connection, "officer", one.id))
                w.login = one.login
        try:
            yield w
        finally:
            w.actor, w.login = before


class _Clock:
    """Moves from day to day; each look at it takes a second."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def reach(self, moment: datetime) -> None:
        """Go on to a moment, never back."""
        self.now = max(self.now, moment)


def make_demo(
    folder: Path,
    *,
    clock: Callable[[], datetime] = system_clock,
    random: Callable[[int], bytes] = os.urandom,
) -> DemoReport:
    """Make the demonstration in an empty or new folder.

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
    life = _Life(folder, _Clock(clock() - timedelta(days=300)))
    try:
        return _live(life, random, clock())
    finally:
        for w in life.desks.values():
            w.close()


def _live(life: _Life, random: Callable[[int], bytes], today: datetime) -> DemoReport:
    for code in OFFICES:
        life.desks[code] = _found(life, code, random)
    _befriend(life)
    _take_over(life)
    documents = _year(life, today)
    _concurrent_edits(life)
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


def _found(life: _Life, code: str, random: Callable[[int], bytes]) -> Workspace:
    """Found an office with one officer for each role."""
    first, *others = PEOPLE[code]
    w = found_office(
        life.folder / code,
        code,
        _officer(first),
        f"{first[0]}.{code.lower()}",
        PASSPHRASE,
        cost=LEAST_COST,
        clock=life.clock,
        random=random,
    )
    for person in others:
        officers.add(
            w, _officer(person), PASSPHRASE, cost=LEAST_COST, login=f"{person[0]}.{code.lower()}"
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


def _befriend(life: _Life) -> None:
    for code, w in life.desks.items():
        sync.export_card(w, life.folder / "files" / f"{code}.ssccard")
    for code, w in life.desks.items():
        for other, partner in life.desks.items():
            if other != code:
                words = sync.own_card(partner).fingerprint
                sync.trust_card(w, life.folder / "files" / f"{other}.ssccard", words)


# ---------------------------------------------------------------- the older register


def _take_over(life: _Life) -> None:
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


def _year(life: _Life, today: datetime) -> list[Path]:
    """Live through the missions of the year; return the documents that were signed."""
    documents: list[Path] = []
    for story in MISSIONS:
        departs = today - timedelta(days=story.days_ago)
        life.clock.reach(min(departs - timedelta(days=20), today - timedelta(days=3)))
        documents += _mission(life, story, departs)
    life.clock.reach(today - timedelta(days=2))
    life.meet()
    return documents


def _mission(life: _Life, story: MissionStory, departs: datetime) -> list[Path]:
    """Bring one mission as far as its story goes."""
    returns = departs + timedelta(days=story.days)
    with life.as_role("MA", "charge") as w:
        made = _prepared(w, story, departs, returns)
        if story.goes_to == "draft":
            return []
        actions.perform(w, made, "submit")
    if story.goes_to == "submitted":
        return []
    with life.as_role("MA", "focal") as w:
        actions.perform(w, made, "approve")
    if story.goes_to == "approved":
        return []
    if story.goes_to == "cancelled":
        with life.as_role("MA", "chef") as w:
            actions.perform(w, made, "cancel", "La partie hôte a demandé un report.")
        return []
    order = _signed(life, "mission_order", made)
    with life.as_role("MA", "chef") as w:
        actions.perform(w, made, "authorise")
    if story.goes_to == "authorised":
        return [order]
    life.clock.reach(departs)
    with life.as_role("MA", "charge") as w:
        actions.perform(w, made, "depart")
    if story.goes_to == "under_way":
        return [order]
    life.clock.reach(returns + timedelta(hours=8))
    with life.as_role("MA", "charge") as w:
        actions.perform(w, made, "come_back")
        _told(w, story, made, departs)
    if story.goes_to == "returned":
        return [order]
    return [order, *_reported(life, story, made)]


def _prepared(w: Workspace, story: MissionStory, departs: datetime, returns: datetime) -> str:
    leaves, comes = departs.date().isoformat(), returns.date().isoformat()
    home, place = "Rabat", story.place
    made = records.create(
        w,
        "mission",
        {
            "purpose_fr": story.purpose,
            "purpose_en": story.purpose_en,
            "host_offices": (story.host,),
            "country": story.host,
            "departs_on": leaves,
            "returns_on": comes,
            "fields_of_action": story.fields,
            "tor_context": story.context,
            "tor_objectives": story.objectives,
            "tor_outputs": story.outputs,
            "funding_source": "state_budget",
            "budget": Money(4_860_000, "MAD"),
            "basis": "sample",
        },
        {
            "traveller": [
                {"person": w.actor.officer, "quality": "head"},
                *({"person": _person(w, ref), "quality": "member"} for ref in story.travellers),
            ],
            "leg": [
                {"from_place": home, "to_place": place, "date": leaves, "time": "07:30",
                 "country": story.host, "transport": "air"},
                {"from_place": place, "to_place": home, "date": comes, "time": "16:20",
                 "country": "MA", "transport": "air"},
            ],
            "budget_line": [
                {"kind": "transport_air", "amount": Money(2_400_000, "MAD"), "quantity": "2"},
                {"kind": "per_diem", "amount": Money(1_840_000, "MAD"), "quantity": "4"},
                {"kind": "lodging", "amount": Money(620_000, "MAD"), "quantity": "4"},
            ],
        },
    )  # fmt: skip
    return made.ref


def _person(w: Workspace, ref: str) -> str:
    return records.find(w, ref)


def _told(w: Workspace, story: MissionStory, ref: str, departs: datetime) -> None:
    """What the travellers bring home."""
    for number, (organisation, subject, agreed) in enumerate(story.meetings):
        day = (departs + timedelta(days=1 + number % max(1, story.days - 1))).date().isoformat()
        records.add_part(
            w,
            ref,
            "meeting",
            {
                "held_on": day,
                "organisation": records.find(w, organisation),
                "subject": subject,
                "agreed": agreed,
            },
        )
    for words in story.findings:
        records.add_part(w, ref, "finding", {"words": words, "field": story.fields[0]})
    for what, days in story.recommendations:
        due = (departs + timedelta(days=days)).date().isoformat()
        records.add_part(w, ref, "recommendation", {"what": what, "due_on": due})
    records.change(w, ref, {"summary": story.summary, "next_steps": story.next_steps})
    follow_ups.from_recommendations(w, ref)
    note = story.summary.encode()
    attachments.attach_bytes(w, ref, "notes de mission.txt", note, "letter", "Notes de mission")
    for kind, amount, currency, description in story.expenses:
        values: dict[str, Value] = {
            "mission": records.find(w, ref),
            "traveller": w.actor.officer,
            "kind": kind,
            "spent_on": departs.date().isoformat(),
            "description": description,
            "amount": Money(amount, currency),
        }
        if currency == "XOF":
            values |= {
                "office_amount": Money(round(amount * 1.64), "MAD"),
                "rate": "0.0164",
                "rate_source": "Bank Al-Maghrib",
                "rate_date": departs.date().isoformat(),
            }
        records.create(w, "expense", values)


def _signed(life: _Life, kind: str, mission: str) -> Path:
    """Take a report through the signature book of Rabat."""
    with life.as_role("MA", "charge") as w:
        report = reports.build(w, kind, mission, "fr").ref
        reports.submit(w, report)
    with life.as_role("MA", "focal") as w:
        reports.review(w, report)
    with life.as_role("MA", "chef") as w:
        reports.sign(w, report, PASSPHRASE)
        path = life.folder / "documents" / f"{report}.pdf"
        reports.save(w, report, path)
    return path


def _reported(life: _Life, story: MissionStory, mission: str) -> list[Path]:
    path = _signed(life, "mission_report", mission)
    report = path.stem
    with life.as_role("MA", "focal") as w:
        actions.perform(w, mission, "report")
    made = [path]
    if story.countersigned:
        made.append(_countersigned(life, story.host, report))
    if story.goes_to in ("settled", "closed"):
        _settled(life, mission)
    if story.goes_to == "closed":
        with life.as_role("MA", "chef") as w:
            actions.perform(w, mission, "close")
    return made


def _countersigned(life: _Life, host: str, report: str) -> Path:
    """The file goes to the host office, its head signs, the answer comes back."""
    life.send(host, "MA")
    life.send("MA", host)
    with life.as_role(host, "chef") as w:
        reports.countersign(w, report, PASSPHRASE)
    life.send(host, "MA")
    path = life.folder / "documents" / f"{report}-contresigne.pdf"
    reports.save(life.desks["MA"], report, path)
    return path


def _settled(life: _Life, mission: str) -> None:
    with life.as_role("MA", "focal") as w:
        identifier = records.find(w, mission)
        with w.read() as connection:
            expenses = connection.exec_driver_sql(
                "SELECT id FROM expense WHERE mission = ? AND deleted = 0", (identifier,)
            ).scalars()
            wanted = list(expenses)
        for expense in wanted:
            actions.perform(w, expense, "accept")
        today = w.clock().date().isoformat()
        actions.perform(w, mission, "settle", values={"balance_settled_on": today})


def _concurrent_edits(life: _Life) -> None:
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
