"""A failure at any call of the machine leaves a whole file or none that looks like one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sscdesk.model.refusal import FileRefused, MachineFailed
from sscdesk.store import files
from sscdesk.sync import body, parts
from sscdesk.sync.bundle import cut_into_parts, gather
from tests.store.faults import FAULTS, Killed, each_failure

from .offices import Segment, a_file, a_stream, an_attachment, an_office, opened

MA, ML = an_office("MA"), an_office("ML")
NEWS = a_stream(MA.laptops[0])
LETTER = an_attachment(b"a letter")


def segments() -> list[Segment]:
    return [NEWS.segment(1, 2, signed=False), NEWS.segment(3, 3)]


@pytest.fixture(autouse=True)
def many_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of 64 bytes, so that a small file is written in many calls."""
    monkeypatch.setattr(body.limits, "PIECE", 64)


@pytest.mark.parametrize("fault", FAULTS)
def test_an_export_is_whole_or_absent(tmp_path: Path, fault: Callable[[], BaseException]) -> None:
    target = tmp_path / "news.sscsync"
    attempts = 0

    def export() -> None:
        a_file(target, MA, [ML], segments(), attachments=[LETTER])

    for raised in each_failure(fault, export):
        attempts += 1
        assert raised is None or isinstance(raised, Killed | MachineFailed)
        if target.exists():
            assert opened(target, ML, MA).header.commits == 3
            target.unlink()
        for leftover in tmp_path.iterdir():
            with pytest.raises(FileRefused):
                opened(leftover, ML, MA)
            leftover.unlink()

    assert attempts > 20
    assert opened(target, ML, MA).header.commits == 3


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_export_leaves_the_file_that_was_there(
    tmp_path: Path, fault: Callable[[], BaseException]
) -> None:
    target = tmp_path / "news.sscsync"
    a_file(target, MA, [ML], [])

    for raised in each_failure(fault, lambda: a_file(target, MA, [ML], segments())):
        commits = opened(target, ML, MA).header.commits
        assert commits == 3 or (commits == 0 and raised is not None)
        a_file(target, MA, [ML], [])

    assert opened(target, ML, MA).header.commits == 3


@pytest.mark.parametrize("fault", FAULTS[:-1])
def test_a_failed_cutting_leaves_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[[], BaseException]
) -> None:
    monkeypatch.setattr(parts.limits, "PART_SMALLEST", 600)
    source = a_file(tmp_path / "whole", MA, [ML], segments(), part_size=2_000)
    header = opened(source, ML, MA).header

    for raised in each_failure(fault, lambda: cut_into_parts(source, header, tmp_path, "news")):
        made = [one for one in tmp_path.iterdir() if one != source]
        assert isinstance(raised, MachineFailed) or raised is None
        assert made == [] or raised is None
        for one in made:
            one.unlink()

    made = [one for one in tmp_path.iterdir() if one != source]
    assert len(made) > 1
    (carrier,) = gather(made).all_complete()
    assert carrier.size == source.stat().st_size


def test_a_stick_without_room_is_refused_before_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        free = 5 << 20

    monkeypatch.setattr(files.shutil, "disk_usage", lambda path: Full)
    large = an_attachment(b"\0" * (2 << 20))

    with pytest.raises(MachineFailed) as failure:
        a_file(tmp_path / "news.sscsync", MA, [ML], segments(), attachments=[large])

    assert failure.value.code == "disk-full"
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_export_leaves_nothing(tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    def blocks() -> list[bytes]:
        raise Cancelled

    given = an_attachment(b"a letter")
    with pytest.raises(Cancelled):
        a_file(
            tmp_path / "news.sscsync",
            MA,
            [ML],
            segments(),
            attachments=[type(given)(given.digest, given.size, blocks)],
        )

    assert list(tmp_path.iterdir()) == []
