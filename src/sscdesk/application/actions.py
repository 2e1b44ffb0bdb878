"""Acts on records: what is offered to an officer, what is missing, and doing it."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application.facts import RecordFacts
from sscdesk.application.reading import require_row, resolve
from sscdesk.application.unit_of_work import UnitOfWork
from sscdesk.application.viewing import view_record
from sscdesk.application.views import ActionView, RecordView
from sscdesk.model import acting
from sscdesk.model.lifecycle import Offer
from sscdesk.model.lifecycles import LIFECYCLES
from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


def actions(w: "Workspace", ref: str) -> tuple[ActionView, ...]:
    """Return the acts that lead on from a record's state, with what is missing for each."""
    with w.read() as connection:
        entity, identifier = resolve(connection, ref)
        if require_row(connection, entity, identifier)["deleted"]:
            return ()
        found = facts(w, connection, entity, identifier)
        return tuple(_view(offer) for offer in acting.offers(found, w.actor))


def perform(
    w: "Workspace",
    ref: str,
    action: str,
    note: str = "",
    values: Mapping[str, Value] | None = None,
) -> RecordView:
    """Do an act: its fields, its trace and the new state are saved together.

    Raises ``Refused`` with everything that is missing in ``also``; an act that signs a
    report is refused ("passphrase-needed"): it makes a document.
    """
    with w.read() as connection:
        entity, identifier = resolve(connection, ref)
    if entity == "report":
        return _on_report(w, identifier, action, note)
    with w.unit(N_("Act"), note=note) as unit:
        entity, identifier = resolve(unit.connection, ref)
        act(unit, entity, identifier, action, note, values or {})
        made = view_record(w, unit.connection, entity, identifier)
    return made


def _on_report(w: "Workspace", ref: str, action: str, note: str) -> RecordView:
    """Do an act on a report: its contents are frozen, thawed and sealed with it."""
    from sscdesk.application import reports  # itself acts by this module

    acts: Mapping[str, Callable[..., RecordView]] = {
        "submit": reports.submit,
        "review": reports.review,
        "return": reports.return_,
        "archive": reports.archive,
        "contest": reports.contest,
        "revise": reports.revise,
    }
    if action in acts:
        return acts[action](w, ref, note)
    with w.unit(N_("Act"), undoable=False, note=note) as unit:
        # Says first what else stands against it; nothing is kept of the act itself.
        act(unit, "report", ref, action, note, {})
        raise Refused(
            "passphrase-needed",
            N_("A report is signed with the officer's passphrase: its PDF is made and sealed."),
            hint=N_("Nothing was signed. Sign it in the signature book."),
        )


def act(
    unit: UnitOfWork,
    entity: str,
    identifier: str,
    action: str,
    note: str,
    values: Mapping[str, Value],
) -> acting.Outcome:
    """Do an act inside a unit of work already open. Raises ``Refused`` ("in-bin", ...)."""
    unit.require_here(require_row(unit.connection, entity, identifier))
    found = facts(unit.w, unit.connection, entity, identifier)
    outcome = acting.check(found, unit.w.actor, action, values, note)
    unit.capture.rename(outcome.transition.label)
    unit.label = outcome.transition.label
    if outcome.values:
        unit.change(entity, identifier, outcome.values, by_desk=True)
    unit.set_state(entity, identifier, action, outcome.target, note)
    return outcome


def complete_acts(w: "Workspace", records: Iterable[str]) -> int:
    """Move records whose second office's act has just arrived; return how many.

    Both offices do so for themselves and write the same state, so nothing collides.
    """
    moved = 0
    with w.unit(N_("Both offices have acted"), undoable=False) as unit:
        for identifier in records:
            moved += _complete(unit, identifier)
    return moved


def _complete(unit: UnitOfWork, identifier: str) -> int:
    entity = unit.connection.exec_driver_sql(
        "SELECT source FROM act WHERE record = ? LIMIT 1", (identifier,)
    ).first()
    if entity is None:
        return 0
    name, _ = resolve(unit.connection, identifier)
    found = facts(unit.w, unit.connection, name, identifier)
    for row in LIFECYCLES[name].from_state(found.state):
        done = found.acts(row.action)
        if row.both and done and not acting.awaited_offices(row, found, done):
            unit.move_state(name, identifier, row.target)
            return 1
    return 0


def facts(w: "Workspace", connection: Connection, entity: str, identifier: str) -> RecordFacts:
    """Return a record as conditions look at it."""
    row = require_row(connection, entity, identifier)
    return RecordFacts(connection, entity, row, w.clock().date().isoformat())


def _view(offer: Offer) -> ActionView:
    row = offer.transition
    return ActionView(
        action=row.action,
        label=row.label,
        target=row.target,
        allowed=offer.allowed,
        primary=row.primary,
        needs_reason=row.reason,
        inputs=row.inputs,
        missing=tuple(one for one in offer.missing if not one.warning),
        warnings=tuple(one for one in offer.missing if one.warning),
    )
