"""Calls for indicators: their figures, and the records behind one."""

from argparse import Namespace
from decimal import Decimal
from typing import Any

from sscdesk.application import indicators
from sscdesk.application.indicator_counts import Count
from sscdesk.application.indicator_views import (
    EnteredValue,
    Figure,
    FigureAt,
    IndicatorView,
    PeriodLine,
    Question,
)
from sscdesk.cli.call import Calls, Context, arg
from sscdesk.cli.shapes import plain
from sscdesk.model.dates import read_date, read_datetime
from sscdesk.model.indicator import FEWEST_TOLD
from sscdesk.model.period import GRAINS, first_day_of, last_day_of
from sscdesk.model.text import N_

calls = Calls()
_GRAIN = arg("--grain", choices=GRAINS, default="quarter")
_FROM = arg("--from", dest="begins", metavar="DATE", default="")
_TO = arg("--to", dest="ends", metavar="DATE", default="")
_SINCE = arg(
    "--since", metavar="MOMENT", default="", help="with what was known then, past figures compare"
)


@calls.add(
    "indicators",
    N_("List the indicators with their figures, targets and trend."),
    "sscdesk indicators --from 2026-01-01 --to 2026-06-30",
    _GRAIN,
    _FROM,
    _TO,
    _SINCE,
)
def list_indicators(context: Context, args: Namespace) -> Any:
    """List the indicators."""
    found = indicators.figures(context.desk, _question(context, args, ""))
    return {"items": [_figure(one) for one in found]}


@calls.add(
    "indicator",
    N_("Show an indicator by period, told apart by a side, or the records behind a figure."),
    "sscdesk indicator IND-02 --by sex --grain quarter --behind 2026-Q1 --side f",
    arg("ref", metavar="REF"),
    _GRAIN,
    _FROM,
    _TO,
    arg("--by", metavar="SIDE", default="", help="sex, country, field, step, kind…"),
    _SINCE,
    arg("--behind", metavar="PERIOD", default=None, help="the records behind it; all for all"),
    arg("--side", metavar="CODE", default=None, help="with --behind, on this side only"),
)
def show_indicator(context: Context, args: Namespace) -> Any:
    """Show an indicator."""
    question = _question(context, args, args.by)
    if args.behind is not None:
        period = None if args.behind == "all" else args.behind
        at = FigureAt(period, args.side, question)
        behind = indicators.records_behind(context.desk, args.ref, at)
        return {"items": [plain(one) for one in behind], "total": len(behind)}
    return _view(indicators.indicator(context.desk, args.ref, question))


def _question(context: Context, args: Namespace, by: str) -> Question:
    today = context.desk.clock().date()
    begins = first_day_of(read_date(args.begins, today)) if args.begins else None
    ends = last_day_of(read_date(args.ends, today)) if args.ends else None
    return Question(args.grain, begins, ends, by, _moment(context, args.since))


def _moment(context: Context, said: str) -> str | None:
    if not said:
        return None
    today = context.desk.clock().date()
    if "T" in said or ":" in said:
        found = read_datetime(said, today).removesuffix("Z")
        return f"{found}:00Z"
    return first_day_of(read_date(said, today))


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _count(count: Count) -> dict[str, Any]:
    return {
        "value": _number(count.value),
        "numerator": _number(count.numerator),
        "denominator": _number(count.denominator),
        "few": count.few,
    }


def _shown(figure: Figure) -> str:
    """Write the figure that counts towards the target."""
    if figure.total.few:
        return f"<{FEWEST_TOLD}"
    return "–" if figure.current is None else str(_number(figure.current))


def _figure(figure: Figure) -> dict[str, Any]:
    progress = figure.progress
    return {
        "ref": figure.ref,
        "id": figure.id,
        "code": figure.code,
        "title": figure.title,
        "definition": figure.definition,
        "level": figure.level,
        "unit": figure.unit,
        "aggregation": figure.aggregation,
        "computed": figure.computed,
        **_count(figure.total),
        "entered": _number(figure.entered),
        "baseline": _number(figure.baseline),
        "target": _number(figure.target),
        "target_date": figure.target_date,
        "figure": f"{_shown(figure)} / {_number(figure.target)}",
        "progress_percent": progress.percent if progress else None,
        "reached": progress.reached if progress else None,
        "trend": [{"period": key, "value": _number(value)} for key, value in figure.trend],
        "since": figure.since,
        "changed": _number(figure.changed),
    }


def _view(view: IndicatorView) -> dict[str, Any]:
    return {
        **_figure(view.figure),
        "grain": view.question.grain,
        "from": view.question.begins,
        "to": view.question.ends,
        "by": view.question.by or None,
        "choices": list(view.choices),
        "sides": {side: _count(view.totals[side]) for side in view.sides},
        "titles": dict(view.titles),
        "overlap": view.overlap,
        "left_out": view.left_out,
        "periods": [_period(line) for line in view.periods],
        "values": [_entered(one) for one in view.values],
    }


def _period(line: PeriodLine) -> dict[str, Any]:
    return {
        "period": line.key,
        **_count(line.total),
        "sides": {side: _count(one) for side, one in line.sides.items()},
        "entered": _number(line.entered),
        "changed": _number(line.changed),
    }


def _entered(one: EnteredValue) -> dict[str, Any]:
    return {
        "id": one.id,
        "owner": one.owner,
        "period": one.period,
        "country": one.country,
        "sex": one.sex,
        "field": one.field,
        "value": _number(one.value),
        "evidence": one.evidence,
        "files": one.files,
        "proven": one.proven,
    }
