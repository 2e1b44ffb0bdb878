"""Indicators: what is counted, its target, and the values that records prove."""

from typing import ClassVar

from sscdesk.model.base import Part, Record
from sscdesk.model.field import (
    boolean,
    choice,
    choices,
    date,
    decimal,
    long_text,
    references,
    text,
)
from sscdesk.model.field import country as country_code
from sscdesk.model.provenance import Sourced
from sscdesk.model.text import N_

FEWEST_TOLD = 5
"""Fewer persons than this are not told exactly in public (domain.md, 8)."""


class Indicator(Sourced, Record):
    """An indicator (domain.md, 4.15 and 8)."""

    __tablename__ = "indicator"
    entity: ClassVar[str] = "indicator"
    label: ClassVar[str] = N_("Indicator")
    plural: ClassVar[str] = N_("Indicators")
    ref_code: ClassVar[str] = "IND"
    initial_state: ClassVar[str] = "active"
    state_vocabulary: ClassVar[str | None] = "record_status"
    title_fields: ClassVar[tuple[str, ...]] = ("title_fr", "title_en", "title_ar")

    code = text(N_("Code"), required="always", column=True, section=N_("Identity"))
    title_fr = text(
        N_("Title (French)"), required="always", unless=("title_en", "title_ar"), column=True
    )
    title_en = text(N_("Title (English)"))
    title_ar = text(N_("Title (Arabic)"))
    definition_fr = long_text(N_("Definition (French)"))
    definition_en = long_text(N_("Definition (English)"))
    definition_ar = long_text(N_("Definition (Arabic)"))

    level = choice(
        N_("Level"),
        "indicator_level",
        required="always",
        column=True,
        section=N_("How it is counted"),
    )
    unit = choice(N_("Unit"), "indicator_unit", required="always", column=True)
    aggregation = choice(N_("Aggregation"), "aggregation", required="always")
    disaggregated_by = choices(N_("Disaggregated by"), "disaggregation")
    entered = boolean(
        N_("Entered by hand"),
        help=N_("No records prove it: its values are entered with evidence."),
    )

    baseline = decimal(N_("Baseline"), column=True, section=N_("Target"))
    target = decimal(N_("Target"), column=True)
    target_date = date(N_("Target date"))
    basis = text(N_("Basis"), section=N_("Sources"), late=True)


class IndicatorValue(Part):
    """A value of a period, entered with evidence by any office; computed ones are not kept."""

    __tablename__ = "indicator_value"
    entity: ClassVar[str] = "indicator_value"
    part: ClassVar[str] = "value"
    parent_entity: ClassVar[str] = "indicator"
    label: ClassVar[str] = N_("Value")
    plural: ClassVar[str] = N_("Values")
    writer: ClassVar[str] = "recorder"

    period = text(
        N_("Period"), required="always", shape="period", help=N_("2020, 2020-Q3 or 2020-09.")
    )
    country = country_code(N_("Country"))
    sex = choice(N_("Sex"), "sex")
    field = choice(N_("Field"), "field")
    value = decimal(N_("Value"), required="always")
    evidence = long_text(N_("Evidence"))
    evidence_files = references(N_("Evidence attached"), "attachment")
    basis = choice(N_("Basis"), "basis")
    source = text(N_("Source"))
