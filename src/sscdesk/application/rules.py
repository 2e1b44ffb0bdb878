"""Asking the model's rules about rows of this desk: rights, ownership, validity."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from sscdesk.application.facts import was_ever_sent
from sscdesk.application.reading import read_row
from sscdesk.model import authority
from sscdesk.model.audience import is_wider
from sscdesk.model.authority import RowFacts
from sscdesk.model.base import EntityKind, Part, record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.field import Field, fields_of
from sscdesk.model.freezing import may_delete
from sscdesk.model.lifecycle import Actor
from sscdesk.model.offices import SECRETARIAT, office_name
from sscdesk.model.refusal import Msg, Refused
from sscdesk.model.text import N_
from sscdesk.model.validation import CYCLE_FIELDS, check_no_cycle, part_problems, problems
from sscdesk.model.values import Value
from sscdesk.model.vocabulary_rules import is_as_seeded
from sscdesk.model.vocabulary_seed import Term, Vocabularies, seed_vocabularies, term_of
from sscdesk.sync.rows import Layout

Raws = Mapping[str, Any]


class Rules:
    """The questions that a unit of work asks before it writes."""

    def __init__(self, connection: Connection, actor: Actor, *, today: str) -> None:
        self._connection = connection
        self._actor = actor
        self._today = today
        self.founding = False
        """While the office's own first records are made, nobody has a role yet."""
        self.takeover = False
        """While an older register is taken over: states and numbers come with it."""

    # ------------------------------------------------------------ rights

    def require(self, verb: str, entity: str = "") -> None:
        """Raise ``Refused`` unless the officer's roles allow ``verb``."""
        if not self.founding:
            authority.check_right(self._actor, verb, entity)

    def require_read(self, kind: EntityKind) -> None:
        """Raise ``Refused`` unless the officer may read such records."""
        self.require("read", kind.name)

    def require_create(self, kind: EntityKind) -> None:
        """Raise ``Refused`` unless the officer may make such records."""
        self.require("create", kind.name)

    def require_new_term(self, values: Mapping[str, Value], identifier: str) -> None:
        """Raise ``Refused`` unless this office may record this code, which is new.

        The secretariat adds codes; other offices record those that come with the desk, to
        hang their country's label on them. A code is never used again.
        """
        if self._actor.office != SECRETARIAT and not is_as_seeded(values):
            raise Refused(
                "not-your-office",
                N_("Only {office}, which keeps the common lists, may change this."),
                hint=N_("Nothing was changed. Suggest the term to that office."),
                field="code",
                params={"office": office_name(SECRETARIAT)},
            )
        if read_row(self._connection, "vocabulary", identifier) is not None:
            raise code_taken(str(values.get("list_name")), str(values.get("code")))

    def require_change(self, kind: EntityKind, row: Raws, changed: Mapping[str, Value]) -> None:
        """Raise ``Refused`` ("not-your-office", "frozen", ...) naming the first field at fault."""
        self.require("edit", kind.name)
        facts = facts_of(kind.name, row)
        sent = was_ever_sent(self._connection, row)
        for name, value in changed.items():
            adding = _only_adds(kind.fields[name], row, value)
            authority.check_write(
                kind.mapped, facts, self._actor.office, name, adding=adding, sent=sent
            )
            if not self.takeover and not authority.may_change_now(
                kind.name, str(row["state"]), name
            ):
                raise _frozen(kind.fields[name])

    def require_part(self, kind: EntityKind, mapped: type[Part], row: Raws) -> None:
        """Raise ``Refused`` unless the officer may add such a row to this record."""
        self.require("edit", kind.name)
        facts = facts_of(kind.name, row)
        authority.check_write(mapped, facts, self._actor.office, adding=True)
        self._require_part_open(kind, mapped, row)

    def require_change_part(
        self,
        kind: EntityKind,
        mapped: type[Part],
        row: Raws,
        holder: Raws,
        changed: Mapping[str, Value],
    ) -> None:
        """Raise ``Refused`` unless the officer may change this row inside the record."""
        self.require("edit", kind.name)
        facts = facts_of(kind.name, holder, part_owner=str(row["owner"]))
        for name in changed or {"!": None}:
            field = None if name == "!" else name
            authority.check_write(mapped, facts, self._actor.office, field)
            if self.takeover:
                continue
            if not authority.may_change_now(kind.name, str(holder["state"]), field, mapped.part):
                raise _frozen(fields_of(mapped).get(name))

    def _require_part_open(self, kind: EntityKind, mapped: type[Part], row: Raws) -> None:
        state = str(row["state"])
        if not self.takeover and not authority.may_change_now(kind.name, state, None, mapped.part):
            raise _frozen(None)

    def require_delete(self, kind: EntityKind, row: Raws) -> None:
        """Raise ``Refused`` unless the officer may put this record into the bin, or out of it."""
        self.require("delete", kind.name)
        authority.check_write(kind.mapped, facts_of(kind.name, row), self._actor.office)
        if not may_delete(kind.name, str(row["state"])):
            raise Refused(
                "never-deleted",
                N_("A record in this state is not deleted."),
                hint=N_("Nothing was changed. Cancel it, or leave it as it is."),
            )

    def require_share(self, row: Raws, audience: str) -> None:
        """Raise ``Refused`` unless the officer may decide who receives this record."""
        kind = record_kinds()[str(row["entity"])]
        wider = is_wider(audience, str(row["audience"]))
        self.require("widen_audience" if wider else "narrow_audience", kind.name)
        authority.check_write(kind.mapped, facts_of(kind.name, row), self._actor.office)

    # ------------------------------------------------------------ validity

    @cached_property
    def vocabularies(self) -> Vocabularies:
        """The lists of codes as this office knows them."""
        return recorded_vocabularies(self._connection, self._actor.office)

    def require_valid(
        self,
        kind: EntityKind,
        values: Mapping[str, Value],
        state: str,
        *,
        only: set[str] | None = None,
        identifier: str | None = None,
        held: Mapping[str, Value] | None = None,
    ) -> None:
        """Raise ``Refused`` for the first problem, the others in ``also``.

        With ``only``, problems in which these fields have no part are left for the
        officer to mend when he comes to them. ``held`` are the values before: a code in
        them that was retired since, or that only a newer desk knows, may stay.
        """
        found = problems(
            kind,
            values,
            state=state,
            today=self._today,
            changed=only,
            identifier=identifier,
            vocabularies=self.vocabularies,
            taken_over=self.takeover,
            held=held,
        )
        _raise_first(found)
        self._require_referred(kind.fields, values, only, held)
        if identifier is not None:
            self._require_no_cycle(kind, identifier, values, only or set())

    def _require_referred(
        self,
        fields: Mapping[str, Field],
        values: Mapping[str, Value],
        only: set[str] | None,
        held: Mapping[str, Value] | None,
        part_id: str | None = None,
    ) -> None:
        """Raise ``Refused`` where a value names a record that is not here.

        What is held already may name one that another office has not sent yet; so may
        what a register taken over brings.
        """
        if self.takeover:
            return
        for name, value in values.items():
            field = fields.get(name)
            if field is None or not field.entity or (only is not None and name not in only):
                continue
            before = _members((held or {}).get(name))
            for target in set(_members(value)) - set(before):
                if not self._is_here(field.entity, target):
                    raise _names_nothing(field, part_id)

    def _is_here(self, entities: str, identifier: str) -> bool:
        return any(read_row(self._connection, one, identifier) for one in entities.split("|"))

    def _require_no_cycle(
        self, kind: EntityKind, identifier: str, values: Mapping[str, Value], changed: set[str]
    ) -> None:
        for name in set(CYCLE_FIELDS.get(kind.name, ())) & changed:

            def next_of(record: str, column: str = name) -> str | None:
                row = read_row(self._connection, kind.name, record)
                return str(row[column]) if row and row[column] else None

            target = values.get(name)
            check_no_cycle(kind.fields[name], identifier, str(target) if target else None, next_of)

    def require_valid_part(
        self,
        mapped: type[Part],
        values: Mapping[str, Value],
        *,
        only: set[str] | None = None,
        part_id: str | None = None,
        held: Mapping[str, Value] | None = None,
    ) -> None:
        """The same for a row inside a record."""
        if not self.takeover:
            authority.check_own_row(mapped, values, self._actor.office)
        found = part_problems(
            mapped,
            values,
            part_id=part_id,
            changed=only,
            vocabularies=self.vocabularies,
            held=held,
            taken_over=self.takeover,
        )
        _raise_first(found)
        self._require_referred(fields_of(mapped), values, only, held, part_id)

    # ------------------------------------------------------------ reading

    def hidden(self, entity: str) -> frozenset[str]:
        """Return the fields that the officer's roles never show."""
        return authority.hidden_fields(self._actor.roles, entity)

    def writable(self, kind: EntityKind, row: Raws) -> frozenset[str]:
        """Return the fields that the officer may change now."""
        if row["deleted"] or not self._may("edit", kind.name):
            return frozenset()
        facts = facts_of(kind.name, row)
        sent = was_ever_sent(self._connection, row)
        return frozenset(
            name
            for name, field in kind.fields.items()
            if not field.computed
            and authority.may_change_now(kind.name, str(row["state"]), name)
            and self._passes(kind.mapped, facts, name, field, sent)
        )

    def _passes(self, mapped: Any, facts: RowFacts, name: str, field: Field, sent: bool) -> bool:
        rule = authority.writer_rule(mapped, name)
        if authority.is_fixed(facts.entity, name, sent=sent):
            return False
        return authority.may_write(rule, facts, self._actor.office, adding=field.is_set, sent=sent)

    def writable_part(
        self, kind: EntityKind, mapped: type[Part], row: Raws, holder: Raws
    ) -> frozenset[str]:
        """Return the fields of a row inside a record that the officer may change now."""
        if holder["deleted"] or not self._may("edit", kind.name):
            return frozenset()
        facts = facts_of(kind.name, holder, part_owner=str(row["owner"]))
        state = str(holder["state"])
        return frozenset(
            name
            for name, field in fields_of(mapped).items()
            if not field.computed
            and authority.may_change_now(kind.name, state, name, mapped.part)
            and authority.may_write(authority.writer_rule(mapped, name), facts, self._actor.office)
        )

    def may_add(self, kind: EntityKind, mapped: type[Part], row: Raws) -> bool:
        """Whether the officer may add such rows to this record now."""
        if row["deleted"] or not self._may("edit", kind.name):
            return False
        facts = facts_of(kind.name, row)
        rule = authority.writer_rule(mapped)
        return authority.may_change_now(
            kind.name, str(row["state"]), None, mapped.part
        ) and authority.may_write(rule, facts, self._actor.office, adding=True)

    def _may(self, verb: str, entity: str) -> bool:
        return bool(self._actor.roles & authority.roles_with(verb, entity))


