"""Indicators of a period for the donor: what records prove, else what was entered, so marked."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from sscdesk.application.indicator_counts import Count
from sscdesk.application.indicator_reader import IndicatorReader
from sscdesk.application.indicator_views import Figure, Question
from sscdesk.application.reading import Row
from sscdesk.application.snapshots.freezer import Freezer
from sscdesk.reports.donor_report import DOWN, FLAT, UP, Measured
from sscdesk.reports.snapshot import Wording

Sides = Mapping[str, Count]


def measures(f: Freezer, begins: str, ends: str) -> Iterator[Measured]:
    """Yield each indicator that has a target or a figure, by code."""
    whole = IndicatorReader(f.w, f.connection, Question(ends=ends))
    inside = IndicatorReader(f.w, f.connection, Question(begins=begins, ends=ends))
    sides = {
        by: IndicatorReader(f.w, f.connection, Question(begins=begins, ends=ends, by=by))
        for by in ("sex", "country")
    }
    for row in f.rows("SELECT * FROM indicator WHERE deleted = 0 ORDER BY code, ref"):
        if not f.tells(row):
            continue
        figure, now = whole.figure(row), inside.figure(row)
        if figure.current is None and figure.target is None:
            continue
        choices = inside.view(row).choices
        found = {by: one.view(row).totals for by, one in sides.items() if by in choices}
        yield _measured(f, row, figure, now, found)


def _measured(
    f: Freezer, row: Row, figure: Figure, now: Figure, sides: Mapping[str, Sides]
) -> Measured:
    sexes = sides.get("sex", {}) if figure.unit != "percent" else {}
    changed = _rounded(now.changed)
    return Measured(
        code=figure.code,
        title=f.wording(row, "title"),
        unit=f.label("indicator_unit", figure.unit),
        target=figure.target,
        in_period=_rounded(now.current),
        cumulated=_rounded(figure.current),
        women=_persons(sexes, "f"),
        men=_persons(sexes, "m"),
        countries=_countries(f, sides.get("country", {})) if figure.unit != "percent" else (),
        trend=_trend(figure),
        changed_since=f"{changed:+}" if changed else "",
        persons=figure.persons and figure.unit != "percent",
        less_is_better=figure.less_is_better,
        entered=not figure.computed,
    )


def _rounded(value: Decimal | None) -> Decimal | None:
    """Return a figure as it is printed: whole, or with one decimal."""
    if value is None:
        return None
    one = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return one.to_integral_value() if one == one.to_integral_value() else one


def _persons(sides: Sides, sex: str) -> int | None:
    if not sides:
        return None
    count = sides.get(sex)
    return int(count.value or 0) if count else 0


def _countries(f: Freezer, sides: Sides) -> tuple[tuple[Wording, Decimal], ...]:
    """Return the countries where there are several; one alone says what the whole says."""
    told = {code: count.value for code, count in sides.items() if code and count.value}
    if len(told) < 2:
        return ()
    return tuple((f.label("country", code), value) for code, value in sorted(told.items()))


def _trend(figure: Figure) -> str:
    """Compare the last quarter with the one before it."""
    values = [value for _key, value in figure.trend[-2:]]
    before, now = values if len(values) == 2 else (None, None)
    if before is None or now is None:
        return ""
    return UP if now > before else DOWN if now < before else FLAT
