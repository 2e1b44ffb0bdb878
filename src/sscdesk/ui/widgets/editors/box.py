"""A field as the form shows it: label, marks, editor, and what there is to say about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from sscdesk.i18n import _, error_hint, error_text
from sscdesk.model.field import Audience
from sscdesk.model.refusal import DeskError
from sscdesk.ui.icons import dress
from sscdesk.ui.look import look
from sscdesk.ui.widgets.audience import FieldAudience, audience_words
from sscdesk.ui.widgets.basic import button, icon_button, icon_label, label
from sscdesk.ui.widgets.editors.base import FieldEditor
from sscdesk.ui.widgets.eliding import ElidingLabel

_ICONS = {"error": ("circle-alert", "bad"), "warn": ("triangle-alert", "warn")}


def head_height() -> int:
    """Return the height of a line of labels: one for all, so that editors stand in a line."""
    return max(look().sp(18), QFontMetrics(look().font("small", 600)).height())


class FieldMessage(QWidget):
    """A line under a field: an error, a doubt, an explanation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        self._icon = icon_label("circle-alert", "bad", 14)
        self._words = label("", "error", self, wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What is said, empty when nothing is."""
        return "" if self.isHidden() else self._words.text()

    def say(self, text: str, tone: str) -> None:
        """Show ``text`` as ``error``, ``warn`` or ``small``; an empty text hides the line."""
        self.setVisible(bool(text))
        self._words.setText(text)
        if self._words.property("look") != tone:
            self._words.setProperty("look", tone)
            self._words.style().polish(self._words)
        self._icon.setVisible(tone in _ICONS)
        if tone in _ICONS:
            dress(self._icon, *_ICONS[tone], 14)


class Meanwhile(QWidget):
    """Tells that somebody changed the field meanwhile, and asks which text stays.

    Signals: ``kept`` for the officer's own, ``taken`` for the other one.
    """

    kept = Signal()
    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice_warn")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        self.words = label("", "", self, wrap=True)
        self.keep = button(_("Keep mine"), parent=self)
        self.take = button(_("Take the other"), parent=self)
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addWidget(self.take)
        row.addStretch(1)
        column.addWidget(self.words)
        column.addLayout(row)
        self.keep.clicked.connect(self.kept)
        self.take.clicked.connect(self.taken)
        self.setVisible(False)


class FieldBox(QWidget):
    """A field with its label above and its message below.

    Signals: ``kept_mine`` and ``took_theirs`` answer a change made meanwhile.
    """

    kept_mine = Signal()
    took_theirs = Signal()

    def __init__(
        self, editor: FieldEditor, parent: QWidget | None = None, *, bare: bool = False
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.field = editor.field
        self.error: DeskError | None = None
        self._told_error: DeskError | None = None
        self._reason = ""
        self._meanwhile: Meanwhile | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self._help = label(_(self.field.help), "small", self, wrap=True)
        self._help.setVisible(False)
        self.lock = icon_label("lock", "muted", 13)
        self.lock.setVisible(False)
        # Where columns are narrow the end of a long name is in the tip, as in lists.
        self.title = ElidingLabel(_(self.field.label), "label", self)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if not bare:
            self.column.addWidget(self._head())
            self.column.addWidget(self._help)
        editor.setParent(self)
        self.column.addWidget(editor)
        self.message = FieldMessage(self)
        self.column.addWidget(self.message)
        self.column.addStretch(1)
        self._name()
        editor.help_wanted.connect(self._toggle_help)
        editor.edited.connect(self.look_again)
        editor.left.connect(self.look_again)

    def set_locked(self, locked: bool, reason: str = "") -> None:
        """Make the field read-only and say why."""
        self._reason = reason if locked else ""
        self.editor.set_locked(locked)
        self.lock.setVisible(locked and bool(reason))
        self.lock.setToolTip(reason)
        self.lock.setAccessibleName(reason)
        self._name()

    def show_error(self, error: DeskError | None) -> None:
        """Show a refusal next to the field, until it is put right."""
        self.error = error
        self.look_again()

    def look_again(self) -> None:
        """Say what there is to say about the text as it stands."""
        if self.error is not None:
            words = " ".join(filter(None, (error_text(self.error), error_hint(self.error))))
            self.message.say(words, "error")
        else:
            tone = "warn" if self.editor.doubtful() else "small"
            inside = self.editor.inside or tone == "warn"
            self.message.say(self.editor.notice() if inside else "", tone)
        if self._told_error is not self.error:
            self._told_error = self.error
            self._name()
        self._mark_invalid(self.error is not None)

    def ask_which(self, theirs: str, sentence: str = "") -> None:
        """Show the text that was written meanwhile and ask which one stays."""
        if self._meanwhile is None:
            self._meanwhile = Meanwhile(self)
            self._meanwhile.kept.connect(self.kept_mine)
            self._meanwhile.taken.connect(self.took_theirs)
            self.column.insertWidget(self.column.indexOf(self.message), self._meanwhile)
        told = sentence or _("This field was changed meanwhile. It now says: “{text}”")
        self._meanwhile.words.setText(told.format(text=theirs or _("nothing")))
        self._meanwhile.setVisible(True)

    def stop_asking(self) -> None:
        """Take the question away."""
        if self._meanwhile is not None:
            self._meanwhile.setVisible(False)

    def is_asking(self) -> bool:
        """Whether a change made meanwhile waits for an answer."""
        return self._meanwhile is not None and not self._meanwhile.isHidden()

    def _head(self) -> QWidget:
        head = QWidget(self)
        head.setFixedHeight(head_height())
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        self.title.setBuddy(self.editor)
        row.addWidget(self.title)
        if self.field.required == "always":
            row.addWidget(self._required_mark())
        row.addWidget(self.lock)
        if self.field.audience is not Audience.SHARED:
            row.addWidget(FieldAudience(self.field.audience, self))
        if self.field.personal:
            row.addWidget(self._personal_mark())
        if self.field.help:
            row.addWidget(self._help_button())
        row.addStretch(1)
        return head

    def as_heading(self) -> None:
        """Write the label as the heading of a section: the field is one by itself."""
        self.title.setProperty("look", "section")
        self.title.setText(_(self.field.label).upper())

    def _required_mark(self) -> QLabel:
        mark = label("•", "required", self)
        mark.setToolTip(_("This field must be filled in."))
        return mark

    def _personal_mark(self) -> QLabel:
        mark = icon_label("user", "muted", 12)
        mark.setToolTip(_("Personal data"))
        mark.setAccessibleName(_("Personal data"))
        return mark

    def _help_button(self) -> QWidget:
        made = icon_button(
            "circle-question-mark",
            _("Help for {field}").format(field=_(self.field.label)),
            self,
        )
        made.setProperty("look", "help_mark")
        dress(made, "circle-question-mark", "muted", 13)
        made.setFixedSize(look().sp(16), look().sp(16))
        # Help is a click away and never a stop on the way from field to field.
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        made.clicked.connect(self._toggle_help)
        made.setToolTip(_("{help} (Shift+F1)").format(help=_(self.field.help)))
        return made

    def _toggle_help(self) -> None:
        self._help.setVisible(self._help.isHidden() and bool(self.field.help))

    def _name(self) -> None:
        wrong = error_text(self.error) if self.error is not None else ""
        told = [wrong, _(self.field.help)]
        if self.field.required == "always":
            told.append(_("This field must be filled in."))
        if self.field.personal:
            told.append(_("Personal data"))
        if self.field.audience is not Audience.SHARED:
            told.append(audience_words(self.field.audience))
        told.append(self._reason)
        self.editor.name_for_screen_readers(_(self.field.label), " ".join(filter(None, told)))
        self.editor.setToolTip(self._reason)

    def _mark_invalid(self, invalid: bool) -> None:
        proxy = self.editor.focusProxy()
        if proxy is not None and bool(proxy.property("invalid")) != invalid:
            proxy.setProperty("invalid", invalid)
            proxy.style().unpolish(proxy)
            proxy.style().polish(proxy)
