"""Takes pictures of the desk's screens on demonstration data, to look at.

    packaging/screens --out /somewhere                  every screen, French, light
    packaging/screens --lang fr,ar --theme light,dark --out /somewhere missions synchronise
    packaging/screens --demo DIR --out /somewhere record:mission first_start

A name is a screen of the navigation, ``SCREEN:PART`` for a part of it (``settings:backup``,
``help:missions``), ``beside:ENTITY`` for a record beside its list,
``record:ENTITY`` for a record in its own window (``record:mission:REFERENCE`` for a certain
one), ``duplicates:ENTITY``, ``first_start`` or ``unlock``. ``@TAB`` after a record shows one
of its tabs (``record:action_plan@promises``). ``--login`` names the officer whose desk it is
(``chef.ma`` for the signature book).
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from sscdesk.application.listing import listing
from sscdesk.application.opening import open_workspace
from sscdesk.application.views import ListQuery
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import LANGUAGES, set_default_language
from sscdesk.model.base import record_kinds
from sscdesk.store.passphrase import strength
from sscdesk.ui.desk import Desk
from sscdesk.ui.dialogs.duplicates import DuplicatesDialog
from sscdesk.ui.dialogs.first_start import FirstStart
from sscdesk.ui.dialogs.unlock import UnlockWindow
from sscdesk.ui.forms.record_tabs import RecordTabs
from sscdesk.ui.forms.record_views import views_of
from sscdesk.ui.look import look
from sscdesk.ui.pages.settings_words import DISPLAY, part_words
from sscdesk.ui.preferences import Preferences
from sscdesk.ui.screens_of_desk import main_window, make_record_window, pages

LOGIN = "focal.ma"
"""The officer of the demonstration whose desk is pictured where no other is named."""
WIDTH, HEIGHT = 1366, 768
LONGEST_WAIT = 20.0
QUIET = 0.25
"""Seconds without work in the background after which a screen counts as ready."""


def settle(busy: Callable[[], bool] = lambda: False) -> None:
    """Let Qt and the workers finish what was asked of them."""
    application = QApplication.instance()
    assert application is not None
    began = quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < QUIET and time.monotonic() - began < LONGEST_WAIT:
        application.processEvents()
        if busy():
            quiet_since = time.monotonic()
        time.sleep(0.01)


class Camera:
    """Shows a window at the size of an officer's screen and keeps its picture."""

    def __init__(self, out: Path, suffix: str) -> None:
        self.out = out
        self.suffix = suffix

    def take(self, widget: QWidget, name: str, busy: Callable[[], bool] = lambda: False) -> None:
        """Keep a picture of ``widget`` once nothing moves any more."""
        widget.resize(WIDTH, HEIGHT)
        widget.show()
        settle(busy)
        path = self.out / f"{name.replace(':', '-').replace('@', '-')}-{self.suffix}.png"
        widget.grab().save(str(path))
        print(path, flush=True)


class Tour:
    """The screens of one open desk."""

    def __init__(self, workspace: Workspace, camera: Camera) -> None:
        self.workspace = workspace
        self.camera = camera
        self.desk = Desk(workspace, Preferences.of(workspace.profile.folder))
        self.window = main_window(self.desk)

    def busy(self) -> bool:
        return bool(self.desk.workers.running)

    def screen(self, name: str) -> None:
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        screen, _, part = name.partition(":")
        self.window.go(screen, part or None)
        settle(self.busy)
        self.camera.take(self.window, name, self.busy)

    def beside(self, name: str) -> None:
        entity, identifier = self._named(name)
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        self.window.open_record(entity, identifier)
        self._show_tab(self.window, name)
        self.camera.take(self.window, name, self.busy)

    def record(self, name: str) -> None:
        entity, identifier = self._named(name)
        window = make_record_window(self.desk, entity, identifier)
        window.resize(WIDTH, HEIGHT)
        window.show()
        self._show_tab(window, name)
        self.camera.take(window, name, self.busy)
        window.close()

    def _show_tab(self, window: QWidget, name: str) -> None:
        """Bring the tab that a name asks for to the front."""
        tab = name.partition("@")[2]
        settle(self.busy)
        for tabs in window.findChildren(RecordTabs):
            if tab in tabs.names and tabs.isVisible():
                tabs.show_tab(tab)

    def duplicates(self, name: str) -> None:
        entity = name.partition(":")[2]
        two = [row.id for row in listing(self.workspace, ListQuery(entity, limit=2)).items]
        dialog = DuplicatesDialog(self.desk, entity)
        self.camera.take(dialog, name, self.busy)
        dialog.close()
        pair = DuplicatesDialog(self.desk, entity, pair=(two[0], two[1]))
        self.camera.take(pair, f"{name}-pair", self.busy)
        pair.close()

    def _named(self, name: str) -> tuple[str, str]:
        _, entity, *ref = name.partition("@")[0].split(":")
        query = ListQuery(entity, where=(("ref", "is", ref[0]),)) if ref else ListQuery(entity)
        return entity, listing(self.workspace, query).items[0].id

    def close(self) -> None:
        self.window.close()
        settle(self.busy)
        self.desk.workers.close()
        self.desk.close()


