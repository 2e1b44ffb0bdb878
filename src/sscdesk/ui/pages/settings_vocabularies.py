"""Settings, Lists: the terms from which one chooses, in three languages."""

from typing import Any

from PySide6.QtCore import Qt, Slot
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

from sscdesk.i18n import _, format_number, ngettext
from sscdesk.model.offices import SECRETARIAT
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.models.terms import TermsModel
from sscdesk.ui.pages.section import Section
from sscdesk.ui.pages.settings_list_names import list_words
from sscdesk.ui.places import office_name
from sscdesk.ui.widgets.basic import label

WIDTHS = (250, 230, 230, 190, 100)


class VocabulariesSection(Section):
    """Every list with its terms, to read."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._list = ""
        self._sought = ""
        super().__init__(desk, parent)

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
        column.addLayout(self._choosing(inside))
        self.model = TermsModel(inside)
        self.table = self._table(inside)
        column.addWidget(self.table, 1)
        self.fill()

    def _choosing(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self.lists = QComboBox(parent)
        self.lists.setAccessibleName(_("List"))
        self.lists.setMaxVisibleItems(16)
        names = self.desk.wording.vocabularies.names()
        for words, name in sorted((list_words(name), name) for name in names):
            self.lists.addItem(words, name)
        self.lists.setCurrentIndex(max(0, self.lists.findData(self._list)))
        self.lists.currentIndexChanged.connect(self._chosen)
        self.sought = QLineEdit(parent)
        self.sought.setProperty("look", "search")
        self.sought.setClearButtonEnabled(True)
        self.sought.setPlaceholderText(_("Find a term"))
        self.sought.setAccessibleName(_("Find a term"))
        self.sought.setText(self._sought)
        self.sought.textChanged.connect(self._seek)
        self.count = label("", "small", parent)
        row.addWidget(self.lists, 2)
        row.addWidget(self.sought, 2)
        row.addWidget(self.count, 1)
        return row

    def _table(self, parent: QWidget) -> QTableView:
        table = QTableView(parent)
        table.setModel(self.model)
        table.setAccessibleName(_("Terms of the list"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setCornerButtonEnabled(False)
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
        return table

    def shown(self, argument: Any = None) -> None:
        self.fill()
        self.lists.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def reload(self) -> None:
        """Show the terms as they are now."""
        self.fill()

    def look_for(self) -> None:
        self.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fill(self) -> None:
        self._list = str(self.lists.currentData() or "")
        terms = self.desk.wording.vocabularies.terms(self._list, retired=True)
        self.model.show_terms(terms, self._sought)
        count = len(self.model.terms)
        words = ngettext("{count} term", "{count} terms", count)
        self.count.setText(words.format(count=format_number(count)))

    @Slot(int)
    def _chosen(self, _place: int) -> None:
        self.fill()

    @Slot(str)
    def _seek(self, sought: str) -> None:
        self._sought = sought
        self.fill()
