"""Strips: a sentence to know, its tone, what is safe, and what to do about it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from sscdesk.i18n import error_hint, error_text
from sscdesk.model.refusal import DeskError
from sscdesk.ui.icons import dress
from sscdesk.ui.widgets.basic import icon_label, label, styled
from sscdesk.ui.widgets.directed import directed

ICONS = {
    "good": "circle-check",
    "bad": "circle-x",
    "warn": "triangle-alert",
    "info": "info",
}


class Strip(QFrame):
    """A sentence with an icon; ``hint`` below it, buttons at its end."""

    def __init__(
        self,
        text: str,
        tone: str = "info",
        hint: str = "",
        parent: QWidget | None = None,
        *,
        icon: str = "",
    ) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 9, 10, 9)
        self._row.setSpacing(10)
        self._icon = icon_label(icon or ICONS[tone], tone)
        self._fixed_icon = icon
        self.text = label("", "tone", self, wrap=True)
        self.hint = label("", "small", self, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.text)
        words.addWidget(self.hint)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.say(text, tone, hint)

    def say(self, text: str, tone: str, hint: str = "") -> None:
        """Say something else."""
        self.text.setText(directed(text))
        self.hint.setText(directed(hint))
        self.hint.setVisible(bool(hint))
        self.setAccessibleName(" ".join(filter(None, (text, hint))))
        dress(self._icon, self._fixed_icon or ICONS[tone], tone)
        self.setProperty("tone", tone)
        styled(self, "strip")
        for word in (self.text, self.hint):
            word.style().unpolish(word)
            word.style().polish(word)

    def add_step(self, step: QPushButton) -> None:
        """Offer something to do about it."""
        self._row.addWidget(step, 0, Qt.AlignmentFlag.AlignVCenter)


def refusal_strip(error: DeskError, parent: QWidget | None = None) -> Strip:
    """Say a refusal: what happened, what is safe, what to do next."""
    return Strip(error_text(error), "bad", error_hint(error), parent)
