"""The ledger of promises: what two offices owe each other, side by side, and how it stands.

Read only. Of an agreement it holds every plan, of a plan its axes, of a commitment the
bargain that it belongs to.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from sscdesk.application.facts import RecordFacts
from sscdesk.application.linking import Link, links_of, naming_any
from sscdesk.application.promise_views import (
    Bargain,
    Ledger,
    LedgerAxis,
    LedgerPlan,
    OfficeAct,
    Promise,
    Totals,
)
from sscdesk.application.reading import part_rows, read_row, require_row, resolve, title_of
from sscdesk.application.rules import Rules
from sscdesk.model import acting
from sscdesk.model.agreement import ActionPlan, Axis
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.field import fields_of
from sscdesk.model.lateness import days_late
from sscdesk.model.lifecycle import Transition
from sscdesk.model.lifecycles import LIFECYCLES
from sscdesk.model.offices import OFFICES
from sscdesk.model.promises import bargains, counted, standing
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

SERVED_BY = ("exchange", "mission", "practice")
"""The entities that may serve a commitment; its field is their plural."""


def ledger(w: "Workspace", ref: str) -> Ledger:
    """Return the promises of an agreement, an action plan or a commitment.

    Raises ``NotFound`` ("not-found", "no-promises" for other kinds of records) and
    ``Refused`` where the officer may not read them.
    """
    with w.read() as connection:
        entity, identifier = resolve(connection, ref)
        reader = _Reader(w, connection)
        return Ledger(entity, identifier, tuple(reader.plans(entity, identifier)))


class _Around(NamedTuple):
    """What names the commitments of one reading."""

    serving: Mapping[str, Mapping[str, list[str]]]
    """By entity, then by commitment: the records that say that they serve it."""
    attached: Mapping[str, list[str]]


class _Reader:
    def __init__(self, w: "Workspace", connection: Connection) -> None:
        self._office = w.office
        self._actor = w.actor
        self._connection = connection
        self._today = w.clock().date()
        rules = Rules(connection, w.actor, today=self._today.isoformat())
        rules.require_read(record_kinds()["commitment"])

    def plans(self, entity: str, identifier: str) -> Iterator[LedgerPlan]:
        """Yield the plans, oldest first, each with its promises."""
        if entity == "agreement":
            plans = self._rows("action_plan", "agreement", [identifier], "period_from")
            held = self._rows("commitment", "action_plan", [str(plan["id"]) for plan in plans])
            for plan in plans:
                own = [row for row in held if row["action_plan"] == plan["id"]]
                yield self._plan(plan, own)
        elif entity == "action_plan":
            held = self._rows("commitment", "action_plan", [identifier])
            yield self._plan(require_row(self._connection, entity, identifier), held)
        elif entity == "commitment":
            yield self._bargain_of(require_row(self._connection, entity, identifier))
        else:
            raise NotFound(
                "no-promises",
                N_("Records of this kind hold no promises."),
                hint=N_("Name an agreement, an action plan or a commitment."),
            )

    def _bargain_of(self, row: Mapping[str, Any]) -> LedgerPlan:
        plan = read_row(self._connection, "action_plan", str(row["action_plan"] or ""))
        of_plan = self._rows("commitment", "action_plan", [str(row["action_plan"] or "")])
        known = {str(one["id"]): one for one in of_plan} | {str(row["id"]): row}
        names = {one: other["reciprocal_of"] for one, other in known.items()}
        group = next(found for found in bargains(names) if row["id"] in found)
        return self._plan(plan or {}, [known[one] for one in group], row)

    def _rows(
        self, entity: str, by: str, among: Sequence[str], order: str = "due_on"
    ) -> list[dict[str, Any]]:
        found = self._connection.exec_driver_sql(
            f'SELECT * FROM "{entity}" WHERE deleted = 0 AND "{by}" IN '
            f"(SELECT value FROM json_each(?)) ORDER BY coalesce(\"{order}\", '9999'), ref, id",
            (msgspec.json.encode(list(among)).decode(),),
        )
        return [dict(row) for row in found.mappings()]

    # ------------------------------------------------------------ one plan

    def _plan(
        self,
        plan: Mapping[str, Any],
        rows: Sequence[Mapping[str, Any]],
        like: Mapping[str, Any] | None = None,
    ) -> LedgerPlan:
        first, second = self._sides(plan, like)
        around = self._around(rows)
        promises = {str(row["id"]): self._promise(row, around) for row in rows}
        names = {str(row["id"]): row["reciprocal_of"] for row in rows}
        found = [self._bargain(group, promises, names, first) for group in bargains(names)]
        return LedgerPlan(
            id=str(plan.get("id") or ""),
            ref=str(plan.get("ref") or ""),
            title=title_of(ActionPlan, plan) if plan else "",
            state=str(plan.get("state") or ""),
            first=first,
            second=second,
            axes=tuple(self._axes(plan, found)),
            totals=(_totals(first, promises.values()), _totals(second, promises.values())),
        )

    def _sides(self, plan: Mapping[str, Any], like: Mapping[str, Any] | None) -> tuple[str, str]:
        """Return the two offices, one's own first."""
        offices = from_sql(fields_of(ActionPlan)["offices"], plan.get("offices")) if plan else ()
        named = list(offices) if isinstance(offices, tuple) else []
        if like is not None:
            named = [str(like["owed_by"]), str(like["owed_to"])]
        ordered = sorted(named, key=lambda code: (code != self._office, _place(code)))
        return (*ordered, "", "")[:2]  # type: ignore[return-value]

    def _axes(self, plan: Mapping[str, Any], found: Sequence[Bargain]) -> Iterator[LedgerAxis]:
        """Yield the declared axes in order, then what names another number, then no axis."""
        declared = part_rows(self._connection, Axis.__tablename__, str(plan.get("id") or ""))
        left = {id(one): one for one in found}
        for row in declared:
            number = str(row["number"] or "")
            own = [one for one in left.values() if number and _axis_of(one) == number]
            if own:
                yield LedgerAxis(number, _axis_title(row), str(row["field"] or ""), tuple(own))
            for one in own:
                del left[id(one)]
        for number, field in sorted({_place_of(one) for one in left.values()}, key=_no_number_last):
            own = [one for one in left.values() if _place_of(one) == (number, field)]
            yield LedgerAxis(number, "", field, tuple(own))

    def _bargain(
        self,
        group: Iterable[str],
        promises: Mapping[str, Promise],
        names: Mapping[str, str | None],
        first: str,
    ) -> Bargain:
        members = [promises[one] for one in group]
        elsewhere = any(names[one.id] and names[one.id] not in promises for one in members)
        return Bargain(
            tuple(one for one in members if one.owed_by == first),
            tuple(one for one in members if one.owed_by != first),
            elsewhere,
        )

    # ------------------------------------------------------------ one promise

    def _around(self, rows: Sequence[Mapping[str, Any]]) -> _Around:
        """Read in one go what names the commitments, however many they are."""
        among = [str(row["id"]) for row in rows]
        named = {
            entity: naming_any(self._connection, entity, "commitments", among)
            for entity in SERVED_BY
            if "commitments" in record_kinds()[entity].fields
        }
        return _Around(named, naming_any(self._connection, "attachment", "record", among))

    def _promise(self, row: Mapping[str, Any], around: _Around) -> Promise:
        facts = RecordFacts(self._connection, "commitment", dict(row), self._today.isoformat())
        late = days_late("commitment", facts.state, row, self._today)
        progress = row["progress_percent"]
        step = self._next_step(facts)
        written = facts.fields.get("evidence") or facts.fields.get("evidence_files")
        return Promise(
            id=facts.id,
            ref=facts.ref,
            title=title_of(record_kinds()["commitment"].mapped, row),
            state=facts.state,
            standing=standing(facts.state, late),
            owed_by=str(row["owed_by"] or ""),
            owed_to=str(row["owed_to"] or ""),
            axis=str(row["axis"] or "").strip(),
            field=str(row["field"] or ""),
            due_on=str(row["due_on"] or ""),
            days_late=late,
            progress=None if progress is None else int(progress),
            responsible=self._organisation(row["owner_organisation"]),
            evidence=bool(written) or facts.id in around.attached,
            acts=tuple(_acts(facts)),
            action=step.action if step else "",
            label=step.label if step else "",
            served_by=self._served_by(facts, around),
        )

    def _next_step(self, facts: RecordFacts) -> Transition | None:
        """Return the primary act that this officer may do now."""
        for offer in acting.offers(facts, self._actor):
            if offer.allowed and offer.transition.primary:
                return offer.transition
        return None

    def _served_by(self, facts: RecordFacts, around: _Around) -> tuple[Link, ...]:
        """What serves it: named by the commitment, or naming it."""
        found: list[Link] = []
        for entity in SERVED_BY:
            named = facts.fields.get(f"{entity}s")
            wanted = list(named) if isinstance(named, tuple) else []
            wanted += around.serving.get(entity, {}).get(facts.id, [])
            found += links_of(self._connection, entity, dict.fromkeys(wanted))
        return tuple(found)

    def _organisation(self, identifier: Any) -> str:
        row = read_row(self._connection, "organisation", str(identifier or ""))
        return title_of(record_kinds()["organisation"].mapped, row) if row else ""


