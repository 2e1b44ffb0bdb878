"""From the start of the process to a window that can be used, against a bare Qt window.

The desk's key is derived at the cheap cost of the tests, so that the ratio is about the
window; what a real unlock adds is its own line.
"""

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
start._unlock(sys.argv[2], sys.argv[3])

def look():
    desk = start.desk
    if start.window is not None and not desk.workers.running:
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


def until(line: str, program: str, *words: str) -> float:
    """Start a process and return the seconds until it says ``line``."""
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
    took = [time.perf_counter() - began for said in process.stdout if said.strip() == line]
    process.wait()
    guard.cancel()
    if not took:
        raise SystemExit(f"the window never said {line!r}")
    return took[0]


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
    bare = "a bare Qt window"
    goal = "at most 2x"
    yield Comparison(
        "the window that asks for the passphrase",
        lambda: until("asking", DESK, str(profile), LOGIN, PASSPHRASE),
        lambda: until("usable", BARE),
        bare,
        goal,
    )
    for screen in ("today", "organisations"):
        remember_screen(profile, screen)
        yield Comparison(
            f"{setting.size:,} records, until “{screen}” is shown",
            lambda: until("usable", DESK, str(profile), LOGIN, PASSPHRASE),
            lambda: until("usable", BARE),
            bare,
            goal,
        )
    cost = calibrate()
    yield Figure(
        "the key derivation of a real unlock",
        lambda: seconds(lambda: stretched(PASSPHRASE, b"0" * 16, cost)),
        "s",
        "about half a second by design",
    )