def facts_of(entity: str, row: Raws, part_owner: str | None = None) -> RowFacts:
    """Return a row as the model's rules look at it."""
    values = ReadValues(record_kinds()[entity].fields, row)
    return RowFacts(entity, str(row["owner"]), str(row["ref"]), values, part_owner)


class ReadValues(Mapping[str, Value]):
    """The values of a row, each read only when a rule looks at it."""

    def __init__(self, fields: Mapping[str, Field], row: Raws) -> None:
        self._fields = fields
        self._row = row

    def __getitem__(self, name: str) -> Value:
        return from_sql(self._fields[name], self._row.get(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def _only_adds(field: Field, row: Raws, value: Value) -> bool:
    if not field.is_set or not isinstance(value, tuple):
        return False
    held = from_sql(field, row.get(field.name))
    return set(held if isinstance(held, tuple) else ()) <= set(value)


def _members(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(str(one) for one in value)
    return (value,) if isinstance(value, str) and value else ()


def _names_nothing(field: Field, part_id: str | None) -> Refused:
    return Refused(
        "no-such-record",
        N_("“{field}” names a record that is not here."),
        hint=N_("Choose a record of the list, or make it first."),
        field=field.name,
        part_id=part_id,
        params={"field": Msg(field.label)},
    )


def _raise_first(found: list[Refused]) -> None:
    if found:
        first, *others = found
        first.also = tuple(others)
        raise first


def recorded_vocabularies(connection: Connection, office: str = "") -> Vocabularies:
    """Return the lists of codes: those of the program, overridden by recorded terms.

    ``office`` sees the labels of its own country where it gave some.
    """
    rows = connection.exec_driver_sql(
        "SELECT v.*, l.label_en AS own_en, l.label_fr AS own_fr, l.label_ar AS own_ar "
        "FROM vocabulary v LEFT JOIN vocabulary_local_label l ON l.parent = v.id "
        "AND l.deleted = 0 AND l.owner = ? AND l.country = ? "
        "WHERE v.deleted = 0 ORDER BY v.id, l.id",
        (office, office),
    ).mappings()
    recorded = [_recorded(dict(row)) for row in rows]
    return Vocabularies(recorded) if recorded else seed_vocabularies()


def _recorded(row: Raws) -> Term:
    fields = record_kinds()["vocabulary"].fields
    term = term_of({name: from_sql(field, row[name]) for name, field in fields.items()})
    own = {name: str(row[f"own_{name}"] or "") for name in ("en", "fr", "ar")}
    if not any(own.values()):
        return term
    return replace(
        term,
        en=own["en"] or term.en,
        fr=own["fr"] or term.fr,
        ar=own["ar"] or term.ar,
        also=(term.en, term.fr, term.ar),
    )


def code_taken(list_name: str, code: str) -> Refused:
    """Return the refusal of a code that has a meaning already."""
    return Refused(
        "code-taken",
        N_("The list has the code “{code}” already, and a code is never used again."),
        hint=N_("Change its labels or bring it back, or choose another code."),
        field="code",
        params={"code": code[:60], "list": list_name[:40]},
    )


def _frozen(field: Field | None) -> Refused:
    if field is None:
        return Refused(
            "frozen",
            N_("In this state no rows are added, changed or removed here."),
            hint=N_("Nothing was changed. The record's actions say how to change it."),
        )
    return Refused(
        "frozen",
        N_("In this state “{field}” is not changed by typing."),
        hint=N_("Nothing was changed. The record's actions say how to change it."),
        field=field.name,
        params={"field": Msg(field.label)},
    )


class MergeAuthority:
    """The same table as a merge asks it: alike on every laptop, in whatever order."""

    def may_create(self, layout: Layout, row: Raws, parent: Raws | None, office: str) -> bool:
        """Whether ``office`` may have made such a row."""
        if not layout.is_part:
            values = ReadValues(layout.fields, row)
            return authority.may_create(
                layout.table, str(row["owner"]), str(row["ref"]), values, office
            )
        if parent is None or row["owner"] != office:
            return False
        mapped: Any = layout.mapped
        facts = facts_of(mapped.parent_entity, parent, part_owner=str(row["owner"]))
        rule = authority.writer_rule(mapped)
        return authority.may_write(rule, facts, office, arriving=True, adding=True)

    def may_update(
        self,
        layout: Layout,
        column: str,
        row: Raws,
        parent: Raws | None,
        office: str,
        *,
        adding: bool = False,
    ) -> bool:
        """Whether ``office`` may write this column; ``!`` stands for the bin.

        ``adding``: it puts a member into a set.
        """
        mapped: Any = layout.mapped
        field = column if column in layout.fields else None
        if layout.is_part:
            if parent is None:
                return False
            facts = facts_of(mapped.parent_entity, parent, part_owner=str(row["owner"]))
        else:
            facts = facts_of(layout.table, row)
        if column == "state":
            return any(
                authority.may_write(rule, facts, office, arriving=True)
                for rule in acting_rules(layout.table)
            )
        rule = authority.writer_rule(mapped, field)
        return authority.may_write(rule, facts, office, arriving=True, adding=adding)

    def stands_in(self, layout: Layout, office: str) -> bool:
        """Terms recorded elsewhere than at the secretariat say what comes with the desk."""
        return layout.table == "vocabulary" and office != SECRETARIAT


def acting_rules(entity: str) -> frozenset[str]:
    """Return the rules that name the offices whose acts move a record's state."""
    from sscdesk.model.lifecycles import LIFECYCLES

    lifecycle = LIFECYCLES.get(entity)
    found = {row.offices for row in lifecycle.transitions} if lifecycle else set()
    return frozenset(found | {authority.record_rule(entity)})
