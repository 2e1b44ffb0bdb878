"""What the tables and the trend of an indicator hold, from its view."""

from decimal import Decimal

from sscdesk.application.indicator_views import IndicatorView, PeriodLine
from sscdesk.i18n import _
from sscdesk.model.period import GRAINS, first_day_of, holds, period_of, periods_between
from sscdesk.ui.indicator_words import (
    NO_FIGURE,
    change_words,
    count_words,
    number_words,
    period_words,
    share_words,
    side_words,
)
from sscdesk.ui.places import city
from sscdesk.ui.widgets.figure_table import Cell, Grid
from sscdesk.ui.widgets.trend_chart import Bar, TrendDrawing
from sscdesk.ui.wording import Wording

MOST_BARS = 24
"""Periods of the trend at most: the newest ones."""


def periods_grid(view: IndicatorView, wording: Wording) -> Grid:
    """Return periods as lines, the whole first, then the newest; sides as columns."""
    has_entered = any(line.entered is not None for line in view.periods)
    has_changed = any(line.changed for line in view.periods)
    headings = [_("Period"), _("Total"), *(side_words(view, one, wording) for one in view.sides)]
    headings += [_("Changed since")] * has_changed + [_("Entered")] * has_entered
    shown = [line for line in reversed(view.periods) if _says_something(line)]
    lines = [_line(view, line, changed=has_changed, entered=has_entered) for line in shown]
    if view.figure.computed:
        lines.insert(0, _whole(view, len(headings)))
    return Grid(tuple(headings), tuple(lines))


def _says_something(line: PeriodLine) -> bool:
    total = line.total
    counted = total.few or bool(total.value) or bool(total.denominator)
    return counted or line.entered is not None or bool(line.changed)


def _line(
    view: IndicatorView, line: PeriodLine, *, changed: bool, entered: bool
) -> tuple[Cell, ...]:
    figure, unit = view.figure, view.figure.unit
    opens = figure.computed
    cells = [Cell(period_words(line.key))]
    tip = share_words(line.total, figure)
    cells.append(Cell(count_words(line.total, unit), tip, (line.key, None) if opens else None))
    for side in view.sides:
        count = line.sides.get(side)
        if count is None:
            cells.append(Cell(""))
        else:
            tip = share_words(count, figure)
            cells.append(Cell(count_words(count, unit), tip, (line.key, side)))
    if changed:
        cells.append(Cell(change_words(line.changed, unit) if line.changed else "", tone="warn"))
    if entered:
        said = number_words(line.entered, unit) if line.entered is not None else ""
        cells.append(Cell(said, _("Typed by an office, never added"), tone="muted"))
    return tuple(cells)


def _whole(view: IndicatorView, width: int) -> tuple[Cell, ...]:
    figure = view.figure
    cells = [
        Cell(_("All periods")),
        Cell(
            count_words(figure.total, figure.unit),
            share_words(figure.total, figure),
            (None, None),
        ),
    ]
    for side in view.sides:
        count = view.totals[side]
        tip = share_words(count, figure)
        cells.append(Cell(count_words(count, figure.unit), tip, (None, side)))
    cells += [Cell("")] * (width - len(cells))
    return tuple(cells)


def entered_grid(view: IndicatorView, wording: Wording) -> Grid:
    """Return the values that offices typed, newest first, with what proves each."""
    headings = (
        _("Period"),
        _("Value"),
        _("Country"),
        _("Sex"),
        _("Field"),
        _("Office"),
        _("Evidence"),
    )
    unit = view.figure.unit
    lines = tuple(
        (
            Cell(period_words(one.period)),
            Cell(number_words(one.value, unit)),
            Cell(wording.code("country", one.country) if one.country else ""),
            Cell(wording.code("sex", one.sex) if one.sex else ""),
            Cell(wording.code("field", one.field) if one.field else ""),
            Cell(city(one.owner)),
            Cell(one.evidence or (_("Attached") if one.files else _("Sourced")), one.evidence)
            if one.proven
            else Cell(_("No evidence"), _("It does not count towards the target."), tone="warn"),
        )
        for one in reversed(view.values)
    )
    return Grid(headings, lines)


def trend_of(view: IndicatorView) -> TrendDrawing:
    """Return the trend: every period from the first to the last, those without facts too."""
    figure, grain = view.figure, view.question.grain
    assert grain in GRAINS
    lines = {
        line.key: line
        for line in view.periods
        if line.key and holds(period_of(first_day_of(line.key), grain), line.key)
    }
    if not lines:
        return TrendDrawing(())
    keys = list(periods_between(min(lines), max(lines), grain))[-MOST_BARS:]
    bars = tuple(_bar(view, key, lines.get(key)) for key in keys)
    wanted = figure.target is not None and (figure.aggregation in ("stock", "ratio", "median"))
    target = figure.target if wanted else None
    words = _("Target {value}").format(value=number_words(target, figure.unit)) if wanted else ""
    return TrendDrawing(bars, None if target is None else float(target), words)


def _bar(view: IndicatorView, key: str, line: PeriodLine | None) -> Bar:
    if line is None:
        return Bar(period_words(key), None, NO_FIGURE)
    unit = view.figure.unit
    entered = float(line.entered) if line.entered is not None else None
    if not view.figure.computed:
        return Bar(period_words(key), None, number_words(line.entered, unit), entered)
    value: Decimal | None = line.total.value
    words = count_words(line.total, unit) if line.total.few or value else ""
    return Bar(period_words(key), None if value is None else float(value), words, entered)
