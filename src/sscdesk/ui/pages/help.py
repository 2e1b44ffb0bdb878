"""Help: a page for each screen, first steps, what to do when something is wrong; offline.

``Desk.go("help", name)`` leads to a page; F1 does so for the screen in front.
"""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from sscdesk.i18n import _, is_right_to_left, ngettext
from sscdesk.ui.desk import Desk
from sscdesk.ui.icons import icon
from sscdesk.ui.keys import key_groups
from sscdesk.ui.look import look
from sscdesk.ui.pages.help_contents import (
    CONTENTS,
    FIRST,
    ICONS,
    KEYS,
    NAMES,
    help_pages,
)
from sscdesk.ui.pages.help_paper import keys_markup, page_markup, style
from sscdesk.ui.pages.help_search import find_pages
from sscdesk.ui.pages.page import Page
from sscdesk.ui.screens import SCREENS, Screen
from sscdesk.ui.widgets.basic import button

LIST_WIDTH = 280
READING_WIDTH = 760
PAGE = Qt.ItemDataRole.UserRole
SCREEN_TARGET = "screen:"


class Contents(QListWidget):
    """The pages under their headings, or those that answer to a search.

    *Signals*: ``chosen(name)``.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(self._moved)

    def show_all(self, titles: dict[str, str]) -> None:
        """Show every page under its heading."""
        self._begin()
        for heading, names in CONTENTS:
            self._add_heading(_(heading))
            for name in names:
                self._add(name, titles[name])
        self._done()

    def show_found(self, found: list[tuple[str, str, str]]) -> None:
        """Show pages that answer: name, title, the words around what was found."""
        self._begin()
        count = len(found)
        words = ngettext("{count} page", "{count} pages", count).format(count=count)
        self._add_heading(words if found else _("No page answers to these words."))
        for name, title, around in found:
            self._add(name, title, around)
        self._done()

    def mark(self, name: str) -> None:
        """Mark a page as the one shown."""
        blocked = self.blockSignals(True)
        item = next((one for one in self._items() if one.data(PAGE) == name), None)
        self.setCurrentItem(item)  # type: ignore[arg-type]
        if item is not None:
            self.scrollToItem(item)
        self.blockSignals(blocked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollToTop()
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    def names(self) -> list[str]:
        """Return the names of the pages shown, in order."""
        return [one.data(PAGE) for one in self._items() if one.data(PAGE)]

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _begin(self) -> None:
        self._blocked = self.blockSignals(True)
        self.setIconSize(QSize(look().sp(16), look().sp(16)))
        self.clear()

    def _done(self) -> None:
        self.blockSignals(self._blocked)

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(look().font("small", 600))
        item.setForeground(look().color("muted"))
        item.setSizeHint(QSize(0, look().sp(34 if self.count() > 1 else 28)))
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom)

    def _add(self, name: str, title: str, around: str = "") -> None:
        words = f"{title}\n{around}" if around else title
        item = QListWidgetItem(icon(ICONS[name], "muted", 16), words, self)
        item.setData(PAGE, name)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, title)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, around)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _moved(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None and item.data(PAGE):
            self.chosen.emit(str(item.data(PAGE)))


class HelpScreen(Page):
    """The help of the desk."""

    def __init__(self, desk: Desk, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(desk, screen, parent)
        self.at = FIRST
        """The name of the page shown."""
        self._before: list[str] = []
        self._build()
        shortcut = QShortcut(QKeySequence("Alt+Left"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.go_back)
        self._write_words()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.side = QWidget(self)
        self.side.setProperty("look", "paper")
        self.side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        down = QVBoxLayout(self.side)
        down.setContentsMargins(14, 14, 8, 8)
        down.setSpacing(8)
        self.sought = QLineEdit(self.side)
        self.sought.setProperty("look", "search")
        self.sought.setClearButtonEnabled(True)
        self.sought.textChanged.connect(self._seek)
        self.sought.returnPressed.connect(self._open_first)
        self.sought.installEventFilter(self)
        self.contents = Contents(self.side)
        self.contents.chosen.connect(self.show_page)
        down.addWidget(self.sought)
        down.addWidget(self.contents, 1)
        line = QFrame(self)
        line.setProperty("look", "column_rule")
        row.addWidget(self.side)
        row.addWidget(line)
        row.addWidget(self._reader(), 1)

    def _reader(self) -> QWidget:
        made = QWidget(self)
        made.setProperty("look", "paper")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(made)
        column.setContentsMargins(28, 12, 20, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        self.back = button("", "link", "arrow-left", made, token="accent")
        self.back.clicked.connect(self.go_back)
        head.addWidget(self.back)
        head.addStretch(1)
        column.addLayout(head)
        self.paper = QTextBrowser(made)
        self.paper.setProperty("look", "help")
        self.paper.setOpenLinks(False)
        self.paper.setOpenExternalLinks(False)
        self.paper.anchorClicked.connect(self._follow)
        self.paper.setFrameShape(QFrame.Shape.NoFrame)
        across = QHBoxLayout()
        across.addWidget(self.paper, 100)
        across.addStretch(1)
        column.addLayout(across, 1)
        return made

    # ------------------------------------------------------------ words

    def reword(self) -> None:
        super().reword()
        if hasattr(self, "paper"):
            self._write_words()

    def _write_words(self) -> None:
        self.side.setFixedWidth(look().sp(LIST_WIDTH))
        self.paper.setMaximumWidth(look().sp(READING_WIDTH))
        self.sought.setPlaceholderText(_("Search the help"))
        self.sought.setAccessibleName(_("Search the help"))
        self.contents.setAccessibleName(_("Pages of the help"))
        self.back.setText(_("Back"))
        self.back.setToolTip(_("Back to the page before (Alt+←)"))
        self._seek(self.sought.text())
        self._show()

    def titles(self) -> dict[str, str]:
        """Return the titles of all pages by their names."""
        return {name: page.title for name, page in help_pages().items()}

    # ------------------------------------------------------------ which page

    def shown(self, argument: Any = None) -> None:
        if isinstance(argument, str) and argument in NAMES:
            self.sought.clear()
            self.show_page(argument)
            self.paper.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.sought.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Show a page of the help."""
        if name not in NAMES or name == self.at:
            return
        self._before.append(self.at)
        self.at = name
        self._show()

    @Slot()
    def go_back(self) -> None:
        """Show the page that was shown before."""
        if self._before:
            self.at = self._before.pop()
            self._show()

    def _show(self) -> None:
        document = self.paper.document()
        option = QTextOption()
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if is_right_to_left() else Qt.LayoutDirection.LeftToRight
        )
        document.setDefaultTextOption(option)
        document.setDefaultStyleSheet(style())
        page = help_pages()[self.at]
        if self.at == KEYS:
            self.paper.setHtml(keys_markup(page.title, key_groups(SCREENS)))
        else:
            self.paper.setHtml(page_markup(page))
        self.paper.setAccessibleName(page.title)
        self.paper.verticalScrollBar().setValue(0)
        self.back.setVisible(bool(self._before))
        self.contents.mark(self.at)

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        target = url.toString()
        if target.startswith(SCREEN_TARGET):
            name, _slash, part = target.removeprefix(SCREEN_TARGET).partition("/")
            self.desk.go(name, part or None)
        else:
            self.show_page(target)

    # ------------------------------------------------------------ searching

    def look_for(self) -> None:
        self.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sought.selectAll()

    @Slot(str)
    def _seek(self, wanted: str) -> None:
        if wanted.strip():
            found = find_pages(help_pages(), wanted)
            self.contents.show_found([(one.name, one.title, one.around) for one in found])
        else:
            self.contents.show_all(self.titles())
        self.contents.mark(self.at)

    @Slot()
    def _open_first(self) -> None:
        names = self.contents.names()
        if names and self.sought.text().strip():
            self.show_page(names[0])
            self.contents.mark(names[0])
            self.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lead from the line of the search down into what was found."""
        down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if down and event.type() == QEvent.Type.KeyPress:
            self.contents.setFocus(Qt.FocusReason.OtherFocusReason)
            names = self.contents.names()
            if names and self.at not in names:
                self.show_page(names[0])
            return True
        return super().eventFilter(watched, event)
