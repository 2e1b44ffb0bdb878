"""Freezing a mission: its report, its order, and its accounts, which stay in the office."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sscdesk.application.reading import Row, require_row
from sscdesk.application.snapshots.freezer import Freezer, latin_name, ordered_by
from sscdesk.application.snapshots.imprints import imprint
from sscdesk.model.codec import read_money, read_set
from sscdesk.model.offices import CURRENCY_OF
from sscdesk.model.values import Money
from sscdesk.reports.mission_order import MissionOrder, Passport
from sscdesk.reports.snapshot import (
    Advance,
    BudgetLine,
    ExpenseEntry,
    Leg,
    Linked,
    Meeting,
    MissionFinance,
    MissionReport,
    PersonMet,
    Traveller,
    Wording,
)


def mission_report(f: Freezer, report: Row) -> MissionReport:
    """Return the data of a mission report."""
    mission = require_row(f.connection, "mission", str(report["subject"]))
    parts = f.parts("mission", mission)
    by_hand = f.by_hand(report)
    return MissionReport(
        imprint=imprint(f, report),
        mission=str(mission["ref"]),
        title=f.wording(mission, "purpose"),
        departs_on=str(mission["departed_on"] or mission["departs_on"] or ""),
        returns_on=str(mission["returned_on"] or mission["returns_on"] or ""),
        countries=_countries(f, mission, parts["leg"]),
        places=_places(parts["leg"], mission),
        order_number=str(mission["order_number"] or ""),
        order_date=str(mission["order_date"] or ""),
        fields=f.labels("field", mission["fields_of_action"]),
        host=_host(f, mission, parts["meeting"]),
        exchange=_exchange(f, mission["exchange"]),
        summary=by_hand.get("summary") or str(mission["summary"] or ""),
        context=str(mission["tor_context"] or ""),
        objectives=str(mission["tor_objectives"] or ""),
        expected_outputs=str(mission["tor_outputs"] or ""),
        method=str(mission["tor_method"] or ""),
        travellers=tuple(_traveller(f, row) for row in parts["traveller"]),
        legs=tuple(_leg(f, row) for row in parts["leg"]),
        meetings=tuple(_meeting(f, row) for row in ordered_by(parts["meeting"], "held_on", "time")),
        findings=tuple(f.finding(row) for row in parts["finding"]),
        recommendations=tuple(f.recommendation(r) for r in parts["recommendation"]),
        commitments=f.commitments(mission["commitments"]),
        next_steps=by_hand.get("next_steps") or str(mission["next_steps"] or ""),
        annexes=f.annexes(str(mission["id"])),
    )


def mission_order(f: Freezer, report: Row) -> MissionOrder:
    """Return the data of a mission order."""
    mission = require_row(f.connection, "mission", str(report["subject"]))
    parts = f.parts("mission", mission)
    return MissionOrder(
        imprint=imprint(f, report),
        mission=str(mission["ref"]),
        number=str(mission["order_number"] or report["number"] or report["ref"]),
        purpose=f.wording(mission, "purpose"),
        departs_on=str(mission["departs_on"] or ""),
        returns_on=str(mission["returns_on"] or ""),
        date=str(mission["order_date"] or f.today),
        amendment=int(mission["order_amendment"] or 0),
        travellers=tuple(_traveller(f, row) for row in parts["traveller"]),
        passports=tuple(_passports(f, parts["traveller"])),
        countries=_countries(f, mission, parts["leg"]),
        places=_places(parts["leg"], mission),
        legs=tuple(_leg(f, row) for row in parts["leg"]),
        transport=tuple(
            f.label("transport", code)
            for code in dict.fromkeys(row["transport"] for row in parts["leg"])
            if code
        ),
        charged_to=(f.label("funding_source", mission["funding_source"]),),
        exchange=_exchange(f, mission["exchange"]),
        request=f.wording(f.office(str(mission["owner"])), "order_request"),
    )


def mission_finance(f: Freezer, report: Row) -> MissionFinance:
    """Return the data of the internal annex with a mission's costs."""
    mission = require_row(f.connection, "mission", str(report["subject"]))
    parts = f.parts("mission", mission)
    currency = CURRENCY_OF.get(str(mission["owner"]), "EUR")
    expenses = f.rows(
        "SELECT * FROM expense WHERE mission = ? AND deleted = 0 ORDER BY spent_on, id",
        mission["id"],
    )
    return MissionFinance(
        imprint=imprint(f, {**report, "second_offices": "[]"}),
        mission=str(mission["ref"]),
        title=f.wording(mission, "purpose"),
        departs_on=str(mission["departed_on"] or mission["departs_on"] or ""),
        returns_on=str(mission["returned_on"] or mission["returns_on"] or ""),
        currency=currency,
        travellers=tuple(_traveller(f, row) for row in parts["traveller"]),
        budget=tuple(_budget_line(f, row, mission) for row in parts["budget_line"]),
        advances=_advances(mission),
        expenses=tuple(_expense(f, row, currency) for row in expenses),
    )


# ---------------------------------------------------------------- people and places


