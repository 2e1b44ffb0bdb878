"""From the schema of an older program to this one's, step by numbered step.

Two numbers stand in the file: the number of its schema (``user_version``) and the oldest
program that may open it, since a step that only adds is harmless to its elders. A file of
a newer program that this one could spoil is refused before anything is written.

A step is never edited once released, and names tables and columns itself: today's mapped
classes are another day's. Each step is one transaction, with a restore point before it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, text

import sscdesk
from sscdesk.model.refusal import FileRefused, Locked
from sscdesk.model.text import N_
from sscdesk.store.backup import make_restore_point
from sscdesk.store.container import VAULT_PART
from sscdesk.store.database import Database
from sscdesk.store.migrations import lists, merging_and_erasing
from sscdesk.store.schema import SCHEMA_VERSION
from sscdesk.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Step:
    """Makes schema ``number`` out of the one before."""

    number: int
    apply: Callable[[Connection], None]
    oldest_program: int
    """The lowest schema number of a program that may still open the file afterwards."""


STEPS: tuple[Step, ...] = (
    Step(2, lists.keep_the_order_of_lists, oldest_program=1),
    Step(3, merging_and_erasing.apply, oldest_program=3),
)
"""In order, without gaps, beginning with 2; the last one makes ``SCHEMA_VERSION``."""

_OLDEST = "schema-oldest-program"
_WRITTEN_BY = "schema-written-by"
_READ = text("SELECT value FROM setting WHERE scope = 'file' AND key = :key")
_WRITE = text("INSERT OR REPLACE INTO setting (scope, key, value) VALUES ('file', :key, :value)")


def require_readable(database: Database, newest: int = SCHEMA_VERSION) -> int:
    """Return the number of the file's schema. Raises ``Locked`` ("newer-version")."""
    with database.read() as connection:
        number = _number(connection)
        if number <= newest or _oldest_program(connection, number) <= newest:
            return number
        version = connection.execute(_READ, {"key": _WRITTEN_BY}).scalar() or f"schema {number}"
    raise Locked(
        "newer-version",
        N_("This desk was last written by a newer version of the program: {version}."),
        hint=N_("Nothing was changed. Install version {version} or a later one, then open it."),
        params={"version": version},
    )


def upgrade(
    database: Database,
    before_step: Callable[[int], None],
    steps: Sequence[Step] = STEPS,
    program: str = sscdesk.__version__,
) -> tuple[int, ...]:
    """Bring the file to the newest schema; return the numbers of the steps taken.

    ``before_step`` receives the number that the file has now and makes a restore point.
    A step that fails leaves the file as it was before that step; an interrupted upgrade
    goes on where it stopped. Raises ``Locked`` ("newer-version"), ``MachineFailed``,
    ``FileRefused`` ("upgrade-failed").
    """
    newest = steps[-1].number if steps else SCHEMA_VERSION
    number = require_readable(database, newest)
    taken = []
    for step in steps:
        if step.number <= number:
            continue
        before_step(step.number - 1)
        with database.write() as connection:
            step.apply(connection)
            _require_sound(connection)
            mark(connection, step.number, step.oldest_program, program)
        taken.append(step.number)
    return tuple(taken)


def bring_up_to_date(
    database: Database,
    restore_points: Path,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> tuple[int, ...]:
    """Upgrade a profile's file, with a restore point of the profile before each step."""

    def keep(number: int) -> None:
        vault = Vault.open(database.path.with_name(VAULT_PART))
        make_restore_point(database, vault, restore_points, f"upgrade-{number}", clock)

    return upgrade(database, keep)


def mark(
    connection: Connection,
    number: int = SCHEMA_VERSION,
    oldest_program: int = STEPS[-1].oldest_program if STEPS else 1,
    program: str = sscdesk.__version__,
) -> None:
    """Write into the file which schema it has and who may open it, in the open transaction."""
    connection.execute(text(f"PRAGMA user_version = {int(number)}"))
    connection.execute(_WRITE, {"key": _OLDEST, "value": str(oldest_program)})
    connection.execute(_WRITE, {"key": _WRITTEN_BY, "value": program})


def _number(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())


def _oldest_program(connection: Connection, number: int) -> int:
    found = connection.execute(_READ, {"key": _OLDEST}).scalar()
    return int(found) if found and str(found).isdecimal() else number


def _require_sound(connection: Connection) -> None:
    if connection.execute(text("PRAGMA quick_check(1)")).scalar() != "ok":
        raise FileRefused(
            "upgrade-failed",
            N_("The desk's file could not be brought to this version of the program."),
            hint=N_("Nothing was changed. Restore the last backup, or use the former version."),
        )
