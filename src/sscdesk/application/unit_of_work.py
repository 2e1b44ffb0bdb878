"""The one way to write.

A unit of work is one SQLite transaction that holds the rows, the commits of this
laptop's journal and the search index. It validates, asks for the right, keeps what was
there before (for Undo), and gathers what changed (for the screens).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application import indexing, numbering
from sscdesk.application.facts import RecordFacts
from sscdesk.application.identity import new_identifier
from sscdesk.application.reading import erased_for, read_row, require_row
from sscdesk.application.redirects import as_held, is_followed, redirects_of_all
from sscdesk.application.rules import Rules
from sscdesk.application.undo import Inverse
from sscdesk.application.views import ChangeSummary
from sscdesk.model import acting
from sscdesk.model.audience import ALL, sharing_of_new
from sscdesk.model.audience import Sharing as ModelSharing
from sscdesk.model.authority import WORDING, owner_of_new
from sscdesk.model.base import EntityKind, Part, Record, record_kinds
from sscdesk.model.codec import from_sql, to_sql
from sscdesk.model.field import Field, fields_of
from sscdesk.model.position import between
from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.model.vocabulary import identity_of_term
from sscdesk.sync.capture import Author, Capture
from sscdesk.sync.journal import Raw
from sscdesk.sync.keys import SigningKey
from sscdesk.sync.rows import Sharing, layouts
from sscdesk.sync.streams import Streams

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Laptop:
    """The laptop on which this desk runs."""

    id: bytes
    number: int
    """1 to 8 within its office: decides which reference numbers it gives."""
    key: SigningKey = field(repr=False)


class UnitOfWork:
    """All changes of one thing that an officer does."""

    def __init__(
        self, w: "Workspace", connection: Connection, *, label: str, note: str = ""
    ) -> None:
        self.w = w
        self.connection = connection
        self.rules = Rules(connection, w.actor, today=w.clock().date().isoformat())
        self.inverses: list[Inverse] = []
        self.label = label
        self.summary_records: set[str] = set()
        self.summary_entities: set[str] = set()
        self._dirty: dict[str, set[str]] = {}
        author = Author(w.actor.officer, w.actor.name, w.office, w.laptop.id, w.laptop.key.sign)
        self.capture = Capture(
            connection,
            Streams(connection, w.random),
            author,
            unit=w.random(16),
            now=w.clock(),
            label=label,
            note=note,
        )

    # ------------------------------------------------------------ identity

    def new_id(self) -> str:
        """Return a new identifier made of the desk's clock and randomness."""
        return new_identifier(self.w.clock(), self.w.random)

    def summary(self, initiator: object = None) -> ChangeSummary:
        """Return what changed."""
        return ChangeSummary(
            frozenset(self.summary_entities),
            frozenset(self.summary_records),
            initiator,
            self.label,
        )

    # ------------------------------------------------------------ records

    def create(
        self,
        entity: str,
        values: Mapping[str, Value],
        *,
        ref: str | None = None,
        state: str | None = None,
        owner: str | None = None,
        audience: str | None = None,
        identifier: str | None = None,
    ) -> str:
        """Make a record and return its identifier.

        Raises ``Refused`` when a required field is missing or a value is not allowed.
        """
        made = self.create_many(
            entity,
            [values],
            refs=[ref],
            states=[state],
            owners=[owner],
            audiences=[audience],
            identifiers=[identifier],
        )
        return made[0]

    def create_many(
        self,
        entity: str,
        rows: Sequence[Mapping[str, Value]],
        *,
        refs: Sequence[str | None] | None = None,
        states: Sequence[str | None] | None = None,
        owners: Sequence[str | None] | None = None,
        audiences: Sequence[str | None] | None = None,
        identifiers: Sequence[str | None] | None = None,
        checked: bool = False,
    ) -> list[str]:
        """Make many records of one entity; ``checked`` when validation was done before."""
        kind = record_kinds()[entity]
        self.rules.require_create(kind)
        fields, defaults = kind.fields, _defaults(kind.fields)
        numbers = numbering.next_refs(self, kind.mapped, _without(refs, len(rows)))
        by_sharing: dict[Sharing, list[dict[str, Raw]]] = {}
        made: list[str] = []
        for index, given in enumerate(rows):
            state = _at(states, index) or kind.mapped.initial_state
            values = {**defaults, **given}
            require_fields(fields, given)
            if not checked:
                self.rules.require_valid(kind, values, state)
            identifier, ref = _at(identifiers, index), _at(refs, index)
            if entity == "vocabulary":
                identifier, ref = self._new_term(values)
            owner = _at(owners, index) or owner_of_new(entity, values, self.w.office)
            new = self._sharing_of_new(kind.mapped, owner, values)
            circle, audience = new.circle, _at(audiences, index) or new.audience
            identifier = identifier or self.new_id()
            ref = ref or next(numbers)
            row: dict[str, Raw] = {
                "id": identifier,
                "owner": owner,
                "ref": ref,
                "state": state,
                "audience": audience,
                "circle": circle,
            }
            row.update({n: to_sql(fields[n], v) for n, v in values.items() if v is not None})
            by_sharing.setdefault(Sharing(audience, circle, self.w.office), []).append(row)
            made.append(identifier)
        for sharing, group in by_sharing.items():
            self.capture.create(entity, group, sharing)
        self._made(entity, entity, made, made)
        return made

    def _new_term(self, values: Mapping[str, Value]) -> tuple[str, str]:
        found = identity_of_term(str(values.get("list_name")), str(values.get("code")))
        self.rules.require_new_term(values, found[0])
        return found

    def change(
        self,
        entity: str,
        identifier: str,
        values: Mapping[str, Value],
        *,
        seen: Mapping[str, Value] | None = None,
        by_desk: bool = False,
    ) -> None:
        """Write fields of a record; ``by_desk`` for what no officer types (computed fields).

        Raises ``Refused`` ("changed-meanwhile", "not-yours", "frozen", "in-bin", or what
        validation says), each naming its field.
        """
        kind = record_kinds()[entity]
        row = require_row(self.connection, entity, identifier)
        self.require_here(row)
        values, seen = self._held_names(kind.fields, row, values, seen)
        changed = self._differing(kind.fields, row, values)
        if not changed:
            return
        self._require_seen(kind.fields, row, changed, seen)
        if not by_desk:
            self.rules.require_change(kind, row, changed)
        held = self.values(kind.fields, row)
        merged = {**held, **changed}
        self.rules.require_valid(
            kind, merged, str(row["state"]), only=set(changed), identifier=identifier, held=held
        )
        self._write(entity, row, kind.fields, changed, self._sharing(row))
        self._recircle(kind, row, merged)

    def add_part(
        self,
        entity: str,
        record: str,
        part: str,
        values: Mapping[str, Value],
        *,
        before: str | None = None,
        owner: str | None = None,
        checked: bool = False,
    ) -> str:
        """Add a row inside a record and return its identifier."""
        mapped = self.part_class(entity, part)
        row = require_row(self.connection, entity, record)
        self.require_here(row)
        fields = fields_of(mapped)
        values = {**_defaults(fields), **values}
        require_fields(fields, values)
        if not checked:
            self.rules.require_part(record_kinds()[entity], mapped, row)
            self.rules.require_valid_part(mapped, values)
        identifier = self.new_id()
        made: dict[str, Raw] = {
            "id": identifier,
            "owner": owner or self.w.office,
            "parent": record,
            "position": self._position(mapped, record, before),
        }
        made.update({n: to_sql(fields[n], v) for n, v in values.items() if v is not None})
        self.capture.create(mapped.__tablename__, [made], self._sharing(row))
        self._made(entity, mapped.__tablename__, [identifier], [record])
        return identifier

    def add_parts(
        self,
        entity: str,
        part: str,
        rows: Sequence[tuple[str, str | None, Mapping[str, Value]]],
    ) -> list[str]:
        """Add many checked rows inside records, given as (record, owner, values), in order."""
        mapped = self.part_class(entity, part)
        fields, defaults = fields_of(mapped), _defaults(fields_of(mapped))
        holders = {record: self._holder(entity, record, mapped) for record, _, _ in rows}
        by_sharing: dict[Sharing, list[dict[str, Raw]]] = {}
        made: list[str] = []
        for record, owner, given in rows:
            sharing, place = holders[record]
            holders[record] = (sharing, between(place, None))
            values = {**defaults, **given}
            new: dict[str, Raw] = {
                "id": self.new_id(),
                "owner": owner or self.w.office,
                "parent": record,
                "position": place,
            }
            new.update({n: to_sql(fields[n], v) for n, v in values.items() if v is not None})
            by_sharing.setdefault(sharing, []).append(new)
            made.append(str(new["id"]))
        for sharing, group in by_sharing.items():
            self.capture.create(mapped.__tablename__, group, sharing)
        self._made(entity, mapped.__tablename__, made, holders)
        return made

    def _holder(self, entity: str, record: str, mapped: type[Part]) -> tuple[Sharing, str]:
        row = require_row(self.connection, entity, record)
        self.require_here(row)
        return self._sharing(row), self._position(mapped, record, None)

    def _made(self, entity: str, table: str, rows: Sequence[str], records: Iterable[str]) -> None:
        """Note new rows: for the index, for Undo and for the screens."""
        self._dirty.setdefault(table, set()).update(rows)
        if table != "vocabulary":  # a code once recorded is never taken away again
            self.inverses.extend(Inverse(table, row, "bin", "!", 1, 0) for row in rows)
        self._changed(entity, records)

    def change_part(
        self,
        entity: str,
        record: str,
        part: str,
        identifier: str,
        values: Mapping[str, Value],
        *,
        seen: Mapping[str, Value] | None = None,
    ) -> None:
        """Write fields of a row inside a record."""
        mapped = self.part_class(entity, part)
        holder = require_row(self.connection, entity, record)
        row = require_row(self.connection, mapped.__tablename__, identifier)
        self.require_here(holder)
        self.require_here(row)
        fields = fields_of(mapped)
        values, seen = self._held_names(fields, row, values, seen)
        changed = self._differing(fields, row, values)
        if not changed:
            return
        self._require_seen(fields, row, changed, seen, part_id=identifier)
        self.rules.require_change_part(record_kinds()[entity], mapped, row, holder, changed)
        held = self.values(fields, row)
        merged = {**held, **changed}
        self.rules.require_valid_part(
            mapped, merged, only=set(changed), part_id=identifier, held=held
        )
        self._write(mapped.__tablename__, row, fields, changed, self._sharing(holder))
        self._changed(entity, [record])

    def move_part(
        self, entity: str, record: str, part: str, identifier: str, before: str | None
    ) -> None:
        """Put a row before another one, or at the end."""
        mapped = self.part_class(entity, part)
        holder = require_row(self.connection, entity, record)
        row = require_row(self.connection, mapped.__tablename__, identifier)
        self.rules.require_change_part(record_kinds()[entity], mapped, row, holder, {})
        self._raw_update(
            mapped.__tablename__,
            row,
            {"position": self._position(mapped, record, before)},
            self._sharing(holder),
        )
        self._changed(entity, [record])

    # ------------------------------------------------------------ the bin

    def delete(self, entity: str, identifier: str) -> None:
        """Put a record into the bin."""
        row = require_row(self.connection, entity, identifier)
        self.require_here(row)
        self.rules.require_delete(record_kinds()[entity], row)
        self.capture.delete(entity, identifier, self._sharing(row))
        self._binned(entity, entity, identifier, identifier, 0, 1)

    def restore(self, entity: str, identifier: str) -> None:
        """Take a record out of the bin, or keep it where another office deleted it."""
        row = require_row(self.connection, entity, identifier)
        if erased_for(self.connection, identifier) is not None:
            raise Refused(
                "erased",
                N_("This record was erased: nothing of it is left to take out of the bin."),
                hint=N_("Nothing was changed."),
            )
        self.rules.require_delete(record_kinds()[entity], row)
        self.capture.restore(entity, identifier, self._sharing(row))
        self._binned(entity, entity, identifier, identifier, 1, 0)

    def remove_part(self, entity: str, record: str, part: str, identifier: str) -> None:
        """Put a row inside a record into the bin."""
        self._bin_part(entity, record, part, identifier, gone=True)

    def restore_part(self, entity: str, record: str, part: str, identifier: str) -> None:
        """Take a row inside a record out of the bin."""
        self._bin_part(entity, record, part, identifier, gone=False)

    def _bin_part(
        self, entity: str, record: str, part: str, identifier: str, *, gone: bool
    ) -> None:
        mapped = self.part_class(entity, part)
        table = mapped.__tablename__
        holder = require_row(self.connection, entity, record)
        row = require_row(self.connection, table, identifier)
        self.rules.require_change_part(record_kinds()[entity], mapped, row, holder, {"!": None})
        write = self.capture.delete if gone else self.capture.restore
        write(table, identifier, self._sharing(holder))
        self._binned(entity, table, record, identifier, int(not gone), int(gone))

    def _binned(
        self, entity: str, table: str, record: str, row: str, before: int, after: int
    ) -> None:
        self.inverses.append(Inverse(table, row, "bin", "!", before, after))
        self._dirty.setdefault(table, set()).add(row)
        self._changed(entity, [record])

    # ------------------------------------------------------------ states

    def set_state(
        self, entity: str, identifier: str, action: str, target: str, note: str = ""
    ) -> None:
        """Record an act and its new state; the lifecycle was asked before."""
        row = require_row(self.connection, entity, identifier)
        source = str(row["state"])
        sharing = self._sharing(row)
        bilateral = entity in WORDING
        self.capture.act(
            entity, identifier, action, source, target, note, sharing, bilateral=bilateral
        )
        if target != source:
            self.capture.update(entity, identifier, {"state": target}, sharing)
        self._dirty.setdefault(entity, set()).add(identifier)
        self._changed(entity, [identifier])

    def move_state(self, entity: str, identifier: str, target: str) -> None:
        """Write the state to which the acts received lead."""
        row = require_row(self.connection, entity, identifier)
        self._raw_update(entity, row, {"state": target}, self._sharing(row))
        self._changed(entity, [identifier])

    def set_audience(self, entity: str, identifier: str, audience: str) -> None:
        """Share a record with others: publish its present values, or narrow it from now on."""
        kind = record_kinds()[entity]
        row = require_row(self.connection, entity, identifier)
        if row["audience"] == audience:
            return
        self.require_here(row)
        self._raw_update(entity, row, {"audience": audience}, self._sharing(row))
        row["audience"] = audience
        self._republish(kind, row)
        self._changed(entity, [identifier])

    # ------------------------------------------------------------ reconciling

    def settle(
        self, entity: str, record: str, part: str | None, row: str, name: str, value: Value
    ) -> None:
        """Decide a field in conflict: the value is written even where it is the one shown."""
        kind = record_kinds()[entity]
        holder = require_row(self.connection, entity, record)
        mapped = self.part_class(entity, part) if part else kind.mapped
        table = mapped.__tablename__
        fields = fields_of(mapped)
        if part:
            held = require_row(self.connection, table, row)
            self.rules.require_change_part(kind, kind.parts[part], held, holder, {name: value})
        elif name in fields:
            self.rules.require_change(kind, holder, {name: value})
        raw = to_sql(fields[name], value) if name in fields else _raw(value)
        self.capture.update(table, row, {name: raw}, self._sharing(holder))
        self._dirty.setdefault(table, set()).add(row)
        self._changed(entity, [record])

    def suggest(self, entity: str, identifier: str, name: str, value: Value) -> None:
        """Propose a value to the office that may write it."""
        field = record_kinds()[entity].fields[name]
        row = require_row(self.connection, entity, identifier)
        self.capture.suggest(entity, identifier, name, to_sql(field, value), self._sharing(row))
        self._changed(entity, [identifier])

    def suggest_new(
        self, entity: str, identifier: str, ref: str, owner: str, values: Mapping[str, Value]
    ) -> None:
        """Propose a record that another office alone may make; nothing is made here."""
        kind = record_kinds()[entity]
        sharing = self._sharing_of_new(kind.mapped, owner, values)
        row: dict[str, Raw] = {
            "id": identifier,
            "owner": owner,
            "ref": ref,
            "state": kind.mapped.initial_state,
            "audience": sharing.audience,
            "circle": sharing.circle,
        }
        row.update({n: to_sql(kind.fields[n], v) for n, v in values.items() if v is not None})
        shared = Sharing(sharing.audience, sharing.circle, self.w.office)
        self.capture.suggest_new(entity, row, shared)
        self._changed(entity, [])

    def decide(self, suggestion: Mapping[str, Any], status: str) -> None:
        """Tell what became of a suggestion."""
        layout = layouts()[suggestion["table_name"]]
        entity = layout.mapped.parent_entity if layout.is_part else layout.table  # type: ignore[attr-defined]
        holder = read_row(self.connection, entity, suggestion["record"])
        if holder is None:
            # A record that was suggested and not made: every office read the suggestion.
            sharing = Sharing(ALL, self.w.office, self.w.office)
        else:
            sharing = self._sharing(holder)
        self.capture.decide(suggestion, status, sharing)
        self._changed(entity, [suggestion["record"]])

    # ------------------------------------------------------------ undo

    def apply_inverse(self, inverse: Inverse) -> None:
        """Take back one change. Raises ``Refused`` ("undo-stale") when it was overwritten."""
        row = read_row(self.connection, inverse.table, inverse.row)
        if row is None:
            raise _stale()
        entity, record = _owner_of(inverse.table, row)
        holder = row if record == inverse.row else require_row(self.connection, entity, record)
        if inverse.kind == "bin":
            self._invert_bin(inverse, row, holder, entity, record)
            return
        if _comparable(row.get(inverse.field)) != _comparable(inverse.after):
            raise _stale()
        fields = fields_of(layouts()[inverse.table].mapped)
        value = from_sql(fields[inverse.field], inverse.before)
        self._write(inverse.table, row, fields, {inverse.field: value}, self._sharing(holder))
        self._changed(entity, [record])

    def _invert_bin(
        self,
        inverse: Inverse,
        row: dict[str, Any],
        holder: dict[str, Any],
        entity: str,
        record: str,
    ) -> None:
        if row["deleted"] != inverse.after:
            raise _stale()
        write = self.capture.delete if inverse.before == 1 else self.capture.restore
        write(inverse.table, inverse.row, self._sharing(holder))
        after = int(inverse.before or 0)
        self._binned(entity, inverse.table, record, inverse.row, int(inverse.after or 0), after)

    # ------------------------------------------------------------ inside

    @staticmethod
    def fields(entity: str) -> dict[str, Field]:
        """Return the declared fields of an entity."""
        return record_kinds()[entity].fields

    def require_creation(self, entity: str, identifier: str) -> None:
        """Ask the state machine whether this record may be made as it is filled in."""
        row = require_row(self.connection, entity, identifier)
        today = self.w.clock().date().isoformat()
        acting.check_creation(RecordFacts(self.connection, entity, row, today), self.w.actor)

    def part_class(self, entity: str, part: str) -> type[Part]:
        """Return the class of a part. Raises ``Refused`` ("no-such-part")."""
        found = record_kinds()[entity].parts.get(part)
        if found is None:
            raise Refused(
                "no-such-part",
                N_("A record of this kind has no rows called {part}."),
                params={"part": part},
            )
        return found

    @staticmethod
    def values(fields: Mapping[str, Field], row: Mapping[str, Any]) -> dict[str, Value]:
        """Return the values of a row."""
        return {name: from_sql(item, row.get(name)) for name, item in fields.items()}

    def _held_names(
        self,
        fields: Mapping[str, Field],
        row: Mapping[str, Any],
        values: Mapping[str, Value],
        seen: Mapping[str, Value] | None,
    ) -> tuple[Mapping[str, Value], Mapping[str, Value] | None]:
        """Take what names merged records back to the names that the row holds."""
        names = [name for name in values if name in fields and is_followed(fields[name])]
        followed = redirects_of_all(self.connection) if names else {}
        if not followed:
            return values, seen

        def held(given: Mapping[str, Value]) -> dict[str, Value]:
            found = dict(given)
            for name in names:
                if name in given:
                    before = from_sql(fields[name], row.get(name))
                    found[name] = as_held(fields[name], before, given[name], followed)
            return found

        return held(values), held(seen) if seen is not None else None

    def _differing(
        self, fields: Mapping[str, Field], row: Mapping[str, Any], values: Mapping[str, Value]
    ) -> dict[str, Value]:
        require_fields(fields, values)
        return {
            name: value
            for name, value in values.items()
            if _comparable(to_sql(fields[name], value)) != _comparable(row.get(name))
        }

    def _require_seen(
        self,
        fields: Mapping[str, Field],
        row: Mapping[str, Any],
        changed: Iterable[str],
        seen: Mapping[str, Value] | None,
        part_id: str | None = None,
    ) -> None:
        for name in changed:
            if seen is None or name not in seen:
                continue
            if _comparable(to_sql(fields[name], seen[name])) != _comparable(row.get(name)):
                raise Refused(
                    "changed-meanwhile",
                    N_("This field was changed while you were writing."),
                    hint=N_("Both texts are kept. Compare them, then decide."),
                    field=name,
                    part_id=part_id,
                )

    def _write(
        self,
        table: str,
        row: dict[str, Any],
        fields: Mapping[str, Field],
        changed: Mapping[str, Value],
        sharing: Sharing,
    ) -> None:
        plain: dict[str, Raw] = {}
        for name, value in changed.items():
            raw = to_sql(fields[name], value)
            self.inverses.append(
                Inverse(table, str(row["id"]), "value", name, _raw(row.get(name)), raw)
            )
            if fields[name].is_set:
                self._write_set(table, row, name, raw, sharing)
            else:
                plain[name] = raw
        if plain:
            self.capture.update(table, str(row["id"]), plain, sharing)
        self._dirty.setdefault(table, set()).add(str(row["id"]))
        if table in record_kinds():
            self._changed(table, [str(row["id"])])

    def _write_set(
        self, table: str, row: dict[str, Any], name: str, raw: Raw, sharing: Sharing
    ) -> None:
        before = set(json.loads(row[name])) if row.get(name) else set()
        now = set(json.loads(str(raw))) if raw else set()
        self.capture.members(table, str(row["id"]), name, now, now - before, before - now, sharing)

    def _raw_update(
        self, table: str, row: Mapping[str, Any], values: Mapping[str, Raw], sharing: Sharing
    ) -> None:
        self.capture.update(table, str(row["id"]), values, sharing)
        self._dirty.setdefault(table, set()).add(str(row["id"]))

    def _sharing_of_new(
        self, mapped: type[Record], owner: str, values: Mapping[str, Value]
    ) -> ModelSharing:
        """Return who receives a record, which may depend on the record it belongs to."""
        followed = None
        target = values.get(mapped.follows) if mapped.follows else None
        if isinstance(target, str):
            entity, identifier = self._located(target)
            if entity:
                row = require_row(self.connection, entity, identifier)
                followed = (entity, ModelSharing(str(row["audience"]), str(row["circle"])))
        return sharing_of_new(mapped, owner, values, followed)

    def _located(self, identifier: str) -> tuple[str, str]:
        for entity in record_kinds():
            if read_row(self.connection, entity, identifier) is not None:
                return entity, identifier
        return "", identifier

    def _recircle(self, kind: EntityKind, row: dict[str, Any], values: Mapping[str, Value]) -> None:
        """Follow a change of partners, or of a person's consent to be shared.

        Those who join receive what is for them; what was sent is never recalled. An
        audience that an officer chose by hand stays as chosen.
        """
        held = self.values(kind.fields, row)
        before = self._sharing_of_new(kind.mapped, str(row["owner"]), held)
        after = self._sharing_of_new(kind.mapped, str(row["owner"]), values)
        if before == after:
            return
        chosen = str(row["audience"]) != before.audience
        audience = str(row["audience"]) if chosen else after.audience
        changed: dict[str, Raw] = {"circle": after.circle, "audience": audience}
        self._raw_update(kind.name, row, changed, self._sharing(row))
        row.update(changed)
        self._republish(kind, row)

    def require_share(self, entity: str, identifier: str, audience: str) -> None:
        """Raise ``Refused`` unless the officer may share the record so."""
        row = require_row(self.connection, entity, identifier)
        self.rules.require_share({**row, "entity": entity}, audience)

    def _republish(self, kind: EntityKind, row: dict[str, Any]) -> None:
        """Publish the present values of a record, with its rows, where they now belong."""
        sharing = self._sharing(row)
        identifier = str(row["id"])
        fresh = require_row(self.connection, kind.name, identifier)
        self.capture.publish(kind.name, fresh, sharing)
        for mapped in kind.parts.values():
            found = self.connection.exec_driver_sql(
                f'SELECT * FROM "{mapped.__tablename__}" WHERE parent = ?',  # noqa: S608
                (identifier,),
            )
            for part in found.mappings().all():
                self.capture.publish(mapped.__tablename__, dict(part), sharing)

    def _position(self, mapped: type[Part], record: str, before: str | None) -> str:
        return numbering.position(self.connection, mapped.__tablename__, record, before)

    def _sharing(self, record: Mapping[str, Any]) -> Sharing:
        return Sharing(str(record["audience"]), str(record["circle"]), self.w.office)

    @staticmethod
    def require_here(row: Mapping[str, Any]) -> None:
        """Raise ``Refused`` ("in-bin") for a record in the bin."""
        if row["deleted"]:
            raise Refused(
                "in-bin",
                N_("This record is in the bin."),
                hint=N_("Take it out of the bin first."),
            )

    def _changed(self, entity: str, records: Iterable[str]) -> None:
        self.summary_entities.add(entity)
        self.summary_records.update(records)

    def finish(self) -> None:
        """Index what changed and write the commits."""
        for table, rows in self._dirty.items():
            indexing.index_tables(self.connection, table, rows)
        self.capture.finish()


