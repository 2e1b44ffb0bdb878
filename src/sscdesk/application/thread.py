"""The thread of a practice: need, practice, exchanges, transfer, verified commitment.

Read only. Records belong to it by the links that officers made: an exchange names its
practices, the exchange that it continues and its commitments; a commitment names what
serves it; a transfer names its exchange. Every link counts from either end.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application.linking import naming_any
from sscdesk.application.reading import part_rows, resolve, title_of
from sscdesk.application.rules import Rules
from sscdesk.application.thread_views import Thread, ThreadCard, ThreadStep
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.lifecycle import Missing
from sscdesk.model.machines.exchange import STEPS
from sscdesk.model.practice import Transfer
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.model.thread import Knot, StepStanding, ThreadFacts, next_step, standings, wanting
from sscdesk.store.selecting import select_among

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

MOST = 200
"""Records of one kind in a thread; a practice that is everywhere is read in its lists."""

Row = Mapping[str, Any]


def thread(w: "Workspace", ref: str) -> Thread:
    """Return the thread of a practice, an exchange or a commitment.

    Raises ``NotFound`` ("not-found", "no-thread" for other kinds of records).
    """
    with w.read() as connection:
        entity, identifier = resolve(connection, ref)
        rules = Rules(connection, w.actor, today=w.clock().date().isoformat())
        for name in ("practice", "exchange", "commitment"):
            rules.require_read(record_kinds()[name])
        return _shown(_gathered(connection, entity, identifier), w.office)


@dataclass(slots=True)
class _Chain:
    """The records of a thread while they are gathered."""

    connection: Connection
    entity: str
    id: str
    practices: dict[str, Row] = field(default_factory=dict)
    exchanges: dict[str, Row] = field(default_factory=dict)
    commitments: dict[str, Row] = field(default_factory=dict)
    transfers: dict[str, list[Row]] = field(default_factory=dict)
    """By practice."""
    organisations: dict[str, Row] = field(default_factory=dict)


def _gathered(connection: Connection, entity: str, identifier: str) -> _Chain:
    chain = _Chain(connection, entity, identifier)
    begin = {"practice": _from_practice, "exchange": _from_exchange, "commitment": _from_promise}
    if entity not in begin:
        raise NotFound(
            "no-thread",
            N_("Records of this kind have no thread."),
            hint=N_("Name a practice, an exchange or a commitment."),
        )
    begin[entity](chain)
    _add_transfers(chain)
    _add_needs(chain)
    return chain


def _from_practice(chain: _Chain) -> None:
    chain.practices = chain_rows(chain, "practice", [chain.id])
    _add_exchanges(chain, _naming(chain, "exchange", "practices", [chain.id]))
    _add_commitments(chain, _naming(chain, "commitment", "practices", [chain.id]))


def _from_exchange(chain: _Chain) -> None:
    _add_exchanges(chain, [chain.id])
    chain.practices = chain_rows(chain, "practice", _named(chain, "exchange", "practices"))
    _add_commitments(chain, [])


def _from_promise(chain: _Chain) -> None:
    chain.commitments = chain_rows(chain, "commitment", [chain.id])
    named = _named(chain, "commitment", "exchanges")
    _add_exchanges(chain, [*named, *_naming(chain, "exchange", "commitments", [chain.id])])
    practices = _named(chain, "commitment", "practices")
    practices += _named(chain, "exchange", "practices")
    chain.practices = chain_rows(chain, "practice", practices)


def _add_exchanges(chain: _Chain, first: Iterable[str]) -> None:
    """Add exchanges with those that they continue and that continue them, to the ends."""
    wanted = list(dict.fromkeys(first))
    while wanted and len(chain.exchanges) < MOST:
        found = chain_rows(chain, "exchange", wanted)
        chain.exchanges.update(found)
        before = [str(row["continues"]) for row in found.values() if row["continues"]]
        after = _naming(chain, "exchange", "continues", list(found))
        wanted = [one for one in (*before, *after) if one not in chain.exchanges]


def _add_commitments(chain: _Chain, first: Iterable[str]) -> None:
    wanted = [*first, *_named(chain, "exchange", "commitments")]
    wanted += _naming(chain, "commitment", "exchanges", list(chain.exchanges))
    chain.commitments.update(chain_rows(chain, "commitment", wanted))


def _add_transfers(chain: _Chain) -> None:
    exchanges: list[str] = []
    for practice in chain.practices:
        rows = part_rows(chain.connection, Transfer.__tablename__, practice)
        if chain.entity == "exchange":
            rows = [row for row in rows if row["exchange"] in (None, *chain.exchanges)]
        chain.transfers[practice] = list(rows)
        exchanges += [str(row["exchange"]) for row in rows if row["exchange"]]
    _add_exchanges(chain, [one for one in exchanges if one not in chain.exchanges])


def _add_needs(chain: _Chain) -> None:
    """Add the organisations of the thread that say what they need."""
    wanted = [str(row["beneficiary_organisation"] or "") for row in chain.commitments.values()]
    for rows in chain.transfers.values():
        wanted += [str(row["organisation"] or "") for row in rows]
    found = chain_rows(chain, "organisation", [one for one in wanted if one])
    chain.organisations = {one: row for one, row in found.items() if row["needs"]}


def chain_rows(chain: _Chain, entity: str, identifiers: Iterable[str]) -> dict[str, Row]:
    """Return the rows of records that are here and not in the bin, by identifier."""
    wanted = list(dict.fromkeys(identifiers))[:MOST]
    found: dict[str, Row] = {}
    for rows in select_among(chain.connection, f'SELECT * FROM "{entity}"', "id", wanted):
        found.update({row["id"]: dict(row) for row in rows.mappings() if not row["deleted"]})
    return {one: found[one] for one in wanted if one in found}


def _naming(chain: _Chain, entity: str, name: str, among: list[str]) -> list[str]:
    found = naming_any(chain.connection, entity, name, among) if among else {}
    return [one for members in found.values() for one in members]


def _named(chain: _Chain, entity: str, name: str) -> list[str]:
    declared = record_kinds()[entity].fields[name]
    rows = chain.exchanges if entity == "exchange" else chain.commitments
    found: list[str] = []
    for row in rows.values():
        value = from_sql(declared, row[name])
        found += value if isinstance(value, tuple) else ()
    return found


# ---------------------------------------------------------------- showing


def _shown(chain: _Chain, office: str) -> Thread:
    facts = _facts(chain)
    standing = standings(facts)
    return Thread(
        entity=chain.entity,
        id=chain.id,
        steps=tuple(_step(chain, facts, step, standing[step], office) for step in STEPS),
        next_step=next_step(facts),
        practices=tuple(chain.practices),
        last_exchange=_last_exchange(chain),
    )


def _step(
    chain: _Chain, facts: ThreadFacts, step: str, standing: StepStanding, office: str
) -> ThreadStep:
    missing = () if standing is StepStanding.SKIPPED else wanting(facts, step)
    reason, open_to = "", ""
    if standing is StepStanding.SKIPPED:
        after = _first_after(chain, step)
        reason = str(after["step_reason"] or "") if after else ""
        open_to = str(after["id"]) if after and not reason and after["owner"] == office else ""
    return ThreadStep(
        step=step,
        standing=standing,
        cards=tuple(_cards(chain, step)),
        missing=tuple(_led(chain, one) for one in missing),
        reason=reason,
        may_say_why=open_to,
    )


def _led(chain: _Chain, missing: Missing) -> Missing:
    """Let what is missing in a field of a practice lead to that practice."""
    if missing.field == "transfer" and chain.practices:
        return replace(missing, entity="practice", record=next(iter(chain.practices)))
    return missing


def _facts(chain: _Chain) -> ThreadFacts:
    exchanges: dict[str, tuple[Knot, ...]] = {}
    for row in chain.exchanges.values():
        if row["state"] != "cancelled":
            exchanges[str(row["step"])] = (
                *exchanges.get(str(row["step"]), ()),
                _knot("exchange", row),
            )
    return ThreadFacts(
        practices=tuple(_knot("practice", row) for row in chain.practices.values()),
        exchanges=exchanges,
        commitments=tuple(_knot("commitment", row) for row in chain.commitments.values()),
        transfers=sum(len(rows) for rows in chain.transfers.values()),
        needs=len(chain.organisations),
    )


def _knot(entity: str, row: Row) -> Knot:
    return Knot(entity, str(row["id"]), str(row["ref"]), str(row["state"]))


def _cards(chain: _Chain, step: str) -> Iterator[ThreadCard]:
    """Yield what a step holds, in the order of the chain."""
    if step == "identify":
        for row in chain.organisations.values():
            yield _card("organisation", row, (str(row["country"]),), said=str(row["needs"]))
        for row in chain.practices.values():
            yield _card("practice", row, (str(row["country"]),), str(row["since"] or ""))
    for row in _by_start(chain, step):
        offices = from_sql(
            record_kinds()["exchange"].fields["partner_offices"], row["partner_offices"]
        )
        named = (str(row["lead_office"]), *(offices if isinstance(offices, tuple) else ()))
        yield _card("exchange", row, tuple(dict.fromkeys(named)), row["starts_on"], row["ends_on"])
    if step == "transfer":
        yield from _transfer_cards(chain)
    for row in chain.commitments.values():
        if _step_of_commitment(row) == step:
            sides = (str(row["owed_by"]), str(row["owed_to"]))
            yield _card("commitment", row, sides, row["due_on"])


def _step_of_commitment(row: Row) -> str:
    """A commitment that is only proposed belongs to the beginning, others to the end."""
    return "identify" if row["state"] == "proposed" else "capitalise"


def _transfer_cards(chain: _Chain) -> Iterator[ThreadCard]:
    for practice, rows in chain.transfers.items():
        for row in rows:
            yield ThreadCard(
                entity="practice",
                id=practice,
                ref=str(chain.practices[practice]["ref"]),
                title=title_of(record_kinds()["practice"].mapped, chain.practices[practice]),
                state="",
                offices=(str(row["receiving_office"]),),
                since=str(row["date"] or ""),
                said=str(row["adaptation"] or row["result"] or ""),
                part="transfer",
                row=str(row["id"]),
            )


def _card(
    entity: str,
    row: Row,
    offices: tuple[str, ...],
    since: Any = "",
    until: Any = "",
    said: str = "",
) -> ThreadCard:
    kind = record_kinds()[entity]
    return ThreadCard(
        entity=entity,
        id=str(row["id"]),
        ref=str(row["ref"]),
        title=title_of(kind.mapped, row),
        state="" if entity == "organisation" else str(row["state"]),
        offices=offices,
        since=str(since or ""),
        until=str(until or ""),
        said=said,
    )


def _by_start(chain: _Chain, step: str) -> list[Row]:
    rows = [row for row in chain.exchanges.values() if row["step"] == step]
    return sorted(rows, key=lambda row: (str(row["starts_on"] or "9999"), str(row["ref"])))


def _first_after(chain: _Chain, step: str) -> Row | None:
    for later in STEPS[STEPS.index(step) + 1 :]:
        for row in _by_start(chain, later):
            if row["state"] != "cancelled":
                return row
    return None


def _last_exchange(chain: _Chain) -> str:
    """Return the exchange furthest along, from which the next one goes on."""
    rows = [row for row in chain.exchanges.values() if row["state"] != "cancelled"]
    ordered = sorted(rows, key=lambda row: (_place(row), str(row["starts_on"] or "")))
    return str(ordered[-1]["id"]) if ordered else ""


def _place(row: Row) -> int:
    """Return how far along the thread an exchange is; a step of a newer desk comes first."""
    return STEPS.index(row["step"]) if row["step"] in STEPS else -1
