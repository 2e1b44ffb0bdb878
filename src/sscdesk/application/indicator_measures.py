"""How each indicator is counted: from which facts, by which day, told apart by what.

The one list of what the desk computes. An indicator whose code is not here, or that its
record marks as entered, has only the values that were entered with evidence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from sscdesk.application.indicator_sources import PUBLIC_KINDS


class Mode(StrEnum):
    """What is done with the facts of a period."""

    SUM = "sum"
    DISTINCT = "distinct"
    WEIGHED = "weighed"
    """Distinct, of those whose weights reach two."""
    STOCK = "stock"
    """What stands at the end of the period."""
    RATIO = "ratio"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class Side:
    """Something by which facts are told apart."""

    column: str
    vocabulary: str = ""
    """The list that names its codes; empty where they are identifiers of records."""
    several: bool = False
    """A fact may be on several sides at once: it counts on each, once in the total."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How an indicator is counted."""

    source: str
    mode: Mode
    entity: str
    """What the records behind a figure are; empty where each fact says it."""
    sides: Mapping[str, Side]
    where: str = "1"
    unit: str = "unit"
    day: str = "day"
    until: str = "NULL"
    """For a stock, the day from which a fact stands no more."""
    num: str = "1"
    den: str = "1"
    persons: bool = False
    """Counts persons: a few are not told exactly in public."""
    less_is_better: bool = False
    of_money: bool = False
    """A share of amounts: its parts are minor units, not things to count."""


_COUNTRY = Side("country", "country")
_FIELD = Side("field", "field")
_FIELDS = Side("field", "field", several=True)
_STEP = Side("step", "step")
_KIND = Side("kind", "exchange_kind")
_SEX = Side("sex", "sex")
_PLAN = Side("plan")
_EXCHANGES = {"country": _COUNTRY, "field": _FIELDS, "step": _STEP, "kind": _KIND}
_PROMISES = {"plan": _PLAN, "country": _COUNTRY, "field": _FIELD}
_OFFICIALS = ", ".join(f"'{kind}'" for kind in PUBLIC_KINDS)

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "IND-01": Measure(
            "held",
            Mode.SUM,
            "exchange",
            _EXCHANGES,
        ),
        "IND-02": Measure(
            "attended", Mode.SUM, "exchange", {"sex": _SEX, **_EXCHANGES}, persons=True
        ),
        "IND-03": Measure(
            "attended",
            Mode.DISTINCT,
            "person",
            {"sex": _SEX, "country": _COUNTRY},
            unit="who",
            persons=True,
        ),
        "IND-04": Measure(
            "attended", Mode.RATIO, "exchange", _EXCHANGES, num="woman", persons=True
        ),
        "IND-05": Measure(
            "attended",
            Mode.DISTINCT,
            "person",
            {"sex": _SEX, "country": _COUNTRY},
            where=f"kind = 'training' AND organisation_kind IN ({_OFFICIALS})",
            unit="who",
            persons=True,
        ),
        "IND-06": Measure(
            "strengthened",
            Mode.WEIGHED,
            "organisation",
            {"country": _COUNTRY, "kind": Side("kind", "organisation_kind")},
        ),
        "IND-07": Measure(
            "valid",
            Mode.STOCK,
            "practice",
            {"country": _COUNTRY, "field": _FIELD},
            until="until",
        ),
        "IND-08": Measure(
            "adapted",
            Mode.SUM,
            "practice",
            {"country": Side("country", "country", several=True), "field": _FIELD},
        ),
        "IND-09": Measure(
            "promised",
            Mode.STOCK,
            "commitment",
            _PROMISES,
            where="agreed_by_both",
            day="agreed",
            until="dropped",
        ),
        "IND-10": Measure(
            "promised",
            Mode.SUM,
            "commitment",
            _PROMISES,
            where="state = 'verified'",
            day="verified",
        ),
        "IND-11": Measure(
            "promised",
            Mode.STOCK,
            "commitment",
            _PROMISES,
            where="overdue IS NOT NULL",
            day="overdue",
            until="done",
            less_is_better=True,
        ),
        "IND-12": Measure(
            "travelled",
            Mode.SUM,
            "mission",
            {"country": _COUNTRY, "destination": Side("destination", "country")},
        ),
        "IND-13": Measure(
            "travelled",
            Mode.MEDIAN,
            "mission",
            {"country": _COUNTRY},
            where="days IS NOT NULL",
            day="reported",
            num="days",
            less_is_better=True,
        ),
        "IND-14": Measure(
            "followed",
            Mode.RATIO,
            "follow_up",
            {"country": _COUNTRY, "origin": Side("origin", "entity")},
            where="due_by <= :today",
            num="num",
            den="den",
        ),
        "IND-19": Measure(
            "spent",
            Mode.RATIO,
            "",
            {"country": _COUNTRY, "budget_line": Side("budget_line", "expense_kind")},
            where="record IN (SELECT record FROM {source} WHERE den > 0) "
            "AND record NOT IN (SELECT record FROM {source} WHERE den IS NULL)",
            num="num",
            den="den",
            of_money=True,
        ),
    }
)
"""By the code of the indicator (domain.md, 8). IND-15 to 18 and 20 are entered: no record of
the desk proves a law supported, a platform, a micro-project or a beneficiary of mobility."""