def _countries(f: Freezer, mission: Row, legs: list[Row]) -> tuple[Wording, ...]:
    codes = [str(mission["country"] or "")]
    codes += [str(leg["country"] or "") for leg in legs]
    abroad = dict.fromkeys(code for code in codes if code and code != mission["owner"])
    return tuple(f.label("country", code) for code in abroad)


def _host(f: Freezer, mission: Row, meetings: list[Row]) -> Wording:
    for code in read_set(mission["host_offices"]):
        office = f.office(code)
        if office is not None and office["ministry"]:
            return f.organisation(office["ministry"])
    return f.organisation(meetings[0]["organisation"]) if meetings else Wording()


def _exchange(f: Freezer, identifier: Any) -> Linked | None:
    row = f.row("exchange", identifier)
    return f.linked("exchange", identifier, f.label("step", row["step"])) if row else None


def _traveller(f: Freezer, row: Row) -> Traveller:
    quality = f.label("mission_quality", row["quality"])
    person = f.person(row["person"])
    if person is None:
        return Traveller(name=f.name(row["person"]), quality=quality)
    function, organisation = f.function(person)
    return Traveller(
        name=latin_name(person),
        function=function,
        organisation=organisation,
        quality=quality,
        name_ar=str(person["name_ar"] or ""),
    )


def _passports(f: Freezer, travellers: list[Row]) -> Iterator[Passport]:
    for row in travellers:
        officer = f.row("officer", row["person"])
        if officer is not None and officer["passport_number"]:
            yield Passport(
                latin_name(officer),
                str(officer["passport_number"]),
                str(officer["passport_expiry"] or ""),
                f.label("grade", officer["grade"]).say(),
            )


def _leg(f: Freezer, row: Row) -> Leg:
    day = str(row["date"] or "")
    time = str(row["time"] or "")
    arrives = str(row["arrival_date"] or day) if row["arrival_time"] else ""
    return Leg(
        departure=f"{day}T{time}" if time else day,
        origin=str(row["from_place"] or ""),
        arrival=f"{arrives}T{row['arrival_time']}" if arrives else "",
        destination=str(row["to_place"] or ""),
        transport=f.label("transport", row["transport"]),
    )


def _places(legs: list[Row], mission: Row) -> tuple[str, ...]:
    if not legs:
        return ()
    home = str(legs[0]["from_place"] or "")
    visited = [
        str(leg["to_place"])
        for leg in legs
        if leg["to_place"] and leg["to_place"] != home and leg["country"] != mission["owner"]
    ]
    return tuple(dict.fromkeys(visited))


def _meeting(f: Freezer, row: Row) -> Meeting:
    return Meeting(
        date=str(row["held_on"] or ""),
        organisation=f.organisation(row["organisation"]),
        persons=tuple(_met(f, person) for person in read_set(row["persons"])),
        place=str(row["place"] or ""),
        subject=str(row["subject"] or ""),
        said=str(row["said"] or ""),
        agreed=str(row["agreed"] or ""),
    )


def _met(f: Freezer, identifier: str) -> PersonMet:
    person = f.person(identifier)
    if person is None:
        return PersonMet(name=f.name(identifier))
    function, organisation = f.function(person)
    return PersonMet(latin_name(person), function, organisation, str(person["name_ar"] or ""))


# ---------------------------------------------------------------- money


def _budget_line(f: Freezer, row: Row, mission: Row) -> BudgetLine:
    funding = row["funding_source"] or mission["funding_source"]
    return BudgetLine(
        kind=str(row["kind"]),
        label=f.label("expense_kind", row["kind"]),
        amount=_money(row["amount"]),
        quantity=Decimal(str(row["quantity"] or 1)),
        rate=_money(row["rate"]) if row["rate"] else None,
        funding=f.label("funding_source", funding),
        description=str(row["description"] or ""),
    )


def _advances(mission: Row) -> tuple[Advance, ...]:
    if not mission["advance"]:
        return ()
    return (
        Advance(
            _money(mission["advance"]),
            paid_on=str(mission["advance_paid_on"] or ""),
            reference=str(mission["advance_reference"] or ""),
        ),
    )


def _expense(f: Freezer, row: Row, currency: str) -> ExpenseEntry:
    amount = _money(row["amount"])
    same = amount.currency == currency
    person = f.person(row["traveller"])
    in_office = _money(row["office_amount"]) if row["office_amount"] else amount
    return ExpenseEntry(
        date=str(row["spent_on"] or ""),
        traveller=latin_name(person) if person else "",
        kind=str(row["kind"]),
        label=f.label("expense_kind", row["kind"]),
        amount=amount,
        in_office_currency=in_office,
        rate=Decimal(str(row["rate"])) if row["rate"] and not same else Decimal(1),
        rate_source="" if same else str(row["rate_source"] or ""),
        rate_date="" if same else str(row["rate_date"] or ""),
        description=str(row["description"] or ""),
        receipt=str(row["receipt"] or ""),
        state=str(row["state"]),
        reason=str(row["decision_reason"] or ""),
    )


def _money(raw: Any) -> Money:
    return read_money(str(raw))
