"""What officers do all day: write, delete, take back, settle, suggest, decide, share."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from sscdesk.application import erasing, merging, records
from sscdesk.application import synchronise as sync
from sscdesk.application.views import ConflictView
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.values import Value
from tests.simulation.kinds import EVERYBODY, KINDS, Kind, Row, Told, audience_of
from tests.simulation.oracle import BIN, ERASED, MADE, Heads, Proposal, Write, holds
from tests.simulation.plans import Chance
from tests.simulation.world import Desk, Saving, World, heads, new_dots, sharing

SHUT = frozenset({"in-bin", "not-found"})
"""What an officer may meet at any time: the record, or the row in it, went into the bin."""


# ---------------------------------------------------------------- finding


def any_desk(world: World, chance: Chance) -> Desk:
    """Pick a laptop, a stolen one now and then too."""
    return chance.pick("desk", world.desks.values(), lambda desk: desk.name)


def rows_here(world: World, desk: Desk) -> list[Row]:
    """Return the rows that a desk must hold."""
    known = world.known(desk)
    oracle = world.oracle
    return [
        row
        for row in world.rows
        if oracle.is_here(known, row.id) and not oracle.is_erased(known, row.id)
    ]


def a_row(world: World, chance: Chance, rows: Iterable[Row]) -> Row | None:
    """Pick a row; three in four times the one that most was written to, to make conflicts."""
    found = list(rows)
    if not found:
        return None
    if not chance.once_in("seldom written", 4):
        return max(found, key=lambda row: (_writes_to(world, row), row.name))
    return chance.pick("row", found, lambda row: row.name)


def _writes_to(world: World, row: Row) -> int:
    return sum(len(writes) for (of, _), writes in world.oracle.by_key.items() if of == row.id)


def words(world: World, desk: Desk, row: Row, told: Told) -> str:
    """Make a text that tells by a word of its own where it may be read."""
    wide, circle = sharing(desk, row)
    readers = frozenset({desk.office}) if told.reach == "office" else wide
    if told.reach == "bilateral":
        readers = circle & wide or frozenset({desk.office})
    return f"{world.token(readers)} {desk.name}"


def attempt(act: Callable[[], object], *codes: str) -> bool:
    """Do something that may lawfully be refused with these codes; say whether it was done."""
    try:
        act()
    except (NotFound, Refused) as refused:
        if refused.code in SHUT or refused.code in codes:
            return False
        raise
    return True


# ---------------------------------------------------------------- writing


def make(world: World, chance: Chance) -> None:
    """An office makes a record."""
    desk = any_desk(world, chance)
    weights = {"agreement": 5, "organisation": 2, "exchange": 2, "action_plan": 2, "person": 2}
    entity = chance.weighed("entity", weights)
    if entity == "action_plan" and not _agreements_here(world, desk):
        entity = "agreement"
    make_record(world, chance, desk, KINDS[entity])


def make_record(world: World, chance: Chance, desk: Desk, kind: Kind) -> Row:
    """Let a desk make a record of a kind, with partners of chance."""
    others = [code for code in world.plan.offices if code != desk.office]
    partners = [code for code in others if not chance.once_in(f"without {code}", 4)] or others[:1]
    circle = {desk.office, *partners}
    hidden = kind.personal and chance.once_in("hidden", 3)
    values: dict[str, Value] = {}
    match kind.entity:
        case "agreement":
            values = {
                "kind": "mou",
                "countries": tuple(sorted(circle)),
                "parties": (_ministry(world, chance, desk).id,),
            }
        case "exchange":
            values = {
                "kind": "workshop",
                "step": "share",
                "lead_office": desk.office,
                "partner_offices": tuple(sorted(partners)),
            }
        case "organisation":
            values = {"country": desk.office, "kind": "ministry", "level": "national"}
            circle = {desk.office}
        case "action_plan":
            agreement = chance.pick("agreement", _agreements_here(world, desk), lambda r: r.name)
            circle = {desk.office, chance.pick("partner", partners)}
            values = {
                "offices": tuple(sorted(circle)),
                "period_from": "2026",
                "period_until": "2028",
                "agreement": agreement.id,
            }
        case "person":
            values = {"given": "Awa", "may_be_shared": not hidden}
            circle = {desk.office}
    shared = {desk.office} if hidden else set(EVERYBODY)
    values[kind.title] = title = f"{world.token(frozenset(shared))} {kind.entity}"
    row = Row(f"r{world.step}", "", kind, desk.office, shared, circle)
    while any(one.name == row.name for one in world.rows):
        row.name += "b"
    with world.saving(desk) as saving:
        row.id = records.create(desk.w, kind.entity, values).id
        _tell_made(saving, row, {kind.title: title})
    world.rows.append(row)
    world.say(f"{desk.name} makes {kind.entity} {row.name} with {'+'.join(sorted(circle))}")
    return row


def _tell_made(saving: Saving, row: Row, filled: dict[str, str]) -> None:
    saving.write(row, MADE, True)
    for told in row.keys:
        if not told.members:
            # What was left empty stands in the commit that made the row.
            reach = told.reach if told.name in filled else "shared"
            saving.write(row, told.name, filled.get(told.name), reach)


def _ministry(world: World, chance: Chance, desk: Desk) -> Row:
    for row in rows_here(world, desk):
        if row.kind.entity == "organisation" and row.owner == desk.office:
            return row
    return make_record(world, chance, desk, KINDS["organisation"])


def _agreements_here(world: World, desk: Desk) -> list[Row]:
    here = rows_here(world, desk)
    return [row for row in here if row.kind.entity == "agreement" and row.part is None]


def edit(world: World, chance: Chance) -> None:
    """An officer writes a field."""
    edit_at(world, chance, any_desk(world, chance))


def edit_at(world: World, chance: Chance, desk: Desk) -> None:
    """Let an officer of this desk write a field."""
    writable = [
        row
        for row in rows_here(world, desk)
        if any(row.may_write(told, desk.office) and not told.members for told in row.keys)
    ]
    row = a_row(world, chance, writable)
    if row is None:
        return
    fields = [t for t in row.keys if row.may_write(t, desk.office) and not t.members]
    told = fields[0]
    if chance.once_in("another field", 3):
        told = chance.pick("field", fields, lambda one: one.name)
    value = words(world, desk, row, told)

    def write() -> None:
        with world.saving(desk) as saving:
            saving.write(row, told.name, value, told.reach)
            if row.part is None:
                records.change(desk.w, row.id, {told.name: value})
            else:
                holder, part = row.record.id, row.part.part
                records.change_part(desk.w, holder, part, row.id, {told.name: value})

    if attempt(write):
        world.say(f"{desk.name} writes {told.name} of {row.name}: {value}")


def sort_in(world: World, chance: Chance) -> None:
    """An officer adds a member to a set, or takes it out."""
    desk = any_desk(world, chance)

    def sets(row: Row) -> list[Told]:
        return [t for t in row.keys if t.members and row.may_write(t, desk.office)]

    row = a_row(world, chance, [row for row in rows_here(world, desk) if sets(row)])
    if row is None:
        return
    told = chance.pick("set", sets(row), lambda one: one.name)
    member = chance.pick("member", told.members)
    held = records.view(desk.w, row.id).fields[told.name]
    there = isinstance(held, tuple) and member in held
    gone = {"remove": [member]} if there else {"add": [member]}

    def write() -> None:
        with world.saving(desk) as saving:
            saving.write(row, f"{told.name}:{member}", not there, told.reach)
            records.change_members(desk.w, row.id, told.name, **gone)

    if attempt(write):
        verb = "takes" if there else "puts"
        world.say(f"{desk.name} {verb} {member} in {told.name} of {row.name}")


def add_row(world: World, chance: Chance) -> None:
    """An officer adds a row inside a record."""
    desk = any_desk(world, chance)
    holders = [
        row
        for row in rows_here(world, desk)
        if row.part is None and row.kind.parts and desk.office in row.circle
    ]
    holder = a_row(world, chance, holders)
    if holder is None:
        return
    part = chance.pick("part", holder.kind.parts, lambda one: one.table)
    row = Row(f"{holder.name}.{world.step}", "", holder.kind, desk.office, holder.shared,
              holder.circle, holder, part)  # fmt: skip
    value = words(world, desk, row, row.keys[0])

    def write() -> None:
        with world.saving(desk) as saving:
            made = records.add_part(desk.w, holder.id, part.part, {part.text: value})
            row.id = made.id
            saving.write(row, MADE, True, part.reach)
            saving.write(row, part.text, value, part.reach)

    if attempt(write):
        world.rows.append(row)
        world.say(f"{desk.name} adds {part.part} {row.name}: {value}")


# ---------------------------------------------------------------- the bin


def delete(world: World, chance: Chance) -> None:
    """An office puts a record, or a row inside one, into the bin."""
    _bin(world, chance, gone=True)


def restore(world: World, chance: Chance) -> None:
    """An office takes a record out of the bin."""
    _bin(world, chance, gone=False)


def _bin(world: World, chance: Chance, *, gone: bool) -> None:
    desk = any_desk(world, chance)
    rows = [row for row in rows_here(world, desk) if _may_bin(row, desk.office, gone)]
    row = chance.pick("row", rows, lambda one: one.name) if rows else None
    if row is None or _is_deleted(desk, row) == gone:
        return

    def write() -> None:
        with world.saving(desk) as saving:
            saving.write(row, BIN, gone)
            if row.part is not None:
                records.remove_part(desk.w, row.record.id, row.part.part, row.id)
            else:
                (records.delete if gone else records.restore)(desk.w, row.id)

    if attempt(write, "never-deleted"):
        world.say(f"{desk.name} {'deletes' if gone else 'restores'} {row.name}")


def _may_bin(row: Row, office: str, gone: bool) -> bool:
    if row.part is not None:
        return gone and (office == row.owner or row.part.writers == "party")
    return office == row.owner or (row.kind.binned_by == "party" and office in row.circle)


def _is_deleted(desk: Desk, row: Row) -> bool:
    with desk.w.read() as connection:
        found = connection.exec_driver_sql(
            f'SELECT deleted FROM "{row.table}" WHERE id = ?',
            (row.id,),
        )
        return bool(found.scalar_one())


# ---------------------------------------------------------------- deciding


def settle(world: World, chance: Chance) -> None:
    """An office decides something that is to reconcile: one of the values, or another."""
    desk = any_desk(world, chance)
    rows = {row.id: row for row in world.rows}
    found = [one for one in sync.conflicts(desk.w) if one.row in rows]
    found = [one for one in found if _may_settle(rows[one.row], one.field, desk.office)]
    if not found:
        return
    one = chance.pick("conflict", found, lambda c: f"{rows[c.row].name} {c.field}")
    row = rows[one.row]
    if one.field == BIN:
        _settle_bin(world, chance, desk, row, one)
        return
    told = next(t for t in row.keys if t.name == one.field)
    chosen = chance.pick("value", one.values, lambda v: v.value)
    anew = chance.once_in("anew", 3)
    kept = next(v for v in one.values if v.stamp.office == chosen.stamp.office).value
    value = words(world, desk, row, told) if anew else kept

    def write() -> None:
        with world.saving(desk) as saving:
            saving.write(row, told.name, value, told.reach)
            if anew:
                sync.resolve_conflict(desk.w, row.id, told.name, value=value)
            else:
                sync.resolve_conflict(desk.w, row.id, told.name, keep=chosen.stamp.office)

    if attempt(write):
        world.say(f"{desk.name} settles {told.name} of {row.name}: {value}")


def _settle_bin(world: World, chance: Chance, desk: Desk, row: Row, one: ConflictView) -> None:
    gone = chance.once_in("gone", 2)

    def write() -> None:
        with world.saving(desk) as saving:
            saving.write(row, BIN, gone)
            sync.resolve_conflict(desk.w, row.id, BIN, value=gone)

    if attempt(write, "never-deleted"):
        world.say(f"{desk.name} decides that {row.name} is {'deleted' if gone else 'kept'}")


def _may_settle(row: Row, key: str, office: str) -> bool:
    if key == BIN:
        return _may_bin(row, office, gone=True)
    told = next((t for t in row.keys if t.name == key), None)
    return told is not None and row.may_write(told, office)


def suggest(world: World, chance: Chance) -> None:
    """An office proposes a value for a field that another one writes."""
    desk = any_desk(world, chance)

    def theirs(row: Row) -> list[Told]:
        fields = [t for t in row.keys if t.reach == "shared" and not t.members and t.by_hand]
        return [t for t in fields if not row.may_write(t, desk.office)]

    row = a_row(world, chance, [r for r in rows_here(world, desk) if not r.part and theirs(r)])
    if row is None:
        return
    told = chance.pick("field", theirs(row), lambda one: one.name)
    value = words(world, desk, row, told)
    before = heads(desk)
    sync.suggest(desk.w, row.id, told.name, value)
    world.propose(desk, row, told.name, value, before)
    world.say(f"{desk.name} suggests {told.name} of {row.name}: {value}")


def decide(world: World, chance: Chance) -> None:
    """The office that may write a field accepts or declines what another suggests."""
    desk = any_desk(world, chance)
    rows = {row.id: row for row in world.rows}
    found = [
        (one, proposal)
        for one in sync.suggestions(desk.w)
        for proposal in world.oracle.proposals
        if (one.row, one.field, one.value) == (proposal.row, proposal.key, proposal.value)
        and one.row in rows
        and rows[one.row].may_write(rows[one.row].kind.told(one.field), desk.office)
    ]
    if not found:
        return
    one, proposal = chance.pick("suggestion", found, lambda pair: pair[1].value)
    row = rows[one.row]
    accepted = chance.once_in("accepted", 2)
    before = heads(desk)

    def write() -> None:
        with world.saving(desk) as saving:
            if accepted:
                saving.write(row, proposal.key, proposal.value)
            (sync.accept_suggestion if accepted else sync.decline_suggestion)(desk.w, one.id)

    if attempt(write):
        status = "accepted" if accepted else "declined"
        _decided(desk, proposal, status, before)
        world.say(f"{desk.name} has {status} for {proposal.key} of {row.name}: {proposal.value}")


def _decided(desk: Desk, proposal: Proposal, status: str, before: Heads) -> None:
    dots = frozenset(new_dots(desk, before).values())
    seen = frozenset(one.number for one in proposal.decisions if holds(before, one.dots))
    number = len(proposal.decisions) + 1
    proposal.decisions.append(
        Write(
            number,
            desk.name,
            desk.office,
            proposal.row,
            proposal.key,
            status,
            dots,
            proposal.readers,
            seen,
        )
    )


def overstep(world: World, chance: Chance) -> None:
    """A changed program writes a field that is another office's: it becomes a suggestion."""
    desk = any_desk(world, chance)

    def theirs(row: Row) -> list[Told]:
        fields = [t for t in row.keys if t.reach == "shared" and not t.members and t.by_hand]
        return [t for t in fields if not row.may_write(t, desk.office)]

    row = a_row(world, chance, [r for r in rows_here(world, desk) if not r.part and theirs(r)])
    if row is None:
        return
    told = chance.pick("field", theirs(row), lambda one: one.name)
    value = words(world, desk, row, told)
    before = heads(desk)

    def write() -> None:
        with desk.w.unit("Change", undoable=False) as unit:
            unit.change(row.kind.entity, row.id, {told.name: value}, by_desk=True)

    if attempt(write):
        desk.tampered.add((row.id, told.name))
        world.propose(desk, row, told.name, value, before)
        world.say(f"{desk.name} oversteps in {told.name} of {row.name}: {value}")


