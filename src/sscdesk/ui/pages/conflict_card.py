"""One field that two offices wrote: before, both values, and the ways to settle it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.comparing import joined
from sscdesk.application.views import ConflictView
from sscdesk.i18n import _
from sscdesk.model.field import Field, FieldType
from sscdesk.model.refusal import DeskError, Refused
from sscdesk.model.values import Value
from sscdesk.ui.pages.conflict_words import (
    BIN,
    declared,
    heading,
    is_long,
    keep_words,
    sentence,
    side_words,
    value_words,
    wrote_words,
)
from sscdesk.ui.widgets.basic import Card, button, label
from sscdesk.ui.widgets.editors.box import FieldBox
from sscdesk.ui.widgets.editors.making import editor_for
from sscdesk.ui.widgets.editors.surroundings import Surroundings
from sscdesk.ui.widgets.sides import Sides, SideWords
from sscdesk.ui.widgets.strips import Strip, refusal_strip
from sscdesk.ui.widgets.word_diff import WordDiff
from sscdesk.ui.wording import Wording

Titles = Mapping[str, str]


class ConflictCard(Card):
    """*Signals*: ``settled(ConflictView, value)``; ``later(ConflictView)``."""

    settled = Signal(object, object)
    later = Signal(object)

    def __init__(
        self,
        conflict: ConflictView,
        context: str,
        wording: Wording,
        titles: Titles,
        around: Surroundings,
        *,
        may_settle: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.conflict = conflict
        self.field: Field | None = declared(conflict.entity, conflict.part, conflict.field)
        self._wording = wording
        self._titles = titles
        self._around = around
        self._may_settle = may_settle
        self._strip: Strip | None = None
        self.box: FieldBox | None = None
        self.setAccessibleName(heading(conflict))
        self.setAccessibleDescription(sentence(wording, conflict, titles))
        self.body.setSpacing(8)
        self._add_head(context)
        if conflict.field == BIN:
            self._add_bin()
        else:
            self._add_before()
        self._add_sides()
        self._add_proposal()
        if may_settle:
            self._add_ways()

    # ------------------------------------------------------------ what was written

    def _add_head(self, context: str) -> None:
        self.body.addWidget(label(heading(self.conflict), "strong", self, wrap=True))
        if context:
            told = _("In the line “{line}”").format(line=context)
            self.body.addWidget(label(told, "small", self, wrap=True))

    def _add_bin(self) -> None:
        told = _(
            "One office removed it while the other changed it. It came back, so that nothing"
            " is lost: decide whether it stays."
        )
        self.body.addWidget(label(told, "muted", self, wrap=True))

    def _add_before(self) -> None:
        before = value_words(self._wording, self.field, self.conflict.before, self._titles)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(_("Before"), "label", self), 0, Qt.AlignmentFlag.AlignTop)
        if is_long(self.field) and self.conflict.before:
            shown = WordDiff(_("Before"), self)
            shown.show_text(before)
            row.addWidget(shown, 1)
        else:
            row.addWidget(label(before, "muted", self, wrap=True), 1)
        self.body.addLayout(row)

    def _add_sides(self) -> None:
        before = str(self.conflict.before or "") if is_long(self.field) else ""
        self.sides = Sides([self._side(place) for place in self._places()], before, self)
        self.sides.kept.connect(self._kept)
        self.body.addWidget(self.sides)

    def _places(self) -> range:
        return range(len(self.conflict.values))

    def _side(self, place: int) -> SideWords:
        side = self.conflict.values[place]
        if self.conflict.field == BIN:
            keep = _("Put it into the bin") if side.value is True else _("Keep it")
            return SideWords(side_words(side), "", keep if self._may_settle else "")
        keep = keep_words(side, self.conflict.values) if self._may_settle else ""
        words = value_words(self._wording, self.field, side.value, self._titles)
        empty = side.value in (None, "", ())
        compared = is_long(self.field) and bool(self.conflict.before)
        return SideWords(wrote_words(side), words, keep, compared, empty)

    # ------------------------------------------------------------ both together

    def merged(self) -> str | None:
        """Return a text with the changes of both where they do not touch, else None."""
        texts = [side.value for side in self.conflict.values]
        before = self.conflict.before
        if self.field is None or self.field.type is not FieldType.LONG_TEXT:
            return None
        if not isinstance(before, str) or not all(isinstance(text, str) for text in texts):
            return None
        found = joined(before, [str(text) for text in texts])
        return None if found in texts else found

    def _add_proposal(self) -> None:
        text = self.merged()
        if text is None:
            return
        words = _("The two changes do not touch: both can stand together.")
        hint = _("A proposal. Read it; nothing is joined by itself.")
        self.body.addWidget(Strip(words, "info", hint, self, icon="merge"))
        self.proposal = WordDiff(_("Both changes together"), self)
        self.proposal.show_changes(str(self.conflict.before), text)
        self.body.addWidget(self.proposal)
        if self._may_settle:
            row = QHBoxLayout()
            row.setSpacing(8)
            self.take_both = button(_("Take both changes"), "primary", "merge", self)
            self.take_both.clicked.connect(self._take_both)
            row.addWidget(self.take_both)
            row.addStretch(1)
            self.body.addLayout(row)

    @Slot()
    def _take_both(self) -> None:
        self.settled.emit(self.conflict, self.merged())

    @Slot(int)
    def _kept(self, place: int) -> None:
        self.settled.emit(self.conflict, self.conflict.values[place].value)

    # ------------------------------------------------------------ another text, later

    def _add_ways(self) -> None:
        self._ways = QHBoxLayout()
        self._ways.setSpacing(4)
        self.another = button(self._another_words(), "quiet", "pencil", self)
        self.another.setVisible(self.field is not None)
        self.another.clicked.connect(self.write_another)
        self.decide_later = button(_("Decide later"), "quiet", "clock", self)
        self.decide_later.clicked.connect(self._later)
        self._ways.addWidget(self.another)
        self._ways.addWidget(self.decide_later)
        self._ways.addStretch(1)
        self.body.addLayout(self._ways)
        self._editing = QVBoxLayout()
        self._editing.setSpacing(8)
        self.body.addLayout(self._editing)

    def _another_words(self) -> str:
        return _("Write another text…") if is_long(self.field) else _("Write another value…")

    @Slot()
    def write_another(self) -> None:
        """Open an editor with what both could become, or with the value shown."""
        if self.field is None or self.box is not None:
            return
        start: Value = self.merged() or self.conflict.values[0].value
        self.box = FieldBox(editor_for(self.field, self._around), self)
        self.box.editor.show_value(start, dict(self._titles))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.settle_so = button(_("Settle it so"), "primary", "check", self)
        self.settle_so.clicked.connect(self._settle_written)
        cancel = button(_("Cancel"), "", "", self)
        cancel.clicked.connect(self._close_editor)
        self._cancel = cancel
        row.addWidget(self.settle_so)
        row.addWidget(cancel)
        row.addStretch(1)
        self._editing.addWidget(self.box)
        self._editing.addLayout(row)
        self.another.setEnabled(False)
        self.box.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def editing(self) -> bool:
        """Whether another text is being written."""
        return self.box is not None

    @Slot()
    def _settle_written(self) -> None:
        if self.box is None:
            return
        try:
            value = self.box.editor.value()
        except Refused as error:
            self.box.show_error(error)
            return
        self.settled.emit(self.conflict, value)

    @Slot()
    def _close_editor(self) -> None:
        if self.box is None:
            return
        for widget in (self.box, self.settle_so, self._cancel):
            widget.hide()
            widget.deleteLater()
        self.box = None
        self.another.setEnabled(True)
        self.another.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _later(self) -> None:
        self.later.emit(self.conflict)

    def refuse(self, error: DeskError) -> None:
        """Show why it could not be settled so."""
        if self.box is not None:
            self.box.show_error(error)
            return
        if self._strip is not None:
            self.body.removeWidget(self._strip)
            self._strip.hide()
            self._strip.deleteLater()
        self._strip = refusal_strip(error, self)
        self.body.addWidget(self._strip)
