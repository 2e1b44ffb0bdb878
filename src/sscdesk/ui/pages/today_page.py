"""Today: what waits for me, what is due, this week, what came, what has not been sent.

Each line has its action. Nothing is counted for its own sake.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.reminders import Reminders
from sscdesk.application.today import Arrival, TodayLine, TodayView
from sscdesk.application.views import ListQuery
from sscdesk.i18n import _, ngettext
from sscdesk.ui.desk import Desk
from sscdesk.ui.entity_words import new_words
from sscdesk.ui.look import look
from sscdesk.ui.pages.page import Page
from sscdesk.ui.pages.today_words import about_words, day_words, reason_words
from sscdesk.ui.pages.wishes import MakeFile
from sscdesk.ui.places import city, office_name
from sscdesk.ui.screens import Screen, screen_of
from sscdesk.ui.widgets.basic import button, label
from sscdesk.ui.widgets.line_card import GroupCard, LineRow
from sscdesk.ui.wording import in_pieces, readable_date

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

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
    begun: bool
    """Whether anything has been recorded yet."""
    reminders: Reminders


class TodayPage(Page):
    """The first screen of the day."""

    def __init__(self, desk: Desk, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(desk, screen, parent)
        self._morning: Morning | None = None
        self._since: str | None = None
        """When the desk was opened before; None until it has been asked."""
        self._seen = False
        self._outside = QVBoxLayout(self)
        self._outside.setContentsMargins(0, 0, 0, 0)
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE_MS)
        self._later.timeout.connect(self.reload)
        desk.changed.connect(self._desk_changed)

    def _build(self) -> None:
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
        self.first = GroupCard(_("First steps"), "", inside)
        self.first.show_lines(self._first_steps())
        self.first.hide()
        column.addWidget(self.day)
        column.addWidget(self.first)
        self.since = GroupCard("", "", inside)
        self.seen = button(_("Seen"), "quiet", "check", self.since)
        self.seen.setAccessibleName(_("Seen: do not show these any more"))
        self.seen.clicked.connect(self._have_seen)
        self.since.body.addWidget(self.seen, 0, Qt.AlignmentFlag.AlignTrailing)
        self.since.hide()
        column.addWidget(self.since)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(14)
        self._across.addLayout(_stack(self.waiting, self.due), 3)
        self._across.addLayout(_stack(self.week, self.arrived, self.unsent), 2)
        column.addLayout(self._across)
        column.addStretch(1)
        self.area.setWidget(inside)
        self._outside.addWidget(self.area)

    def _first_steps(self) -> list[QWidget]:
        """Offer what a new desk begins with."""
        new, go = self.desk.new, self.desk.go
        steps = (
            ("plane", _("Record a first mission"), new_words("mission"), partial(new, "mission")),
            ("users", _("Record whom you work with"), new_words("person"), partial(new, "person")),
            (
                "usb",
                _("Meet the other offices: exchange cards with them"),
                _("Exchange cards"),
                partial(go, "synchronise", "cards"),
            ),
        )
        return [
            LineRow(icon, title, "", ("", ""), action, then, self)
            for icon, title, action, then in steps
        ]

    def new_entity(self) -> str:
        return "mission"

    def shown(self, argument: Any = None) -> None:
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the day again."""
        if self._since is None:
            self.desk.operation(self, begin, self._began)
            return
        self.desk.query(self, partial(read_morning, since=self._since), self._show)

    def _began(self, before: str) -> None:
        if self._since is None:
            self._since = before
        self.reload()

    @Slot()
    def _have_seen(self) -> None:
        self._seen = True
        self.since.hide()
        self.waiting.setFocus()

    @Slot(object)
    def _desk_changed(self, _summary: object) -> None:
        if self.isVisible():
            self._later.start()

    def reword(self) -> None:
        super().reword()
        old = self.area
        self._outside.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._build()
        if self._morning is not None:
            self._show(self._morning)
            self.reload()
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
        self._show_reminders(morning.reminders)
        self.first.setVisible(not morning.begun)
        self.waiting.show_lines([self._record_line(line) for line in view.waiting])
        self.due.show_lines([self._record_line(line) for line in view.due])
        self.week.show_lines([self._record_line(line) for line in view.week])
        self.arrived.show_lines([self._arrival_line(one) for one in view.arrivals])
        self.unsent.show_lines([self._unsent_line(one) for one in morning.unsent])

    def _show_reminders(self, reminders: Reminders) -> None:
        """Show once what became due since the last start, until it has been seen."""
        self.since.setVisible(bool(reminders.lines) and not self._seen)
        if reminders.lines:
            day = datetime.fromisoformat(reminders.since).astimezone().date().isoformat()
            told = _("Since you were last here, on {date}").format(date=readable_date(day))
            self.since.heading.setText(told)
            self.since.show_lines([self._record_line(line) for line in reminders.lines])

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
        about = in_pieces((changes, readable_date(when.date().isoformat())))
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


_REASON_TONES = {"since": "warn", "waiting": "info", "due": "warn", "week": "neutral"}


def _stack(*cards: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(14)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return column


def begin(w: "Workspace") -> str:
    """Remember this start and return the one before."""
    from sscdesk.application import reminders

    return reminders.begin(w)


def read_morning(w: "Workspace", since: str = "") -> Morning:
    """Read all that the page shows (in a worker)."""
    from sscdesk.application import reminders, synchronise
    from sscdesk.application.today import today

    partners = synchronise.status(w).partners
    waiting = [(one.office, one.to_send.records or one.to_send.commits) for one in partners]
    unsent = tuple(Unsent(office, count) for office, count in waiting if count)
    return Morning(today(w), unsent, _begun(w), reminders.since(w, since))


def _begun(w: "Workspace") -> bool:
    from sscdesk.application.records import listing

    kinds = ("mission", "exchange", "person")
    return any(listing(w, ListQuery(kind, limit=1, counted=False)).items for kind in kinds)
