"""Settings, Lists: the terms from which one chooses, in three languages, and who keeps them."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.vocabularies import ListView, TermView
from sscdesk.i18n import _, format_number, ngettext
from sscdesk.model.offices import SECRETARIAT
from sscdesk.model.refusal import Refused
from sscdesk.model.rights import check_right
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.models.terms import TermsModel
from sscdesk.ui.pages.section import Section
from sscdesk.ui.pages.settings_parts import reason_strip
from sscdesk.ui.pages.settings_term import (
    ADD,
    BRING_BACK,
    CHANGE,
    HERE,
    RETIRE,
    SUGGEST,
    TermCard,
    TermWish,
)
from sscdesk.ui.places import office_name
from sscdesk.ui.widgets.basic import button, label

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

WIDTHS = (220, 200, 200, 180, 170, 100)
FIRST_LIST = "exchange_kind"


@dataclass(frozen=True, slots=True)
class Read:
    """What the section shows."""

    lists: tuple[ListView, ...]
    chosen: str
    terms: tuple[TermView, ...]


def read_lists(w: "Workspace", *, chosen: str) -> Read:
    """Read the lists and the terms of one (in a worker)."""
    from sscdesk.application import vocabularies

    return Read(vocabularies.lists(w), chosen, vocabularies.terms(w, chosen))


class VocabulariesSection(Section):
    """Every list with its terms; the secretariat keeps them, other offices name and suggest."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._list = FIRST_LIST
        self._sought = ""
        self._read: Read | None = None
        self._refusal = _why_not(desk)
        super().__init__(desk, parent)

    # ------------------------------------------------------------ building

    def build(self, inside: QWidget) -> None:
        inside.setProperty("look", "paper")
        column = QVBoxLayout(inside)
        column.setContentsMargins(22, 16, 22, 0)
        column.setSpacing(10)
        told = _(
            "The lists are the same in every office. They are kept by the {office}, which adds"
            " terms and retires them; they travel with its files."
        )
        words = told.format(office=office_name(SECRETARIAT))
        column.addWidget(label(words, "muted", inside, wrap=True))
        if self._refusal is not None:
            column.addWidget(reason_strip(self._refusal, inside))
        column.addLayout(self._choosing(inside))
        self.model = TermsModel(self.desk.workspace.office, inside)
        self.table = self._table(inside)
        column.addWidget(self.table, 1)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(0, 0, 0, 14)
        column.addLayout(self._foot)
        self.card: TermCard | None = None

    def _choosing(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self.lists = QComboBox(parent)
        self.lists.setAccessibleName(_("List"))
        self.lists.setMaxVisibleItems(16)
        self.lists.currentIndexChanged.connect(self._chosen)
        self.sought = QLineEdit(parent)
        self.sought.setProperty("look", "search")
        self.sought.setClearButtonEnabled(True)
        self.sought.setPlaceholderText(_("Find a term"))
        self.sought.setAccessibleName(_("Find a term"))
        self.sought.setText(self._sought)
        self.sought.textChanged.connect(self._seek)
        self.count = label("", "small", parent)
        keeps = self.desk.workspace.office == SECRETARIAT
        words = _("Add a term…") if keeps else _("Suggest a term…")
        self.add = button(words, "", "plus", parent)
        self.add.clicked.connect(self._begin)
        row.addWidget(self.lists, 2)
        row.addWidget(self.sought, 2)
        row.addWidget(self.count, 1)
        row.addWidget(self.add)
        return row

    def _table(self, parent: QWidget) -> QTableView:
        table = QTableView(parent)
        table.setModel(self.model)
        table.setAccessibleName(_("Terms of the list"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setCornerButtonEnabled(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(look().theme.row_height)
        header = table.horizontalHeader()
        header.setAccessibleName(_("Columns"))
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for place, width in enumerate(WIDTHS):
            header.resizeSection(place, look().sp(width))
        table.selectionModel().currentRowChanged.connect(self._row_changed)
        return table

    # ------------------------------------------------------------ reading, showing

    def shown(self, argument: Any = None) -> None:
        self.reload()
        self.lists.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def reload(self) -> None:
        """Read the lists and the terms of the one chosen."""
        self.desk.query(self, partial(read_lists, chosen=self._list), self._show)

    def look_for(self) -> None:
        self.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self, read: Read) -> None:
        if read.chosen == self._list:
            self._read = read
            self.fill()

    def fill(self) -> None:
        if self._read is None:
            return
        self._fill_lists(self._read.lists)
        self._fill_terms()
        self.add.setVisible(self._refusal is None and not self._fixed)

    def _fill_lists(self, lists: tuple[ListView, ...]) -> None:
        blocked = self.lists.blockSignals(True)
        self.lists.clear()
        for words, name in sorted((_(one.label), one.name) for one in lists):
            self.lists.addItem(words, name)
        self.lists.setCurrentIndex(self.lists.findData(self._list))
        self.lists.blockSignals(blocked)

    def _fill_terms(self) -> None:
        at = self.card.term.code if self.card is not None and self.card.term is not None else ""
        terms = self._read.terms if self._read is not None else ()
        blocked = self.table.selectionModel().blockSignals(True)
        self.model.show_terms(terms, self._sought)
        place = self.model.place_of(at)
        if at and place >= 0:
            self.table.selectRow(place)
        self.table.selectionModel().blockSignals(blocked)
        count = len(self.model.terms)
        words = ngettext("{count} term", "{count} terms", count)
        self.count.setText(words.format(count=format_number(count)))

    @property
    def _fixed(self) -> bool:
        lists = self._read.lists if self._read is not None else ()
        return any(one.fixed for one in lists if one.name == self._list)

    @Slot(int)
    def _chosen(self, _place: int) -> None:
        self._list = str(self.lists.currentData() or FIRST_LIST)
        self._close_card()
        self.reload()

    @Slot(str)
    def _seek(self, sought: str) -> None:
        self._sought = sought
        self._fill_terms()

    # ------------------------------------------------------------ one term

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._card_for().show_term(self.model.terms[current.row()])

    @Slot()
    def _begin(self) -> None:
        self.table.clearSelection()
        self._card_for().begin()

    def _card_for(self) -> TermCard:
        if self.card is None:
            self.card = TermCard(
                self.desk.workspace.office,
                fixed=self._fixed,
                may=self._refusal is None,
                parent=self,
            )
            self.card.wanted.connect(self._do)
            self.card.left.connect(self._close_card)
            self._foot.addWidget(self.card)
        return self.card

    @Slot()
    def _close_card(self) -> None:
        if self.card is not None:
            self._foot.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
            self.card = None
            self.table.clearSelection()
            self.table.setFocus()

    @Slot(object)
    def _do(self, wish: TermWish) -> None:
        card = self._card_for()
        run = partial(_act, list_name=self._list, wish=wish)
        self.desk.operation(self, run, partial(self._done, wish), card.refuse)

    def _done(self, wish: TermWish, used: int) -> None:
        words = {
            ADD: _("The term is added; it travels with the next files."),
            CHANGE: _("The labels are saved; they travel with the next files."),
            HERE: _("The label of this country is saved."),
            SUGGEST: _("The suggestion goes to the {office} with the next file.").format(
                office=office_name(SECRETARIAT)
            ),
            RETIRE: _retired_words(used),
            BRING_BACK: _("The term is offered again."),
        }[wish.act]
        self._close_card()
        self.desk.say(words)
        self.reload()

    def reword(self) -> None:
        """Build it again; the term in front stays in front, as it was read."""
        term = self.card.term if self.card is not None else None
        super().reword()
        if term is not None and self.model.place_of(term.code) >= 0:
            self.table.selectRow(self.model.place_of(term.code))


def _retired_words(used: int) -> str:
    if not used:
        return _("The term is retired: it is offered no more.")
    words = ngettext(
        "The term is retired. {count} record keeps it and shows it.",
        "The term is retired. {count} records keep it and show it.",
        used,
    )
    return words.format(count=format_number(used))


def _why_not(desk: Desk) -> Refused | None:
    try:
        check_right(desk.workspace.actor, "edit", "vocabulary")
    except Refused as refusal:
        return refusal
    return None


def _act(w: "Workspace", *, list_name: str, wish: TermWish) -> int:
    """Do it; answer how many records hold the term."""
    from sscdesk.application import vocabularies

    if wish.act == ADD:
        vocabularies.add(w, list_name, wish.code, wish.labels)
    elif wish.act == CHANGE:
        vocabularies.change(w, list_name, wish.code, wish.labels)
    elif wish.act == HERE:
        vocabularies.label_here(w, list_name, wish.code, wish.labels)
    elif wish.act == SUGGEST:
        vocabularies.suggest(w, list_name, wish.code, wish.labels)
    elif wish.act == RETIRE:
        vocabularies.retire(w, list_name, wish.code)
    else:
        vocabularies.bring_back(w, list_name, wish.code)
    return vocabularies.usage(w, list_name, wish.code)
