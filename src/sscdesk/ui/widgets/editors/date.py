"""Dates and moments: typed as one thinks them, or taken from a calendar."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from sscdesk.i18n import _, current_language, format_partial_date
from sscdesk.model.field import Field
from sscdesk.model.refusal import Refused
from sscdesk.ui.icons import dress
from sscdesk.ui.look import look
from sscdesk.ui.widgets.editors.line import ButtonInside, LineEditor
from sscdesk.ui.widgets.editors.surroundings import Surroundings
from sscdesk.ui.widgets.editors.wording import moment_words

_QT_LOCALES = {"fr": "fr_FR", "en": "en_GB", "ar": "ar_MA"}
_TURNS = {"qt_calendar_prevmonth": "chevron-left", "qt_calendar_nextmonth": "chevron-right"}
"""Qt's names for the buttons of the months, with our icons."""


class CalendarPopup(QFrame):
    """A month to choose a day from; closes by Escape or a click elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "card")
        self.calendar = QCalendarWidget(self)
        self.calendar.setLocale(QLocale(_QT_LOCALES[current_language()]))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName(_("Calendar"))
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.calendar)

    def _dress(self) -> None:
        """Write the days in the colours of the desk: Qt's own weekends are red."""
        plain, heading = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(look().color("ink"))
        heading.setForeground(look().color("muted"))
        heading.setBackground(look().color("paper"))
        heading.setFont(look().font("small", 500))
        self.calendar.setHeaderTextFormat(heading)
        for day in Qt.DayOfWeek:
            self.calendar.setWeekdayTextFormat(day, plain)
        for name, icon in _TURNS.items():
            turn = self.calendar.findChild(QToolButton, name)
            if isinstance(turn, QToolButton):
                dress(turn, icon, "muted", 16)

    def show_below(self, widget: QWidget, day: date) -> None:
        """Open under ``widget``, at ``day``."""
        self._dress()
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        corner = widget.rect().bottomLeft()
        if widget.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            corner = QPoint(widget.rect().right() - self.width(), corner.y())
        self.move(widget.mapToGlobal(corner + QPoint(0, 4)))
        self.show()
        self.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)


class DateEditor(LineEditor):
    """A date that may be partial: "+3", "demain", "12/3", "2019-06"."""

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self.button = ButtonInside(self.line, "calendar")
        self.button.setToolTip(_("Choose in the calendar (Alt+Down)"))
        self.button.clicked.connect(self.open_calendar)
        self.line.alt_down.connect(self.open_calendar)
        self._popup: CalendarPopup | None = None

    def notice(self) -> str:
        if not self.line.text().strip() or not self._touched:
            return ""
        try:
            value = self.value()
        except Refused:
            return ""
        style = "full" if len(str(value)) == 10 else "long"
        return format_partial_date(str(value), style)

    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        self.button.setVisible(not locked)
        self.button.make_room()

    def name_for_screen_readers(self, name: str, description: str) -> None:
        super().name_for_screen_readers(name, description)
        self.button.setAccessibleName(_("Choose in the calendar: {field}").format(field=name))

    def open_calendar(self) -> None:
        """Show the calendar at the date typed, else at today."""
        if self._popup is None:
            self._popup = CalendarPopup(self)
            self._popup.calendar.clicked.connect(self._chosen)
            self._popup.calendar.activated.connect(self._chosen)
        self._popup.show_below(self.line, self._day())

    def _day(self) -> date:
        try:
            text = str(self.value() or "")
        except Refused:
            text = ""
        return _first_day(text) or self.around.today()

    def _chosen(self, day: QDate) -> None:
        if self._popup is not None:
            self._popup.close()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.replace(format_partial_date(day.toPython().isoformat()))  # type: ignore[attr-defined]


class MomentEditor(LineEditor):
    """A day with its hour."""

    def notice(self) -> str:
        if not self.line.text().strip() or not self._touched:
            return ""
        try:
            return moment_words(str(self.value()))
        except Refused:
            return ""


def _first_day(text: str) -> date | None:
    parts = [int(part) for part in text.split("-") if part.isdigit()]
    if not parts:
        return None
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day)
