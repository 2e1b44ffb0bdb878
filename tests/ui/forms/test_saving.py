"""Writing what was typed: order, waiting, failures, and changes made meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from sscdesk.model.refusal import DeskError, MachineFailed, Refused
from sscdesk.model.values import Value
from sscdesk.ui.forms.saving import LIMIT_MS, Change, Done, Failed, Keeping, SaveState


@dataclass
class Disk:
    """Takes changes and answers when told to."""

    waiting: list[tuple[Change, Done, Failed]] = field(default_factory=list)
    taken: list[Change] = field(default_factory=list)

    def write(self, row: str, change: Change, done: Done, failed: Failed) -> None:
        self.taken.append(change)
        self.waiting.append((change, done, failed))

    def finish(self) -> None:
        """Write the oldest change."""
        _change, done, _failed = self.waiting.pop(0)
        done(None)

    def refuse(self, error: DeskError) -> None:
        """Refuse the oldest change."""
        _change, _done, failed = self.waiting.pop(0)
        failed(error)


@pytest.fixture
def disk() -> Disk:
    """A disk that waits for the test."""
    return Disk()


def keeping(disk: Disk, seen: Mapping[str, Value] | None = None) -> Keeping:
    """Keep one row with a purpose and a place."""
    return Keeping("row", seen or {"purpose": "old", "place": None}, disk.write)


def test_a_change_is_written_with_the_value_that_it_is_based_on(qtbot: QtBot, disk: Disk) -> None:
    kept = keeping(disk)

    kept.put("purpose", "new", "visit-1")

    assert disk.taken == [Change("purpose", "new", "old", "visit-1")]
    assert kept.state is SaveState.SAVING


def test_all_is_saved_once_the_disk_has_answered(qtbot: QtBot, disk: Disk) -> None:
    kept = keeping(disk)
    kept.put("purpose", "new", "v")

    with qtbot.waitSignal(kept.settled):
        disk.finish()

    assert kept.state is SaveState.SAVED
    assert kept.seen["purpose"] == "new"


def test_a_value_that_is_there_already_is_not_written(qtbot: QtBot, disk: Disk) -> None:
    kept = keeping(disk)

    kept.put("purpose", "old", "v")

    assert not disk.taken
    assert kept.state is SaveState.SAVED


def test_what_is_typed_during_a_write_is_written_after_it_on_top_of_it(
    qtbot: QtBot, disk: Disk
) -> None:
    kept = keeping(disk)
    kept.put("purpose", "n", "v")
    kept.put("purpose", "ne", "v")
    kept.put("purpose", "new", "v")

    disk.finish()

    assert [(one.value, one.seen) for one in disk.taken] == [("n", "old"), ("new", "n")]


def test_typing_back_what_was_there_takes_a_waiting_change_back(qtbot: QtBot, disk: Disk) -> None:
    kept = keeping(disk)
    kept.put("place", "Bamako", "v")
    kept.put("purpose", "new", "v")

    kept.put("purpose", "old", "v")
    disk.finish()

    assert [one.field for one in disk.taken] == ["place"]


def test_two_fields_are_written_one_after_the_other(qtbot: QtBot, disk: Disk) -> None:
    kept = keeping(disk)
    kept.put("purpose", "new", "v")
    kept.put("place", "Bamako", "w")
    first = list(disk.taken)

    disk.finish()

    assert [one.field for one in first] == ["purpose"]
    assert [one.field for one in disk.taken] == ["purpose", "place"]


def test_a_refused_change_is_told_and_the_next_is_written(qtbot: QtBot, disk: Disk) -> None:
    kept = keeping(disk)
    kept.put("purpose", "", "v")
    kept.put("place", "Bamako", "w")

    with qtbot.waitSignal(kept.refused) as told:
        disk.refuse(Refused("field-missing", "", field="purpose"))
    disk.finish()

    assert told.args is not None
    assert told.args[0] == "purpose"
    assert kept.state is SaveState.FAILED
    assert kept.unsettled == {"purpose"}


def test_a_change_made_meanwhile_is_never_overwritten(qtbot: QtBot, disk: Disk) -> None:
    kept = keeping(disk)
    kept.put("purpose", "mine", "v")

    with qtbot.waitSignal(kept.overtaken) as told:
        disk.refuse(Refused("changed-meanwhile", "", field="purpose"))

    assert told.args is not None
    assert told.args[0] == "purpose"
    assert kept.not_taken == {"purpose": "mine"}
    assert kept.seen["purpose"] == "old"
    assert kept.unsettled == {"purpose"}


def test_a_full_disk_keeps_the_change_and_it_is_written_later(qtbot: QtBot, disk: Disk) -> None:
    kept = keeping(disk)
    kept.put("purpose", "new", "v")

    disk.refuse(MachineFailed("disk-full", ""))
    failed = kept.state
    kept.try_again()
    disk.finish()

    assert failed is SaveState.FAILED
    assert kept.state is SaveState.SAVED
    assert [one.value for one in disk.taken] == ["new", "new"]


def test_what_is_typed_is_read_within_two_seconds_also_when_nobody_pauses(
    qtbot: QtBot, disk: Disk
) -> None:
    kept = keeping(disk)
    read: list[bool] = []
    kept.due.connect(lambda: read.append(True))

    kept.touch()
    kept._rest.stop()
    kept._limit.setInterval(1)
    kept._limit.start()
    qtbot.waitUntil(lambda: bool(read))

    assert LIMIT_MS < 2_000
    assert kept.state is SaveState.SAVED


def test_a_row_left_behind_is_written_to_the_end(qtbot: QtBot, disk: Disk) -> None:
    kept = keeping(disk)
    kept.put("purpose", "new", "v")
    kept.put("place", "Bamako", "w")

    kept.stop()
    disk.finish()
    disk.finish()

    assert [one.value for one in disk.taken] == ["new", "Bamako"]
