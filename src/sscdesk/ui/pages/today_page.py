"""Today: what waits for me, what is due, this week, what came, what has not been sent.

Each line has its action. Nothing is counted for its own sake.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.today import Arrival, TodayLine, TodayView
from sscdesk.i18n import _, locale, ngettext
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.pages.page import Page
from sscdesk.ui.pages.wishes import MakeFile
from sscdesk.ui.places import city, office_name
from sscdesk.ui.screens import Screen, screen_of
from sscdesk.ui.widgets.basic import Card, Chip, button, icon_label, label
from sscdesk.ui.widgets.eliding import ElidingLabel
from sscdesk.ui.wording import readable_date, readable_period

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

SHOWN_FIRST = 7
SETTLE_MS = 250
TWO_COLUMNS = 940


@dataclass(frozen=True, slots=True)
class Unsent:
    """What an office has not been sent."""

    office: str
    count: int


@dataclass(frozen=True, slots=True)
class Morning:
    """All that the page shows."""

    view: TodayView
    unsent: tuple[Unsent, ...]


class LineRow(QFrame):
    """One line: an icon, a title that opens the record, why it stands here, its action."""

    def __init__(
        self,
        icon: str,
        title: str,
        about: str,
        chip: tuple[str, str],
        action: str,
        then: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "line")
        self._then = then
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        row.addWidget(icon_label(icon))
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = ElidingLabel(title, "", self)
        words.addWidget(self.title)
        if about:
            words.addWidget(ElidingLabel(about, "small", self))
        row.addLayout(words, 1)
        if chip[0]:
            row.addWidget(Chip(chip[0], chip[1], self))
        self.act = button(action, "")
        self.act.setAccessibleName(f"{action}: {title}")
        self.act.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.act.clicked.connect(self._do)
        row.addWidget(self.act)

    @Slot()
    def _do(self) -> None:
        self._then()


class GroupCard(Card):
    """A heading and its lines, the first seven until all are asked for."""

    def __init__(self, heading: str, nothing: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.body.setSpacing(0)
        self._nothing = nothing
        self._all: list[QWidget] = []
        self.heading = label(heading, "heading")
        self.count = label("", "small")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.heading)
        row.addWidget(self.count, 1)
        self.body.addLayout(row)
        self.body.addSpacing(4)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.more = button("", "link")
        self.more.clicked.connect(self._show_all)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self._empty = label(nothing, "muted", wrap=True)
        self._empty.setContentsMargins(0, 8, 0, 4)
        self.body.addWidget(self._empty)

    def show_lines(self, lines: Sequence[QWidget]) -> None:
        """Show these lines in the place of those before."""
        for line in self._all:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._all = list(lines)
        for place, line in enumerate(self._all):
            self._lines.addWidget(line)
            line.setVisible(place < SHOWN_FIRST)
        self.count.setText(str(len(lines)) if lines else "")
        self._empty.setVisible(not lines)
        hidden = len(lines) - SHOWN_FIRST
        self.more.setVisible(hidden > 0)
        words = ngettext("Show {count} more", "Show {count} more", max(hidden, 1))
        self.more.setText(words.format(count=hidden))

    @Slot()
    def _show_all(self) -> None:
        for line in self._all:
            line.show()
        self.more.hide()


class TodayPage(Page):
    """The first screen of the day."""

    def __init__(self, desk: Desk, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(desk, screen, parent)
        self._morning: Morning | None = None
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE_MS)
        self._later.timeout.connect(self.reload)
        desk.changed.connect(self._desk_changed)

    def _build(self) -> None:
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("look", "ground")
        column = QVBoxLayout(inside)
        column.setContentsMargins(22, 18, 22, 22)
        column.setSpacing(14)
        self.day = label("", "title")
        self.waiting = GroupCard(_("Waits for you"), _("Nothing waits for you."), inside)
        self.due = GroupCard(_("Due"), _("Nothing is due within a week."), inside)
        self.week = GroupCard(
            _("This week"), _("No mission and no exchange within a week."), inside
        )
        self.arrived = GroupCard(
            _("Came with the last files"), _("No file has come from another office yet."), inside
        )
        self.unsent = GroupCard(
            _("Not sent yet"), _("Every office has been sent what concerns it."), inside
        )
        column.addWidget(self.day)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(14)
        self._across.addLayout(_stack(self.waiting, self.due), 3)
        self._across.addLayout(_stack(self.week, self.arrived, self.unsent), 2)
        column.addLayout(self._across)
        column.addStretch(1)
        self.area.setWidget(inside)
        outside.addWidget(self.area)

    def new_entity(self) -> str:
        return "mission"

    def shown(self, argument: Any = None) -> None:
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the day again."""
        self.desk.query(self, read_morning, self._show)

    @Slot(object)
    def _desk_changed(self, _summary: object) -> None:
        if self.isVisible():
            self._later.start()

    def reword(self) -> None:
        if self._morning is not None:
            self._show(self._morning)
        self._turn()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """Stand the groups side by side where there is room, else below each other."""
        wide = self.width() >= look().sp(TWO_COLUMNS)
        self._across.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    # What it shows

    def _show(self, morning: Morning) -> None:
        self._morning = morning
        view = morning.view
        self.day.setText(day_words(view.today))
        self.waiting.show_lines([self._record_line(line) for line in view.waiting])
        self.due.show_lines([self._record_line(line) for line in view.due])
        self.week.show_lines([self._record_line(line) for line in view.week])
        self.arrived.show_lines([self._arrival_line(one) for one in view.arrivals])
        self.unsent.show_lines([self._unsent_line(one) for one in morning.unsent])

    def _record_line(self, line: TodayLine) -> LineRow:
        screen = screen_of(line.entity)
        return LineRow(
            screen.icon if screen else "file-text",
            line.title,
            about_words(line, self.desk.workspace.office),
            (
                reason_words(line),
                "bad" if line.days_late else _REASON_TONES.get(line.group, "info"),
            ),
            _(line.label) if line.label else _("Read"),
            partial(self.desk.open, line.entity, line.id),
            self,
        )

    def _arrival_line(self, one: Arrival) -> LineRow:
        when = datetime.fromisoformat(one.at).astimezone()
        changes = ngettext("{count} change", "{count} changes", one.commits).format(
            count=one.commits
        )
        about = f"{changes} · {readable_date(when.date().isoformat())}"
        return LineRow(
            "inbox",
            office_name(one.office),
            about,
            ("", ""),
            _("See what is new"),
            partial(self.desk.go, "synchronise", one.office),
            self,
        )

    def _unsent_line(self, one: Unsent) -> LineRow:
        words = ngettext("{count} change to send", "{count} changes to send", one.count)
        return LineRow(
            "send",
            city(one.office),
            words.format(count=one.count),
            ("", ""),
            _("Make the file…"),
            partial(self.desk.go, "synchronise", MakeFile(one.office)),
            self,
        )


