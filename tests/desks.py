"""Building desks for tests: real profiles, real encryption, a clock that tests own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sscdesk.application import officers, records
from sscdesk.application import synchronise as sync
from sscdesk.application.opening import found_office, open_workspace
from sscdesk.application.views import RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.model.values import Money, Value
from sscdesk.store.derivation import TEST_COST

PASSPHRASE = "une phrase que l'on retient"
EVERY_HAT = ("admin", "focal_point", "officer")


@dataclass
class Clock:
    """Time that moves when told to."""

    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)

    def at(self, text: str) -> None:
        self.now = datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class DeskMaker:
    """Makes desks in a folder and closes them afterwards."""

    folder: Path
    seed: int = 1
    clock: Clock = field(default_factory=Clock)
    opened: list[Workspace] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random: Callable[[int], bytes] = Random(self.seed).randbytes

    def office(
        self, code: str, roles: Iterable[str] = EVERY_HAT, name: str = "Nadia Alaoui"
    ) -> Workspace:
        """Found an office with one officer."""
        given, _, family = name.partition(" ")
        officer: dict[str, Value] = {"given": given, "family": family, "roles": tuple(roles)}
        w = found_office(
            self.folder / code, code, officer, "first", PASSPHRASE,
            cost=TEST_COST, clock=self.clock, random=self.random,
        )  # fmt: skip
        self.opened.append(w)
        return w

    def enter(self, w: Workspace, name: str, *roles: str) -> str:
        """Add an officer to a desk and return the login."""
        given, _, family = name.partition(" ")
        fields: dict[str, Value] = {"given": given, "family": family, "roles": roles}
        return officers.add(w, fields, PASSPHRASE, cost=TEST_COST).login

    def as_officer(self, w: Workspace, login: str) -> Workspace:
        """Close a desk and open it again as another officer."""
        folder = w.profile.folder
        w.close()
        self.opened.remove(w)
        again = open_workspace(folder, login, PASSPHRASE, clock=self.clock, random=self.random)
        self.opened.append(again)
        return again

    def close(self) -> None:
        for w in self.opened:
            w.close()


def authorise(w: Workspace, *offices: str) -> None:
    """Record a data-protection authorisation for other offices."""
    with w.unit("Authorise", undoable=False) as unit:
        unit.rules.founding = True
        record = records.find(w, w.office)
        for office in offices:
            values: dict[str, Value] = {"destination": office, "number": f"A-{office}-1"}
            unit.add_part("office", record, "authorisation", values)


def befriend(folder: Path, *desks: Workspace, personal: bool = True) -> None:
    """Exchange cards between offices and compare their words."""
    for w in desks if personal else ():
        authorise(w, *(other.office for other in desks if other is not w))
    for w in desks:
        sync.export_card(w, folder / f"{w.office}.ssccard")
    for w in desks:
        for other in desks:
            if other is not w:
                words = sync.own_card(other).fingerprint
                sync.trust_card(w, folder / f"{other.office}.ssccard", words)


def send(folder: Path, sender: Workspace, *receivers: Workspace) -> None:
    """Let a file travel from one office to others, one file each."""
    for receiver in receivers:
        path = folder / f"{sender.office}-{receiver.office}-{sender.random(4).hex()}.sscsync"
        sync.export(sender, [receiver.office], path)
        sync.accept(receiver, [path])


MISSION: Mapping[str, Value] = {
    "purpose_fr": "Étudier l'accueil des investisseurs de la diaspora",
    "departs_on": "2026-03-09",
    "returns_on": "2026-03-13",
    "host_offices": ("ML",),
    "fields_of_action": ("migration_development",),
    "tor_context": "Le guichet de Bamako est cité en exemple.",
    "tor_objectives": "Comprendre son organisation.",
    "tor_outputs": "Une fiche de pratique.",
    "funding_source": "state_budget",
    "summary": "Un guichet unique, un suivi d'un an.",
}


def a_mission(w: Workspace, **values: Value) -> RecordView:
    """A mission that can be submitted."""
    legs: list[Mapping[str, Value]] = [
        {"from_place": "Rabat", "to_place": "Bamako", "date": "2026-03-09", "country": "ML"},
        {"from_place": "Bamako", "to_place": "Rabat", "date": "2026-03-13", "country": "MA"},
    ]
    return records.create(
        w,
        "mission",
        {**MISSION, **values},
        {
            "traveller": [{"person": w.actor.officer, "quality": "head"}],
            "leg": legs,
            "budget_line": [{"kind": "per_diem", "amount": Money(1_840_000, "MAD")}],
        },
    )


PLAN: Mapping[str, Value] = {
    "title_fr": "Plan d'action Maroc–Mali",
    "offices": ("MA", "ML"),
    "period_from": "2026",
    "period_until": "2028",
}


def an_organisation(w: Workspace, name: str = "Direction de la coopération") -> RecordView:
    """A ministry of the desk's own country."""
    values: dict[str, Value] = {"name_fr": name, "country": w.office}
    return records.create(w, "organisation", {**values, "kind": "ministry", "level": "national"})


def a_plan(w: Workspace, **values: Value) -> RecordView:
    """An action plan of Morocco and Mali: a record that both offices may write."""
    ministry = an_organisation(w)
    agreement = records.create(
        w,
        "agreement",
        {
            "title_fr": "Mémorandum d'entente",
            "kind": "mou",
            "countries": ("MA", "ML"),
            "parties": (ministry.id,),
        },
    )
    return records.create(w, "action_plan", {**PLAN, "agreement": agreement.id, **values})
