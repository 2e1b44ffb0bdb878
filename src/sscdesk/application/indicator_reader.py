"""Reading indicators for one officer and one question: figures, periods, records behind."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application.indicator_counts import Count, Ledger, Scope, Table
from sscdesk.application.indicator_entered import entered_in, entered_values, together, within
from sscdesk.application.indicator_measures import MEASURES, Measure
from sscdesk.application.indicator_sources import SOURCES
from sscdesk.application.indicator_views import (
    EnteredValue,
    Figure,
    FigureAt,
    IndicatorView,
    PeriodLine,
    Progress,
    Question,
    RecordBehind,
    in_public,
)
from sscdesk.application.reading import Row, title_of, titles_of
from sscdesk.application.rules import Rules
from sscdesk.i18n import current_language
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import read_set
from sscdesk.model.offices import CURRENCY_OF
from sscdesk.model.period import first_day_of, holds, last_day_of, period_of, periods_between
from sscdesk.model.refusal import NotFound
from sscdesk.model.rights import WRITERS
from sscdesk.model.text import N_
from sscdesk.store.selecting import select_among

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

TREND = 8
"""Periods of the trend in a list."""
ZERO = Decimal(0)


class IndicatorReader:
    """One reading of the desk for one question."""

    def __init__(self, w: "Workspace", connection: Connection, question: Question) -> None:
        self._connection = connection
        self._today = w.clock().date().isoformat()
        self._rules = Rules(connection, w.actor, today=self._today)
        self._rules.require_read(record_kinds()["indicator"])
        since = question.since or default_since(connection, self._today)
        self._question = replace(question, since=since)
        self._scope = Scope(question.begins, question.ends)
        self._office = w.office
        self._exact = bool(w.actor.roles & WRITERS)
        self.now = self._ledger()
        self._then: Ledger | None = None

    def _ledger(self, moment: str | None = None) -> Ledger:
        currency = CURRENCY_OF.get(self._office, "EUR")
        return Ledger(
            self._connection,
            office=self._office,
            currency=currency,
            today=self._today,
            moment=moment,
        )

    @property
    def then(self) -> Ledger:
        """The facts as they were known at the moment compared with."""
        if self._then is None:
            moment = self._since
            self._then = self._ledger(moment if len(moment) > 10 else f"{moment}T00:00:00Z")
        return self._then

    @property
    def _since(self) -> str:
        return str(self._question.since)

    def _told(self, count: Count, measure: Measure) -> Count:
        return count if self._exact else in_public(count, persons=measure.persons)

    # ------------------------------------------------------------ one figure

    def figure(self, row: Mapping[str, Any]) -> Figure:
        """Return one indicator as a list shows it."""
        values = entered_values(self._connection, str(row["id"]))
        return self._figure(row, values, self._measure(row))

    def _measure(self, row: Mapping[str, Any]) -> Measure | None:
        measure = None if row["entered"] else MEASURES.get(str(row["code"] or "").upper())
        for entity in SOURCES[measure.source].entities if measure else ():
            self._rules.require_read(record_kinds()[entity])
        return measure

    def _figure(
        self, row: Mapping[str, Any], values: Iterable[EnteredValue], measure: Measure | None
    ) -> Figure:
        aggregation = str(row["aggregation"] or "")
        proven = [one for one in values if one.proven]
        typed = within(proven, self._question.begins, self._question.ends)
        entered = together(typed, aggregation)
        total = Count(None)
        if measure is not None:
            total = self._told(self.now.total(measure, self._scope), measure)
        current = total.value if measure else entered
        baseline, target = _decimal(row["baseline"]), _decimal(row["target"])
        less = measure.less_is_better if measure else False
        return Figure(
            id=str(row["id"]),
            ref=str(row["ref"]),
            code=str(row["code"] or ""),
            title=title_of(record_kinds()["indicator"].mapped, row),
            definition=_in_language(row),
            level=str(row["level"] or ""),
            unit=str(row["unit"] or ""),
            aggregation=aggregation,
            baseline=baseline,
            target=target,
            target_date=str(row["target_date"] or ""),
            computed=measure is not None,
            persons=measure.persons if measure else row["unit"] == "person",
            less_is_better=less,
            of_money=measure.of_money if measure else False,
            total=total,
            entered=entered,
            progress=_progress(current, baseline, target, less_is_better=less),
            trend=self._trend(measure, proven, aggregation),
            changed=self._changed(measure),
            since=self._since,
        )

    def _trend(
        self, measure: Measure | None, values: Iterable[EnteredValue], aggregation: str
    ) -> tuple[tuple[str, Decimal | None], ...]:
        """Return the last figures up to today, those between two without facts included."""
        grain = self._question.grain
        if measure is None:
            found = entered_in(within(values, *_ends(self._scope)), aggregation, grain)
            return tuple(found.items())[-TREND:]
        table = self.now.by_period(measure, self._scope, grain)
        empty = self.now.empty(measure)
        return tuple(
            (key, self._told(table.get((key, ""), empty), measure).value)
            for key in self._between(table)[-TREND:]
        )

    def _between(self, table: Table) -> list[str]:
        """Return the periods from the first to the last that a table dates well enough."""
        grain = self._question.grain
        dated = sorted(
            key for key, _side in table if key and holds(period_of(first_day_of(key), grain), key)
        )
        return list(periods_between(dated[0], dated[-1], grain)) if dated else []

    def _changed(self, measure: Measure | None) -> Decimal:
        """Return by how much what had happened by then has changed since."""
        if measure is None:
            return ZERO
        before = Scope(self._scope.begins, _earlier(self._scope.ends, self._since[:10]))
        return _difference(self.now.total(measure, before), self.then.total(measure, before))

    # ------------------------------------------------------------ one view

    def view(self, row: Row) -> IndicatorView:
        """Return an indicator with its periods and sides."""
        values = entered_values(self._connection, str(row["id"]))
        measure = self._measure(row)
        by = self._side(measure)
        totals = self._by_side(measure, by)
        sides = tuple(sorted(totals, key=lambda side: (-_size(totals[side]), side)))
        vocabulary = measure.sides[by].vocabulary if measure and by else ""
        return IndicatorView(
            figure=self._figure(row, values, measure),
            question=self._question,
            choices=_choices(measure, read_set(row["disaggregated_by"])),
            sides=sides,
            vocabulary=vocabulary,
            titles={}
            if vocabulary
            else titles_of(self._connection, {"action_plan": filter(None, sides)}),
            totals=totals,
            overlap=self.now.overlap(measure, self._scope, by) if measure and by else 0,
            periods=self._periods(measure, by, values, str(row["aggregation"] or "")),
            values=values,
            left_out=self.now.left_out(measure) if measure else 0,
        )

    def _side(self, measure: Measure | None) -> str:
        by = self._question.by
        if by and (measure is None or by not in measure.sides):
            raise NotFound(
                "no-such-side",
                N_("This indicator is not told apart by “{name}”."),
                hint=N_("It can be told apart by: {names}."),
                params={"name": by[:40], "names": ", ".join(measure.sides if measure else ())},
            )
        return by

    def _by_side(self, measure: Measure | None, by: str) -> dict[str, Count]:
        if measure is None or not by:
            return {}
        table = self.now.by_side(measure, self._scope, None, by)
        return {side: self._told(count, measure) for (_period, side), count in table.items()}

    def _periods(
        self, measure: Measure | None, by: str, values: tuple[EnteredValue, ...], aggregation: str
    ) -> tuple[PeriodLine, ...]:
        grain = self._question.grain
        typed = entered_in(within(values, *_ends(self._scope)), aggregation, grain)
        if measure is None:
            return tuple(PeriodLine(key, Count(None), {}, one, ZERO) for key, one in typed.items())
        now = self.now.by_period(measure, self._scope, grain)
        sides = self.now.by_side(measure, self._scope, grain, by) if by else {}
        then = self.then.by_period(measure, self._scope, grain)
        empty = self.now.empty(measure)
        keys = {key for key, _side in (*now, *then)} | set(typed) | set(self._between(now))
        return tuple(
            PeriodLine(
                key=key,
                total=self._told(now.get((key, ""), empty), measure),
                sides={
                    side: self._told(one, measure)
                    for (period, side), one in sides.items()
                    if period == key
                },
                entered=typed.get(key),
                changed=self._changed_in(
                    key, now.get((key, ""), empty), then.get((key, ""), empty)
                ),
            )
            for key in sorted(keys)
        )

    def _changed_in(self, key: str, now: Count, then: Count) -> Decimal:
        """A period that still ran, or what nobody dates, is not a past that changed."""
        past = bool(key) and last_day_of(key) < self._since[:10]
        return _difference(now, then) if past else ZERO

    # ------------------------------------------------------------ the records behind

    def behind(self, row: Row, at: FigureAt) -> tuple[RecordBehind, ...]:
        """Return the records behind a figure."""
        measure = self._measure(row)
        by = self._side(measure)
        if measure is None:
            return ()
        grain = None if at.period is None else self._question.grain
        found = list(
            self.now.behind(
                measure,
                self._scope,
                grain,
                (at.period or "", at.side or ""),
                by if at.side is not None else "",
            )
        )
        return tuple(self._named(found))

    def _named(self, found: list[tuple[str, str, str]]) -> Iterable[RecordBehind]:
        wanted: dict[str, list[str]] = {"person": [one[2] for one in found if one[2]]}
        for entity, record, _person in found:
            wanted.setdefault(entity, []).append(record)
        titles = titles_of(self._connection, wanted)
        refs = {entity: self._refs(entity, records) for entity, records in wanted.items()}
        for entity, record, person in found:
            title = titles.get(record, "")
            ref = refs[entity].get(record, "")
            yield RecordBehind(entity, record, ref, title, titles.get(person, ""))

    def _refs(self, entity: str, records: list[str]) -> dict[str, str]:
        statement = f'SELECT id, ref FROM "{entity}"'  # noqa: S608 - the model's own name
        wanted = list(dict.fromkeys(records))
        return {
            str(row.id): str(row.ref)
            for rows in select_among(self._connection, statement, "id", wanted)
            for row in rows
        }


def default_since(connection: Connection, today: str) -> str:
    """Return the moment with which past figures are compared where nobody says one."""
    found = connection.exec_driver_sql(
        "SELECT max(submitted_on) FROM report WHERE deleted = 0 AND kind = 'donor_report'"
    ).scalar()
    return str(found) if found else first_day_of(period_of(today, "quarter"))


def _choices(measure: Measure | None, declared: Iterable[str]) -> tuple[str, ...]:
    if measure is None:
        return ()
    first = [name for name in measure.sides if name in set(declared)]
    return (*first, *(name for name in measure.sides if name not in first))


def _decimal(raw: Any) -> Decimal | None:
    return None if raw in (None, "") else Decimal(str(raw))


def _in_language(row: Mapping[str, Any]) -> str:
    names = [f"definition_{current_language()}", *(f"definition_{c}" for c in ("en", "fr", "ar"))]
    return next((str(row[name]) for name in names if row[name]), "")


def _progress(
    current: Decimal | None,
    baseline: Decimal | None,
    target: Decimal | None,
    *,
    less_is_better: bool,
) -> Progress | None:
    if current is None or target is None:
        return None
    if less_is_better:
        return Progress(None, current <= target)
    way = target - (baseline or ZERO)
    percent = round(100 * (current - (baseline or ZERO)) / way) if way > 0 else None
    return Progress(percent, current >= target)


def _difference(now: Count, then: Count) -> Decimal:
    return (now.value or ZERO) - (then.value or ZERO)


def _size(count: Count) -> Decimal:
    return count.denominator if count.denominator is not None else count.value or ZERO


def _ends(scope: Scope) -> tuple[str | None, str | None]:
    return scope.begins, scope.ends


def _earlier(ends: str | None, since: str) -> str:
    """Return the last day that had passed at a moment, or an earlier end."""
    before = (date.fromisoformat(since) - timedelta(days=1)).isoformat()
    return min(ends, before) if ends else before
