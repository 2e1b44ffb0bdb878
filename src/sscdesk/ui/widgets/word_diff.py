"""A text with its changes word by word: what went is struck out, what came is underlined."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from sscdesk.application.comparing import Mark, Piece, word_changes
from sscdesk.i18n import _
from sscdesk.ui.look import look

MOST_LINES = 14


class WordDiff(QTextEdit):
    """Read-only, as high as its text up to a limit; the text is data and never markup."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "words")
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self.setAccessibleName(name)
        self._pieces: tuple[Piece, ...] = ()

    def show_changes(self, before: str, after: str) -> None:
        """Show ``after`` with what changed since ``before``."""
        self.show_pieces(word_changes(before, after))

    def show_text(self, text: str) -> None:
        """Show a text without changes."""
        self.show_pieces((Piece(Mark.SAME, text),) if text else ())

    def show_pieces(self, pieces: Iterable[Piece]) -> None:
        """Show the pieces of a comparison."""
        self._pieces = tuple(pieces)
        self.setAccessibleDescription(spoken(self._pieces))
        self._write()

    def _write(self) -> None:
        self.clear()
        cursor = self.textCursor()
        for piece in self._pieces:
            cursor.insertText(piece.text, _format(piece.mark))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        line = QFontMetrics(self.font()).lineSpacing()
        self.document().setTextWidth(max(40, self.viewport().width()))
        needed = round(self.document().size().height()) + 2
        self.setFixedHeight(min(needed, line * MOST_LINES + 2))
        fits = needed <= line * MOST_LINES + 2
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else None
        self.setVerticalScrollBarPolicy(policy or Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def sizeHint(self) -> QSize:
        return QSize(look().sp(220), self.height())


def _format(mark: Mark) -> QTextCharFormat:
    made = QTextCharFormat()
    if mark is Mark.GONE:
        made.setForeground(look().color("bad"))
        made.setBackground(look().color("bad_wash"))
        made.setFontStrikeOut(True)
    elif mark is Mark.NEW:
        made.setForeground(look().color("good"))
        made.setBackground(look().color("good_wash"))
        made.setFontUnderline(True)
    else:
        made.setForeground(look().color("ink"))
    return made


def spoken(pieces: Iterable[Piece]) -> str:
    """Return a comparison as a screen reader says it."""
    told = {
        Mark.SAME: "{text}",
        Mark.GONE: _("[taken out: {text}]"),
        Mark.NEW: _("[added: {text}]"),
    }
    return " ".join(told[piece.mark].format(text=piece.text.strip()) for piece in pieces)
