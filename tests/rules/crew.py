"""Three offices with an officer of every role each, and files that travel between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sscdesk.application.workspace import Workspace
from sscdesk.model.lifecycle import Actor
from sscdesk.model.values import Value
from tests.desks import DeskMaker, befriend, send

EVERY_ROLE = ("officer", "focal_point", "head", "reader", "admin")
PEOPLE = {
    "officer": ("officer",),
    "officer_2": ("officer",),
    "focal_point": ("focal_point",),
    "focal_point_2": ("focal_point",),
    "head": ("head",),
    "head_2": ("head",),
    "reader": ("reader",),
    "admin": ("admin",),
}
"""Who works in each office, beside its founder who may do all but sign."""


@dataclass
class Crew:
    """The desks and who sits at them."""

    maker: DeskMaker
    folder: Path
    desks: dict[str, Workspace] = field(default_factory=dict)
    people: dict[tuple[str, str], tuple[Actor, str]] = field(default_factory=dict)

    def found(self, *offices: str) -> None:
        """Found offices, enter their officers, let them know each other."""
        for office in offices:
            self._found(office)
        befriend(self.folder, *self.desks.values())
        self.exchange()

    def _found(self, office: str) -> None:
        w = self.maker.office(office, name=f"Founder {office}")
        self.desks[office] = w
        self.people[office, "founder"] = (w.actor, w.login)
        for who, roles in PEOPLE.items():
            login = self.maker.enter(w, f"{who} {office}", *roles)
            actor = Actor(_officer(w, who, office), f"{who} {office}", office, frozenset(roles))
            self.people[office, who] = (actor, login)

    def at(self, office: str, who: str = "founder") -> Workspace:
        """Sit somebody down at an office's desk."""
        w = self.desks[office]
        w.actor, w.login = self.people[office, who]
        return w

    def officer(self, office: str, who: str) -> str:
        """The identifier of an officer."""
        return self.people[office, who][0].officer

    def send(self, sender: str, *receivers: str) -> None:
        """Let one file travel to each of these offices."""
        made = self.at(sender)
        send(self.folder, made, *(self.at(office) for office in receivers))

    def exchange(self) -> None:
        """Let files travel from everybody to everybody."""
        for sender in self.desks:
            self.send(sender, *(office for office in self.desks if office != sender))

    def write(self, entity: str, record: str, values: Mapping[str, Value], at: str = "MA") -> None:
        """Write fields as the desk itself does: nobody is asked."""
        with self.at(at).unit("Staged", undoable=False) as unit:
            unit.change(entity, record, values, by_desk=True)

    def move(self, entity: str, record: str, state: str, at: str = "MA") -> None:
        """Bring a record into a state as an older register would."""
        with self.at(at).unit("Staged", undoable=False) as unit:
            unit.move_state(entity, record, state)

    def note(self, entity: str, record: str, action: str, state: str, who: str) -> None:
        """Leave the trace of an act that does not move the record."""
        with self.at("MA", who).unit("Staged", undoable=False) as unit:
            unit.set_state(entity, record, action, state)

    def make(
        self,
        entity: str,
        values: Mapping[str, Value],
        state: str | None = None,
        who: str = "officer",
    ) -> str:
        """Make a record as an officer of Morocco's office, in a state."""
        with self.at("MA", who).unit("Staged", undoable=False) as unit:
            made = unit.create(entity, values)
            if state is not None:
                unit.move_state(entity, made, state)
        return made

    def rows(
        self, entity: str, record: str, part: str, rows: Iterable[Mapping[str, Value]]
    ) -> None:
        """Add rows inside a record."""
        with self.at("MA", "officer").unit("Staged", undoable=False) as unit:
            for row in rows:
                unit.add_part(entity, record, part, row)

    def empty(self, table: str, record: str) -> None:
        """Take all rows of a part away."""
        with self.at("MA").read() as connection:
            found = connection.exec_driver_sql(
                f'SELECT id FROM "{table}" WHERE parent = ? AND deleted = 0', (record,)
            ).scalars()
            identifiers = list(found)
        with self.at("MA", "officer").unit("Staged", undoable=False) as unit:
            for one in identifiers:
                entity, part = table.split("_", 1)
                unit.remove_part(entity, record, part, one)

    def state(self, office: str, entity: str, record: str) -> str:
        """The state of a record as an office has it."""
        with self.at(office).read() as connection:
            found = connection.exec_driver_sql(
                f'SELECT state FROM "{entity}" WHERE id = ?', (record,)
            )
            return str(found.scalar_one())


def _officer(w: Workspace, given: str, family: str) -> str:
    with w.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT id FROM officer WHERE given = ? AND family = ?", (given, family)
        )
        return str(found.scalar_one())
