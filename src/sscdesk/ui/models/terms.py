"""The terms of one vocabulary as a table: code, and the label in each language."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sscdesk.i18n import _
from sscdesk.model.folding import folded
from sscdesk.model.vocabulary_seed import Term

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class TermsModel(QAbstractTableModel):
    """One term a line, in the order in which it is offered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.terms: tuple[Term, ...] = ()

    def show_terms(self, terms: Sequence[Term], wanted: str = "") -> None:
        """Show the terms that hold ``wanted`` in their code or a label; all where it is empty."""
        self.beginResetModel()
        sought = folded(wanted)
        self.terms = tuple(
            term for term in terms if not sought or any(sought in folded(one) for one in _of(term))
        )
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.terms)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(headings())

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return headings()[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = cells(self.terms[index.row()])[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{headings()[index.column()]}: {cell}"
        return None


def _of(term: Term) -> tuple[str, ...]:
    return (term.code, term.fr, term.en, term.ar)


def headings() -> tuple[str, ...]:
    """Return the words above the columns."""
    return (_("French"), _("English"), _("Arabic"), _("Code"), _("State"))


def cells(term: Term) -> tuple[str, ...]:
    """Return a term as texts."""
    state = _("Retired") if term.retired else _("In use")
    return (term.fr, term.en, term.ar, term.code, state)
