"""Leads from the first window to the open desk, and closes all in order.

The order counts (docs/architecture.md): Qt, the colours, the unlock window; only then, in a
worker and while the passphrase is typed, the store, the models and the screens.
"""

import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Slot
from PySide6.QtWidgets import QApplication

from sscdesk.i18n import LANGUAGES, _, current_language, set_default_language
from sscdesk.model.refusal import DeskError
from sscdesk.ui import opening
from sscdesk.ui.collector import Collector
from sscdesk.ui.defects import write_down
from sscdesk.ui.look import look
from sscdesk.ui.operations import Operation, Query, Workers
from sscdesk.ui.preferences import Preferences
from sscdesk.ui.widgets.emblem import window_icon

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace
    from sscdesk.store.profile import Profile
    from sscdesk.ui.desk import Desk
    from sscdesk.ui.dialogs.first_start import FirstStart, Founding
    from sscdesk.ui.dialogs.join import JoinDialog
    from sscdesk.ui.dialogs.unlock import UnlockWindow
    from sscdesk.ui.main_window import MainWindow

Clock = Callable[[], datetime]
_QT_LOCALES = {"fr": "fr_FR", "en": "en_GB", "ar": "ar_MA"}


def system_language() -> str:
    """Return the system's language where the desk speaks it, else French."""
    code = QLocale.system().name()[:2]
    return code if code in LANGUAGES else "fr"


