"""The figures of an indicator: where it stands, its trend, its periods, the records behind."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from sscdesk.application.indicator_sources import SOURCES
from sscdesk.application.indicator_views import (
    Figure,
    FigureAt,
    IndicatorView,
    Question,
    RecordBehind,
)
from sscdesk.i18n import _, ngettext
from sscdesk.model.period import GRAINS, Grain
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.figures_grid import entered_grid, periods_grid, trend_of
from sscdesk.ui.forms.view_tab import ViewTab
from sscdesk.ui.forms.words import section_label
from sscdesk.ui.indicator_words import (
    basis_words,
    change_words,
    current_words,
    entered_words,
    left_out_words,
    number_words,
    of_target_words,
    overlap_words,
    period_words,
    share_words,
    side_name,
    side_words,
    since_words,
)
from sscdesk.ui.operations import Latest
from sscdesk.ui.widgets.bars import ShareBar
from sscdesk.ui.widgets.basic import Card, Chip, icon_button, label
from sscdesk.ui.widgets.directed import directed
from sscdesk.ui.widgets.figure_table import FigureTable
from sscdesk.ui.widgets.link_title import LinkTitle
from sscdesk.ui.widgets.segments import Segments
from sscdesk.ui.widgets.trend_chart import TrendChart, TrendDrawing

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

COUNTED = frozenset({"indicator", *(entity for one in SOURCES.values() for entity in one.entities)})
"""The records that figures are counted from."""
MOST_SHOWN = 40
"""Records behind a figure that are shown at once; the others are counted."""
_GRAIN_WORDS: dict[Grain, str] = {
    "month": N_("Months"),
    "quarter": N_("Quarters"),
    "year": N_("Years"),
}
YEARS = 12


class FiguresTab(ViewTab):
    """One indicator. What is asked of it stays while records come and go."""

    entities = COUNTED

    def __init__(self, desk: Desk, around: FormAround, parent: QWidget | None = None) -> None:
        super().__init__(desk, around, parent)
        self.question = Question()
        self.controls = FigureControls(self)
        self.column.insertWidget(0, self.controls)
        self._behinds = Latest(self, desk.workers)

    def read(self, w: "Workspace", identifier: str) -> IndicatorView:
        from sscdesk.application.indicators import indicator

        question = self.question
        try:
            return indicator(w, identifier, question)
        except NotFound as refused:
            if refused.code != "no-such-side":
                raise
            # Another indicator came to be shown, which is not told apart by this side.
            return indicator(w, identifier, replace(question, by=""))

    def ask(self, question: Question) -> None:
        """Look at the indicator otherwise."""
        self.question = question
        self.reload()

    def show_found(self, found: IndicatorView) -> list[QWidget]:
        self.view = found
        self._behinds.forget()
        self.controls.offer(found)
        self.standing = Standing(found.figure, self)
        self.periods = self._periods_card(found)
        self.behind = BehindCard(self)
        self.behind.hide()
        shown: list[QWidget] = [self.standing, self.periods, self.behind]
        drawing = trend_of(found)
        if drawing.bars:
            shown.insert(1, self._trend_card(drawing, counted=found.figure.computed))
        if found.values:
            self.entered = self._entered_card(found)
            shown.append(self.entered)
        return shown

    def _trend_card(self, drawing: TrendDrawing, *, counted: bool) -> Card:
        card = Card(self)
        card.body.addWidget(section_label(_("Trend"), card))
        self.chart = TrendChart(card)
        self.chart.show_trend(drawing, _("Trend by period"))
        card.body.addWidget(self.chart)
        if counted and any(bar.entered is not None for bar in drawing.bars):
            words = _("Diamonds are values that offices entered; they are never added.")
            card.body.addWidget(label(directed(words), "small", card, wrap=True))
        return card

    def _periods_card(self, found: IndicatorView) -> Card:
        card = Card(self)
        card.body.addWidget(self._periods_head(found, card))
        grid = periods_grid(found, self.desk.wording)
        self.table = FigureTable(grid, _("Figures by period"), card)
        self.table.figure_wanted.connect(self._open_figure)
        card.body.addWidget(self.table)
        for words in (overlap_words(found), left_out_words(found)):
            if words:
                card.body.addWidget(label(directed(words), "small", card, wrap=True))
        return card

    def _periods_head(self, found: IndicatorView, parent: QWidget) -> QWidget:
        made = QWidget(parent)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        words = _("By period")
        if found.question.by:
            words = _("By period and {side}").format(side=side_name(found.question.by).lower())
        row.addWidget(section_label(words, made), 1)
        copy = icon_button("copy", _("Copy the table"), made)
        copy.clicked.connect(self._copy)
        printing = icon_button("printer", _("Print the figures"), made)
        printing.clicked.connect(self.print_figures)
        row.addWidget(copy)
        row.addWidget(printing)
        return made

    def _entered_card(self, found: IndicatorView) -> Card:
        card = Card(self)
        card.body.addWidget(section_label(_("Values entered"), card))
        told = _("What was typed stands beside what records prove and is never added to it.")
        card.body.addWidget(label(directed(told), "small", card, wrap=True))
        grid = entered_grid(found, self.desk.wording)
        card.body.addWidget(FigureTable(grid, _("Values entered"), card))
        return card

    # ------------------------------------------------------------ the records behind

    @Slot(object)
    def _open_figure(self, at: tuple[str | None, str | None]) -> None:
        period, side = at
        asked = FigureAt(period, side, self.view.question)
        run = partial(_behind, self.desk.workspace, self.view.figure.id, asked)
        self._behinds.ask(run, partial(self._show_behind, asked))

    def _show_behind(self, asked: FigureAt, found: tuple[RecordBehind, ...]) -> None:
        words = _("All periods") if asked.period is None else period_words(asked.period)
        if asked.side is not None:
            side = side_words(self.view, asked.side, self.desk.wording)
            words = _("{period}, {side}").format(period=words, side=side)
        self.behind.show_records(words, found)
        self.behind.show()
        self.behind.setFocus()
        QTimer.singleShot(0, self, self._show_the_list)

    @Slot()
    def _show_the_list(self) -> None:
        """Scroll to the list that was asked for, once it has its place."""
        around = self.parentWidget()
        area = around.parentWidget() if around is not None else None
        if isinstance(area, QScrollArea) and isValid(self.behind):
            area.ensureWidgetVisible(self.behind, 0, 24)

    # ------------------------------------------------------------ taking it elsewhere

    @Slot()
    def _copy(self) -> None:
        self.table.copy()
        self.desk.say(_("The table is copied; paste it into a spreadsheet or a letter."))

    @Slot()
    def print_figures(self) -> None:
        """Print where the indicator stands, its trend and its periods."""
        from sscdesk.ui.forms.figures_paper import print_view

        print_view(self.view, self.desk.wording, self)


def _behind(w: "Workspace", identifier: str, at: FigureAt) -> tuple[RecordBehind, ...]:
    from sscdesk.application.indicators import records_behind

    return records_behind(w, identifier, at)


class FigureControls(QWidget):
    """By what period, by what side, of which year, compared with which moment."""

    def __init__(self, tab: FiguresTab) -> None:
        super().__init__(tab)
        self._tab = tab
        words: dict[str, str] = {grain: _(_GRAIN_WORDS[grain]) for grain in GRAINS}
        self.grain = Segments(words, _("Periods"), self)
        self.grain.choose(tab.question.grain)
        self.grain.chosen.connect(self._grain_chosen)
        self.by = _choice(_("Told apart by"), self)
        self.span = _choice(_("Period that counts"), self)
        self.since = _choice(_("Compared with"), self)
        self._fill_span()
        self._fill_since()
        self._lay_out()
        for one in (self.by, self.span, self.since):
            one.activated.connect(self._chosen)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for left, right in ((self.grain, self.by), (self.span, self.since)):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(left, int(left is not self.grain))
            row.addWidget(right, 2)
            column.addLayout(row)

    def offer(self, view: IndicatorView) -> None:
        """Offer the sides that the indicator has."""
        names = ["", *view.choices]
        if [self.by.itemData(at) for at in range(self.by.count())] != names:
            self.by.clear()
            for name in names:
                words = _("By {side}").format(side=side_name(name).lower())
                self.by.addItem(words if name else _("Not told apart"), name)
        self.by.setCurrentIndex(max(0, self.by.findData(view.question.by)))
        self.by.setEnabled(len(names) > 1)

    def _fill_span(self) -> None:
        today = self._tab.desk.today()
        self.span.addItem(_("Since the beginning"), ("", ""))
        for year in range(today.year, today.year - YEARS, -1):
            self.span.addItem(str(year), (f"{year}-01-01", f"{year}-12-31"))

    def _fill_since(self) -> None:
        today = self._tab.desk.today()
        self.since.addItem(_("Changes since the last donor report"), "")
        for days, words in (
            (7, _("Changes of the last 7 days")),
            (30, _("Changes of the last 30 days")),
            (365, _("Changes of the last 365 days")),
        ):
            self.since.addItem(words, (today - timedelta(days=days)).isoformat())

    @Slot(str)
    def _grain_chosen(self, grain: Grain) -> None:
        self._tab.ask(replace(self._tab.question, grain=grain))

    @Slot()
    def _chosen(self) -> None:
        begins, ends = self.span.currentData()
        question = replace(
            self._tab.question,
            by=self.by.currentData() or "",
            begins=begins or None,
            ends=ends or None,
            since=self.since.currentData() or None,
        )
        self._tab.ask(question)


def _choice(name: str, parent: QWidget) -> QComboBox:
    made = QComboBox(parent)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setMinimumContentsLength(8)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


class Standing(Card):
    """Where the indicator stands: its figure, how far to the target, what changed late."""

    def __init__(self, figure: Figure, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.number = label(current_words(figure), "display", self)
        grid.addWidget(self.number, 0, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        self.target = label(directed(_target_words(figure)), "strong", self, wrap=True)
        grid.addWidget(self.target, 0, 1)
        self.bar = ShareBar(self)
        percent = figure.progress.percent if figure.progress else None
        if percent is not None and figure.progress is not None:
            tone = "good" if figure.progress.reached else "accent"
            self.bar.show_shares([(max(0, min(percent, 100)) / 100, tone)], _target_words(figure))
            grid.addWidget(self.bar, 1, 1)
        self.bar.setVisible(percent is not None)
        self.body.addLayout(grid)
        self._say(figure)

    def _say(self, figure: Figure) -> None:
        facts = [share_words(figure.total, figure), basis_words(figure), entered_words(figure)]
        told = " · ".join(one for one in facts if one)
        self.body.addWidget(label(directed(told), "small", self, wrap=True))
        if figure.changed:
            self.changed = Chip(_changed_words(figure), "warn", self)
            self.body.addWidget(self.changed, 0, Qt.AlignmentFlag.AlignLeading)
        if figure.definition:
            self.body.addWidget(label(directed(figure.definition), "muted", self, wrap=True))


def _target_words(figure: Figure) -> str:
    if figure.target is None:
        return _("No target is set")
    words = of_target_words(figure)
    percent = figure.progress.percent if figure.progress else None
    if percent is not None:
        words = _("{figure} · {percent} of the way").format(
            figure=words, percent=number_words(Decimal(percent), "percent")
        )
    elif figure.progress is not None and not figure.progress.reached:
        words = _("{figure} · missed").format(figure=words)
    return words


def _changed_words(figure: Figure) -> str:
    return _("changed since {moment}: {change}").format(
        moment=since_words(figure.since), change=change_words(figure.changed, figure.unit)
    )


class BehindCard(Card):
    """The records that a figure counts, each a link."""

    def __init__(self, tab: FiguresTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self.links: list[LinkTitle] = []
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head = QHBoxLayout()
        self.title = section_label("", self)
        close = icon_button("x", _("Close the list"), self)
        close.clicked.connect(self.hide)
        head.addWidget(self.title, 1)
        head.addWidget(close)
        self.body.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)

    def show_records(self, figure: str, found: tuple[RecordBehind, ...]) -> None:
        """Show the records behind a figure, the first of many."""
        self._clear()
        count = ngettext("{count} behind it", "{count} behind it", len(found)).format(
            count=len(found)
        )
        words = _("{figure}: {count}").format(figure=figure, count=count)
        self.title.setText(directed(words.upper()))
        self.setAccessibleName(words)
        for one in found[:MOST_SHOWN]:
            self._lines.addWidget(self._line(one))
        if len(found) > MOST_SHOWN:
            more = _("and {count} more").format(count=len(found) - MOST_SHOWN)
            self._lines.addWidget(label(directed(more), "muted", self))
        if not found:
            self._lines.addWidget(label(directed(_("Nothing is behind it.")), "muted", self))

    def _line(self, one: RecordBehind) -> QWidget:
        made = QWidget(self)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(label(one.ref or "…", "small", made))
        title = one.title or _("not here yet")
        if one.person:
            title = _("{person} — {title}").format(person=one.person, title=title)
        link = LinkTitle(title, one.ref, made)
        link.setEnabled(bool(one.ref))
        link.clicked.connect(partial(self._tab.around.open, one.entity, one.id))
        self.links.append(link)
        row.addWidget(link, 1)
        return made

    def _clear(self) -> None:
        self.links = []
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
