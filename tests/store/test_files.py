import errno
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from sscdesk.model.refusal import FileRefused, MachineFailed
from sscdesk.store import files
from sscdesk.store.files import clear_asides, read_whole, told, write_aside, writing_aside

from .faults import FAULTS, Killed, each_failure

CODES = {"disk-full", "medium-removed", "no-permission"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failure_at_any_call_leaves_the_file_before_or_after(
    tmp_path: Path, fault: Callable[[], BaseException]
) -> None:
    target = tmp_path / "letter.txt"
    attempts = 0

    for raised in each_failure(fault, lambda: write_aside(target, b"after" * 1000)):
        attempts += 1
        assert raised is None or isinstance(raised, Killed | MachineFailed)
        if isinstance(raised, MachineFailed):
            assert raised.code in CODES
        if target.exists():
            assert target.read_bytes() in (b"before", b"after" * 1000)
        target.write_bytes(b"before")

    assert attempts >= 5
    assert target.read_bytes() == b"after" * 1000


@pytest.mark.parametrize("fault", FAULTS[:-1])
def test_a_failed_write_leaves_no_temporary_file(
    tmp_path: Path, fault: Callable[[], BaseException]
) -> None:
    target = tmp_path / "letter.txt"

    for _ in each_failure(fault, lambda: write_aside(target, b"content")):
        assert [p for p in tmp_path.iterdir() if p != target] == []


def test_what_reads_back_otherwise_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "letter.txt"
    target.write_bytes(b"before")
    monkeypatch.setattr(files, "digest_of", lambda path: b"another digest")

    with pytest.raises(MachineFailed) as refusal:
        write_aside(target, b"after")

    assert refusal.value.code == "medium-removed"
    assert target.read_bytes() == b"before"


def test_a_disk_without_room_is_refused_before_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.shutil, "disk_usage", lambda path: SimpleNamespace(free=5 << 20))

    with (
        pytest.raises(MachineFailed) as refusal,
        writing_aside(tmp_path / "large", expected_size=2 << 20),
    ):
        raise AssertionError("nothing may be written")

    assert refusal.value.code == "disk-full"
    assert list(tmp_path.iterdir()) == []


def test_a_check_that_fails_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "letter.txt"
    target.write_bytes(b"before")

    def check(aside: Path) -> None:
        assert aside.read_bytes() == b"after"
        raise FileRefused("unreadable", "It cannot be opened again.")

    with pytest.raises(FileRefused):
        write_aside(target, b"after", check=check)

    assert target.read_bytes() == b"before"


def test_an_existing_file_is_kept_where_it_may_not_be_replaced(tmp_path: Path) -> None:
    target = tmp_path / "letter.txt"
    target.write_bytes(b"before")

    with (
        pytest.raises(FileRefused) as refusal,
        writing_aside(target, overwrite=False) as aside,
    ):
        aside.write(b"after")

    assert refusal.value.code == "file-exists"
    assert target.read_bytes() == b"before"


def test_a_file_held_by_a_virus_scanner_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "new", tmp_path / "old"
    source.write_bytes(b"new")
    attempts: list[float] = []
    real_replace = os.replace

    def replace(one: Path, other: Path) -> None:
        if len(attempts) < 3:
            error = PermissionError(errno.EACCES, "held")
            error.winerror = 32  # type: ignore[attr-defined]
            raise error
        real_replace(one, other)

    monkeypatch.setattr(files.os, "replace", replace)

    files.replace(source, target, pause=attempts.append)

    assert target.read_bytes() == b"new"
    assert len(attempts) == 3


@pytest.mark.parametrize(
    "number,code",
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EACCES, "no-permission"),
        (errno.EROFS, "no-permission"),
        (errno.EIO, "medium-removed"),
        (errno.ENODEV, "medium-removed"),
        (errno.ENOENT, "medium-removed"),
        (errno.EFBIG, "too-large-for-medium"),
        (errno.ENAMETOOLONG, "disk-error"),
    ],
)
def test_each_error_of_the_machine_has_its_code(number: int, code: str) -> None:
    error = told(OSError(number, "what the system says"))

    assert error.code == code
    assert error.hint


def test_a_windows_drive_that_is_not_ready_was_removed() -> None:
    error = PermissionError(errno.EACCES, "not ready")
    error.winerror = 21  # type: ignore[attr-defined]

    assert told(error).code == "medium-removed"


def test_a_file_above_its_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(101))

    with pytest.raises(FileRefused) as refusal:
        read_whole(tmp_path / "large", 100)

    assert refusal.value.code == "file-too-large"


def test_leftovers_of_a_crash_are_cleared(tmp_path: Path) -> None:
    (tmp_path / f"vault.json.1234{files.ASIDE}").write_bytes(b"half")
    (tmp_path / "vault.json").write_bytes(b"whole")

    assert clear_asides(tmp_path) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["vault.json"]
