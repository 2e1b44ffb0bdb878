"""The list of indicators: beside each its figure, its target and its trend."""

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QTimer, Slot

from sscdesk.application import indicators
from sscdesk.application.indicator_views import Figure
from sscdesk.application.views import ChangeSummary, ListRow
from sscdesk.i18n import _
from sscdesk.ui.forms.figures_tab import COUNTED
from sscdesk.ui.indicator_words import (
    change_words,
    number_words,
    of_target_words,
    period_words,
)
from sscdesk.ui.models.row_words import ListWords
from sscdesk.ui.operations import Latest
from sscdesk.ui.pages.list_pane import ListPane
from sscdesk.ui.widgets.row_delegate import RowWords
from sscdesk.ui.wording import in_pieces

REST_MS = 300
"""Figures are counted again after changes have rested so long."""


@dataclass(frozen=True, slots=True)
class IndicatorWords(ListWords):
    """The words of an indicator's row, with its figure once it has been counted."""

    figures: dict[str, Figure] = field(default_factory=dict)

    def row(self, row: ListRow) -> RowWords:
        """Return what the list shows; an indicator not yet counted shows its name alone."""
        plain = ListWords.row(self, row)
        figure = self.figures.get(row.id)
        if figure is None:
            return plain
        return RowWords(
            title=plain.title,
            about=in_pieces(_pieces(figure)),
            state=of_target_words(figure),
            tone=_tone(figure),
            mark=plain.mark,
            trend=_trend(figure),
        )


def _pieces(figure: Figure) -> list[str]:
    found = [figure.code]
    if figure.changed:
        change = change_words(figure.changed, figure.unit)
        found.append(_("changed since: {change}").format(change=change))
    if figure.trend:
        period, value = figure.trend[-1]
        words = number_words(value, figure.unit)
        found.append(_("{period}: {figure}").format(period=period_words(period), figure=words))
    return found


def _tone(figure: Figure) -> str:
    if figure.progress is None:
        return "neutral"
    if figure.progress.reached:
        return "good"
    return "warn" if figure.less_is_better else "info"


def _trend(figure: Figure) -> tuple[float, ...]:
    values = [float(value or 0) for _key, value in figure.trend]
    highest = max(values, default=0)
    return tuple(value / highest for value in values) if highest > 0 and len(values) > 1 else ()


class IndicatorPane(ListPane):
    """The list of indicators, which counts them in a worker while the names are shown."""

    def reload(self) -> None:
        """Show the list from its beginning, and count."""
        super().reload()
        self.count()

    def _new_words(self) -> ListWords:
        self._counting = Latest(self, self.desk.workers)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.count)
        self._figures: dict[str, Figure] = {}
        return IndicatorWords(self.kind, self.desk.wording, self.desk.today, self._figures)

    @Slot()
    def count(self) -> None:
        """Count every indicator."""
        self._counting.ask(partial(indicators.figures, self.desk.workspace), self._counted_all)

    def _counted_all(self, found: tuple[Figure, ...]) -> None:
        self._figures.clear()
        self._figures.update({one.id: one for one in found})
        self.list_view.viewport().update()
        self.table_view.viewport().update()

    @Slot(object)
    def _desk_changed(self, summary: ChangeSummary) -> None:
        super()._desk_changed(summary)
        if summary.entities & COUNTED or not summary.entities:
            self._rest.start()
