"""A paper as it is or will be: its pages below each other, with a size that one chooses."""

from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sscdesk.i18n import _, error_hint, error_text
from sscdesk.model.refusal import DeskError
from sscdesk.ui.look import look
from sscdesk.ui.operations import Latest, Query, Workers
from sscdesk.ui.widgets.basic import icon_button, label
from sscdesk.ui.widgets.pdf_pages import Measure, PagePicture, draw_page, measure

PIXELS_PER_POINT = 96 / 72
ZOOMS = (50, 75, 100, 125, 150, 200, 300)
GAP = 14
FIT = 0
AROUND = 1.5
"""How many heights of the window around what is seen are drawn ahead."""


class Leaf(QWidget):
    """One page."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = number
        self.points = (595.0, 842.0)
        self.drawn_width = 0
        """Device pixels across of the picture at hand; 0 when it is to be drawn again."""
        self._picture = QPixmap()

    def fit(self, width: int) -> None:
        """Take a width in logical pixels."""
        across, down = self.points
        size = QSize(width, max(1, round(width * down / max(across, 1))))
        if size != self.size():
            self.setFixedSize(size)

    def show_picture(self, image: QImage, text: str) -> None:
        """Show the page."""
        self._picture = QPixmap.fromImage(image)
        self.drawn_width = image.width()
        self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._picture.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self.rect(), self._picture)
        painter.setPen(QPen(look().color("edge"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PdfView(QWidget):
    """Shows a PDF. *Signals*: ``shown(int)`` with the number of pages once they are known."""

    shown = Signal(int)

    def __init__(self, workers: Workers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workers = workers
        self._measuring = Latest(self, workers)
        self._pdf = b""
        self._name = ""
        self._turn = 0
        self._zoom = FIT
        self._leaves: list[Leaf] = []
        self._asked: set[tuple[int, int, int]] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(30)
        self._soon.timeout.connect(self._draw_seen)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tool_bar())
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(_("Document"))
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._top = QWidget()
        self._top.setProperty("look", "desk_top")
        self._pages = QVBoxLayout(self._top)
        self._pages.setContentsMargins(GAP, GAP, GAP, GAP)
        self._pages.setSpacing(GAP)
        self._words = label("", "muted", self._top, wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.hide()
        self._pages.addWidget(self._words)
        self._pages.addStretch(1)
        self.area.setWidget(self._top)
        column.addWidget(self.area, 1)
        self.setFocusProxy(self.area)
        self.area.verticalScrollBar().valueChanged.connect(self._scrolled)

    def _tool_bar(self) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("look", "tools")
        self.tools = QHBoxLayout(frame)
        self.tools.setContentsMargins(8, 3, 8, 3)
        self.tools.setSpacing(2)
        self.previous = icon_button("chevron-up", _("Page before"), frame)
        self.next = icon_button("chevron-down", _("Next page"), frame)
        self.page_words = label("", "small", frame)
        self.smaller = icon_button("minus", _("Smaller"), frame)
        self.larger = icon_button("plus", _("Larger"), frame)
        self.zoom_words = label("", "small", frame)
        for words in (self.page_words, self.zoom_words):
            words.setMinimumWidth(1)  # the window may be narrower than they are
        self.previous.clicked.connect(self.turn_back)
        self.next.clicked.connect(self.turn_on)
        self.smaller.clicked.connect(self.zoom_out)
        self.larger.clicked.connect(self.zoom_in)
        for widget in (self.previous, self.next, self.page_words):
            self.tools.addWidget(widget)
        self.tools.addStretch(1)
        for widget in (self.smaller, self.zoom_words, self.larger):
            self.tools.addWidget(widget)
        self._say_zoom()
        self._say_page()
        return frame

    # What is shown

    @property
    def pages(self) -> int:
        """How many pages the paper has."""
        return len(self._leaves)

    @property
    def pdf(self) -> bytes:
        """The paper shown, empty when none is."""
        return self._pdf

    def show_pdf(self, pdf: bytes, name: str = "", *, from_top: bool = False) -> None:
        """Show a paper; one that follows its former version keeps the place and the size."""
        if pdf == self._pdf:
            return
        self._pdf, self._name = pdf, name
        self._turn += 1
        if from_top:
            self.area.verticalScrollBar().setValue(0)
        self._measuring.ask(partial(measure, pdf), self._measured, self._not_shown)

    def say(self, words: str) -> None:
        """Show words where there is no paper."""
        self._pdf = b""
        self._turn += 1
        self._measuring.forget()
        self._keep(0)
        self._words.setText(words)
        self._words.show()
        self.area.setAccessibleDescription(words)
        self._say_page()

    def _not_shown(self, error: DeskError) -> None:
        self.say(f"{error_text(error)} {error_hint(error)}".strip())

    def _measured(self, found: Measure) -> None:
        self._words.hide()
        self._keep(len(found.pages))
        for leaf, points in zip(self._leaves, found.pages, strict=True):
            leaf.points = points
            leaf.drawn_width = 0
        self.area.setAccessibleDescription(self._name)
        self._fit_all()
        self._say_page()
        self.shown.emit(len(found.pages))

    def _keep(self, count: int) -> None:
        while len(self._leaves) > count:
            leaf = self._leaves.pop()
            self._pages.removeWidget(leaf)
            leaf.hide()
            leaf.deleteLater()
        while len(self._leaves) < count:
            leaf = Leaf(len(self._leaves), self._top)
            self._leaves.append(leaf)
            place = self._pages.count() - 1
            self._pages.insertWidget(place, leaf, 0, Qt.AlignmentFlag.AlignHCenter)
        for leaf in self._leaves:
            told = _("page {page} of {count}").format(page=leaf.number + 1, count=count)
            leaf.setAccessibleName(told)

    # Size and place

    def _leaf_width(self, leaf: Leaf) -> int:
        if self._zoom == FIT:
            return max(120, self.area.viewport().width() - 2 * GAP)
        return round(leaf.points[0] * PIXELS_PER_POINT * self._zoom / 100)

    def _fit_all(self) -> None:
        for leaf in self._leaves:
            leaf.fit(self._leaf_width(leaf))
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_all()

    def zoom_percent(self) -> int:
        """Return the size shown, in percent of the paper's own."""
        if self._zoom != FIT or not self._leaves:
            return self._zoom or 100
        leaf = self._leaves[0]
        return round(100 * self._leaf_width(leaf) / (leaf.points[0] * PIXELS_PER_POINT))

    @Slot()
    def zoom_in(self) -> None:
        """Show it larger."""
        self._set_zoom(next((z for z in ZOOMS if z > self.zoom_percent()), ZOOMS[-1]))

    @Slot()
    def zoom_out(self) -> None:
        """Show it smaller."""
        self._set_zoom(next((z for z in reversed(ZOOMS) if z < self.zoom_percent()), ZOOMS[0]))

    @Slot()
    def fit_width(self) -> None:
        """Show it as wide as there is room."""
        self._set_zoom(FIT)

    def _set_zoom(self, zoom: int) -> None:
        bar = self.area.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._zoom = zoom
        self._fit_all()
        self._say_zoom()
        self._top.adjustSize()
        bar.setValue(round(share * bar.maximum()))

    def _say_zoom(self) -> None:
        words = _("full width") if self._zoom == FIT else f"{self._zoom} %"
        self.zoom_words.setText(words)

    def current_page(self) -> int:
        """Return the number of the page in the middle, from 0."""
        if not self._leaves:
            return 0
        middle = self.area.verticalScrollBar().value() + self.area.viewport().height() // 3
        for leaf in self._leaves:
            if leaf.y() + leaf.height() + GAP > middle:
                return leaf.number
        return max(0, self.pages - 1)

    @Slot()
    def turn_on(self) -> None:
        """Show the next page from its top."""
        self._go_to(min(self.pages - 1, self.current_page() + 1))

    @Slot()
    def turn_back(self) -> None:
        """Show the page before from its top."""
        self._go_to(max(0, self.current_page() - 1))

    def _go_to(self, number: int) -> None:
        if self._leaves:
            self.area.verticalScrollBar().setValue(self._leaves[number].y() - GAP)

    @Slot(int)
    def _scrolled(self, _value: int) -> None:
        self._say_page()
        self._soon.start()

    def _say_page(self) -> None:
        count = self.pages
        page = self.current_page() + 1
        told = _("page {page} of {count}").format(page=page, count=count)
        self.page_words.setText(told if count else "")
        self.previous.setEnabled(count > 1 and page > 1)
        self.next.setEnabled(count > 1 and page < count)
        for widget in (self.smaller, self.larger):
            widget.setEnabled(count > 0)

    # Drawing what is seen

    @Slot()
    def _draw_seen(self) -> None:
        if not self._pdf:
            return
        height = self.area.viewport().height()
        top = self.area.verticalScrollBar().value()
        margin = round(height * (AROUND - 1))
        seen = QRect(0, top - margin, self._top.width() + 1, height + 2 * margin)
        for leaf in self._leaves:
            if seen.intersects(QRect(QPoint(0, leaf.y()), leaf.size())):
                self._ask(leaf)

    def _ask(self, leaf: Leaf) -> None:
        width = round(leaf.width() * self.devicePixelRatioF())
        key = (self._turn, leaf.number, width)
        if leaf.drawn_width == width or key in self._asked:
            return
        self._asked.add(key)
        query: Query[PagePicture] = Query(self, partial(draw_page, self._pdf, leaf.number, width))
        query.on_success(partial(self._drawn, key)).on_failure(partial(self._not_drawn, key))
        query.start(self._workers)

    def _drawn(self, key: tuple[int, int, int], picture: PagePicture) -> None:
        self._asked.discard(key)
        if key[0] == self._turn and picture.number < len(self._leaves):
            self._leaves[picture.number].show_picture(picture.image, picture.text)
            self._soon.start()

    def _not_drawn(self, key: tuple[int, int, int], error: DeskError) -> None:
        self._asked.discard(key)
        if key[0] == self._turn:
            self._not_shown(error)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self.area.viewport().height() - 40
        bar = self.area.verticalScrollBar()
        moves = {
            Qt.Key.Key_PageDown: bar.value() + step,
            Qt.Key.Key_Space: bar.value() + step,
            Qt.Key.Key_PageUp: bar.value() - step,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: bar.maximum(),
        }
        key = Qt.Key(event.key())
        if key in moves:
            bar.setValue(moves[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit_width()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
            return
        super().wheelEvent(event)
