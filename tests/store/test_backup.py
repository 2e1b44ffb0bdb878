import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from sscdesk.model.refusal import DeskError, FileRefused, Locked, MachineFailed
from sscdesk.store import container, files
from sscdesk.store.backup import (
    backup,
    inspect,
    make_restore_point,
    rehearse,
    restore_points,
)
from sscdesk.store.blobs import Blobs
from sscdesk.store.copying import renewed, restored_from
from sscdesk.store.database import Database
from sscdesk.store.profile import Profile
from sscdesk.store.restoring import restore_backup
from sscdesk.store.vault import TEST_COST

from .conftest import PASSPHRASE, a_database
from .faults import FAULTS, Killed, each_failure

NOW = datetime(2026, 3, 9, 7, 30, tzinfo=UTC)


class Desk:
    """A profile with something in it."""

    def __init__(self, profile: Profile, key: bytes) -> None:
        self.profile = profile
        self.database = a_database(profile.database_path, key)
        self.blobs = Blobs(profile.blobs_folder, key)
        self.letter = self.blobs.put(b"Lettre d'invitation " * 9000)
        self.write("mission", "Bamako")

    def write(self, name: str, value: str) -> None:
        with self.database.write() as connection:
            connection.execute(
                text("INSERT OR REPLACE INTO setting VALUES ('laptop', :k, :v)"),
                {"k": name, "v": value},
            )

    def backup(self, destination: Path) -> Path:
        return backup(self.database, self.blobs, self.profile.vault, destination, lambda: NOW).path

    def close(self) -> None:
        self.database.close()
        self.profile.close()


def setting(folder: Path, key: bytes, name: str) -> str | None:
    database = Database(folder / "sscdesk.db", key)
    with database.read() as connection:
        found = connection.execute(
            text("SELECT value FROM setting WHERE scope = 'laptop' AND key = :k"), {"k": name}
        ).scalar()
    database.close()
    return found


def restored(path: Path, folder: Path, passphrase: str = PASSPHRASE, over: bool = False) -> None:
    restore_backup(path, folder, None, passphrase, lambda: NOW, over_its_profile=over)


@pytest.fixture
def desk(opened: tuple[Profile, bytes]) -> Iterator[Desk]:
    desk = Desk(*opened)
    yield desk
    desk.close()


@pytest.fixture
def saved(desk: Desk, tmp_path: Path) -> Path:
    return desk.backup(tmp_path / "monday.sscbackup")


def test_a_backup_brings_everything_back_into_a_new_folder(
    desk: Desk, key: bytes, saved: Path, tmp_path: Path
) -> None:
    facts = restore_backup(saved, tmp_path / "new", None, PASSPHRASE, lambda: NOW)

    assert facts.made_at == "2026-03-09T07:30:00Z"
    assert facts.attachments == 1
    with Profile.open(tmp_path / "new") as profile:
        assert profile.unlock(None, PASSPHRASE) == key
        assert Blobs(profile.blobs_folder, key).read(desk.letter.sha256).startswith(b"Lettre")
    assert setting(tmp_path / "new", key, "mission") == "Bamako"


def test_a_backup_tells_nothing_that_was_recorded(desk: Desk, saved: Path) -> None:
    content = saved.read_bytes()

    assert b"Bamako" not in content
    assert b"invitation" not in content
    assert desk.letter.sha256.encode() not in content


def test_work_goes_on_while_a_backup_is_made(desk: Desk, key: bytes, tmp_path: Path) -> None:
    with desk.database.read() as reading:
        reading.execute(text("SELECT * FROM setting")).all()
        saved = desk.backup(tmp_path / "b.sscbackup")
        desk.write("mission", "Dakar")

    restored(saved, tmp_path / "new")

    assert setting(tmp_path / "new", key, "mission") == "Bamako"


def test_a_restored_desk_knows_that_it_must_begin_new_streams(
    desk: Desk, key: bytes, saved: Path, tmp_path: Path
) -> None:
    """tursodatabase/turso#8129: after a restore later work was "silently dropped"."""
    restored(saved, tmp_path / "new")

    database = Database(tmp_path / "new" / "sscdesk.db", key)
    with database.read() as connection:
        assert restored_from(connection) == "2026-03-09T07:30:00Z"
    with database.write() as connection:
        renewed(connection)
    with database.read() as connection:
        assert restored_from(connection) is None
    database.close()
    with desk.database.read() as connection:
        assert restored_from(connection) is None


