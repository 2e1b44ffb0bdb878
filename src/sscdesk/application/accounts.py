"""The accounts of a mission: budget, advance, expenses with their rates, and the balance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application.facts import RecordFacts
from sscdesk.application.rates import recorded_rate
from sscdesk.application.reading import part_rows, require_row, resolve, titles_of
from sscdesk.application.rules import Rules
from sscdesk.application.unit_of_work import UnitOfWork
from sscdesk.model.accounts import Balance, balance, converted, in_currency
from sscdesk.model.acting import offers
from sscdesk.model.base import record_kinds
from sscdesk.model.lifecycle import Missing
from sscdesk.model.mission import BudgetLine
from sscdesk.model.offices import CURRENCY_OF
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.model.values import Money, Value

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

WITHOUT_RECEIPT = frozenset({"per_diem"})
"""Kinds of expenses that nobody gives a receipt for."""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One expense as the accounts show it."""

    id: str
    ref: str
    kind: str
    description: str
    traveller: str
    spent_on: str
    state: str
    amount: Money
    counted: Money | None
    """In the currency of the accounts; None where no rate is kept."""
    rate: str
    rate_source: str
    rate_date: str
    receipt: bool
    """Whether a receipt is numbered or attached, or none is wanted."""
    reason: str
    """Why it was accepted or rejected."""
    may_decide: bool
    """Whether this officer may accept or reject it: never one's own (four eyes)."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one mission."""

    id: str
    ref: str
    state: str
    currency: str
    budget: Money | None
    planned: tuple[Money, ...]
    """Totals of the budget lines, one for each currency."""
    advance: Money | None
    advance_paid_on: str
    advance_reference: str
    settled_on: str
    balance: Balance
    lines: tuple[AccountLine, ...]
    by_kind: tuple[tuple[str, Money], ...]
    """What counts as spent, by code of ``expense_kind``, the largest first."""
    missing: tuple[Missing, ...]
    """What stands between the accounts and their settlement."""
    convertible: int
    """How many expenses a recorded rate can convert now."""


def accounts(w: "Workspace", ref: str) -> Accounts:
    """Return the accounts of a mission of this office.

    Raises ``NotFound`` ("not-found", "no-accounts") and ``Refused`` without the right.
    """
    with w.read() as connection:
        mission = _mission(w, connection, ref)
        return _Reader(w, connection, mission).accounts()


def convert_expenses(w: "Workspace", ref: str) -> int:
    """Convert the foreign expenses of a mission with the recorded rates; return how many.

    Rate, source and date are kept with each; those without a recorded rate stay as they are.
    """
    with w.unit(N_("Convert expenses")) as unit:
        mission = _mission(w, unit.connection, ref)
        reader = _Reader(w, unit.connection, mission)
        return sum(_convert(unit, facts, reader.currency) for facts in reader.expenses)


def _convert(unit: UnitOfWork, facts: RecordFacts, currency: str) -> bool:
    values = _conversion(unit.connection, facts, currency)
    if values:
        unit.change("expense", facts.id, values)
    return bool(values)


def _conversion(connection: Connection, facts: RecordFacts, currency: str) -> dict[str, Value]:
    """Return what converting an expense writes; nothing where it cannot or need not be."""
    amount = facts.fields.get("amount")
    done = facts.state != "claimed" or in_currency(facts.fields, currency) is not None
    if done or not isinstance(amount, Money):
        return {}
    kept = facts.fields.get("rate")
    if kept:
        return {"office_amount": converted(amount, Decimal(str(kept)), currency)}
    day = str(facts.fields.get("spent_on") or "")
    found = recorded_rate(connection, amount.currency, currency, day)
    if found is None:
        return {}
    return {
        "office_amount": converted(amount, found.rate, currency),
        "rate": format(found.rate, "f"),
        "rate_source": found.source,
        "rate_date": found.day,
    }


def _mission(w: "Workspace", connection: Connection, ref: str) -> Mapping[str, Any]:
    entity, identifier = resolve(connection, ref)
    if entity != "mission":
        raise NotFound(
            "no-accounts",
            N_("Records of this kind have no accounts."),
            hint=N_("Name a mission."),
        )
    rules = Rules(connection, w.actor, today=w.clock().date().isoformat())
    rules.require_read(record_kinds()["expense"])
    return require_row(connection, entity, identifier)


