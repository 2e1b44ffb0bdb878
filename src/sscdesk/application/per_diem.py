"""Daily allowances proposed for a mission, from its nights and this office's own table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application.reading import part_rows, person_name, read_row, require_row, resolve
from sscdesk.application.rules import Rules
from sscdesk.application.viewing import view_record
from sscdesk.application.views import RecordView
from sscdesk.i18n import LANGUAGES, current_language
from sscdesk.model.base import Part, record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.field import fields_of
from sscdesk.model.lifecycle import Missing
from sscdesk.model.mission import BudgetLine, Leg, Traveller
from sscdesk.model.office import PerDiem
from sscdesk.model.per_diem import Rate, Stay, rate_for, stays
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Money, Value

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

KIND = "per_diem"


@dataclass(frozen=True, slots=True)
class AllowanceLine:
    """The allowance of one traveller for one stay."""

    traveller: str
    """Identifier of the officer or person."""
    name: str
    country: str
    first: str
    nights: int
    zone: str
    rate: Money
    amount: Money
    legal_text: str
    description: str
    """As the budget line says it."""
    in_budget: bool
    """Whether a budget line says the same already."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the table and the itinerary come to."""

    lines: tuple[AllowanceLine, ...]
    missing: tuple[Missing, ...]
    """Why something could not be proposed, each leading to where it is put right."""
    lodging_known: bool
    """Whether the table says what remains where the host pays the lodging."""

    @property
    def totals(self) -> tuple[Money, ...]:
        """The sums, one for each currency."""
        sums: dict[str, int] = {}
        for line in self.lines:
            sums[line.amount.currency] = sums.get(line.amount.currency, 0) + line.amount.minor
        return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def propose(w: "Workspace", ref: str, *, lodged: bool = False) -> Proposal:
    """Return the daily allowances of a mission; ``lodged`` where the host pays the lodging.

    Raises ``NotFound`` ("not-found", "no-allowances" for another kind of record).
    """
    with w.read() as connection:
        rules = Rules(connection, w.actor, today=w.clock().date().isoformat())
        rules.require_read(record_kinds()["expense"])
        return _Proposer(w, connection, _mission(connection, ref), lodged).proposal()


def put_into_budget(w: "Workspace", ref: str, *, lodged: bool = False) -> RecordView:
    """Write the proposed allowances as budget lines; one that stands for a stay is renewed.

    Raises ``Refused`` ("nothing-to-propose") where the table gives nothing.
    """
    with w.unit(N_("Propose the daily allowances")) as unit:
        mission = _mission(unit.connection, ref)
        proposer = _Proposer(w, unit.connection, mission, lodged)
        lines = proposer.proposal().lines
        if not lines:
            raise Refused(
                "nothing-to-propose",
                N_("The itinerary and the office's table give no daily allowance."),
                hint=N_("Nothing was changed. Complete the legs, the grades and the table."),
                field="leg",
            )
        for line in lines:
            values: dict[str, Value] = {
                "kind": KIND,
                "description": line.description,
                "quantity": str(line.nights),
                "rate": line.rate,
                "amount": line.amount,
            }
            standing = proposer.standing.get(line.description)
            if standing is None:
                unit.add_part("mission", mission["id"], "budget_line", values)
            elif not line.in_budget:
                unit.change_part("mission", mission["id"], "budget_line", standing["id"], values)
        made = view_record(w, unit.connection, "mission", mission["id"])
    return made


def _mission(connection: Connection, ref: str) -> dict[str, Any]:
    entity, identifier = resolve(connection, ref)
    if entity != "mission":
        raise NotFound(
            "no-allowances",
            N_("Records of this kind have no daily allowances."),
            hint=N_("Name a mission."),
        )
    return require_row(connection, entity, identifier)


