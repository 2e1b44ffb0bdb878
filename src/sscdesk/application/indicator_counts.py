"""Counting the facts of indicators, now or as they stood at a moment.

Every figure is one statement over a table of facts; figures, their parts and the records
behind them are read through the same conditions, so that they cannot disagree.
"""

# ruff: noqa: S608 - the names in these statements are the program's own, values are bound

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from sqlalchemy import Connection

from sscdesk.application.indicator_measures import Measure, Mode, Side
from sscdesk.application.indicator_sources import SOURCES, Source
from sscdesk.application.knowledge import shadows, stage_past
from sscdesk.model.period import Grain, last_day_of, periods_between

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Count:
    """A figure. ``value`` is None where there is nothing to count or to divide by."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    """Of a share: what it is a part of; of a median: of how many."""
    few: bool = False
    """So few persons that the figure is not told: shown as "<5"."""


NOTHING = Count(Decimal(0))
NO_SHARE = Count(None, Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Scope:
    """Days between which facts count, both included; None leaves that side open."""

    begins: str | None = None
    ends: str | None = None


Table = dict[tuple[str, str], Count]
"""Figures by period and side; the period "" holds what no record dates, the side "" what no
record places."""


class Ledger:
    """The facts of one reading: laid out as they are first asked for, gone when it ends."""

    def __init__(
        self,
        connection: Connection,
        *,
        office: str,
        currency: str,
        today: str,
        moment: str | None = None,
    ) -> None:
        self._connection = connection
        self._bound = {"office": office, "currency": currency}
        self.today = today
        self._moment = moment
        self._suffix = "" if moment is None else "_then"
        self._laid: set[str] = set()
        if moment is not None:
            tables = {table for one in SOURCES.values() for table in one.tables}
            stage_past(connection, moment, sorted(tables - {"act"}))

    def _table(self, name: str) -> str:
        return f"fact_{name}{self._suffix}"

    def _lay_out(self, name: str) -> str:
        source = SOURCES[name]
        if name not in self._laid:
            for other in source.after:
                self._lay_out(other)
            self._connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{self._table(name)}")
            self._connection.exec_driver_sql(self._statement(source), self._bound)
            self._laid.add(name)
        return f"temp.{self._table(name)}"

    def _statement(self, source: Source) -> str:
        names = {other: self._table(other) for other in SOURCES}
        past = shadows(source.tables) if self._moment is not None else ""
        parts = ", ".join(part for part in (past, source.walk) if part)
        before = f"WITH RECURSIVE {parts} " if parts else ""
        return f"CREATE TEMP TABLE {self._table(source.name)} AS {before}" + source.select.format(
            **names
        )

    # ------------------------------------------------------------ figures

    def total(self, measure: Measure, scope: Scope) -> Count:
        """Return the figure of a whole span; of a stock, what stands at its end."""
        return self._count(measure, scope, None, None).get(("", ""), self.empty(measure))

    def by_period(self, measure: Measure, scope: Scope, grain: Grain) -> Table:
        """Return the figure of each period in which something counts."""
        return self._count(measure, scope, grain, None)

    def by_side(self, measure: Measure, scope: Scope, grain: Grain | None, by: str) -> Table:
        """Return the figures of each period (or of all, where ``grain`` is None) by side."""
        return self._count(measure, scope, grain, measure.sides[by])

    @staticmethod
    def empty(measure: Measure) -> Count:
        """Return the figure of a period without facts."""
        return NO_SHARE if measure.mode in (Mode.RATIO, Mode.MEDIAN) else NOTHING

    def overlap(self, measure: Measure, scope: Scope, by: str) -> int:
        """Return by how much the parts of a span exceed the whole: facts on several sides."""
        side = measure.sides[by]
        if not side.several:
            return 0
        facts, bound = self._facts(measure, scope, None, None)
        found = self._connection.exec_driver_sql(
            f"SELECT sum(max(1, json_array_length({side.column})) - 1) FROM ({facts})", bound
        ).scalar()
        return int(found or 0)

    def left_out(self, measure: Measure) -> int:
        """Return how many amounts are not counted because no rate is known for them."""
        if measure.source != "spent":
            return 0
        table = self._lay_out(measure.source)
        found = self._connection.exec_driver_sql(
            f"SELECT count(*) FROM {table} WHERE num IS NULL OR den IS NULL"
        )
        return int(found.scalar_one())

    def span(self, measure: Measure) -> tuple[str, str] | None:
        """Return the first and the last day on which something counts; None where none does."""
        facts, bound = self._facts(measure, Scope(), None, None)
        row = self._connection.exec_driver_sql(
            f"SELECT min(day), max(day) FROM ({facts}) WHERE day <> ''", bound
        ).one()
        if row[0] is None:
            return None
        last = str(row[1]) if measure.mode is not Mode.STOCK else self.today
        return str(row[0]), last

    # ------------------------------------------------------------ statements

    def _facts(
        self, measure: Measure, scope: Scope, grain: Grain | None, side: Side | None
    ) -> tuple[str, dict[str, Any]]:
        """Return the facts of a scope with their period and side, as a statement."""
        if measure.mode is Mode.STOCK:
            return self._standing(measure, scope, grain, side)
        table = self._lay_out(measure.source)
        day = f"f.{measure.day}"
        joined, at = _side(side)
        conditions = [measure.where.format(source=table)]
        bound: dict[str, Any] = {"today": self.today}
        if scope.begins is not None:
            conditions.append(f"{day} <> '' AND {_first(day)} >= :begins")
            bound["begins"] = scope.begins
        if scope.ends is not None:
            conditions.append(f"{day} <> '' AND {_last(day)} <= :ends")
            bound["ends"] = scope.ends
        statement = (
            f"SELECT f.*, f.{measure.unit} AS counted, {_period(day, grain)} AS period, "
            f"{at} AS side, {measure.num} AS part, {measure.den} AS whole "
            f"FROM {table} f {joined} WHERE {' AND '.join(conditions)}"
        )
        return statement, bound

    def _standing(
        self, measure: Measure, scope: Scope, grain: Grain | None, side: Side | None
    ) -> tuple[str, dict[str, Any]]:
        """Return what stands at the end of each period, or of the whole."""
        table = self._lay_out(measure.source)
        joined, at = _side(side)
        ends, bound = self._ends(measure, scope, grain)
        statement = (
            f"SELECT f.*, f.{measure.unit} AS counted, e.period AS period, {at} AS side, "
            f"1 AS part, 1 AS whole FROM ({ends}) e JOIN {table} f "
            f"ON f.{measure.day} <= e.day AND ({measure.until} IS NULL OR {measure.until} > e.day) "
            f"{joined} WHERE {measure.where.format(source=table)}"
        )
        return statement, bound

    def _ends(
        self, measure: Measure, scope: Scope, grain: Grain | None
    ) -> tuple[str, dict[str, Any]]:
        """Return the last days of the periods of a scope; one that runs ends today."""
        ends = min(scope.ends or self.today, self.today)
        if grain is None:
            return "SELECT '' AS period, :ends AS day", {"ends": ends}
        first = scope.begins or self._first_day(measure) or ends
        keys = list(periods_between(first, ends, grain)) if first <= ends else []
        lasts = [(key, min(last_day_of(key), ends)) for key in keys]
        return (
            "SELECT k.value ->> 0 AS period, k.value ->> 1 AS day FROM json_each(:periods) k",
            {"periods": json.dumps(lasts)},
        )

    def _first_day(self, measure: Measure) -> str | None:
        table = self._lay_out(measure.source)
        found = self._connection.exec_driver_sql(
            f"SELECT min({measure.day}) FROM {table} f WHERE {measure.where.format(source=table)} "
            f"AND {measure.day} <> ''"
        ).scalar()
        return None if found is None else str(found)

    def _count(
        self, measure: Measure, scope: Scope, grain: Grain | None, side: Side | None
    ) -> Table:
        facts, bound = self._facts(measure, scope, grain, side)
        if measure.mode is Mode.MEDIAN:
            return self._medians(facts, bound)
        counting = _COUNTING[measure.mode]
        if side is None and measure.mode is Mode.DISTINCT:
            counting = _EACH  # without sides nobody has to be told on one
        rows = self._connection.exec_driver_sql(counting.format(facts=facts), bound)
        made = _share if measure.mode is Mode.RATIO else _plain
        return {(str(row[0]), str(row[1])): made(row[2], row[3]) for row in rows}

    def _medians(self, facts: str, bound: dict[str, Any]) -> Table:
        values: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
        for period, side, part in self._connection.exec_driver_sql(
            f"SELECT period, side, part FROM ({facts})", bound
        ):
            values[str(period), str(side)].append(Decimal(int(part)))
        return {
            key: Count(Decimal(median(found)), denominator=Decimal(len(found)))
            for key, found in values.items()
        }

    # ------------------------------------------------------------ the records behind

    def behind(
        self, measure: Measure, scope: Scope, grain: Grain | None, at: tuple[str, str], by: str
    ) -> Iterator[tuple[str, str, str]]:
        """Yield (entity, record, person) of what one figure counts: one for each unit of it.

        ``at`` is the period ("" with ``grain`` None for all) and, where ``by`` is said, the
        side. Of a share, all that it is a part of; the numerator is marked by nothing here.
        """
        side = measure.sides[by] if by else None
        facts, bound = self._facts(measure, scope, grain, side)
        chosen = _CHOOSING[measure.mode].format(facts=facts)
        entity = f"'{measure.entity}'" if measure.entity else "entity"
        record = "counted" if measure.entity in ("person", "organisation") else "record"
        person = "who" if measure.persons and measure.entity != "person" else "''"
        narrowed = " AND side = :side" if by else ""
        rows = self._connection.exec_driver_sql(
            f"SELECT DISTINCT {entity}, {record}, {person} FROM ({chosen}) "
            f"WHERE period = :period{narrowed} ORDER BY 2, 3",
            {**bound, "period": at[0], **({"side": at[1]} if by else {})},
        )
        for found in rows:
            yield str(found[0]), str(found[1]), str(found[2])


_ONE_SIDE = (
    "SELECT g.*, row_number() OVER (PARTITION BY period, counted ORDER BY day DESC, side) AS place "
    "FROM ({facts}) g"
)
"""A person or organisation seen on several sides is told on that of its latest fact."""
_WEIGHTS = (
    "SELECT g.*, sum(weight) OVER (PARTITION BY period, counted) AS weights, "
    "row_number() OVER (PARTITION BY period, counted ORDER BY day DESC, record, side) AS place "
    "FROM ({facts}) g"
)
_CHOOSING = {
    Mode.SUM: "{facts}",
    Mode.STOCK: "{facts}",
    Mode.RATIO: "{facts}",
    Mode.MEDIAN: "{facts}",
    Mode.DISTINCT: f"SELECT * FROM ({_ONE_SIDE}) WHERE place = 1",
    Mode.WEIGHED: f"SELECT * FROM ({_WEIGHTS}) WHERE place = 1 AND weights > 1",
}
_EACH = "SELECT period, side, count(DISTINCT counted), NULL FROM ({facts}) GROUP BY period, side"
_COUNTING = {
    Mode.SUM: _EACH,
    Mode.STOCK: _EACH,
    Mode.DISTINCT: _EACH.replace("{facts}", _CHOOSING[Mode.DISTINCT]),
    Mode.WEIGHED: _EACH.replace(
        "{facts}",
        "SELECT period, side, counted FROM ({facts}) GROUP BY period, side, counted "
        "HAVING sum(weight) > 1",
    ),
    Mode.RATIO: "SELECT period, side, sum(part), sum(whole) FROM ({facts}) GROUP BY period, side",
}
"""An organisation lies on one side only, so that its weights may be added side by side."""


def _plain(number: Any, _none: Any) -> Count:
    return Count(Decimal(int(number)))


def _share(part: Any, whole: Any) -> Count:
    part, whole = Decimal(str(part or 0)), Decimal(str(whole or 0))
    if not whole:
        return Count(None, part, whole)
    return Count((100 * part / whole).quantize(TENTH, ROUND_HALF_UP), part, whole)


def _side(side: Side | None) -> tuple[str, str]:
    """Return what is joined to tell facts apart, and the expression of the side."""
    if side is None:
        return "", "''"
    if not side.several:
        return "", f"coalesce(f.{side.column}, '')"
    several = (
        f"CASE WHEN coalesce(f.{side.column}, '[]') = '[]' THEN '[\"\"]' ELSE f.{side.column} END"
    )
    return f"JOIN json_each({several}) several", "several.value"


def _period(day: str, grain: Grain | None) -> str:
    if grain is None:
        return "''"
    if grain == "year":
        return f"substr({day}, 1, 4)"
    if grain == "month":
        return f"substr({day}, 1, 7)"
    quarter = f"((CAST(substr({day}, 6, 2) AS INTEGER) + 2) / 3)"
    return (
        f"CASE WHEN length({day}) < 7 THEN {day} ELSE substr({day}, 1, 4) || '-Q' || {quarter} END"
    )


def _first(day: str) -> str:
    return f"{day} || substr('-01-01', length({day}) - 3)"


def _last(day: str) -> str:
    return (
        f"CASE length({day}) WHEN 4 THEN {day} || '-12-31' "
        f"WHEN 7 THEN date({day} || '-01', '+1 month', '-1 day') ELSE {day} END"
    )
