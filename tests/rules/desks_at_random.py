"""Officers of four offices who do whatever comes to their mind, under one seed a step."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import Connection

from sscdesk.application import actions, records, reports
from sscdesk.application import synchronise as sync
from sscdesk.application.opening import open_workspace
from sscdesk.application.workspace import Workspace
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.field import fields_of
from sscdesk.model.refusal import DeskError
from sscdesk.model.values import Money, Value
from tests.desks import PASSPHRASE, Clock, DeskMaker
from tests.rules.crew import PEOPLE, Crew
from tests.rules.oracle import FIELDS, OWN, PARTNERS, Known, Oracle
from tests.rules.transitions import ACTS, states_of

OFFICES = ("MA", "CI", "ML", "SN")
RIGHTS = {"not-your-role", "not-your-office", "four-eyes", "wrong-state"}
"""Codes of refusals that are about a right; others are about what is missing."""
HEADINGS = ("problem", "how_it_works", "actors", "cost", "legal_basis", "results", "what_failed",
            "conditions_to_transfer", "level", "since", "agreed_on")  # fmt: skip
MADE = ("organisation", "person", "agreement", "action_plan", "commitment", "practice", "exchange",
        "mission", "mission", "follow_up", "expense", "report", "report")  # fmt: skip
REPORTED = (
    ("mission_order", "mission", ("approved", "authorised")),
    ("mission_report", "mission", ("returned",)),
    ("exchange_report", "exchange", ("held",)),
)
"""What is reported on, in which states."""
ACTED = ("mission", "mission", "mission", "report", "report", "report", "report", "exchange",
         "exchange", "commitment", "commitment", "commitment", "follow_up", "practice", "agreement",
         "action_plan", "action_plan", "expense")  # fmt: skip
NOTHING = "f" * 32
"""Stands for a record that the office would need first."""
DRAFTS = ("draft", "returned", "submitted", "reviewed")


def found_offices(folder: Path) -> Crew:
    """Four offices with all their officers: made once, then copied for each history."""
    crew = Crew(DeskMaker(folder, seed=11), folder)
    crew.found(*OFFICES)
    for office in OFFICES:
        w = crew.at(office, "officer")
        records.create(w, "organisation", _a_ministry(office, "Le ministère"))
        for given in ("Awa", "Omar"):
            records.create(w, "person", {"given": given, "family": office})
        if office != "MA":
            _bind(crew.at("MA", "officer"), office)
    crew.exchange()
    for w in crew.desks.values():
        w.close()
    return crew


def _a_ministry(office: str, name: str) -> dict[str, Value]:
    return {"name_fr": name, "country": office, "kind": "ministry", "level": "national"}


def _bind(w: Workspace, partner: str) -> None:
    """Begin an agreement and a plan of Morocco with another office."""
    ministry = records.create(w, "organisation", _a_ministry("MA", f"Pour {partner}")).id
    offices = ("MA", partner)
    agreement: dict[str, Value] = {"title_fr": "Mémorandum", "kind": "mou", "countries": offices}
    made = records.create(w, "agreement", {**agreement, "parties": (ministry,)}).id
    plan: dict[str, Value] = {"title_fr": "Plan", "offices": offices, "agreement": made}
    records.create(w, "action_plan", {**plan, "period_from": "2026", "period_until": "2028"})


@dataclass
class AtRandom:
    """One history."""

    folder: Path
    template: Crew
    log: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = Clock(self.template.maker.clock.now)
        random = Random(5).randbytes
        shutil.copytree(self.template.folder, self.folder)
        self.crew = Crew(self.template.maker, self.folder, people=self.template.people)
        for office in OFFICES:
            self.crew.desks[office] = open_workspace(
                self.folder / office, "first", PASSPHRASE, clock=self.clock, random=random
            )
        self.oracle = Oracle()
        self.letters: list[tuple[Path, str]] = []
        self.counts = {"done": 0, "refused": 0, "files": 0}
        self.reached: dict[str, set[str]] = {}
        self.files = 0

    def close(self) -> None:
        """Close all desks and forget the folder."""
        for w in self.crew.desks.values():
            w.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # ------------------------------------------------------------ looking

    def _people(self, chance: Random, office: str) -> tuple[Workspace, str]:
        who = chance.choice(list(PEOPLE))
        return self.crew.at(office, who), who

    def _known(self, office: str, entity: str) -> list[Known]:
        kind = record_kinds()[entity]
        wanted = {"country", "responsible_office", "second_offices", "kind", "host_offices"}
        wanted |= set(PARTNERS.get(entity, ()))
        names = [name for name in kind.fields if name in wanted]
        with self.crew.at(office).read() as connection:
            rows = (
                connection.exec_driver_sql(f'SELECT * FROM "{entity}" ORDER BY ref, id')
                .mappings()
                .all()
            )
        return [
            Known(
                entity, row["id"], row["owner"], row["state"], bool(row["deleted"]),
                {name: from_sql(kind.fields[name], row[name]) for name in names},
            )
            for row in rows
        ]  # fmt: skip

    def _any(self, chance: Random, office: str, entity: str) -> Known | None:
        found = [one for one in self._known(office, entity) if not one.deleted]
        return chance.choice(found[-12:]) if found else None

    def _id(self, chance: Random, office: str, entity: str) -> str:
        found = self._any(chance, office, entity)
        return found.id if found else NOTHING

    # ------------------------------------------------------------ what officers do

    def create(self, seed: int) -> None:
        """Somebody makes a record, complete enough to go on."""
        chance = Random(seed)
        office, entity = chance.choice(OFFICES), chance.choice(MADE)
        if entity == "report":
            self._build(chance, office)
            return
        values = self._values(chance, office, entity)
        if values is None or NOTHING in _references(values):
            entity, values = "organisation", _a_ministry(office, f"Agence {seed}")
        parts = self._parts(chance, office, entity, values)
        w, who = self._people(chance, office)
        roles = set(PEOPLE[who])
        against = set() if roles & {"officer", "focal_point", "head"} else {"not-your-role"}

        def run() -> str:
            return records.create(w, entity, values, parts).id

        made = self._try(f"{office} {who} makes {entity}", against, run)
        if made:
            self.oracle.did(made, "create", w.actor.officer)

    def _build(self, chance: Random, office: str) -> None:
        ready = [
            (kind, one)
            for kind, subject, states in REPORTED
            for one in self._known(office, subject)
            if one.owner == office and one.state in states
        ]
        unready = [("mission_report", one) for one in self._known(office, "mission")]
        wanted = ready if ready and chance.random() < 0.9 else unready
        if not wanted:
            self.create(chance.randrange(2**32))
            return
        w, who = self._people(chance, office)
        roles = set(PEOPLE[who])
        against = set() if roles & {"officer", "focal_point", "head"} else {"not-your-role"}
        kind, subject = chance.choice(wanted[-4:])
        if kind == "mission_report" and subject.state not in (
            "returned",
            "reported",
            "settled",
            "closed",
        ):
            against = against or {"subject-state"}
        record = subject.id
        made = self._try(
            f"{office} {who} builds {kind}", against,
            lambda: reports.build(w, kind, record, "fr").id,
        )  # fmt: skip
        if made:
            self.oracle.did(made, "create", w.actor.officer)

    def _values(  # noqa: PLR0911 - one kind of record, one answer
        self, chance: Random, office: str, entity: str
    ) -> dict[str, Value] | None:
        other = chance.choice([code for code in OFFICES if code != office])
        partner = other if office == "MA" else "MA"
        mine = self._id(chance, office, "organisation")
        day = f"2026-{'02' if chance.random() < 0.8 else '07'}"
        match entity:
            case "organisation":
                return _a_ministry(office, f"Direction {chance.randrange(10**6)}")
            case "person":
                return {"given": "Awa", "family": f"T{chance.randrange(10**6)}",
                        "may_be_shared": chance.random() < 0.8}  # fmt: skip
            case "agreement":
                return {"title_fr": "Mémorandum", "kind": "mou", "countries": (office, partner),
                        "parties": (mine,), "signed_on": "2019-02"}  # fmt: skip
            case "action_plan":
                return {"title_fr": "Plan", "offices": (office, partner), "period_from": "2026",
                        "period_until": "2028",
                        "agreement": self._id(chance, office, "agreement")}  # fmt: skip
            case "commitment":
                sides = [office, partner]
                chance.shuffle(sides)
                return {"title_fr": "Recevoir deux agents", "field": "migrants_rights",
                        "action_plan": self._id(chance, office, "action_plan"),
                        "owed_by": sides[0], "owed_to": sides[1], "owner_organisation": mine,
                        "beneficiary_organisation": mine, "due_on": "2026-06-30",
                        "evidence": "Un procès-verbal."}  # fmt: skip
            case "practice":
                return {"title_fr": "Guichet", "country": office, "owner_organisation": mine,
                        "field": "migrants_rights", "sub_theme": "integration",
                        **dict.fromkeys(HEADINGS, "Un texte."), "level": "national",
                        "since": "2014", "agreed_on": "2026-02-01"}  # fmt: skip
            case "exchange":
                return {"title_fr": "Atelier", "kind": "workshop", "step": "share",
                        "fields_of_action": ("migrants_rights",), "lead_office": office,
                        "partner_offices": (other,), "host_organisation": mine,
                        "starts_on": f"{day}-03", "ends_on": f"{day}-04",
                        "place": "Rabat", "objectives": "Comparer.",
                        "budget": Money(100_000, "XOF"),
                        "costs_settled_on": "2026-03-02"}  # fmt: skip
            case "mission":
                return {"purpose_fr": "Étude", "departs_on": f"{day}-09",
                        "returns_on": f"{day}-13", "host_offices": (other,),
                        "tor_context": "Contexte", "tor_objectives": "Objectifs",
                        "tor_outputs": "Fiche", "tor_method": f"METHODE+{office}+{other}",
                        "funding_source": "state_budget", "summary": "En bref."}  # fmt: skip
            case "follow_up":
                origin = chance.choice(("exchange", "mission", "commitment"))
                return {"action_fr": "Envoyer la fiche",
                        "origin": self._id(chance, office, origin),
                        "responsible_office": chance.choice((office, other)),
                        "responsible": mine, "due_on": "2026-04-30"}  # fmt: skip
            case "expense":
                return {"mission": self._id(chance, office, "mission"), "kind": "lodging",
                        "traveller": self._id(chance, office, "person"),
                        "spent_on": "2026-02-10", "amount": Money(90_000, "XOF")}  # fmt: skip
        return None

    def _parts(
        self, chance: Random, office: str, entity: str, values: Mapping[str, Value]
    ) -> Mapping[str, list[Mapping[str, Value]]]:
        if entity not in ("exchange", "mission"):
            return {}
        person = self._somebody(chance, office)
        if entity == "exchange":
            attendance = chance.choice(("attended", "attended", "invited"))
            return {"participation": [{"person": person, "attendance": attendance}],
                    "session": [{"title": "Ouverture"}],
                    "finding": [{"words": "Un lieu."}]}  # fmt: skip
        there, back = str(values["departs_on"]), str(values["returns_on"])
        return {
            "traveller": [{"person": person, "quality": "head"}],
            "leg": [{"from_place": "A", "to_place": "B", "date": there},
                    {"from_place": "B", "to_place": "A", "date": back}],
            "budget_line": [{"kind": "per_diem", "amount": Money(1_000, "XOF")}],
            "meeting": [{"held_on": there, "subject": "Guichet"}],
            "finding": [{"words": "Un agent."}],
            "recommendation": [{"what": "Rédiger", "due_on": "2026-05-01"}],
        }  # fmt: skip

    def _somebody(self, chance: Random, office: str) -> str:
        """A person met or sent: mostly somebody new, so that nobody is in two places."""
        if chance.random() < 0.8:
            w = self.crew.at(office, "officer")
            family = f"T{chance.randrange(10**6)}"
            return records.create(w, "person", {"given": "Awa", "family": family}).id
        return self._id(chance, office, "person")

    def act(self, seed: int) -> None:
        """Somebody does an act, mostly one that leads on."""
        chance = Random(seed)
        office = chance.choice(OFFICES)
        entity = chance.choice(ACTED)
        found = [
            one
            for one in self._known(office, entity)
            if one.owner == office or chance.random() < 0.4
        ]
        if not found:
            self.create(seed)
            return
        record = self._one_of(chance, found)
        rows = [row for row in ACTS if row.entity == entity]
        leading = [row for row in rows if record.state in row.sources]
        on = [row for row in leading if row.action not in ("cancel", "return", "drop", "terminate")]
        wanted = rows if not leading or chance.random() < 0.15 else leading
        row = chance.choice(on if on and chance.random() < 0.6 else wanted)
        if (entity, row.action) == ("exchange", "confirm") and chance.random() < 0.7:
            for partner in OFFICES:
                if partner != office:
                    self.deliver(office, partner)
        fit = [who for who in PEOPLE if set(PEOPLE[who]) & row.roles]
        who = chance.choice(fit if chance.random() < 0.75 else list(PEOPLE))
        w = self.crew.at(office, who)
        note = "Parce que." if chance.random() < 0.9 else ""
        against = self.oracle.against_act(record, row.action, office, PEOPLE[who], w.actor.officer)
        what = f"{office} {who} does {row.action} on {entity} {record.id[-5:]} ({record.state})"
        sign = {"sign": reports.sign, "countersign": reports.countersign}

        def run() -> str:
            if entity == "report" and row.action in sign:
                return sign[row.action](w, record.id, PASSPHRASE, note).state
            return actions.perform(w, record.id, row.action, note).state

        state = self._try(what, against, run)
        if state:
            self.oracle.did(record.id, row.action, w.actor.officer)
            self._check_reached(record, row.reached_from(record.state), state, bool(row.both), what)

    @staticmethod
    def _one_of(chance: Random, found: list[Known]) -> Known:
        """A late record, or the one that has come furthest and can go on."""
        entity = found[0].entity
        alive = [
            one
            for one in found
            if not one.deleted and any(one.state in r.sources for r in ACTS if r.entity == entity)
        ]
        if not alive or chance.random() < 0.4:
            return chance.choice(found[-6:])
        order = states_of(entity)
        furthest = sorted(alive, key=lambda one: order.index(one.state))[-2:]
        return chance.choice(furthest)

    def _check_reached(self, record: Known, wanted: str, state: str, both: bool, what: str) -> None:
        self.reached.setdefault(record.entity, set()).add(state)
        if record.entity == "report" and wanted == record.state:
            return  # a revision is another report, a contested one stays
        if state != wanted and not (both and state == record.state):
            self.wrong.append(f"{what}: reached {state}, the table says {wanted}")

    def change(self, seed: int) -> None:
        """Somebody writes a field."""
        chance = Random(seed)
        office, entity = chance.choice(OFFICES), chance.choice(list(FIELDS))
        found = self._known(office, entity)
        if not found:
            return
        record = chance.choice(found[-12:])
        name = chance.choice(list(FIELDS[entity]))
        w, who = self._people(chance, office)
        against = self.oracle.against_change(record, name, office, PEOPLE[who])
        value = f"{office} {chance.randrange(10**6)}"
        self._try(
            f"{office} {who} writes {entity}.{name} of {record.id[-5:]} ({record.state})",
            against, lambda: records.change(w, record.id, {name: value}).id,
        )  # fmt: skip

    def bin(self, seed: int) -> None:
        """Somebody puts a record into the bin or takes one out."""
        chance = Random(seed)
        office, entity = chance.choice(OFFICES), chance.choice(MADE)
        found = self._known(office, entity)
        if not found:
            return
        record = chance.choice(found[-12:])
        w, who = self._people(chance, office)
        against = self.oracle.against_bin(record, office, PEOPLE[who])
        run = records.restore if record.deleted else records.delete
        self._try(
            f"{office} {who} {run.__name__}s {entity} {record.id[-5:]} ({record.state})",
            against, lambda: run(w, record.id).id,
        )  # fmt: skip

    def comment(self, seed: int) -> None:
        """Somebody comments on a record that another office may own."""
        chance = Random(seed)
        office = chance.choice(OFFICES)
        entity = chance.choice(("agreement", "commitment", "exchange", "mission", "practice"))
        record = self._any(chance, office, entity)
        if record is None:
            self.create(seed)
            return
        w, who = self._people(chance, office)
        roles = set(PEOPLE[who])
        against = set() if roles & {"officer", "focal_point", "head"} else {"not-your-role"}
        row: dict[str, Value] = {"words": f"{office} remarque."}
        label = f"{office} {who} comments on {entity} {record.id[-5:]}"
        self._try(label, against, lambda: records.add_part(w, record.id, "comment", row).id,
                  strict=False)  # fmt: skip

    def send(self, seed: int) -> None:
        """A focal point makes a file; some are lost, some are opened twice."""
        chance = Random(seed)
        office = chance.choice(OFFICES)
        receiver = chance.choice([code for code in OFFICES if code != office])
        w, who = self._people(chance, office)
        against = set() if who.startswith("focal_point") else {"not-your-role"}
        self.files += 1
        path = self.folder / f"{self.files}.sscsync"

        def run() -> str:
            return sync.export(w, [receiver], path).paths[0]

        if self._try(f"{office} {who} makes file {self.files} for {receiver}", against, run):
            self.letters += [(path, receiver)] * chance.choice((0, 1, 1, 1, 2))

    def open_letter(self, seed: int) -> None:
        """A file is opened, in whatever order."""
        chance = Random(seed)
        if not self.letters:
            self.deliver(*chance.sample(OFFICES, 2))
            return
        path, receiver = self.letters.pop(chance.randrange(len(self.letters)))
        w, who = self._people(chance, receiver)
        against = set() if who.startswith("focal_point") else {"not-your-role"}
        self._try(f"{receiver} {who} opens {path.name}", against,
                  lambda: sync.accept(w, [path], deletions_read=True)[0].bundle)  # fmt: skip

    def deliver(self, sender: str, receiver: str) -> None:
        """A file travels at once."""
        self.files += 1
        self.counts["files"] += 1
        path = self.folder / f"{self.files}.sscsync"
        sync.export(self.crew.at(sender), [receiver], path)
        sync.accept(self.crew.at(receiver), [path], deletions_read=True)
        self.log.append(f"{sender} sends to {receiver}")

    def decide(self, seed: int) -> None:
        """A focal point settles what is to reconcile or decides a suggestion."""
        chance = Random(seed)
        office = chance.choice(OFFICES)
        w = self.crew.at(office, "focal_point")
        found = [c for c in sync.conflicts(w) if not records.view(w, c.record).deleted]
        if found:
            one = chance.choice(found)
            keep = chance.choice(one.values).stamp.office
            self._try(f"{office} settles {one.field}", set(),
                      lambda: sync.resolve_conflict(w, one.row, one.field, keep=keep) or "kept",
                      strict=False)  # fmt: skip
        else:
            self.act(seed)

    def _try(self, what: str, against: set[str], run: object, *, strict: bool = True) -> str:
        """Do it, and compare what the desk says with what the oracle says."""
        try:
            made = str(run())  # type: ignore[operator]
        except DeskError as refused:
            self.counts["refused"] += 1
            codes = {one.code for one in (refused, *refused.also)}
            self.log.append(f"{what}: {refused.code}")
            if strict and not against and codes & RIGHTS:
                self.wrong.append(f"{what}: refused ({', '.join(sorted(codes))}), though it may")
            return ""
        self.counts["done"] += 1
        self.log.append(what)
        if against:
            self.wrong.append(f"{what}: done, though {', '.join(sorted(against))}")
        return made

    # ------------------------------------------------------------ what must hold always

    def violations(self) -> Iterator[str]:
        """What is wrong now: rights, states, orphans, and what is where it must not be."""
        yield from self.wrong
        everywhere = {office: self._identifiers(office) for office in OFFICES}
        anywhere = set().union(*everywhere.values())
        for office in OFFICES:
            yield from self._states(office)
            yield from self._orphans(office, everywhere[office], anywhere)
            yield from self._strays(office)

    def _identifiers(self, office: str) -> set[str]:
        with self.crew.at(office).read() as connection:
            return {
                str(one)
                for entity in record_kinds()
                for one in connection.exec_driver_sql(f'SELECT id FROM "{entity}"').scalars()
            }

    def _states(self, office: str) -> Iterator[str]:
        with self.crew.at(office).read() as connection:
            for entity in {row.entity for row in ACTS}:
                found = connection.exec_driver_sql(f'SELECT DISTINCT state FROM "{entity}"')
                for state in set(found.scalars()) - set(states_of(entity)):
                    yield f"{office}: {entity} in the state {state}"

    def _orphans(self, office: str, here: set[str], anywhere: set[str]) -> Iterator[str]:
        with self.crew.at(office).read() as connection:
            for kind in record_kinds().values():
                for mapped in (kind.mapped, *kind.parts.values()):
                    table = mapped.__tablename__
                    names = [n for n, f in fields_of(mapped).items() if f.entity]
                    part = mapped is not kind.mapped
                    columns = ", ".join(f'"{n}"' for n in ("id", *names, *(["parent"] * part)))
                    for row in connection.exec_driver_sql(
                        f'SELECT {columns} FROM "{table}"'
                    ).mappings():
                        if part and row["parent"] not in here:
                            yield f"{office}: a row of {table} without its record"
                        for name in names:
                            for target in _targets(row[name]):
                                if target not in anywhere:
                                    yield f"{office}: {table}.{name} names nothing anywhere"

    def _strays(self, office: str) -> Iterator[str]:
        """Rows and words at an office that may not have them."""
        marks = ", ".join("?" * len(DRAFTS))
        others = f"report WHERE owner <> ? AND state IN ({marks})"
        asked: tuple[tuple[str, str, tuple[str, ...]], ...] = (
            ("an expense of another office", "expense WHERE owner <> ?", ()),
            ("a draft report of another office", others, DRAFTS),
            ("a person not to be shared", "person WHERE owner <> ? AND may_be_shared = 0", ()),
            ("a commitment of others", "commitment WHERE owed_by <> ?1 AND owed_to <> ?1", ()),
            (
                "terms of reference of others",
                "mission WHERE tor_method LIKE 'METHODE+%' AND tor_method NOT LIKE '%' || ? || '%'",
                (),
            ),
        )
        with self.crew.at(office).read() as connection:
            for what, statement, more in asked:
                if _count(connection, statement, (office, *more)):
                    yield f"{office}: {what}"
            for entity, names in FIELDS.items():
                for name in set(names) & set(OWN):
                    foreign = f'"{entity}" WHERE "{name}" NOT LIKE ? || \' %\''
                    if _count(connection, foreign, (office,)):
                        yield f"{office}: {entity}.{name} written by another office"

    def come_together(self) -> None:
        """Let files travel until all know the same."""
        for _turn in range(3):
            for sender in OFFICES:
                for receiver in OFFICES:
                    if sender != receiver:
                        self.deliver(sender, receiver)

    def differences(self) -> Iterator[str]:
        """Where offices that know the same hold something else."""
        digests = {office: sync.digest(self.crew.at(office)) for office in OFFICES}
        if len(set(digests.values())) != 1:
            yield f"digests differ: {digests}"
        for entity in {row.entity for row in ACTS} - {"expense"}:
            held: dict[str, dict[str, str]] = {}
            for office in OFFICES:
                for one in self._known(office, entity):
                    held.setdefault(one.id, {})[office] = one.state
            for record, states in held.items():
                if len(set(states.values())) != 1:
                    yield f"{entity} {record[-5:]}: {states}"


def _references(values: Mapping[str, Value]) -> set[str]:
    return {
        str(one)
        for value in values.values()
        for one in (value if isinstance(value, tuple) else (value,))
    }


def _count(connection: Connection, where: str, values: tuple[str, ...]) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {where}", values).scalar_one())


def _targets(raw: object) -> list[str]:
    if not raw:
        return []
    text = str(raw)
    return [str(one) for one in json.loads(text)] if text.startswith("[") else [text]
