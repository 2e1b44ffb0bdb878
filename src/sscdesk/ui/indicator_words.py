"""Indicators in words: figures, shares, periods, sides, changes, as the language writes them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_percent

from sscdesk.application.indicator_counts import Count
from sscdesk.application.indicator_views import Figure, IndicatorView
from sscdesk.i18n import _, format_number, locale, ngettext
from sscdesk.model.base import record_kinds
from sscdesk.model.indicator import FEWEST_TOLD
from sscdesk.model.period import first_day_of
from sscdesk.model.text import N_
from sscdesk.ui.wording import Wording, isolated, readable_date, readable_moment

NO_FIGURE = "–"
_SIDES = {
    "sex": N_("Sex"),
    "country": N_("Country"),
    "field": N_("Field"),
    "step": N_("Step"),
    "kind": N_("Kind"),
    "level": N_("Level"),
    "plan": N_("Action plan"),
    "origin": N_("Origin"),
    "destination": N_("Destination"),
    "budget_line": N_("Budget line"),
}


def side_name(by: str) -> str:
    """Return what one tells figures apart by: "Sex"."""
    return _(_SIDES[by]) if by in _SIDES else by


def number_words(value: Decimal | None, unit: str) -> str:
    """Write a figure: a number, or a share in percent."""
    if value is None:
        return NO_FIGURE
    if unit == "percent":
        return str(format_percent(value / 100, locale=locale(), decimal_quantization=False))
    whole = value == value.to_integral_value()
    return format_number(int(value) if whole else value)


def count_words(count: Count, unit: str) -> str:
    """Write a figure; "<5" where so few persons are not told."""
    return isolated(f"<{FEWEST_TOLD}") if count.few else number_words(count.value, unit)


def current_words(figure: Figure) -> str:
    """Write the figure that counts towards the target."""
    if figure.total.few:
        return count_words(figure.total, figure.unit)
    return number_words(figure.current, figure.unit)


def of_target_words(figure: Figure) -> str:
    """Write a figure with its target: "24 of 24"; the figure alone where no target is set."""
    now = current_words(figure)
    if figure.target is None:
        return now
    target = number_words(figure.target, figure.unit)
    if figure.less_is_better:
        return _("{figure}, at most {target}").format(figure=now, target=target)
    return _("{figure} of {target}").format(figure=now, target=target)


def share_words(count: Count, figure: Figure) -> str:
    """Write what a share is made of: "13 of 40"; nothing where there is nothing to tell."""
    if figure.of_money or count.few or count.denominator is None:
        return ""
    whole = format_number(int(count.denominator))
    if count.numerator is None:
        return _("of {count} counted").format(count=whole)
    return _("{part} of {whole}").format(part=format_number(int(count.numerator)), whole=whole)


def change_words(value: Decimal, unit: str) -> str:
    """Write a change with its sign: "+3"."""
    sign = "+" if value > 0 else "−"
    return isolated(f"{sign}{number_words(abs(value), unit)}")


def since_words(since: str) -> str:
    """Write the moment with which past figures are compared."""
    return readable_date(since) if len(since) == 10 else readable_moment(since)


def period_words(key: str) -> str:
    """Write a period: "2026", "Q3 2026", "September 2026"; what no record dates says so."""
    if not key:
        return _("No date recorded")
    if "-Q" in key:
        day = date.fromisoformat(first_day_of(key))
        return str(format_date(day, "QQQ y", locale=locale()))
    if "-H" in key:
        return _("Half {number} of {year}").format(number=key[-1], year=key[:4])
    return readable_date(key)


def side_words(view: IndicatorView, side: str, wording: Wording) -> str:
    """Write a side: "Women"; what no record places says so."""
    if not side:
        return _("Not recorded")
    if view.vocabulary == "entity":
        return _(record_kinds()[side].mapped.label)
    if view.vocabulary:
        return wording.code(view.vocabulary, side)
    return view.titles.get(side) or _("not here yet")


def overlap_words(view: IndicatorView) -> str:
    """Say why the sides exceed the whole; nothing where they do not."""
    if not view.overlap:
        return ""
    return ngettext(
        "What belongs to several counts in each, once in the total: {count} more in all.",
        "What belongs to several counts in each, once in the total: {count} more in all.",
        view.overlap,
    ).format(count=format_number(view.overlap))


def left_out_words(view: IndicatorView) -> str:
    """Say which amounts are not counted; nothing where all are."""
    if not view.left_out:
        return ""
    return ngettext(
        "{count} amount in another currency is not counted: no rate is known for it.",
        "{count} amounts in another currency are not counted: no rate is known for them.",
        view.left_out,
    ).format(count=format_number(view.left_out))


def basis_words(figure: Figure) -> str:
    """Say whether records prove the figure or somebody entered it."""
    if figure.computed:
        return _("Counted from the records of this desk")
    return _("No records prove it: entered with evidence")


def entered_words(figure: Figure) -> str:
    """Say what was entered beside a figure that is counted; nothing where nothing was."""
    if not figure.computed or figure.entered is None:
        return ""
    value = number_words(figure.entered, figure.unit)
    return _("Entered with evidence: {value}, never added").format(value=value)


def titles_of(view: IndicatorView, wording: Wording) -> Mapping[str, str]:
    """Return every side in words."""
    return {side: side_words(view, side, wording) for side in view.sides}
