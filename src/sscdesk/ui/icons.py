"""Icons of one family (Lucide, ISC), coloured by the theme, mirrored where they point.

``icon`` makes one; ``dress`` gives one to a button or an action and keeps it right when
the theme or the direction changes.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel

from sscdesk.ui.drawings import svg
from sscdesk.ui.look import look

SIZE = 18

DIRECTIONAL = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "book-open",
        "chevron-left",
        "chevron-right",
        "external-link",
        "file-text",
        "list-checks",
        "log-out",
        "panel-left-close",
        "panel-left-open",
        "redo-2",
        "reply",
        "rotate-ccw",
        "send",
        "signature",
        "undo-2",
    }
)
"""Icons that point, or that draw lines of writing: mirrored with the text."""


@lru_cache(maxsize=1024)
def _pixmap(name: str, colour: str, size: int, ratio: float, mirrored: bool) -> QPixmap:
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg(name, colour))).render(painter, QRectF(made.rect()))
    painter.end()
    if mirrored:
        made = QPixmap.fromImage(made.toImage().flipped(Qt.Orientation.Horizontal))
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, token: str = "ink", size: int = SIZE, ratio: float | None = None) -> QPixmap:
    """Return an icon as a picture of ``size`` logical pixels (grown with the text)."""
    theme = look().theme
    return _pixmap(
        name,
        theme.hex(token),
        theme.sp(size),
        ratio or _screen_ratio(),
        theme.right_to_left and name in DIRECTIONAL,
    )


def _screen_ratio() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


def icon(name: str, token: str = "ink", size: int = SIZE, gap: int = 0) -> QIcon:
    """Return an icon in the colour of ``token``, faint where its widget is switched off.

    ``gap`` pixels are left free on its trailing side, before the words of a button.
    """
    made = QIcon(_with_gap(pixmap(name, token, size), gap))
    made.addPixmap(_with_gap(pixmap(name, "faint", size), gap), QIcon.Mode.Disabled)
    return made


def _with_gap(picture: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return picture
    ratio = picture.devicePixelRatio()
    made = QPixmap(picture.width() + round(gap * ratio), picture.height())
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(ratio)
    painter = QPainter(made)
    painter.drawPixmap(gap if look().theme.right_to_left else 0, 0, picture)
    painter.end()
    return made


def dress(bearer: QObject, name: str, token: str = "ink", size: int = SIZE, gap: int = 0) -> None:
    """Give ``bearer`` an icon that follows the theme (``redress`` renews it)."""
    bearer.setProperty("icon_name", name)
    bearer.setProperty("icon_look", [token, size, gap])
    _renew(bearer, name, token, size, gap)


def redress(root: QObject) -> None:
    """Renew the icons of ``root`` and of everything inside it."""
    for bearer in (root, *root.findChildren(QObject)):
        name = bearer.property("icon_name")
        if name:
            token, size, gap = bearer.property("icon_look")
            _renew(bearer, name, token, size, gap)


def _renew(bearer: QObject, name: str, token: str, size: int, gap: int) -> None:
    if isinstance(bearer, QAbstractButton):
        side = look().theme.sp(size)
        bearer.setIconSize(QSize(side + gap, side))
        bearer.setIcon(icon(name, token, size, gap))
    elif isinstance(bearer, QAction):
        bearer.setIcon(icon(name, token, size))
    elif isinstance(bearer, QLabel):
        bearer.setPixmap(pixmap(name, token, size))