def test_a_backup_is_never_restored_over_other_files(saved: Path, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")

    with pytest.raises(FileRefused) as refusal:
        restored(saved, folder)

    assert refusal.value.code == "folder-not-empty"
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_an_empty_folder_is_filled(saved: Path, key: bytes, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    restored(saved, tmp_path / "empty")

    assert setting(tmp_path / "empty", key, "mission") == "Bamako"


def test_a_backup_is_never_restored_over_a_profile_in_use(desk: Desk, saved: Path) -> None:
    with pytest.raises(Locked) as refusal:
        restored(saved, desk.profile.folder, over=True)

    assert refusal.value.code == "profile-in-use"


def test_restored_over_its_own_profile_the_present_state_is_kept(
    desk: Desk, key: bytes, saved: Path
) -> None:
    desk.write("mission", "Dakar")
    os.unlink(desk.blobs.path_of(desk.letter.sha256))
    desk.close()

    facts = restore_backup(
        saved, desk.profile.folder, None, PASSPHRASE, lambda: NOW, over_its_profile=True
    )

    assert setting(desk.profile.folder, key, "mission") == "Bamako"
    assert desk.blobs.read(desk.letter.sha256).startswith(b"Lettre")
    assert facts.kept_as is not None
    restored(facts.kept_as, desk.profile.folder, over=True)
    assert setting(desk.profile.folder, key, "mission") == "Dakar"


def test_a_restore_over_its_profile_keeps_todays_passphrase(
    desk: Desk, key: bytes, saved: Path
) -> None:
    desk.profile.vault.change_passphrase("n.alaoui", PASSPHRASE, "a newer one", TEST_COST)
    desk.close()

    with pytest.raises(Locked):
        restored(saved, desk.profile.folder, over=True)
    restored(saved, desk.profile.folder, "a newer one", over=True)

    with Profile.open(desk.profile.folder) as profile:
        assert profile.unlock(None, "a newer one") == key


def test_a_damaged_database_is_kept_aside_when_restored_over(
    desk: Desk, key: bytes, saved: Path
) -> None:
    desk.close()
    desk.profile.database_path.write_bytes(b"damaged" * 5000)

    facts = restore_backup(
        saved, desk.profile.folder, None, PASSPHRASE, lambda: NOW, over_its_profile=True
    )

    assert setting(desk.profile.folder, key, "mission") == "Bamako"
    assert facts.kept_as is not None
    assert (facts.kept_as / "sscdesk.db").read_bytes() == b"damaged" * 5000


def test_a_backup_of_another_desk_is_not_restored_over_this_one(
    saved: Path, tmp_path: Path
) -> None:
    other, key = Profile.create(tmp_path / "ML", "o.keita", PASSPHRASE, TEST_COST)
    a_database(other.database_path, key).close()
    other.close()

    with pytest.raises(FileRefused) as refusal:
        restored(saved, tmp_path / "ML", over=True)

    assert refusal.value.code == "another-profile"


def test_a_wrong_passphrase_restores_nothing(saved: Path, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())

    with pytest.raises(Locked) as refusal:
        restored(saved, tmp_path / "new", "wrong")

    assert refusal.value.code == "wrong-passphrase"
    assert set(tmp_path.iterdir()) == before


def test_a_backup_is_rehearsed_in_a_temporary_place(
    desk: Desk, key: bytes, saved: Path, tmp_path: Path
) -> None:
    """ankidroid/Anki-Android#6078: corrupt and empty backups were found on restore day."""
    rehearsal = rehearse(saved, key, tmp_path / "scratch")

    assert rehearsal.attachments == 1
    assert rehearsal.rows["setting"] == 1
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_rehearsal_finds_an_attachment_that_was_damaged_before_the_backup(
    desk: Desk, key: bytes, tmp_path: Path
) -> None:
    path = desk.blobs.path_of(desk.letter.sha256)
    path.write_bytes(path.read_bytes()[:-1])
    saved = desk.backup(tmp_path / "b.sscbackup")

    with pytest.raises(FileRefused) as refusal:
        rehearse(saved, key, tmp_path / "scratch")

    assert refusal.value.code == "attachment-damaged"


@pytest.mark.parametrize(
    "spoil,code",
    [
        (lambda content: b"", "not-a-backup"),
        (lambda content: b"%PDF-1.7", "not-a-backup"),
        (lambda content: content[:-1], "backup-damaged"),
        (lambda content: content[: len(content) // 2], "backup-damaged"),
        (lambda content: content + b"\n", "backup-damaged"),
        (lambda content: content[:2000] + b"\0" + content[2001:], "backup-damaged"),
        (lambda content: content[:-40] + bytes(8) + content[-32:], "backup-forged"),
    ],
)
def test_a_damaged_backup_is_refused_and_changes_nothing(
    saved: Path, tmp_path: Path, spoil: Callable[[bytes], bytes], code: str
) -> None:
    saved.write_bytes(spoil(saved.read_bytes()))
    before = set(tmp_path.iterdir())

    with pytest.raises((FileRefused, Locked)) as refusal:
        restored(saved, tmp_path / "new")

    assert refusal.value.code == code
    assert set(tmp_path.iterdir()) == before


def test_a_backup_of_a_newer_format_asks_for_the_newer_program(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes().replace(b"sscdesk backup 1", b"sscdesk backup 9", 1))

    with pytest.raises(Locked) as refusal:
        inspect(saved)

    assert refusal.value.code == "newer-version"


def test_a_backup_whose_manifest_was_forged_is_refused(
    desk: Desk, saved: Path, tmp_path: Path
) -> None:
    content = saved.read_bytes()
    saved.write_bytes(content.replace(b"2026-03-09T07:30:00Z", b"2026-03-10T07:30:00Z"))

    with pytest.raises(FileRefused) as refusal:
        restored(saved, tmp_path / "new")

    assert refusal.value.code == "backup-forged"


def test_a_part_cannot_name_a_place_outside(saved: Path) -> None:
    content = saved.read_bytes()
    assert b'"name":"vault.json"' in content
    saved.write_bytes(content.replace(b'"name":"vault.json"', b'"name":"../../etc/x"'))

    with pytest.raises(FileRefused):
        inspect(saved)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_changed_byte_of_a_backup_is_noticed(
    saved: Path, key: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(saved.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    spoiled = tmp_path / "spoiled.sscbackup"
    spoiled.write_bytes(bytes(content))

    with pytest.raises(DeskError):
        rehearse(spoiled, key, tmp_path / "scratch")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failure_at_any_call_leaves_no_backup_that_looks_whole(
    desk: Desk, key: bytes, tmp_path: Path, fault: Callable[[], BaseException]
) -> None:
    target = tmp_path / "stick" / "desk.sscbackup"
    target.parent.mkdir()
    target.write_bytes(b"last week's backup")

    for raised in each_failure(fault, lambda: desk.backup(target)):
        assert raised is None or isinstance(raised, Killed | MachineFailed)
        if target.read_bytes() != b"last week's backup":
            rehearse(target, key, tmp_path / "scratch")
            target.write_bytes(b"last week's backup")

    assert inspect(target).attachments == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failure_during_a_restore_leaves_the_folder_as_before(
    saved: Path, key: bytes, tmp_path: Path, fault: Callable[[], BaseException]
) -> None:
    folder = tmp_path / "new"

    for raised in each_failure(fault, lambda: restored(saved, folder)):
        assert raised is None or isinstance(raised, Killed | MachineFailed)
        if folder.exists():
            assert setting(folder, key, "mission") == "Bamako"
            files.shutil.rmtree(folder)

    assert setting(folder, key, "mission") == "Bamako"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failure_during_a_restore_over_the_profile_loses_neither_state(
    desk: Desk, key: bytes, saved: Path, fault: Callable[[], BaseException]
) -> None:
    desk.write("mission", "Dakar")
    desk.close()

    for raised in each_failure(fault, lambda: restored(saved, desk.profile.folder, over=True)):
        assert raised is None or isinstance(raised, Killed | MachineFailed)
        assert setting(desk.profile.folder, key, "mission") in {"Bamako", "Dakar"}
        assert desk.blobs.read(desk.letter.sha256)


def test_a_full_stick_is_noticed_before_the_backup_begins(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.shutil, "disk_usage", lambda path: SimpleNamespace(free=100))

    with pytest.raises(MachineFailed) as refusal:
        desk.backup(tmp_path / "b.sscbackup")

    assert refusal.value.code == "disk-full"
    assert not (tmp_path / "b.sscbackup").exists()


def test_a_backup_can_be_cancelled(desk: Desk, tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        assert 0 < done <= total + 100
        raise Cancelled

    with pytest.raises(Cancelled):
        backup(
            desk.database,
            desk.blobs,
            desk.profile.vault,
            tmp_path / "b.sscbackup",
            lambda: NOW,
            cancel,
        )

    assert not list(tmp_path.glob("*.sscbackup*"))


def test_a_restore_point_brings_the_profile_back(desk: Desk, key: bytes) -> None:
    point = make_restore_point(
        desk.database, desk.profile.vault, desk.profile.restore_points, "import", lambda: NOW
    )
    desk.write("mission", "Dakar")
    desk.close()

    restored(point.path, desk.profile.folder, over=True)

    assert point.reason == "import"
    assert setting(desk.profile.folder, key, "mission") == "Bamako"


def test_a_quick_restore_point_brings_back_all_that_was_saved(desk: Desk, key: bytes) -> None:
    desk.write("mission", "Kayes")
    point = make_restore_point(
        desk.database,
        desk.profile.vault,
        desk.profile.restore_points,
        "import",
        lambda: NOW,
        quick=True,
    )
    desk.write("mission", "Dakar")
    desk.close()

    rehearse(point.path, key, desk.profile.restore_points)
    restored(point.path, desk.profile.folder, over=True)

    assert setting(desk.profile.folder, key, "mission") == "Kayes"


def test_a_quick_restore_point_waits_for_no_long_read(desk: Desk, key: bytes) -> None:
    with desk.database.read() as reading:
        reading.execute(text("SELECT * FROM setting")).all()
        desk.write("mission", "Kayes")
        point = make_restore_point(
            desk.database,
            desk.profile.vault,
            desk.profile.restore_points,
            "import",
            lambda: NOW,
            quick=True,
        )
    desk.write("mission", "Dakar")
    desk.close()

    restored(point.path, desk.profile.folder, over=True)

    assert setting(desk.profile.folder, key, "mission") == "Kayes"


def test_a_restore_point_alone_is_no_backup(desk: Desk, tmp_path: Path) -> None:
    point = make_restore_point(
        desk.database, desk.profile.vault, desk.profile.restore_points, "import", lambda: NOW
    )

    with pytest.raises(FileRefused) as refusal:
        restored(point.path, tmp_path / "new")

    assert refusal.value.code == "restore-point-alone"


def test_only_the_newest_restore_points_are_kept(desk: Desk) -> None:
    for hour in range(5):
        make_restore_point(
            desk.database,
            desk.profile.vault,
            desk.profile.restore_points,
            "import",
            lambda hour=hour: NOW + timedelta(hours=hour),
            keep=3,
        )

    kept = restore_points(desk.profile.restore_points)

    assert [point.made_at[11:13] for point in kept] == ["11", "10", "09"]


def test_an_unsound_database_never_replaces_a_good_backup(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = desk.backup(tmp_path / "b.sscbackup").read_bytes()
    with desk.database.write() as connection:
        connection.execute(text("CREATE TABLE filler (content TEXT)"))
        for _ in range(200):
            connection.execute(text("INSERT INTO filler VALUES (hex(randomblob(2000)))"))
    desk.database.close()
    content = bytearray(desk.profile.database_path.read_bytes())
    content[-6000:-5000] = bytes(1000)
    desk.profile.database_path.write_bytes(bytes(content))

    with pytest.raises(DeskError):
        desk.backup(tmp_path / "b.sscbackup")

    assert (tmp_path / "b.sscbackup").read_bytes() == good


def test_the_size_of_the_manifest_is_limited(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_MANIFEST_BYTES", 10)

    with pytest.raises(FileRefused):
        inspect(saved)
