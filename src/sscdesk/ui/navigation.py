"""The navigation column: every screen with its icon, its shortcut, what waits there."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sscdesk.i18n import _, ngettext
from sscdesk.ui import icons
from sscdesk.ui.look import look
from sscdesk.ui.screens import Screen, shortcut_of
from sscdesk.ui.widgets.basic import icon_button, label

WIDTH = 206
COLLAPSED_WIDTH = 64
ITEM_HEIGHT = 37


class NavigationItem(QAbstractButton):
    """One screen: its icon, its name, a count of what waits there."""

    def __init__(self, screen: Screen, shortcut: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.leads_to = screen
        self._shortcut = shortcut
        self._waiting = 0
        self._hovered = False
        self.collapsed = False
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.reword()

    def reword(self) -> None:
        """Write the words again, in the language of now."""
        name = _(self.leads_to.label)
        self.setText(name)
        self.setToolTip(f"{name} ({self._shortcut})" if self._shortcut else name)
        self.setAccessibleName(self._spoken(name))
        self.updateGeometry()
        self.update()

    def _spoken(self, name: str) -> str:
        if not self._waiting:
            return name
        waiting = ngettext("{count} waiting", "{count} waiting", self._waiting)
        return f"{name}, {waiting.format(count=self._waiting)}"

    def show_waiting(self, count: int) -> None:
        """Show how many things wait there; 0 shows nothing."""
        if count != self._waiting:
            self._waiting = count
            self.reword()

    def sizeHint(self) -> QSize:
        return QSize(look().sp(120), look().sp(ITEM_HEIGHT) + self._taller())

    @staticmethod
    def _taller() -> int:
        return look().sp(3) if look().theme.right_to_left else 0

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_icon(painter)
        if not self.collapsed:
            self._paint_words(painter)
        if self._waiting:
            self._paint_badge(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        theme = look()
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self._hovered or self.isDown():
            painter.setBrush(theme.color("nav_hover"))
            painter.setOpacity(1.0 if self.isChecked() else 0.6)
            painter.drawRoundedRect(area, 6, 6)
            painter.setOpacity(1.0)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color("badge"))
            painter.drawRoundedRect(area, 6, 6)

    def _mirrored(self, area: QRectF) -> QRectF:
        if self.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            return area
        return QRectF(self.width() - area.right(), area.y(), area.width(), area.height())

    def _paint_icon(self, painter: QPainter) -> None:
        token = "nav_strong" if self.isChecked() else "nav_ink"
        picture = icons.pixmap(self.leads_to.icon, token, ratio=self.devicePixelRatioF())
        side = look().sp(icons.SIZE)
        start = (self.width() - side) / 2 if self.collapsed else 12
        area = self._mirrored(QRectF(start, (self.height() - side) / 2, side, side))
        painter.drawPixmap(area.topLeft(), picture)

    def _paint_words(self, painter: QPainter) -> None:
        theme = look()
        painter.setFont(theme.font("body", 600 if self.isChecked() else 500))
        painter.setPen(theme.color("nav_strong" if self.isChecked() else "nav_ink"))
        start = 12 + theme.sp(icons.SIZE) + 9
        room = self.width() - start - 8 - (theme.sp(30) if self._waiting else 0)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        area = self._mirrored(QRectF(start, 0, room, self.height()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_badge(self, painter: QPainter) -> None:
        theme = look()
        words = str(self._waiting) if self._waiting < 100 else "99+"
        font = theme.font("tiny", 700)
        height = theme.sp(18)
        width = max(theme.sp(25), QFontMetrics(font).horizontalAdvance(words) + theme.sp(14))
        if self.collapsed:
            width, height = max(theme.sp(17), width - theme.sp(9)), theme.sp(15)
        place = QRectF(self.width() - width - (0 if self.collapsed else 8), 0, width, height)
        place.moveTop(1 if self.collapsed else (self.height() - height) / 2)
        area = self._mirrored(place)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("badge"))
        painter.drawRoundedRect(area, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(theme.color("on_badge"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)


class Navigation(QFrame):
    """The column at the leading side.

    *Signals*: ``chosen(name)`` when a screen is asked for; ``collapse_wanted`` when the
    button that folds the column is pressed.
    """

    chosen = Signal(str)
    collapse_wanted = Signal()

    def __init__(self, screens: tuple[Screen, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.screens = screens
        self.items: dict[str, NavigationItem] = {}
        self._collapsed = False
        self._office = ""
        self._build()
        self.reword()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 16, 12, 12)
        column.setSpacing(2)
        self._name = label("", "nav_name")
        self._place = label("", "nav_place")
        self._fold = icon_button("panel-left-close", _("Fold the navigation"), token="nav_ink")
        self._fold.setProperty("look", "nav")
        self._fold.clicked.connect(self.collapse_wanted)
        head = QHBoxLayout()
        head.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._place)
        head.addLayout(words, 1)
        head.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addSpacing(12)
        column.addWidget(self._scrolled(), 1)
        for screen in self.screens:
            if screen.foot:
                column.addWidget(self._item(screen))

    def _scrolled(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setObjectName("navigation_items")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("navigation_inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for screen in self.screens:
            if not screen.foot:
                column.addWidget(self._item(screen))
        column.addStretch(1)
        area.setWidget(inside)
        return area

    def _item(self, screen: Screen) -> NavigationItem:
        item = NavigationItem(screen, shortcut_of(screen, self.screens), self)
        item.clicked.connect(self._clicked)
        self.items[screen.name] = item
        return item

    @Slot()
    def _clicked(self) -> None:
        item = self.sender()
        if isinstance(item, NavigationItem):
            item.setChecked(True)
            self.chosen.emit(item.leads_to.name)

    def show_current(self, name: str) -> None:
        """Mark the screen that is shown."""
        for known, item in self.items.items():
            item.setChecked(known == name)

    def show_waiting(self, counts: Mapping[str, int]) -> None:
        """Show how many things wait on each screen."""
        for name, item in self.items.items():
            item.show_waiting(counts.get(name, 0))

    def show_office(self, words: str) -> None:
        """Show which office this is: "Morocco — Rabat"."""
        self._office = words
        self._place.setText(words)

    def collapse(self, folded: bool) -> None:
        """Fold the column to its icons, or unfold it."""
        self._collapsed = folded
        for item in self.items.values():
            item.collapsed = folded
            item.update()
        self._name.setVisible(not folded)
        self._place.setVisible(not folded)
        self.reword()

    @property
    def collapsed(self) -> bool:
        """Whether only icons are shown."""
        return self._collapsed

    def reword(self) -> None:
        """Write the words again and take the sizes of the theme."""
        self.setAccessibleName(_("Navigation"))
        self._name.setText(_("South-South Desk"))
        self._place.setText(self._office)
        words = _("Unfold the navigation") if self._collapsed else _("Fold the navigation")
        self._fold.setToolTip(words)
        self._fold.setAccessibleName(words)
        name = "panel-left-open" if self._collapsed else "panel-left-close"
        icons.dress(self._fold, name, "nav_ink")
        for item in self.items.values():
            item.reword()
        width = COLLAPSED_WIDTH if self._collapsed else WIDTH
        self.setFixedWidth(look().sp(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        held = [item for item in self.items.values() if item.hasFocus()]
        if step is None or not held:
            super().keyPressEvent(event)
            return
        order = list(self.items.values())
        order[(order.index(held[0]) + step) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)
