"""From the start of the process to a window that can be used, against a bare Qt window.

The desk's key is derived at the cheap cost of the tests, so that the ratio is about the
window; what a real unlock adds is its own line.
"""

import compileall
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarking import Comparison, Figure, Setting, group
from desks import LOGIN, PASSPHRASE, fill, found, seconds

import sscdesk
from sscdesk.store.derivation import calibrate, stretched

BARE = """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("sscdesk"))
window.resize(1366, 768)
window.show()
application.processEvents()
print("usable", flush=True)
"""

DESK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from sscdesk.ui.start import Start

application = QApplication([])
application.setQuitOnLastWindowClosed(False)
start = Start(application, Path(sys.argv[1]), lambda: datetime.now(UTC))
start.begin()
print("asking", flush=True)
typed = sys.argv[4] == "at once"
if typed:
    start._unlock(sys.argv[2], sys.argv[3])

def look():
    global typed
    if not typed:
        if not start.workers.running:
            typed = True
            print("typed", flush=True)
            start._unlock(sys.argv[2], sys.argv[3])
    elif start.window is not None and not start.desk.workers.running:
        application.processEvents()
        print("usable", flush=True)
        application.quit()

timer = QTimer()
timer.timeout.connect(look)
timer.start(2)
application.exec()
start.end()
"""


LONGEST_WAIT = 120.0
"""Seconds after which a window that never comes is given up."""


def moments(program: str, *words: str) -> dict[str, float]:
    """Start a process and return the seconds until it said each of its lines."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
    )
    assert process.stdout is not None
    guard = threading.Timer(LONGEST_WAIT, process.kill)
    guard.start()
    said = {line.strip(): time.perf_counter() - began for line in process.stdout}
    process.wait()
    guard.cancel()
    if "usable" not in said:
        raise SystemExit("the window never came")
    return said


def bare() -> float:
    """Return the seconds until a bare Qt window is shown."""
    return moments(BARE)["usable"]


def until_asked(profile: Path) -> float:
    """Return the seconds until the passphrase is asked for."""
    return moments(DESK, str(profile), LOGIN, PASSPHRASE, "at once")["asking"]


def waited(profile: Path) -> float:
    """Return the seconds that an officer waits: for the question, and after the answer.

    The rest of the program loads while the passphrase is typed; these seconds are theirs.
    """
    said = moments(DESK, str(profile), LOGIN, PASSPHRASE, "after a while")
    return said["asking"] + said["usable"] - said["typed"]


def until_usable(profile: Path) -> float:
    """Return the seconds until the desk is shown where the passphrase takes no time."""
    return moments(DESK, str(profile), LOGIN, PASSPHRASE, "at once")["usable"]


def remember_screen(profile: Path, screen: str) -> None:
    """Let the desk open where it was left."""
    preferences = {"last_screen": screen, "language": "fr", "scheme": "light"}
    (profile / "preferences.json").write_text(json.dumps(preferences), encoding="utf-8")


@group("window")
def window(setting: Setting) -> Iterator[Comparison | Figure]:
    """A desk with organisations and people, opened where it was left."""
    profile = setting.folder / "desk"
    w = found(profile)
    fill(w, setting.size)
    w.close()
    # A program that is installed is compiled.
    compileall.compile_dir(str(Path(sscdesk.__file__).parent), quiet=1)
    floor = "a bare Qt window"
    goal = "at most 2x"
    yield Comparison(
        "the window that asks for the passphrase", lambda: until_asked(profile), bare, floor, goal
    )
    for screen in ("today", "organisations"):
        remember_screen(profile, screen)
        about = f"{setting.size:,} records, “{screen}”"
        yield Comparison(
            f"{about}: waiting before and after the passphrase is typed",
            lambda: waited(profile),
            bare,
            floor,
            f"{goal}, and the unlock",
        )
        yield Comparison(
            f"{about}: the passphrase typed in no time",
            lambda: until_usable(profile),
            bare,
            floor,
        )
    cost = calibrate()
    yield Figure(
        "the key derivation of a real unlock",
        lambda: seconds(lambda: stretched(PASSPHRASE, b"0" * 16, cost)),
        "s",
        "about half a second by design",
    )