class Start(QObject):
    """Leads from the first window to the open desk, and closes all in order."""

    def __init__(
        self, application: QApplication, folder: Path, clock: Clock, language: str = ""
    ) -> None:
        super().__init__(application)
        self._application = application
        self.folder = folder
        self._clock = clock
        self.preferences = Preferences.of(folder)
        chosen = language or str(self.preferences.values.get("language", ""))
        set_default_language(chosen if chosen in LANGUAGES else system_language())
        self.workers = Workers(self)
        self._collector = Collector(self)
        self._profile: Profile | None = None
        self._workspace: Workspace | None = None
        self._translator: QTranslator | None = None
        self.desk: Desk | None = None
        self.unlock_window: UnlockWindow | None = None
        self.first_start: FirstStart | None = None
        self.join_dialog: JoinDialog | None = None
        self.window: MainWindow | None = None
        self._dress()

    def _dress(self) -> None:
        self._application.setWindowIcon(window_icon())
        self._translate_qt()
        kept = self.preferences
        look().apply(kept.scheme, kept.text_percent, kept.compact_rows)

    def _translate_qt(self) -> None:
        """Let Qt's own words (buttons of file dialogs, menus of fields) speak the language."""
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
        QLocale.setDefault(QLocale(_QT_LOCALES[current_language()]))
        self._translator = QTranslator(self)
        path = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{current_language()}", path):
            self._application.installTranslator(self._translator)

    def begin(self) -> None:
        """Show the first window; load the rest behind it."""
        sys.excepthook = self.defect
        if opening.holds_a_desk(self.folder):
            self._show_unlock()
        else:
            self._show_first_start()

    # A desk that exists

    def _show_unlock(self) -> None:
        from sscdesk.ui.dialogs.unlock import UnlockWindow

        window = UnlockWindow(self.preferences.last_login)
        window.unlock_wanted.connect(self._unlock)
        window.recovery_wanted.connect(self._recover)
        window.language_chosen.connect(self.choose_language)
        window.left.connect(self._leave)
        self.unlock_window = window
        window.show()
        self._application.processEvents()
        # The same call as the unlock's own: whichever runs first opens the profile, once.
        Operation(self, self._held_profile).on_success(self._profile_read).on_failure(
            self._refused
        ).start(self.workers)
        Query(self, opening.load_everything).start(self.workers)

    def _profile_read(self, profile: "Profile") -> None:
        self._profile = profile
        if self.unlock_window is not None:
            self.unlock_window.show_logins(profile.logins)

    @Slot(str, str)
    def _unlock(self, login: str, passphrase: str) -> None:
        self._try(partial(self._run_unlock, login, passphrase), _("Opening…"))

    @Slot(str, str, str)
    def _recover(self, login: str, key: str, new: str) -> None:
        self._try(partial(self._run_recovery, login, key, new), _("Opening…"))

    def _try(self, run: "Callable[[], Workspace]", words: str) -> None:
        if self.unlock_window is not None:
            self.unlock_window.show_busy(words)
        Operation(self, run).on_success(self._opened).on_failure(self._refused).start(self.workers)

    def _run_unlock(self, login: str, passphrase: str) -> "Workspace":
        return opening.unlock(self._held_profile(), login, passphrase, self._clock)

    def _run_recovery(self, login: str, key: str, new: str) -> "Workspace":
        return opening.recover(self._held_profile(), login, key, new, self._clock)

    def _held_profile(self) -> "Profile":
        if self._profile is None:
            self._profile = opening.open_profile(self.folder, self._clock)
        return self._profile

    def _refused(self, error: DeskError) -> None:
        if self.unlock_window is not None:
            self.unlock_window.show_refusal(error)

    def _opened(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self.preferences.last_login = workspace.login
        self._show_desk()
        if self.unlock_window is not None:
            self.unlock_window.opened()
            self.unlock_window.deleteLater()
            self.unlock_window = None

    # A desk that is made

    def _show_first_start(self) -> None:
        from sscdesk.store.passphrase import strength
        from sscdesk.ui.dialogs.first_start import FirstStart

        window = FirstStart(strength)
        window.found_wanted.connect(self._found)
        window.join_wanted.connect(self._ask_invitation)
        window.finished.connect(self._first_day)
        window.language_chosen.connect(self.choose_language)
        window.left.connect(self._leave)
        self.first_start = window
        window.show()
        self._application.processEvents()
        Query(self, opening.load_everything).start(self.workers)

    @Slot(object)
    def _found(self, answers: "Founding") -> None:
        if self.first_start is None:
            return
        self.first_start.show_busy(_("Making the desk…"))
        run = partial(opening.found, self.folder, answers, self._clock)
        Operation(self, run).on_success(self._founded).on_failure(
            self.first_start.show_refusal
        ).start(self.workers)

    def _founded(self, founded: opening.Founded) -> None:
        self._workspace = founded.workspace
        self._profile = founded.workspace.profile
        self.preferences.last_login = founded.workspace.login
        self.preferences.language = current_language()
        self.preferences.save()
        if self.first_start is not None:
            self.first_start.show_recovery(founded.sheet)

    @Slot()
    def _ask_invitation(self) -> None:
        from sscdesk.ui.dialogs.join import JoinDialog

        self.join_dialog = JoinDialog(self.first_start)
        self.join_dialog.join_wanted.connect(self._join)
        self.join_dialog.open()

    @Slot(object, str, str)
    def _join(self, path: Path, login: str, passphrase: str) -> None:
        if self.join_dialog is None:
            return
        run = partial(opening.join, self.folder, path, login, passphrase, self._clock)
        Operation(self, run).on_success(self._joined).on_failure(
            self.join_dialog.show_refusal
        ).start(self.workers)

    def _joined(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._profile = workspace.profile
        self.preferences.last_login = workspace.login
        self.preferences.language = current_language()
        self.preferences.save()
        if self.join_dialog is not None:
            self.join_dialog.accept()
            self.join_dialog = None
        if self.first_start is not None:
            self.first_start.joined()
        self._first_day()

    @Slot()
    def _first_day(self) -> None:
        self._show_desk()
        if self.first_start is not None:
            self.first_start.close()
            self.first_start.deleteLater()
            self.first_start = None

    # The open desk

    def _show_desk(self) -> None:
        from sscdesk.ui.desk import Desk
        from sscdesk.ui.screens_of_desk import main_window

        assert self._workspace is not None
        self.desk = Desk(self._workspace, self.preferences, self)
        self.window = main_window(self.desk)
        self.window.closing.connect(self._leave)
        self.window.language_wanted.connect(self.choose_language)
        self.window.show()

    @Slot(str)
    def choose_language(self, code: str) -> None:
        """Speak another language from now on."""
        if code not in LANGUAGES:
            return
        set_default_language(code)
        self.preferences.language = code
        self._translate_qt()
        look().apply()
        for window in (self.unlock_window, self.first_start):
            if window is not None:
                window.reword()

    # The end

    @Slot()
    def _leave(self) -> None:
        if self.first_start is not None and self._workspace is not None and self.desk is None:
            self.preferences.save()
        self._application.quit()

    def end(self) -> None:
        """Finish the changes, join the workers, close the file."""
        self.workers.close()
        for window in (self.unlock_window, self.first_start, self.window):
            if window is not None:
                window.deleteLater()
        self.unlock_window = self.first_start = self.window = None
        if self.desk is not None:
            self.desk.close()
        if self._workspace is not None:
            self._workspace.close()
        elif self._profile is not None:
            self._profile.close()
        self._workspace = self._profile = None
        self._collector.stop()
        sys.excepthook = sys.__excepthook__

    # Defects

    def defect(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Tell of a defect of ours, and write down where, without anybody's data."""
        write_down(self.folder, kind, trace)
        if isinstance(error, KeyboardInterrupt):
            self._application.quit()
        elif self.desk is not None:
            self.desk.say(
                _("Something went wrong that is our fault. What was saved is safe."), "bad"
            )
