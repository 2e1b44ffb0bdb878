"""Puts a theme on the application: palette, fonts, style sheet, direction.

The look belongs to the one ``QApplication`` of the process, as its palette and its font
do; no profile keeps one. *Signals*: ``Look.changed`` after every change of theme or
language, when delegates repaint and icons are renewed.
"""

from PySide6.QtCore import QDir, QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from sscdesk.i18n import current_language, is_right_to_left
from sscdesk.ui import fonts
from sscdesk.ui.drawings import svg
from sscdesk.ui.theme import Scheme, Theme, style_sheet

SYSTEM = "system"
"""The choice "as the system": light, dark or high contrast."""

_SHEET_ICONS = {
    "chevron-down": "muted",
    "chevron-up": "muted",
    "chevron-right": "muted",
    "chevron-left": "muted",
    "check": "on_accent",
    "minus": "on_accent",
    "arrow-up": "muted",
    "arrow-down": "muted",
    "x": "muted",
}
"""Icons that the style sheet itself draws, with their colour."""


class Look(QObject):
    """The theme of the application and the wishes it comes from."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.setObjectName("look")
        self._application = application
        application.setStyle("Fusion")
        self._scheme: str = SYSTEM
        self._percent = 100
        self._compact = False
        self._drawings = QTemporaryDir()
        self._turn = 0
        self.theme = Theme()
        self.dressed = False
        """Whether the application wears the theme already."""
        application.styleHints().colorSchemeChanged.connect(self._follow_system)

    def apply(
        self, scheme: str | None = None, percent: int | None = None, compact: bool | None = None
    ) -> None:
        """Change what is given (``scheme`` may be ``system``) and show it at once."""
        self._scheme = self._scheme if scheme is None else scheme
        self._percent = self._percent if percent is None else percent
        self._compact = self._compact if compact is None else compact
        self.theme = Theme(self._resolved(), self._percent, self._compact, is_right_to_left())
        self._dress_application()
        self.dressed = True
        self.changed.emit()

    @property
    def scheme_choice(self) -> str:
        """What the officer chose: ``system`` or a scheme's name."""
        return self._scheme

    def color(self, token: str) -> QColor:
        """Return the colour of a token."""
        return QColor(self.theme.hex(token))

    def font(self, size: str = "body", weight: int = 400) -> QFont:
        """Return the desk's font in a named size and a weight of 400, 500, 600 or 700."""
        made = QFont()
        made.setFamilies(fonts.families(current_language()))
        made.setPixelSize(self.theme.font_px(size))
        made.setWeight(fonts.WEIGHTS[weight])
        return made

    def sp(self, size: float) -> int:
        """Return ``size`` pixels grown with the text."""
        return self.theme.sp(size)

    def _resolved(self) -> Scheme:
        if self._scheme != SYSTEM:
            return Scheme(self._scheme)
        hints = self._application.styleHints()
        accessibility = getattr(hints, "accessibility", None)
        if accessibility is not None:
            wish = accessibility().contrastPreference()
            if wish == Qt.ContrastPreference.HighContrast:
                return Scheme.CONTRAST
        dark = hints.colorScheme() == Qt.ColorScheme.Dark
        return Scheme.DARK if dark else Scheme.LIGHT

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._scheme == SYSTEM:
            self.apply()

    def _dress_application(self) -> None:
        fonts.load()
        right_to_left = self.theme.right_to_left
        self._application.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        )
        self._application.setFont(self.font())
        self._application.setPalette(self._palette())
        self._draw_sheet_icons()
        self._application.setStyleSheet(style_sheet(self.theme))

    def _draw_sheet_icons(self) -> None:
        # A new folder each time: Qt keeps pictures of a style sheet by their path.
        self._turn += 1
        folder = QDir(self._drawings.path())
        folder.mkpath(str(self._turn))
        for name, token in _SHEET_ICONS.items():
            path = folder.filePath(f"{self._turn}/{name}.svg")
            with open(path, "wb") as stream:
                stream.write(svg(name, self.theme.hex(token)))
        QDir.setSearchPaths("drawn", [folder.filePath(str(self._turn))])

    def _palette(self) -> QPalette:
        made = QPalette()
        for role, token in _PALETTE.items():
            made.setColor(role, self.color(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            made.setColor(QPalette.ColorGroup.Disabled, role, self.color("faint"))
        made.setColor(
            QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, self.color("faint")
        )
        return made


_PALETTE = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "paper",
    QPalette.ColorRole.AlternateBase: "ground",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "paper",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "ink",
    QPalette.ColorRole.ToolTipText: "paper",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
    QPalette.ColorRole.BrightText: "bad",
}


def look() -> Look:
    """Return the look of the running application, made on first use."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("the look needs a QApplication")
    found = application.findChild(Look, "look")
    if isinstance(found, Look):
        return found
    return Look(application)