def _acts(facts: RecordFacts) -> Iterator[OfficeAct]:
    """Yield what one office has done and the other has not."""
    for row in LIFECYCLES["commitment"].from_state(facts.state):
        done = facts.acts(row.action) if row.both else []
        awaited = acting.awaited_offices(row, facts, done)
        if not awaited:
            continue
        for act in done:
            yield OfficeAct(row.action, act.office, act.officer_name, act.at, awaited)


def _totals(office: str, promises: Iterable[Promise]) -> Totals:
    return Totals(office, counted(one.standing for one in promises if one.owed_by == office))


def _axis_of(bargain: Bargain) -> str:
    return next((one.axis for one in bargain.promises if one.axis), "")


def _place_of(bargain: Bargain) -> tuple[str, str]:
    """Return number and field of what no declared axis holds: it is grouped by its field."""
    number = _axis_of(bargain)
    return (number, "") if number else ("", bargain.promises[0].field)


def _no_number_last(place: tuple[str, str]) -> tuple[bool, str, str]:
    number, field = place
    return (not number, number, field)


def _axis_title(row: Mapping[str, Any]) -> str:
    from sscdesk.i18n import current_language

    names = (f"title_{current_language()}", "title_fr", "title_en", "title_ar")
    return next((str(row[name]) for name in names if row.get(name)), "")


def _place(code: str) -> int:
    return OFFICES.index(code) if code in OFFICES else len(OFFICES)
