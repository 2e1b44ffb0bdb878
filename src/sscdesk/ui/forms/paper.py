"""A PDF beside what it is made of, page by page."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.i18n import _
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk, Notice
from sscdesk.ui.operations import Latest
from sscdesk.ui.widgets.basic import icon_button, label
from sscdesk.ui.widgets.documents import PictureView
from sscdesk.ui.widgets.pictures import PDF, Picture, draw

WIDTH = 1_100
"""Pixels across of a page as it is drawn; shown smaller, so that it stays sharp."""


class PaperView(QWidget):
    """Shows one page of a PDF at the width that there is, as high as it is then."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = Latest(self, desk.workers)
        self._pdf = b""
        self._page = 0
        self._pages = 1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._tools())
        self.page = PictureView(self)
        column.addWidget(self.page, 1)

    @property
    def has_paper(self) -> bool:
        """Whether a paper is shown."""
        return bool(self._pdf)

    @property
    def pages(self) -> int:
        """How many pages the paper has."""
        return self._pages

    def show_paper(self, pdf: bytes) -> None:
        """Show a paper, at the page at which the one before stood."""
        self._pdf = pdf
        self._draw()

    def say(self, words: str) -> None:
        """Show words where there is no paper."""
        self._pdf = b""
        self._pictures.forget()
        self._dress(0)
        self.page.say(words)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.previous = icon_button("chevron-left", _("Page before"), self)
        self.next = icon_button("chevron-right", _("Next page"), self)
        self.words = label("", "small", self)
        self.previous.clicked.connect(self._turn_back)
        self.next.clicked.connect(self._turn_on)
        row.addStretch(1)
        row.addWidget(self.previous)
        row.addWidget(self.words)
        row.addWidget(self.next)
        row.addStretch(1)
        return row

    def _draw(self) -> None:
        self._pictures.ask(
            partial(draw, self._pdf, PDF, self._page, WIDTH), self._drawn, self._not_drawn
        )

    def _drawn(self, picture: Picture) -> None:
        self._page = picture.page
        self._dress(picture.pages)
        self.page.show_picture(picture.image, self.words.text())

    def _not_drawn(self, error: DeskError) -> None:
        told = Notice.of(error)
        self.say(f"{told.text} {told.hint}".strip())

    def _dress(self, pages: int) -> None:
        self._pages = pages
        told = _("page {page} of {count}").format(page=self._page + 1, count=pages)
        self.words.setText(told if pages else "")
        self.previous.setEnabled(self._page > 0)
        self.next.setEnabled(self._page < pages - 1)

    @Slot()
    def _turn_back(self) -> None:
        self._page = max(0, self._page - 1)
        self._draw()

    @Slot()
    def _turn_on(self) -> None:
        self._page = min(max(0, self._pages - 1), self._page + 1)
        self._draw()