class _Proposer:
    def __init__(
        self, w: "Workspace", connection: Connection, mission: Mapping[str, Any], lodged: bool
    ) -> None:
        self._office = w.office
        self._connection = connection
        self._mission = mission
        self._lodged = lodged
        self._terms = Rules(connection, w.actor, today="").vocabularies
        self.rates = list(self._table())
        lines = part_rows(connection, BudgetLine.__tablename__, str(mission["id"]))
        self.standing = {str(row["description"]): row for row in lines if row["kind"] == KIND}
        """The allowances that the budget holds already, by their description."""

    def proposal(self) -> Proposal:
        """Return the lines and what is missing for others."""
        lines: list[AllowanceLine] = []
        missing: list[Missing] = []
        found = self._stays()
        if not found:
            missing.append(
                Missing(
                    "no-nights",
                    N_("No night abroad is known: give each leg its date and its country."),
                    field="leg",
                )
            )
        travellers = list(self._travellers())
        if not travellers:
            missing.append(Missing("no-traveller", N_("No traveller is named."), field="traveller"))
        for person in travellers:
            for stay in found:
                line = self._line(person, stay)
                if line is None:
                    missing.append(self._no_rate(person, stay))
                else:
                    lines.append(line)
        known = any(rate.lodging_share is not None for rate in self.rates)
        return Proposal(tuple(lines), tuple(missing), known)

    def _stays(self) -> list[Stay]:
        legs = [
            _values(Leg, row)
            for row in part_rows(self._connection, Leg.__tablename__, str(self._mission["id"]))
        ]
        return stays(self._mission, legs, str(self._mission["owner"]))

    def _travellers(self) -> Iterator[Mapping[str, Any]]:
        rows = part_rows(self._connection, Traveller.__tablename__, str(self._mission["id"]))
        for row in rows:
            for entity in ("officer", "person"):
                found = read_row(self._connection, entity, str(row["person"]))
                if found is not None:
                    yield {"grade": "", **found, "entity": entity}

    def _table(self) -> Iterator[Rate]:
        office = self._connection.exec_driver_sql(
            "SELECT id FROM office WHERE country = ? AND deleted = 0", (self._office,)
        ).scalar()
        for row in part_rows(self._connection, PerDiem.__tablename__, str(office or "")):
            values = _values(PerDiem, row)
            amount, share = values.get("amount"), values.get("lodging_share")
            countries = values.get("countries")
            if isinstance(amount, Money):
                yield Rate(
                    zone=str(values.get("zone") or ""),
                    amount=amount,
                    countries=countries if isinstance(countries, tuple) else (),
                    grade=str(values.get("grade") or ""),
                    valid_from=str(values.get("valid_from") or ""),
                    valid_until=str(values.get("valid_until") or ""),
                    lodging_share=Decimal(str(share)) if share else None,
                    legal_text=str(values.get("legal_text") or ""),
                )

    def _line(self, person: Mapping[str, Any], stay: Stay) -> AllowanceLine | None:
        rate = rate_for(self.rates, stay, str(person["grade"] or ""))
        if rate is None:
            return None
        told = [self._description(person, stay, code) for code in (current_language(), *LANGUAGES)]
        description = next((one for one in told if one in self.standing), told[0])
        amount = rate.amount_of(stay.nights, lodged=self._lodged)
        standing = self.standing.get(description)
        held = _values(BudgetLine, standing).get("amount") if standing else None
        return AllowanceLine(
            traveller=str(person["id"]),
            name=person_name(person),
            country=stay.country,
            first=stay.first,
            nights=stay.nights,
            zone=rate.zone,
            rate=rate.amount_of(1, lodged=self._lodged),
            amount=amount,
            legal_text=rate.legal_text,
            description=description,
            in_budget=held == amount,
        )

    def _description(self, person: Mapping[str, Any], stay: Stay, language: str) -> str:
        """Say whose allowance it is; it is found again whichever language it was written in."""
        latin = " ".join(str(person[name]) for name in ("given", "family") if person.get(name))
        country = self._terms.label("country", stay.country, language)
        return f"{latin or person_name(person)} — {country}, {stay.first}"

    def _no_rate(self, person: Mapping[str, Any], stay: Stay) -> Missing:
        country = self._terms.label("country", stay.country, current_language())
        params = {"name": person_name(person), "country": country}
        if person["entity"] == "officer" and not person["grade"] and self.rates:
            return Missing(
                "no-grade",
                N_("The grade of {name} is not recorded, and {country} has no rate without one."),
                params=params,
                entity="officer",
                record=str(person["id"]),
            )
        return Missing(
            "no-rate",
            N_("The office's table has no rate for {name} in {country}."),
            params=params,
        )


def _values(mapped: type[Part], row: Mapping[str, Any]) -> dict[str, Value]:
    return {name: from_sql(field, row.get(name)) for name, field in fields_of(mapped).items()}
