"""Tells that a record gave way to another, or that others gave way to it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sscdesk.application.views import RecordView
from sscdesk.i18n import _
from sscdesk.ui.widgets.basic import button
from sscdesk.ui.widgets.strips import Strip
from sscdesk.ui.wording import in_pieces, isolated


class MergedStrip(QWidget):
    """Strips above the fields.

    *Signals*: ``compare_wanted(one, other)``; ``record_wanted(id)`` for the one kept.
    """

    compare_wanted = Signal(str, str)
    record_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.strips: list[Strip] = []
        self.setVisible(False)

    def show_record(self, view: RecordView) -> None:
        """Say what was merged; nothing hides the strips."""
        for strip in self.strips:
            self._column.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self.strips = [*self._gave_way(view), *self._stands_for(view)]
        for strip in self.strips:
            self._column.addWidget(strip)
        self.setVisible(bool(self.strips))

    def _gave_way(self, view: RecordView) -> list[Strip]:
        if not view.same_as:
            return []
        title = view.titles.get(view.same_as, "")
        words = _("This record gave way to {title}, which stands for both.")
        hint = _("Lists and search show that one. Here is what was written about this one.")
        strip = Strip(
            words.format(title=isolated(title)) if title else _("This record gave way to another."),
            "info",
            hint,
            self,
            icon="merge",
        )
        self._add(strip, _("Open it"), partial(self.record_wanted.emit, view.same_as))
        self._add(strip, _("Compare…"), partial(self.compare_wanted.emit, view.same_as, view.id))
        return [strip]

    def _stands_for(self, view: RecordView) -> list[Strip]:
        made = []
        for one in view.merged:
            words = _("Stands for {record} as well.").format(record=in_pieces((one.title, one.ref)))
            strip = Strip(words, "info", "", self, icon="merge")
            self._add(
                strip,
                _("Compare…"),
                partial(self.compare_wanted.emit, view.id, one.id),
            )
            made.append(strip)
        return made

    def _add(self, strip: Strip, words: str, then: Callable[[], object]) -> None:
        step = button(words, "", "", strip)
        step.setAccessibleDescription(strip.accessibleName())
        step.clicked.connect(then)
        strip.add_step(step)