def require_fields(fields: Mapping[str, Field], values: Iterable[str]) -> None:
    """Raise ``Refused`` ("no-such-field") for a name that is not declared."""
    for name in values:
        if name not in fields:
            raise Refused(
                "no-such-field",
                N_("There is no field called {field} here."),
                hint=N_("Nothing was changed."),
                field=name,
                params={"field": name},
            )


def _defaults(fields: Mapping[str, Field]) -> dict[str, Value]:
    return {n: f.default for n, f in fields.items() if f.default is not None}


def _without(refs: Sequence[str | None] | None, count: int) -> int:
    return count if refs is None else sum(not ref for ref in refs)


def _at(given: Sequence[str | None] | None, index: int) -> str | None:
    return given[index] if given is not None else None


def _comparable(value: Any) -> Any:
    """Nothing, the empty text and the empty set are the same to an officer."""
    if isinstance(value, bool):
        return int(value)
    return None if value in ("", "[]") else value


def _raw(value: Any) -> Raw:
    return value if isinstance(value, str | int | bool) or value is None else str(value)


def _owner_of(table: str, row: Mapping[str, Any]) -> tuple[str, str]:
    layout = layouts()[table]
    if layout.is_part:
        return layout.mapped.parent_entity, str(row["parent"])  # type: ignore[attr-defined]
    return table, str(row["id"])


def _stale() -> Refused:
    return Refused(
        "undo-stale",
        N_("This cannot be undone any more: the record was changed since."),
        hint=N_("Nothing was changed. Take the older value back from the record's history."),
    )