# ---------------------------------------------------------------- merging, erasing


def merge_two(world: World, chance: Chance) -> None:
    """An office says that two organisations are one, whoever recorded them, or parts them."""
    desk = any_desk(world, chance)
    known = [row for row in rows_here(world, desk) if row.kind.entity == "organisation"]
    if len(known) < 2:
        return
    kept = chance.pick("kept", known, lambda row: row.name)
    gone = chance.pick("gone", [row for row in known if row is not kept], lambda row: row.name)
    before = _redirects(desk, known)
    verb = "parts" if before[gone.id] else "merges"

    def write() -> None:
        with world.saving(desk) as saving:
            if before[gone.id]:
                merging.separate(desk.w, gone.id)
            else:
                merging.merge(desk.w, kept.id, gone.id, fill=False)
            now = _redirects(desk, known)
            for row in known:
                if now[row.id] != before[row.id]:
                    saving.write(row, "same_as", now[row.id])

    if attempt(write, "merged-already"):
        world.say(f"{desk.name} {verb} {gone.name} and {kept.name}")


def _redirects(desk: Desk, rows: list[Row]) -> dict[str, object]:
    with desk.w.read() as connection:
        found = connection.exec_driver_sql("SELECT id, same_as FROM organisation").all()
    held = {one.id: one.same_as for one in found}
    return {row.id: held.get(row.id) for row in rows}


