"""What the search palette can do beside finding records."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sscdesk.application.briefing import ENTITIES
from sscdesk.i18n import _
from sscdesk.model.offices import OFFICES
from sscdesk.ui.dialogs.briefing import KEYS, show_briefing
from sscdesk.ui.entity_words import new_words
from sscdesk.ui.forms.record_form import RecordForm
from sscdesk.ui.look import SYSTEM, look
from sscdesk.ui.models.palette import Command
from sscdesk.ui.pages.help_contents import ICONS, help_pages
from sscdesk.ui.pages.settings_words import (
    ACCOUNT,
    BACKUP,
    LAPTOPS,
    LISTS,
    OFFICE,
    OFFICERS,
    part_words,
)
from sscdesk.ui.pages.wishes import MakeFile, Reconcile
from sscdesk.ui.places import city, country
from sscdesk.ui.screens import screen_of, shortcut_of
from sscdesk.ui.theme import TEXT_SCALES, Scheme
from sscdesk.ui.widgets.languages import NAMES

if TYPE_CHECKING:
    from sscdesk.ui.main_window import MainWindow


class Commands(QObject):
    """Makes the commands of a window, in the language of now."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def all(self) -> list[Command]:
        """Return every command: new records, actions, screens."""
        return [
            *self._new(),
            *self._actions(),
            *self._files(),
            *self._briefings(),
            *self._looks(),
            *self._languages(),
            *self._settings(),
            *self._screens(),
            *self._help(),
        ]

    def _new(self) -> list[Command]:
        window = self._window
        made = []
        for entity in window.bar.new_entities():
            screen = screen_of(entity)
            picture = screen.icon if screen else "plus"
            made.append(Command(new_words(entity), picture, partial(window.begin, entity)))
        return made

    def _actions(self) -> list[Command]:
        window = self._window
        return [
            Command(_("Undo the last change"), "undo-2", window.undoing.undo, "Ctrl+Z"),
            Command(_("Redo"), "redo-2", window.undoing.redo, "Ctrl+Y"),
            Command(_("Help on this screen"), "circle-question-mark", window.show_help, "F1"),
            Command(
                _("Keys of the desk"),
                "keyboard",
                window.show_cheat_sheet,
                "?",
                also=_("shortcuts cheat sheet"),
            ),
            Command(
                _("Fold or unfold the navigation"),
                "panel-left-close",
                window.fold_navigation,
                "Ctrl+B",
            ),
            Command(_("Close the desk"), "log-out", window.close, "Ctrl+Q", also=_("quit exit")),
        ]

    def _files(self) -> list[Command]:
        window = self._window
        if "synchronise" not in window.names:
            return []
        made = [
            Command(
                _("Make a file for {office}").format(office=city(office)),
                "send",
                partial(window.go, "synchronise", MakeFile(office)),
                also=f"{country(office)} {_('synchronise export send')}",
            )
            for office in OFFICES
            if office != window.desk.workspace.office
        ]
        reconcile = partial(window.go, "synchronise", Reconcile())
        return [*made, Command(_("Reconcile what two offices wrote"), "merge", reconcile)]

    def _briefings(self) -> list[Command]:
        """On the record at hand, and on each partner country."""
        window, also = self._window, _("note prepare meeting")
        made = [
            Command(
                _("Briefing sheet: {name}").format(name=country(office)),
                "file-text",
                partial(show_briefing, window.desk, office, country(office), window),
                also=also,
            )
            for office in OFFICES
            if office != window.desk.workspace.office
        ]
        for form in window.findChildren(RecordForm):
            if form.isVisible() and form.sheet is not None and form.kind.name in ENTITIES:
                words = _("Briefing sheet: {name}").format(name=form.sheet.view.title)
                made.insert(0, Command(words, "file-text", form.brief, KEYS, also=also))
        return made

    def _looks(self) -> list[Command]:
        also = _("colours theme appearance")
        looks: list[tuple[str, str, str]] = [
            (SYSTEM, _("Colours as the system"), "monitor"),
            (Scheme.LIGHT, _("Light colours"), "sun"),
            (Scheme.DARK, _("Dark colours"), "moon"),
            (Scheme.CONTRAST, _("High contrast"), "contrast"),
        ]
        made = [
            Command(words, picture, partial(self._scheme, scheme), also=also)
            for scheme, words, picture in looks
        ]
        sizes: tuple[tuple[str, int], ...] = ((_("Larger text"), 1), (_("Smaller text"), -1))
        for words, step in sizes:
            made.append(
                Command(words, "eye", partial(self._text_size, step), also=_("zoom font size"))
            )
        made.append(Command(_("Compact or generous rows"), "rows-3", self._rows, also=also))
        return made

    def _languages(self) -> list[Command]:
        window = self._window
        return [
            Command(
                name,
                "languages",
                partial(window.language_wanted.emit, code),
                also=_("language"),
            )
            for code, name in NAMES.items()
        ]

    def _settings(self) -> list[Command]:
        window = self._window
        also = {
            ACCOUNT: _("password passphrase recovery key"),
            OFFICE: _("letterhead signatory authorisation"),
            OFFICERS: _("users roles add disable"),
            LAPTOPS: _("computer lost stolen revoke"),
            BACKUP: _("back up copy check restore"),
            LISTS: _("vocabulary terms codes"),
        }
        return [
            Command(
                _("{screen}: {part}").format(screen=_("Settings"), part=words),
                "settings",
                partial(window.go, "settings", name),
                also=also.get(name, ""),
            )
            for name, words in part_words().items()
        ]

    def _help(self) -> list[Command]:
        window = self._window
        return [
            Command(
                _("{screen}: {part}").format(screen=_("Help"), part=page.title),
                ICONS[name],
                partial(window.go, "help", name),
            )
            for name, page in help_pages().items()
        ]

    def _screens(self) -> list[Command]:
        window = self._window
        return [
            Command(
                _(screen.label),
                screen.icon,
                partial(window.go, screen.name),
                shortcut_of(screen, window.screens),
                group="screen",
            )
            for screen in window.screens
        ]

    def _scheme(self, scheme: str) -> None:
        self._window.desk.preferences.scheme = scheme
        look().apply(scheme=scheme)

    def _text_size(self, step: int) -> None:
        preferences = self._window.desk.preferences
        place = TEXT_SCALES.index(preferences.text_percent) + step
        percent = TEXT_SCALES[min(len(TEXT_SCALES) - 1, max(0, place))]
        preferences.text_percent = percent
        look().apply(percent=percent)

    def _rows(self) -> None:
        preferences = self._window.desk.preferences
        preferences.compact_rows = not preferences.compact_rows
        look().apply(compact=preferences.compact_rows)
