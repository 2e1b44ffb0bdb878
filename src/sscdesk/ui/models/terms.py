"""The terms of one vocabulary as a table: the label in each language, code and state."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sscdesk.application.vocabularies import CountryLabel, TermView
from sscdesk.i18n import _
from sscdesk.model.folding import folded
from sscdesk.ui.wording import joined

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class TermsModel(QAbstractTableModel):
    """One term a line, in the order in which it is offered."""

    def __init__(self, office: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.terms: tuple[TermView, ...] = ()

    def show_terms(self, terms: Sequence[TermView], wanted: str = "") -> None:
        """Show the terms that hold ``wanted`` in their code or a label; all where it is empty."""
        self.beginResetModel()
        sought = folded(wanted)
        self.terms = tuple(
            term for term in terms if not sought or any(sought in folded(one) for one in _of(term))
        )
        self.endResetModel()

    def place_of(self, code: str) -> int:
        """Return where a term stands, -1 when it is not here."""
        return next((at for at, one in enumerate(self.terms) if one.code == code), -1)

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
        cell = cells(self.terms[index.row()], self._office)[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{headings()[index.column()]}: {cell}"
        return None


def _of(term: TermView) -> tuple[str, ...]:
    here = (text for one in term.countries for text in (one.fr, one.en, one.ar))
    return (term.code, term.fr, term.en, term.ar, *here)


def headings() -> tuple[str, ...]:
    """Return the words above the columns."""
    return (_("French"), _("English"), _("Arabic"), _("In this country"), _("Code"), _("State"))


def cells(term: TermView, office: str) -> tuple[str, ...]:
    """Return a term as texts."""
    return (term.fr, term.en, term.ar, here_words(term, office), term.code, state_words(term))


def label_here(term: TermView, office: str) -> CountryLabel | None:
    """Return what the country of an office calls a term, None where it has no own name."""
    return next((one for one in term.countries if one.office == office), None)


def here_words(term: TermView, office: str) -> str:
    """Return what the country calls a term, in the languages in which it does."""
    own = label_here(term, office)
    return joined((own.fr, own.en, own.ar)) if own is not None else ""


def state_words(term: TermView) -> str:
    """Say whether a term may be chosen."""
    if not term.known:
        return _("Not received yet")
    return _("Retired") if term.retired else _("In use")
