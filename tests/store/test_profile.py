import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sscdesk.model.refusal import FileRefused, Locked, NotFound, Refused
from sscdesk.store.lock import ProfileLock
from sscdesk.store.profile import Profile, require_not_in_use
from sscdesk.store.vault import TEST_COST
from sscdesk.store.whereabouts import require_usable, synchronised_by, warnings

from .conftest import PASSPHRASE

HOLD_THE_LOCK = """
import sys, time
from pathlib import Path
from sscdesk.store.profile import Profile
profile = Profile.open(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_profile_opens_again_with_its_passphrase(tmp_path: Path) -> None:
    created, key = Profile.create(tmp_path / "desk", "n.alaoui", PASSPHRASE, TEST_COST)
    created.close()

    with Profile.open(tmp_path / "desk") as profile:
        assert profile.logins == ("n.alaoui",)
        assert profile.unlock(None, PASSPHRASE) == key


def test_an_empty_folder_is_no_profile(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as refusal:
        Profile.open(tmp_path)

    assert refusal.value.code == "no-profile"
    assert list(tmp_path.iterdir()) == []


def test_a_profile_is_never_made_over_another(tmp_path: Path) -> None:
    Profile.create(tmp_path, "n.alaoui", PASSPHRASE, TEST_COST)[0].close()
    before = (tmp_path / "vault.json").read_bytes()

    with pytest.raises(FileRefused) as refusal:
        Profile.create(tmp_path, "y.benali", PASSPHRASE, TEST_COST)

    assert refusal.value.code == "profile-exists"
    assert (tmp_path / "vault.json").read_bytes() == before


def test_a_second_program_is_told_since_when_the_profile_is_in_use(tmp_path: Path) -> None:
    now = datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
    first, _ = Profile.create(tmp_path, "n.alaoui", PASSPHRASE, TEST_COST, clock=lambda: now)

    with pytest.raises(Locked) as refusal:
        Profile.open(tmp_path)
    first.close()

    assert refusal.value.code == "profile-in-use"
    assert refusal.value.params == {"since": "2026-03-09 07:30 UTC"}
    Profile.open(tmp_path).close()


def test_a_killed_program_leaves_no_lock(tmp_path: Path) -> None:
    Profile.create(tmp_path, "n.alaoui", PASSPHRASE, TEST_COST)[0].close()
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(Locked):
            require_not_in_use(tmp_path)
        other.kill()

    Profile.open(tmp_path).close()


def test_two_profiles_are_open_in_one_program(tmp_path: Path) -> None:
    one, key_of_one = Profile.create(tmp_path / "MA", "n.alaoui", PASSPHRASE, TEST_COST)
    other, key_of_other = Profile.create(tmp_path / "ML", "o.keita", PASSPHRASE, TEST_COST)

    with one, other:
        assert key_of_one != key_of_other


def test_a_lock_is_released_twice_without_harm(tmp_path: Path) -> None:
    lock = ProfileLock(tmp_path / "lock")
    lock.take(lambda: datetime.now(UTC))

    lock.release()
    lock.release()

    assert not lock.held


def test_a_refused_profile_does_not_stay_locked(tmp_path: Path) -> None:
    (tmp_path / "vault.json").write_bytes(b"not a vault")

    for _ in range(2):
        with pytest.raises(FileRefused):
            Profile.open(tmp_path)


@pytest.mark.parametrize(
    "folder,marker,service",
    [
        ("OneDrive/desk", None, "OneDrive"),
        ("OneDrive - Ministère/desk", None, "OneDrive"),
        ("Dropbox/a/b", None, "Dropbox"),
        ("Nextcloud", None, "Nextcloud"),
        ("shared/desk", "shared/.stfolder", "Syncthing"),
        ("shared/desk", "shared/.sync_0a1b.db", "Nextcloud"),
        ("Documents/Dropbox notes", None, None),
    ],
)
def test_a_folder_that_a_cloud_copies_is_noticed(
    tmp_path: Path, folder: str, marker: str | None, service: str | None
) -> None:
    """keepassxreboot/keepassxc#822: the cloud keeps the newest file, the other's work is gone."""
    place = tmp_path / folder
    place.mkdir(parents=True)
    if marker:
        (tmp_path / marker).write_bytes(b"")

    assert synchronised_by(place, environ={}) == service
    assert [found.code for found in warnings(place, environ={})] == (
        ["folder-synchronised"] if service else []
    )


def test_a_folder_that_the_system_names_as_its_cloud_is_noticed(tmp_path: Path) -> None:
    assert synchronised_by(tmp_path / "desk", environ={"OneDrive": str(tmp_path)}) == "OneDrive"


def test_a_windows_path_without_room_for_names_inside_is_refused(tmp_path: Path) -> None:
    long = tmp_path / ("d" * 160)

    with pytest.raises(Refused) as refusal:
        require_usable(long, windows=True)

    assert refusal.value.code == "path-too-long"
    require_usable(long, windows=False)
