"""The state of the desk in words: saved, what waits to be sent, what to reconcile, backup."""

import time
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from sscdesk.i18n import _, ngettext
from sscdesk.ui.icons import dress
from sscdesk.ui.look import look
from sscdesk.ui.operations import Job, State, Step, Work, Workers
from sscdesk.ui.pages.wishes import MakeFile, Reconcile
from sscdesk.ui.places import city
from sscdesk.ui.widgets.basic import button, icon_label, label, plain_amp


@dataclass(frozen=True, slots=True)
class DeskState:
    """What the status line tells."""

    to_send: tuple[tuple[str, int], ...] = ()
    """Office and number of changes that it has not been sent."""
    conflicts: int = 0
    backup_at: datetime | None = None
    """When a backup was last made and verified; None when never."""


class StatusItem(QWidget):
    """An icon and a few words, which are a button where they lead somewhere.

    *Signals*: ``pressed(screen, wish)``.
    """

    pressed = Signal(str, object)

    def __init__(
        self, icon: str, token: str, target: str, parent: QWidget, wish: object = None
    ) -> None:
        super().__init__(parent)
        self._target = target
        self._wish = wish
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.icon = icon_label(icon, token, 15)
        row.addWidget(self.icon)
        self.words: QLabel | QPushButton
        if target:
            self.words = button("", "status")
            self.words.clicked.connect(self._press)
        else:
            self.words = label("", "small")
        row.addWidget(self.words)

    def say(self, words: str, icon: str = "", token: str = "muted") -> None:
        """Show these words; nothing hides the item."""
        self.words.setText(plain_amp(words) if self._target else words)
        self.words.setAccessibleName(words)
        if icon:
            dress(self.icon, icon, token, 15)
        self.setVisible(bool(words))

    @Slot()
    def _press(self) -> None:
        self.pressed.emit(self._target, self._wish)


class StatusLine(QFrame):
    """The line at the foot. *Signals*: ``wanted(screen, wish)`` when a part is pressed."""

    wanted = Signal(str, object)

    def __init__(self, workers: Workers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "foot")
        self._workers = workers
        self._saved_at: str | None = None
        self._state: DeskState | None = None
        self._build()
        workers.visible_changed.connect(self._show_work)
        workers.advanced.connect(self._show_progress)
        self.reword()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 14, 0)
        row.setSpacing(22)
        self.saved = StatusItem("check", "good", "", self)
        self.to_send = StatusItem("send", "info", "synchronise", self, MakeFile())
        self.reconcile = StatusItem("triangle-alert", "warn", "synchronise", self, Reconcile())
        self.backup = StatusItem("shield-check", "muted", "settings", self, "backup")
        for item in (self.saved, self.to_send, self.reconcile, self.backup):
            item.pressed.connect(self.wanted)
            row.addWidget(item)
        row.addStretch(1)
        self.work = label("", "small")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.stop = button("", "link")
        self.stop.clicked.connect(self._cancel)
        for widget in (self.work, self.bar, self.stop):
            row.addWidget(widget)
            widget.hide()

    def reword(self) -> None:
        """Write the words again and take the sizes of the theme."""
        self.setFixedHeight(look().sp(32) + (look().sp(2) if look().theme.right_to_left else 0))
        self.bar.setFixedWidth(look().sp(140))
        self.setAccessibleName(_("State of the desk"))
        self.bar.setAccessibleName(_("Progress"))
        self.stop.setText(_("Cancel"))
        self._say_saved()
        self._say_state()

    def show_saved(self, at: str) -> None:
        """Say that everything is saved since ``at``, a time of day."""
        self._saved_at = at
        self._say_saved()

    def show_state(self, state: DeskState) -> None:
        """Show what waits to be sent, to be reconciled, and the last backup."""
        self._state = state
        self._say_state()

    def _say_saved(self) -> None:
        words = _("Saved at {time}").format(time=self._saved_at) if self._saved_at else _("Saved")
        self.saved.say(words, "check", "good")

    def _say_state(self) -> None:
        state = self._state
        if state is None:
            for item in (self.to_send, self.reconcile, self.backup):
                item.say("")
            return
        self._say_to_send(state)
        count = state.conflicts
        words = ngettext("{count} to reconcile", "{count} to reconcile", count)
        self.reconcile.say(words.format(count=count) if count else "", "triangle-alert", "warn")
        self._say_backup(state.backup_at)

    def _say_to_send(self, state: DeskState) -> None:
        waiting = " · ".join(f"{city(office)} {count}" for office, count in state.to_send if count)
        words = _("To send: {offices}").format(offices=waiting) if waiting else _("All sent")
        self.to_send.say(words, "send", "info" if waiting else "muted")

    def _say_backup(self, at: datetime | None) -> None:
        if at is None:
            self.backup.say(_("No backup yet"), "shield-alert", "warn")
            return
        days = (datetime.now(at.tzinfo).date() - at.date()).days
        self.backup.say(_backup_words(days), *_backup_icon(days))

    @Slot()
    def _show_work(self) -> None:
        work = self._workers.visible[0] if self._workers.visible else None
        self.work.setVisible(work is not None)
        self.bar.setVisible(work is not None)
        self.stop.setVisible(isinstance(work, Job))
        if work is None:
            return
        self.work.setText(work.label or _("Working…"))
        step = work.step
        self.bar.setRange(0, step.total if step else 0)
        self.bar.setValue(step.done if step else 0)

    @Slot(object)
    def _show_progress(self, job: Job[object]) -> None:
        if not self._workers.visible or job is not self._workers.visible[0] or job.step is None:
            return
        self.bar.setRange(0, job.step.total)
        self.bar.setValue(job.step.done)
        self.work.setText(_progress_words(job, job.step))

    @Slot()
    def _cancel(self) -> None:
        for work in self._workers.visible[:1]:
            work.cancel()
            self.work.setText(_("Stopping…"))


def _progress_words(work: Work[object], step: Step) -> str:
    words = step.phase or work.label
    if work.state is State.CANCELLING:
        return _("Stopping…")
    left = seconds_left(step)
    if left is None:
        return words
    return _("{what} {left}").format(what=words, left=left_words(left))


def seconds_left(step: Step, now: float | None = None) -> float | None:
    """Return how many seconds a job may still take, None while nobody can say."""
    passed = (time.monotonic() if now is None else now) - step.started
    if step.total <= 0 or step.done <= 0 or passed < 2:
        return None
    return passed * (step.total - step.done) / step.done


def left_words(seconds: float) -> str:
    """Say a time left in words, never more exact than it is."""
    if seconds < 10:
        return _("a few seconds left")
    if seconds < 90:
        tens = round(seconds / 10) * 10
        return ngettext("about {count} second left", "about {count} seconds left", tens).format(
            count=tens
        )
    minutes = round(seconds / 60)
    return ngettext("about {count} minute left", "about {count} minutes left", minutes).format(
        count=minutes
    )


def _backup_words(days: int) -> str:
    if days <= 0:
        return _("Backup verified today")
    if days == 1:
        return _("Backup verified yesterday")
    return ngettext(
        "Backup verified {count} day ago", "Backup verified {count} days ago", days
    ).format(count=days)


def _backup_icon(days: int) -> tuple[str, str]:
    return ("shield-check", "muted") if days < 31 else ("shield-alert", "warn")