class _Reader:
    def __init__(self, w: "Workspace", connection: Connection, mission: Mapping[str, Any]) -> None:
        self._w = w
        self._connection = connection
        self._mission = mission
        self._today = w.clock().date().isoformat()
        self.facts = RecordFacts(connection, "mission", dict(mission), self._today)
        advance = self.facts.fields.get("advance")
        self.advance = advance if isinstance(advance, Money) else None
        own = CURRENCY_OF.get(str(mission["owner"]), "EUR")
        self.currency = self.advance.currency if self.advance else own
        self.expenses = [
            RecordFacts(connection, "expense", dict(row), self._today) for row in self._rows()
        ]

    def accounts(self) -> Accounts:
        """Return the accounts."""
        fields = self.facts.fields
        budget = fields.get("budget")
        pairs = [(one.state, one.fields) for one in self.expenses]
        lines = tuple(self._lines())
        return Accounts(
            id=self.facts.id,
            ref=self.facts.ref,
            state=self.facts.state,
            currency=self.currency,
            budget=budget if isinstance(budget, Money) else None,
            planned=tuple(self._planned()),
            advance=self.advance,
            advance_paid_on=str(fields.get("advance_paid_on") or ""),
            advance_reference=str(fields.get("advance_reference") or ""),
            settled_on=str(fields.get("balance_settled_on") or ""),
            balance=balance(self.advance, pairs, self.currency),
            lines=lines,
            by_kind=tuple(self._by_kind(lines)),
            missing=tuple(self._missing(lines)),
            convertible=sum(
                bool(_conversion(self._connection, one, self.currency)) for one in self.expenses
            ),
        )

    def _rows(self) -> list[Mapping[str, Any]]:
        found = self._connection.exec_driver_sql(
            "SELECT * FROM expense WHERE mission = ? AND deleted = 0 ORDER BY spent_on, ref",
            (self._mission["id"],),
        )
        return [dict(row) for row in found.mappings()]

    def _planned(self) -> Iterator[Money]:
        sums: dict[str, int] = {}
        for row in part_rows(self._connection, BudgetLine.__tablename__, self.facts.id):
            amount = read_stored(row["amount"])
            if amount is not None:
                sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
        yield from (Money(minor, currency) for currency, minor in sorted(sums.items()))

    def _lines(self) -> Iterator[AccountLine]:
        attached = self._attached()
        travellers = titles_of(
            self._connection,
            {"person|officer": [str(one.fields.get("traveller") or "") for one in self.expenses]},
        )
        for facts in self.expenses:
            yield self._line(facts, travellers, attached)

    def _line(
        self, facts: RecordFacts, travellers: Mapping[str, str], attached: frozenset[str]
    ) -> AccountLine:
        fields = facts.fields
        amount = fields.get("amount")
        minor = in_currency(fields, self.currency)
        kind = str(fields.get("kind") or "")
        proved = fields.get("receipt") or fields.get("receipt_scan") or facts.id in attached
        decided = {offer.transition.action: offer for offer in offers(facts, self._w.actor)}
        accept = decided.get("accept")
        return AccountLine(
            id=facts.id,
            ref=facts.ref,
            kind=kind,
            description=str(fields.get("description") or ""),
            traveller=travellers.get(str(fields.get("traveller")), ""),
            spent_on=str(fields.get("spent_on") or ""),
            state=facts.state,
            amount=amount if isinstance(amount, Money) else Money(0, self.currency),
            counted=None if minor is None else Money(minor, self.currency),
            rate=str(fields.get("rate") or ""),
            rate_source=str(fields.get("rate_source") or ""),
            rate_date=str(fields.get("rate_date") or ""),
            receipt=bool(proved) or kind in WITHOUT_RECEIPT,
            reason=str(fields.get("decision_reason") or ""),
            may_decide=accept is not None and accept.allowed and facts.state == "claimed",
        )

    def _attached(self) -> frozenset[str]:
        from sscdesk.application.linking import naming_any

        among = [one.id for one in self.expenses]
        return frozenset(naming_any(self._connection, "attachment", "record", among))

    def _by_kind(self, lines: tuple[AccountLine, ...]) -> Iterator[tuple[str, Money]]:
        sums: dict[str, int] = {}
        for line in lines:
            if line.counted is not None and line.state != "rejected":
                sums[line.kind] = sums.get(line.kind, 0) + line.counted.minor
        for kind, minor in sorted(sums.items(), key=lambda one: (-one[1], one[0])):
            yield kind, Money(minor, self.currency)

    def _missing(self, lines: tuple[AccountLine, ...]) -> Iterator[Missing]:
        for line in lines:
            if line.state == "rejected":
                continue
            for code, message, lacking in (
                ("no-receipt", N_("{ref} has no receipt."), not line.receipt),
                ("no-rate", N_("{ref} has no rate of exchange."), line.counted is None),
                ("expense-undecided", N_("{ref} is neither accepted nor rejected."),
                 line.state == "claimed"),
            ):  # fmt: skip
                if lacking:
                    params = {"ref": line.ref}
                    yield Missing(code, message, params=params, entity="expense", record=line.id)


def read_stored(text: Any) -> Money | None:
    """Return an amount as the file holds it: minor units and currency."""
    from sscdesk.model.codec import from_sql
    from sscdesk.model.field import fields_of

    found = from_sql(fields_of(BudgetLine)["amount"], text) if text else None
    return found if isinstance(found, Money) else None