_REASON_TONES = {"waiting": "info", "due": "warn", "week": "neutral"}


def _stack(*cards: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(14)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return column


def day_words(today: str) -> str:
    """Return the day as a heading: "Wednesday 11 March 2026"."""
    words = str(format_date(date.fromisoformat(today), "full", locale=locale()))
    return words[:1].upper() + words[1:]


def reason_words(line: TodayLine) -> str:
    """Return the words of a line's chip."""
    if line.group == "week" or not line.reason:
        return ""
    return _(line.reason)


def about_words(line: TodayLine, office: str) -> str:
    """Return the small line: number, when, how late, whose."""
    parts = [line.ref]
    if line.owner != office:
        parts.append(office_name(line.owner))
    if line.group == "week":
        parts.append(readable_period(line.on, line.until))
    elif line.on:
        parts.append(_("due {date}").format(date=readable_date(line.on)))
    if line.days_late:
        parts.append(late_words(line.days_late))
    return " · ".join(part for part in parts if part)


def late_words(days: int) -> str:
    """Say how late something is, no more exactly than it matters."""
    if days < 60:
        return ngettext("{count} day late", "{count} days late", days).format(count=days)
    if days < 730:
        months = days // 30
        return ngettext("{count} month late", "{count} months late", months).format(count=months)
    years = days // 365
    return ngettext("{count} year late", "{count} years late", years).format(count=years)


def read_morning(w: "Workspace") -> Morning:
    """Read all that the page shows (in a worker)."""
    from sscdesk.application import synchronise
    from sscdesk.application.today import today

    partners = synchronise.status(w).partners
    waiting = [(one.office, one.to_send.records or one.to_send.commits) for one in partners]
    unsent = tuple(Unsent(office, count) for office, count in waiting if count)
    return Morning(today(w), unsent)
