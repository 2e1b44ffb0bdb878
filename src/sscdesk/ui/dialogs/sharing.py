"""Decides who can see a record from now on."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.views import RecordView
from sscdesk.i18n import _
from sscdesk.model.offices import OFFICES
from sscdesk.ui.places import office_name
from sscdesk.ui.widgets.basic import button, label


class SharingDialog(QDialog):
    """One box for each office; the owner always sees its record."""

    def __init__(
        self, view: RecordView, share: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._share = share
        self._owner = view.owner
        self.setWindowTitle(_("Who can see it"))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(420)
        self.boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(_("Who can see it"), "heading", self))
        column.addWidget(label(f"{view.ref} · {view.title}", "muted", self, wrap=True))
        for office in OFFICES:
            box = QCheckBox(office_name(office), self)
            box.setChecked(office in view.audience or office == view.owner)
            box.setEnabled(office != view.owner)
            self.boxes[office] = box
            column.addWidget(box)
        told = _(
            "An office that already received the record keeps what it received: narrowing"
            " does not call it back. Fields marked as bilateral or internal stay so."
        )
        column.addWidget(label(told, "small", self, wrap=True))
        column.addLayout(self._buttons())

    def audience(self) -> str:
        """Return the audience chosen, in its canonical form."""
        chosen = sorted(office for office, box in self.boxes.items() if box.isChecked())
        return "*" if len(chosen) == len(OFFICES) else "+".join(chosen)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.cancel = button(_("Cancel"), "", "", self)
        self.confirm = button(_("Share so"), "primary", "", self)
        self.cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._confirm)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.confirm)
        return row

    @Slot()
    def _confirm(self) -> None:
        self.accept()
        self._share(self.audience())