def erase(world: World, chance: Chance) -> None:
    """An office erases a person at her request; the head of the office does it."""
    desk = any_desk(world, chance)
    known = world.known(desk)
    persons = [
        row
        for row in rows_here(world, desk)
        if row.kind.entity == "person"
        and row.owner == desk.office
        and not world.oracle.is_erased(known, row.id)
    ]
    if not persons:
        return
    row = chance.pick("person", persons, lambda one: one.name)
    actor = desk.w.actor
    desk.w.actor = replace(actor, roles=frozenset({"head"}))
    try:
        with world.saving(desk) as saving:
            saving.write(row, ERASED, True)
            erasing.erase(desk.w, row.id, "Demande de l'intéressée")
    finally:
        desk.w.actor = actor
    world.say(f"{desk.name} erases {row.name}")


# ---------------------------------------------------------------- sharing


def share(world: World, chance: Chance) -> None:
    """An office decides who receives a record from now on: fewer, or more again."""
    desk = any_desk(world, chance)
    rows = [
        row
        for row in rows_here(world, desk)
        if row.part is None and row.kind.entity in ("agreement", "action_plan", "exchange")
    ]
    rows = [row for row in rows if _may_bin(row, desk.office, gone=True)]
    row = a_row(world, chance, rows)
    if row is None:
        return
    wide = frozenset({row.owner, desk.office, *row.circle})
    chosen = chance.pick("whom", [wide, EVERYBODY], audience_of)
    if sharing(desk, row)[0] == chosen:
        return

    def write() -> None:
        with world.saving(desk) as saving:
            records.set_audience(desk.w, row.id, audience_of(chosen))
            for one in (row, *(r for r in world.rows if r.holder is row)):
                _published(world, saving, desk, one)

    if attempt(write):
        world.say(f"{desk.name} shares {row.name} with {audience_of(chosen)}")


