"""What every test needs: no screen, no home of a real person, one language.

Only what all parts share stands here. A part's own builders live in its folder.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before any test imports Qt: windows are drawn in memory unless a screen is asked for.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The same examples in every run, so that a failure is everybody's; a longer hunt is chosen
# with --hypothesis-profile=hunt.
settings.register_profile(
    "build",
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("hunt", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile("build")


@pytest.fixture(autouse=True)
def a_home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep each test away from the profile, settings and passphrase of whoever runs it."""
    home = tmp_path / "home"
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("SSCDESK_PASSPHRASE_FILE", "SSCDESK_OFFICER", "SSCDESK_CLOCK"):
        monkeypatch.delenv(name, raising=False)
    return home
