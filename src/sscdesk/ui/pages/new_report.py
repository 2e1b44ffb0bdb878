"""Begins a report: which kind, about which record, in which language; the paper is shown beside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.reports import KindView
from sscdesk.application.views import ListQuery, ListRow, RecordView
from sscdesk.i18n import _, current_language
from sscdesk.model.base import record_kinds
from sscdesk.model.field import Field, FieldType
from sscdesk.model.refusal import DeskError, Refused
from sscdesk.model.reporting import REPORT_KINDS
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.entity_words import counted
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.look import look
from sscdesk.ui.models.line_list import Line, LineList
from sscdesk.ui.operations import Latest
from sscdesk.ui.pages.paper_panel import PaperPanel
from sscdesk.ui.pages.wishes import NewReport
from sscdesk.ui.tones import tone_of
from sscdesk.ui.widgets.basic import button, label
from sscdesk.ui.widgets.editors.box import FieldBox
from sscdesk.ui.widgets.editors.making import editor_for
from sscdesk.ui.widgets.languages import NAMES
from sscdesk.ui.widgets.row_delegate import RowWords
from sscdesk.ui.widgets.strips import Strip, refusal_strip

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

MOST_SUBJECTS = 200
TYPING_MS = 160
FOLLOW_MS = 120
_PERIOD = (
    Field("period_from", N_("Period from"), FieldType.DATE),
    Field("period_until", N_("Period until"), FieldType.DATE),
)
_DAY = Field("period_from", N_("Day"), FieldType.DATE)
"""A sheet for one day, the first of the exchange where it is left empty."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """Records that are ready to be reported on."""

    kind: str
    rows: tuple[ListRow, ...]


class NewReportForm(QWidget):
    """*Signals*: ``begun(RecordView)``; ``cancelled``."""

    begun = Signal(object)
    cancelled = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "ground")
        self.desk = desk
        self.kinds: tuple[KindView, ...] = ()
        self.rows: tuple[ListRow, ...] = ()
        self._wish = NewReport()
        self._strip: Strip | None = None
        self._subjects = Latest(self, desk.workers)
        self._build()
        self._typing = self._timer(TYPING_MS, self._read_subjects)
        self._follow = self._timer(FOLLOW_MS, self._show_paper)

    def _timer(self, rest: int, then: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(rest)
        made.timeout.connect(then)
        return made

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        splitter = QSplitter(self)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._form(splitter))
        self.paper = PaperPanel(self.desk, splitter)
        self.paper.save.hide()
        splitter.addWidget(self.paper)
        splitter.setSizes([440, 480])
        column.addWidget(splitter)

    def _form(self, parent: QWidget) -> QWidget:
        made = QWidget(parent)
        made.setProperty("look", "paper")
        made.setMinimumWidth(look().sp(230))
        column = QVBoxLayout(made)
        column.setContentsMargins(22, 16, 22, 14)
        column.setSpacing(6)
        column.addWidget(label(_("A new report"), "title", made))
        column.addSpacing(4)
        self.kind = self._combo(_("Kind"), column, made)
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.language = self._combo(_("Language"), column, made)
        self.language.currentIndexChanged.connect(self._language_chosen)
        column.addWidget(self._periods(made))
        self.about = label("", "label", made)
        self.find_line = QLineEdit(made)
        self.find_line.setProperty("look", "search")
        self.find_line.setClearButtonEnabled(True)
        self.find_line.setPlaceholderText(_("Find by title or number"))
        self.find_line.setAccessibleName(_("Find by title or number"))
        self.find_line.textChanged.connect(self._find_typed)
        self.list = LineList(_("Records to report on"), made)
        self.list.selectionModel().currentChanged.connect(self._subject_chosen)
        self.nothing = label("", "muted", made, wrap=True)
        for widget in (self.about, self.find_line, self.nothing):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self._told = QVBoxLayout()
        column.addLayout(self._told)
        column.addLayout(self._buttons(made))
        return made

    def _combo(self, name: str, column: QVBoxLayout, parent: QWidget) -> QComboBox:
        words = label(name, "label", parent)
        made = QComboBox(parent)
        made.setAccessibleName(name)
        made.setMinimumContentsLength(10)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        words.setBuddy(made)
        column.addWidget(words)
        column.addWidget(made)
        return made

    def _periods(self, parent: QWidget) -> QWidget:
        self.periods = QWidget(parent)
        row = QHBoxLayout(self.periods)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        around = FormAround(self.desk, self)
        self.period_boxes = [FieldBox(editor_for(one, around), self.periods) for one in _PERIOD]
        self.day_box = FieldBox(editor_for(_DAY, around), self.periods)
        for box in (*self.period_boxes, self.day_box):
            row.addWidget(box, 1)
            box.editor.edited.connect(self._period_typed)
        return self.periods

    def _buttons(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.begin_it = button(_("Begin the report"), "primary", "file-plus", parent)
        self.begin_it.clicked.connect(self.begin_report)
        cancel = button(_("Cancel"), "", "", parent)
        cancel.clicked.connect(self.cancelled)
        row.addWidget(self.begin_it)
        row.addWidget(cancel)
        row.addStretch(1)
        return row

    # ------------------------------------------------------------ what may be reported on

    def begin(self, wish: NewReport) -> None:
        """Ask for a report, perhaps of a kind and about a record already known."""
        self._wish = wish
        self._say(None)
        self.find_line.clear()
        self.desk.query(self, _kinds, self._show_kinds)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_kinds(self, kinds: tuple[KindView, ...]) -> None:
        self.kinds = tuple(one for one in kinds if self._is_here(one))
        self.kind.blockSignals(True)
        self.kind.clear()
        for one in self.kinds:
            self.kind.addItem(_(one.label), one.code)
        codes = [one.code for one in self.kinds]
        wanted = self._wish.kind if self._wish.kind in codes else "mission_report"
        self.kind.setCurrentIndex(codes.index(wanted) if wanted in codes else 0)
        self.kind.blockSignals(False)
        self._kind_chosen(self.kind.currentIndex())

    @staticmethod
    def _is_here(kind: KindView) -> bool:
        return kind.subject is None or kind.subject in record_kinds()

    @property
    def chosen_kind(self) -> KindView | None:
        """The kind chosen."""
        place = self.kind.currentIndex()
        return self.kinds[place] if 0 <= place < len(self.kinds) else None

    @Slot(int)
    def _kind_chosen(self, _place: int) -> None:
        kind = self.chosen_kind
        if kind is None:
            return
        before = self.language.currentData() or current_language()
        self.language.blockSignals(True)
        self.language.clear()
        for code in kind.languages:
            self.language.addItem(NAMES.get(code, code), code)
        place = self.language.findData(before)
        self.language.setCurrentIndex(max(0, place))
        self.language.blockSignals(False)
        self.periods.setVisible(bool(kind.period))
        self.day_box.setVisible(kind.period == "day")
        for box in self.period_boxes:
            box.setVisible(kind.period == "span")
        for widget in (self.about, self.find_line, self.list, self.nothing):
            widget.setVisible(kind.subject is not None)
        self._read_subjects()

    @Slot(str)
    def _find_typed(self, _text: str) -> None:
        self._typing.start()

    @Slot()
    def _read_subjects(self) -> None:
        kind = self.chosen_kind
        if kind is None or kind.subject is None:
            self._show_paper()
            self._dress()
            return
        run = partial(
            _read_subjects, self.desk.workspace, kind=kind, text=self.find_line.text().strip()
        )
        self._subjects.ask(run, self._show_subjects)

    def _show_subjects(self, found: Subjects) -> None:
        kind = self.chosen_kind
        if kind is None or kind.code != found.kind or kind.subject is None:
            return
        chosen = self.list.chosen() or self._wish.subject
        self.rows = found.rows
        self.list.line_model.show_lines([self._line(kind.subject, row) for row in found.rows])
        ready = counted(kind.subject, len(found.rows))
        told = _("Ready to be reported on: {records}").format(records=ready)
        if kind.optional:
            told = _("About one of them, or nobody in particular: {records}").format(records=ready)
        self.about.setText(told)
        self.nothing.setVisible(not found.rows)
        self.list.setVisible(bool(found.rows))
        self.nothing.setText(
            _("Nothing is ready to be reported on in this way.")
            if not self.find_line.text().strip()
            else _("Nothing here answers to these words.")
        )
        if any(row.id == chosen for row in found.rows):
            self.list.choose(chosen)
        elif not kind.optional and (len(found.rows) == 1 or self._wish.subject):
            self.list.choose("")
        self._show_paper()
        self._dress()

    def _line(self, entity: str, row: ListRow) -> Line:
        kind = record_kinds()[entity]
        state = self.desk.wording.state(kind, row.state)
        return Line(row.id, RowWords(row.title, row.ref, state, tone_of(entity, row.state)))

    @Slot(QModelIndex, QModelIndex)
    def _subject_chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._follow.start()
        self._dress()

    @Slot(int)
    def _language_chosen(self, _place: int) -> None:
        self._follow.start()

    @Slot()
    def _period_typed(self) -> None:
        self._follow.start()

    @staticmethod
    def _wants_subject(kind: KindView) -> bool:
        return kind.subject is not None and not kind.optional

    def subject(self) -> str:
        """Return the record chosen, empty where none is wanted or chosen."""
        kind = self.chosen_kind
        return self.list.chosen() if kind is not None and kind.subject is not None else ""

    def _dress(self) -> None:
        kind = self.chosen_kind
        ready = kind is not None and (not self._wants_subject(kind) or bool(self.subject()))
        self.begin_it.setEnabled(ready)
        self.begin_it.setToolTip("" if ready else _("Choose first what it is about."))

    @Slot()
    def _show_paper(self) -> None:
        kind, subject = self.chosen_kind, self.subject()
        if kind is None:
            return
        if self._wants_subject(kind) and not subject:
            self.paper.clear(_("Choose what it is about: the paper is shown here."))
            return
        try:
            values = self._period_values(kind)
        except Refused:
            return
        language = str(self.language.currentData() or "fr")
        run = partial(_preview, kind=kind.code, subject=subject, language=language, values=values)
        self.paper.show_made(f"{kind.code} {subject}", _(kind.label), run)

    # ------------------------------------------------------------ beginning it

    @Slot()
    def begin_report(self) -> None:
        """Begin the report in the writer."""
        kind = self.chosen_kind
        if kind is None or not self.begin_it.isEnabled():
            return
        try:
            values = self._period_values(kind)
        except Refused as error:
            self._say(refusal_strip(error, self))
            return
        run = partial(
            _build,
            kind=kind.code,
            subject=self.subject() or None,
            language=str(self.language.currentData() or "fr"),
            values=values,
        )
        self.begin_it.setEnabled(False)
        self.desk.operation(self, run, self._begun, self._refused, _("Beginning the report…"))

    def _period_values(self, kind: KindView) -> dict[str, Value]:
        boxes = {"span": self.period_boxes, "day": [self.day_box]}.get(kind.period, [])
        found = {box.field.name: box.editor.value() for box in boxes}
        return {name: value for name, value in found.items() if value}

    def _begun(self, view: RecordView) -> None:
        self._dress()
        self.begun.emit(view)

    def _refused(self, error: DeskError) -> None:
        self._dress()
        self._say(refusal_strip(error, self))

    def _say(self, strip: Strip | None) -> None:
        if self._strip is not None:
            self._told.removeWidget(self._strip)
            self._strip.hide()
            self._strip.deleteLater()
        self._strip = strip
        if strip is not None:
            self._told.addWidget(strip)


def _kinds(_w: "Workspace") -> tuple[KindView, ...]:
    from sscdesk.application import reports

    return reports.kinds()


def _read_subjects(w: "Workspace", *, kind: KindView, text: str) -> Subjects:
    from sscdesk.application import records

    assert kind.subject is not None
    declared = REPORT_KINDS[kind.code]
    where: list[tuple[str, str, Value]] = []
    if declared.issued_by:
        operator = "is" if declared.issued_by == "owner" else "contains"
        where.append((declared.issued_by, operator, w.office))
    if declared.states:
        where.append(("state", "any_of", declared.states))
    query = ListQuery(
        kind.subject, where=tuple(where), search=text, sort="-updated_at", limit=MOST_SUBJECTS
    )
    return Subjects(kind.code, records.listing(w, query).items)


def _preview(
    w: "Workspace", *, kind: str, subject: str, language: str, values: Mapping[str, Value]
) -> bytes:
    from sscdesk.application import reports

    return reports.preview_new(w, kind, subject or None, language, values)


def _build(
    w: "Workspace",
    *,
    kind: str,
    subject: str | None,
    language: str,
    values: Mapping[str, Value],
) -> RecordView:
    from sscdesk.application import reports

    return reports.build(w, kind, subject, language, values)
