"""Backups, restoring them, and checking that all is in order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application import auditing, indexing, numbering, settings
from sscdesk.application.workspace import system_clock
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.search.index import is_current
from sscdesk.store import backup as backups
from sscdesk.store import integrity, restoring
from sscdesk.store.copying import renewed, restored_from
from sscdesk.store.finding import LABELS, Finding, Repair
from sscdesk.sync.rows import layouts
from sscdesk.sync.segments import GENESIS, chain_hash

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

Progress = Callable[[int, int], None]
_PARTS = 5
"""Parts of a look through the desk: pages, journal, search, references, attachments."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a look at the desk found."""

    clean: bool
    findings: tuple[Finding, ...]
    repaired: tuple[str, ...]
    records: int
    commits: int


def backup(
    w: "Workspace", path: Path, progress: Progress = backups.no_progress
) -> backups.BackupFacts:
    """Save everything as one encrypted file, verified by opening it again."""
    check_right(w.actor, "backup")
    facts = backups.backup(w.database, w.blobs, w.profile.vault, path, w.clock, progress)
    at = auditing.now_text(w)
    with w.exclusive() as connection:
        settings.put(connection, settings.DESK, "last-backup", at)
        auditing.note(connection, w.actor, at, "backup-made", "", path.name[:80])
    return facts


def last_backup(w: "Workspace") -> str:
    """Return when the last backup was made, verified by that; empty if never."""
    with w.read() as connection:
        return settings.get(connection, settings.DESK, "last-backup")


def restore_backup(
    path: Path,
    folder: Path,
    login: str | None,
    passphrase: str,
    *,
    clock: Callable[[], datetime] = system_clock,
    over_its_profile: bool = False,
    progress: Progress = backups.no_progress,
) -> restoring.Restored:
    """Restore a backup; whoever opens it next begins new streams (sync.md, Restore)."""
    return restoring.restore_backup(
        path,
        folder,
        login,
        passphrase,
        clock,
        over_its_profile=over_its_profile,
        progress=progress,
    )


def keep_restore_point(w: "Workspace", reason: str) -> None:
    """Keep a copy inside the profile before a risky step, the first of each working day.

    A copy is as large as the file; made before each step it would make the cost of an
    import grow with what exists, and no copy within the day would tell an officer more.
    """
    day = w.clock().date().isoformat()
    with w.read() as connection:
        if settings.get(connection, settings.DESK, "restore-point") == day:
            return
    backups.make_restore_point(
        w.database, w.profile.vault, w.profile.restore_points, reason, w.clock
    )
    with w.exclusive() as connection:
        settings.put(connection, settings.DESK, "restore-point", day)


def restore_points(w: "Workspace") -> tuple[backups.BackupFacts, ...]:
    """Return the restore points kept inside this profile, the newest first."""
    return backups.restore_points(w.profile.restore_points)


def begin_new_streams(w: "Workspace") -> bool:
    """After a restore: this laptop's former streams may have gone on elsewhere.

    They stay as they are, readable and merged; what is written from now on goes to new
    ones, and reference numbers to new blocks. Says whether that was needed.
    """
    with w.exclusive() as connection:
        if restored_from(connection) is None:
            return False
        connection.exec_driver_sql("UPDATE stream SET mine = 0")
        numbering.skip_blocks(connection)
        renewed(connection)
        at = auditing.now_text(w)
        auditing.note(connection, w.actor, at, "backup-restored", "", "new streams begun")
    return True


def check(
    w: "Workspace", *, repair: bool = False, progress: Progress = backups.no_progress
) -> CheckReport:
    """Look through the whole desk; with ``repair`` mend what needs nobody's decision.

    ``progress`` hears the parts that are done, of all; what it raises ends a look that has
    mended nothing yet.
    """
    check_right(w.actor, "check")
    titles = _attachment_titles(w)
    progress(0, _PARTS)
    found = integrity.check(w.database, w.blobs, w.profile.vault, titles, _told(progress))
    progress(_PARTS, _PARTS)
    repaired: tuple[str, ...] = ()
    if repair and found:
        done = set(integrity.repair(w.database, w.blobs, w.profile.vault, titles, found))
        if any(one.repair is Repair.REBUILD_SEARCH for one in found):
            with w.exclusive() as connection:
                indexing.rebuild(connection)
            done.add(Repair.REBUILD_SEARCH)
        repaired = tuple(sorted(str(one) for one in done))
        found = tuple(one for one in found if one.repair not in done)
    with w.read() as connection:
        records = sum(
            connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()  # noqa: S608
            for table, layout in layouts().items()
            if not layout.is_part
        )
        commits = connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one()
    clean = not any(one.serious for one in found)
    return CheckReport(clean, found, repaired, int(records), int(commits))


def _told(progress: Progress) -> Iterator[integrity.Check]:
    """Give the further checks one after the other, telling how many parts are done."""
    for place, further in enumerate((_journal, _search_index, _references), start=1):
        progress(place, _PARTS)
        yield further
    progress(_PARTS - 1, _PARTS)


def label_of(finding: Finding) -> str:
    """Return the msgid of what mends a finding."""
    return LABELS[finding.repair]


def _attachment_titles(w: "Workspace") -> dict[str, str]:
    with w.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT sha256, file_name FROM attachment WHERE sha256 IS NOT NULL"
        )
        return {row.sha256: row.file_name for row in rows}


def _journal(connection: Connection) -> Iterable[Finding]:
    """Follow every stream's chain to its head."""
    heads = connection.exec_driver_sql("SELECT num, head_seq, head_hash, office FROM stream").all()
    for head in heads:
        rows = connection.exec_driver_sql(
            "SELECT seq, hash, payload FROM journal WHERE stream = ? ORDER BY seq", (head.num,)
        )
        chain, count = GENESIS, 0
        for row in rows:
            count += 1
            chain = chain_hash(chain, bytes(row.payload))
            if row.seq != count or bytes(row.hash) != chain:
                break
        if count != head.head_seq or chain != bytes(head.head_hash):
            yield Finding(
                "journal-broken",
                N_("The journal of the office {office} has a gap."),
                Repair.RESTORE_BACKUP,
                {"office": head.office},
            )


def _search_index(connection: Connection) -> Iterator[Finding]:
    if not is_current(connection):
        yield Finding("search-missing", N_("The search index is missing."), Repair.REBUILD_SEARCH)
        return
    indexed = connection.exec_driver_sql(
        "SELECT count(*) FROM search_record WHERE hidden = 0"
    ).scalar_one()
    held = sum(
        connection.exec_driver_sql(
            f'SELECT count(*) FROM "{table}" WHERE deleted = 0'  # noqa: S608
        ).scalar_one()
        for table, layout in layouts().items()
        if not layout.is_part
    )
    if indexed != held:
        yield Finding(
            "search-incomplete",
            N_("The search index has {indexed} of {held} records."),
            Repair.REBUILD_SEARCH,
            {"indexed": indexed, "held": held},
        )


def _references(connection: Connection) -> Iterator[Finding]:
    """Rows inside records that are not here: never, unless something was lost."""
    for table, layout in layouts().items():
        if not layout.is_part:
            continue
        parent = layout.mapped.parent_entity  # type: ignore[attr-defined]
        lost = connection.exec_driver_sql(
            f'SELECT count(*) FROM "{table}" WHERE parent NOT IN (SELECT id FROM "{parent}")'  # noqa: S608
        ).scalar_one()
        if lost:
            yield Finding(
                "rows-without-record",
                N_("{count} rows belong to no record that is here."),
                Repair.RESTORE_BACKUP,
                {"count": lost},
            )
