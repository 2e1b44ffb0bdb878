"""The door of the windows: options, the folder and the clock, and Qt's own loop."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtWidgets import QApplication

from sscdesk.ui.start import Clock, Start


def main(words: Sequence[str]) -> int:
    """Open the desk that the command line names, and stay until it is closed."""
    profile, language = options_of(words)
    application = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(application, QApplication)
    application.setApplicationName("sscdesk")
    application.setQuitOnLastWindowClosed(False)
    start = Start(application, profile or default_profile(), system_clock(), language)
    start.begin()
    code = application.exec()
    start.end()
    return code


def options_of(words: Sequence[str]) -> tuple[Path | None, str]:
    """Return the folder and the language that a call names; nothing where it names none."""
    found: dict[str, str] = {}
    rest = list(words)
    while rest:
        name, assigned, value = rest.pop(0).partition("=")
        if not assigned and rest:
            value = rest.pop(0)
        found[name] = value
    folder, language = found.get("--profile"), found.get("--lang", "")
    return (Path(folder) if folder else None), language


def default_profile() -> Path:
    """Return the folder of this user's desk."""
    import platformdirs

    return Path(platformdirs.user_data_dir("sscdesk", appauthor=False))


def system_clock() -> Clock:
    """Return the clock: the machine's, or one that began at ``SSCDESK_CLOCK``."""
    said = os.environ.get("SSCDESK_CLOCK", "")
    try:
        start = datetime.fromisoformat(said)
    except ValueError:
        return partial(datetime.now, UTC)
    start = start if start.tzinfo else start.replace(tzinfo=UTC)
    begun = monotonic()
    return lambda: (start + timedelta(seconds=monotonic() - begun)).astimezone(UTC)
