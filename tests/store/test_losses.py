"""Losses that users of other programs suffered, by the name of their thread.

Each is played here on a real desk: the same machine, the same mistake, and nothing lost.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from sscdesk.application import attachments, records, recovery, safekeeping
from sscdesk.application import synchronise as sync
from sscdesk.application.opening import open_workspace
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import FileRefused, Locked, MachineFailed, NotFound
from sscdesk.store.backup import rehearse
from sscdesk.store.profile import Profile
from sscdesk.store.vault import TEST_COST
from tests.desks import PASSPHRASE, DeskMaker, an_organisation, befriend, send


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    desks = DeskMaker(tmp_path)
    yield desks
    desks.close()


@pytest.fixture
def rabat(desks: DeskMaker) -> Workspace:
    return desks.office("MA")


def names(w: Workspace) -> list[str]:
    with w.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name_fr FROM organisation WHERE deleted = 0 ORDER BY name_fr"
        )
        return [row.name_fr for row in rows]


class FullDisk:
    """A disk that has no room for one page more: SQLite says so at the next that it needs."""

    def __init__(self, w: Workspace) -> None:
        self._w = w

    def __enter__(self) -> None:
        event.listen(self._w.database.engine, "begin", self._limit)

    def __exit__(self, *error: object) -> None:
        event.remove(self._w.database.engine, "begin", self._limit)
        with self._w.exclusive() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")

    @staticmethod
    def _limit(connection: object) -> None:
        # The smallest allowed is the size that the file has.
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]


def test_keepassxc_6634_a_full_disk_never_empties_the_desk(rabat: Workspace) -> None:
    said_saved = [an_organisation(rabat, f"Direction {number}").title for number in range(3)]

    def enter_until_it_fails() -> None:
        for number in range(500):
            made = an_organisation(rabat, f"Direction z{number:03} " + "très longue " * 100)
            said_saved.append(made.title)

    with FullDisk(rabat), pytest.raises(MachineFailed) as refusal:
        enter_until_it_fails()

    assert refusal.value.code == "disk-full"
    assert [name.strip() for name in names(rabat)] == sorted(name.strip() for name in said_saved)
    an_organisation(rabat, "Direction après")
    assert "Direction après" in names(rabat)
    assert safekeeping.check(rabat).clean


def test_keepassxc_11007_a_backup_on_a_full_disk_keeps_the_backup_before(
    rabat: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick.sscbackup"
    safekeeping.backup(rabat, stick)
    before = stick.read_bytes()
    monkeypatch.setattr("sscdesk.store.files.shutil.disk_usage", lambda path: _Usage(free=1 << 10))

    with pytest.raises(MachineFailed) as refusal:
        safekeeping.backup(rabat, stick)

    assert refusal.value.code == "disk-full"
    assert stick.read_bytes() == before


class _Usage:
    def __init__(self, free: int) -> None:
        self.free = free


def test_joplin_4403_a_lost_attachment_is_asked_for_by_its_name(rabat: Workspace) -> None:
    record = an_organisation(rabat)
    kept = attachments.attach_bytes(rabat, record.ref, "Accord signé.pdf", b"%PDF-1.7 accord")
    for path in rabat.blobs.files():
        path.unlink()

    with pytest.raises(FileRefused) as refusal:
        attachments.content(rabat, kept.id)

    assert refusal.value.code == "attachment-missing"
    assert refusal.value.params["title"] == "Accord signé.pdf"
    (finding,) = safekeeping.check(rabat).findings
    assert finding.params["title"] == "Accord signé.pdf"


def test_keepassxc_13302_a_forgotten_passphrase_does_not_lock_the_owner_out(
    desks: DeskMaker, rabat: Workspace
) -> None:
    an_organisation(rabat)
    printed = recovery.make_recovery_key(rabat, PASSPHRASE, TEST_COST)
    folder = rabat.profile.folder
    rabat.close()

    with Profile.open(folder) as profile:
        recovery.set_passphrase_with_key(profile, "first", printed, "a new one", TEST_COST)

    again = open_workspace(folder, None, "a new one", clock=desks.clock, random=desks.random)
    desks.opened.append(again)
    assert names(again) == ["Direction de la coopération"]
    with pytest.raises(Locked):
        again.profile.unlock(None, PASSPHRASE)


def test_anki_android_6078_a_backup_is_proved_by_restoring_it(
    rabat: Workspace, tmp_path: Path
) -> None:
    record = an_organisation(rabat)
    attachments.attach_bytes(rabat, record.ref, "Accord.pdf", b"%PDF-1.7 accord")
    path = tmp_path / "monday.sscbackup"
    safekeeping.backup(rabat, path)

    proved = rehearse(path, rabat.database.key, rabat.profile.restore_points)

    assert proved.rows["organisation"] == 1
    assert proved.attachments == 1


@pytest.mark.parametrize("kept", [0, 1, 1000, -1])
def test_qubes_863_an_empty_or_cut_backup_is_found_before_restore_day(
    rabat: Workspace, tmp_path: Path, kept: int
) -> None:
    path = tmp_path / "monday.sscbackup"
    safekeeping.backup(rabat, path)
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(FileRefused):
        rehearse(path, rabat.database.key, rabat.profile.restore_points)


def test_turso_8129_work_after_a_restored_backup_is_never_dropped(
    desks: DeskMaker, rabat: Workspace, tmp_path: Path
) -> None:
    """Trap 1 of the design: restore = new identity; nothing lost, nothing back from the dead."""
    bamako = desks.office("ML", name="Oumar Keïta")
    befriend(tmp_path, rabat, bamako)
    deleted = an_organisation(rabat, "1 deleted after the backup")
    an_organisation(rabat, "2 before the backup")
    send(tmp_path, rabat, bamako)
    path = tmp_path / "week-old.sscbackup"
    safekeeping.backup(rabat, path)
    an_organisation(rabat, "3 sent after the backup")
    records.delete(rabat, deleted.ref)
    send(tmp_path, rabat, bamako)
    rabat.close()

    safekeeping.restore_backup(path, tmp_path / "restored", None, PASSPHRASE, clock=desks.clock)
    restored = open_workspace(
        tmp_path / "restored", None, PASSPHRASE, clock=desks.clock, random=desks.random
    )
    desks.opened.append(restored)
    an_organisation(restored, "4 entered after the restore")
    send(tmp_path, restored, bamako)
    send(tmp_path, bamako, restored)
    send(tmp_path, restored, bamako)

    expected = ["2 before the backup", "3 sent after the backup", "4 entered after the restore"]
    assert names(bamako) == expected
    assert names(restored) == expected
    assert sync.digest(restored) == sync.digest(bamako)


WRITE_UNTIL_KILLED = """
import sys
from pathlib import Path
from sscdesk.application.opening import open_workspace
from tests.desks import an_organisation
w = open_workspace(Path(sys.argv[1]), None, sys.argv[2])
for number in range(10_000):
    an_organisation(w, f"{sys.argv[3]} {number:05}")
    print(f"{sys.argv[3]} {number:05}", flush=True)
"""


def test_what_was_shown_as_saved_survives_a_killed_program(
    desks: DeskMaker, rabat: Workspace
) -> None:
    folder = rabat.profile.folder
    rabat.close()
    shown: list[str] = []

    for run, lines in enumerate((1, 4, 9)):
        program = subprocess.Popen(
            [sys.executable, "-c", WRITE_UNTIL_KILLED, str(folder), PASSPHRASE, f"run {run}"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        with program:
            assert program.stdout is not None
            shown.extend(program.stdout.readline().strip() for _ in range(lines))
            program.kill()
            shown.extend(line.strip() for line in program.stdout if line.endswith("\n"))

    again = open_workspace(folder, None, PASSPHRASE, clock=desks.clock, random=desks.random)
    desks.opened.append(again)
    assert set(shown) <= set(names(again))
    assert len(shown) >= 14
    assert safekeeping.check(again).clean


def test_a_folder_without_a_desk_is_told_and_left_empty(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(NotFound) as refusal:
        open_workspace(tmp_path / "empty", None, PASSPHRASE)

    assert refusal.value.code == "no-profile"
    assert list((tmp_path / "empty").iterdir()) == []