def first_start(camera: Camera) -> None:
    """The first window of a laptop without a desk."""
    camera.take(FirstStart(strength), "first_start")


def unlock(camera: Camera, logins: tuple[str, ...]) -> None:
    """The window that asks for the passphrase."""
    window = UnlockWindow(logins[0])
    window.show_logins(logins)
    window.show()
    settle()
    path = camera.out / f"unlock-{camera.suffix}.png"
    window.grab().save(str(path))
    print(path, flush=True)


def all_names() -> Iterator[str]:
    """Give every name that can be asked for."""
    yield from ("first_start", "unlock", *pages())
    yield from (f"settings:{part}" for part in part_words() if part != DISPLAY)
    yield from (f"help:{page}" for page in ("missions", "synchronising", "keys"))
    for entity in record_kinds():
        if entity in (
            "mission",
            "exchange",
            "organisation",
            "person",
            "follow_up",
            "report",
            "indicator",
        ):
            yield f"beside:{entity}"
    for entity in record_kinds():
        yield from (f"record:{entity}@{view.name}" for view in views_of(entity))


def pictures(demo: Path, names: list[str], camera: Camera, login: str) -> None:
    """Take the pictures named, in the language and colours that hold now."""
    passphrase = (demo / "passphrase.txt").read_text(encoding="utf-8").strip()
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(shutil.copytree(demo / "MA", Path(folder) / "MA"))
        workspace = open_workspace(profile, login, passphrase)
        logins = workspace.profile.logins
        tour = Tour(workspace, camera)
        try:
            for name in names:
                if name == "first_start":
                    first_start(camera)
                elif name == "unlock":
                    unlock(camera, logins)
                elif name.startswith("record:"):
                    tour.record(name)
                elif name.startswith("beside:"):
                    tour.beside(name)
                elif name.startswith("duplicates:"):
                    tour.duplicates(name)
                else:
                    tour.screen(name)
        finally:
            tour.close()
            workspace.close()


def made_demo(folder: Path) -> Path:
    """Make the demonstration data."""
    subprocess.run([sys.executable, "-m", "sscdesk", "demo", str(folder / "demo")], check=True)
    return folder / "demo"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="packaging/screens",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--demo", type=Path, help="a folder that `sscdesk demo` made")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--login", default=LOGIN, help=f"{LOGIN}, chef.ma, charge.ma")
    parser.add_argument("--lang", default="fr", help="fr,ar,en")
    parser.add_argument("--theme", default="light", help="light,dark,contrast")
    parser.add_argument("--list", action="store_true", help="name the screens and stop")
    chosen = parser.parse_args()
    if chosen.list:
        print("\n".join(all_names()))
        return 0
    if chosen.out is None:
        parser.error("--out is needed")
    qInstallMessageHandler(lambda *_: None)
    application = QApplication.instance() or QApplication(["sscdesk"])
    application.setQuitOnLastWindowClosed(False)
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        demo = chosen.demo or made_demo(Path(folder))
        for code in chosen.lang.split(","):
            for theme in chosen.theme.split(","):
                set_default_language(code if code in LANGUAGES else "fr")
                look().apply(scheme=theme)
                camera = Camera(chosen.out, f"{code}-{theme}")
                names = chosen.names or list(all_names())
                pictures(demo, names, camera, chosen.login)
    return 0


if __name__ == "__main__":
    sys.exit(main())
