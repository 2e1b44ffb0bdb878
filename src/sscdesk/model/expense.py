"""Expenses: what a traveller spent, with its receipt; never leaves the office."""

from typing import ClassVar

from sscdesk.model.base import Record
from sscdesk.model.field import Audience, boolean, choice, date, decimal, money, reference, text
from sscdesk.model.text import N_

_O = Audience.OFFICE


class Expense(Record):
    """One expense of a mission or exchange (domain.md, 4.11)."""

    __tablename__ = "expense"
    entity: ClassVar[str] = "expense"
    label: ClassVar[str] = N_("Expense")
    plural: ClassVar[str] = N_("Expenses")
    ref_code: ClassVar[str] = "EXP"
    initial_state: ClassVar[str] = "claimed"
    state_vocabulary: ClassVar[str | None] = "expense_status"
    title_fields: ClassVar[tuple[str, ...]] = ("description",)
    default_audience: ClassVar[Audience] = _O

    mission = reference(
        N_("Mission"),
        "mission",
        required="always",
        unless=("exchange",),
        column=True,
        audience=_O,
        section=N_("Expense"),
    )
    exchange = reference(N_("Exchange"), "exchange", audience=_O)
    traveller = reference(
        N_("Traveller"),
        "person|officer",
        required="always",
        personal=True,
        column=True,
        audience=_O,
    )
    kind = choice(
        N_("Kind"), "expense_kind", required="always", personal=True, column=True, audience=_O
    )
    spent_on = date(N_("Date"), required="always", personal=True, column=True, audience=_O)
    description = text(N_("Description"), personal=True, column=True, audience=_O)
    amount = money(N_("Amount"), required="always", personal=True, column=True, audience=_O)

    office_amount = money(
        N_("Amount in the office's currency"),
        personal=True,
        audience=_O,
        section=N_("Conversion"),
    )
    rate = decimal(
        N_("Rate"),
        audience=_O,
        help=N_("Units of the office's currency for one unit of the amount's."),
    )
    rate_source = text(N_("Source of the rate"), audience=_O, help=N_("BCEAO, Bank Al-Maghrib…"))
    rate_date = date(N_("Date of the rate"), audience=_O)

    receipt = text(
        N_("Receipt number"), personal=True, audience=_O, section=N_("Proof and decision")
    )
    receipt_scan = reference(N_("Receipt, scan"), "attachment", personal=True, audience=_O)
    eligible = boolean(N_("Eligible for the donor"), audience=_O)
    decision_reason = text(N_("Reason of the decision"), personal=True, audience=_O)
    basis = choice(N_("Basis"), "basis", audience=_O, section=N_("Sources"), late=True)