def _published(world: World, saving: Saving, desk: Desk, row: Row) -> None:
    """Publishing writes what stands in a row once more, for those who are to read it now."""
    known = world.known(desk)
    if not world.oracle.is_here(known, row.id):
        return
    with desk.w.read() as connection:
        held = (
            connection.exec_driver_sql(
                f'SELECT * FROM "{row.table}" WHERE id = ?',
                (row.id,),
            )
            .mappings()
            .one()
        )
    wide, _ = sharing(desk, row)
    saving.write(row, MADE, True, row.part.reach if row.part else "shared")
    for told in row.keys:
        value = held[told.name]
        if told.members:
            for member in (m for m in told.members if f'"{m}"' in (value or "")):
                saving.write(row, f"{told.name}:{member}", True, told.reach)
        elif value is not None:
            saving.write(row, told.name, value, told.reach)
            if told.reach == "shared":
                world.tokens.setdefault(str(value).split()[0], set()).update(wide)


USE = {
    "make": (make, 5),
    "edit": (edit, 22),
    "sort in": (sort_in, 5),
    "add row": (add_row, 3),
    "delete": (delete, 2),
    "restore": (restore, 2),
    "settle": (settle, 6),
    "suggest": (suggest, 3),
    "decide": (decide, 3),
    "overstep": (overstep, 1),
    "merge": (merge_two, 2),
    "erase": (erase, 1),
}
