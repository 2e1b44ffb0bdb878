"""Is everything in order: the file, its pages, the keys' copies, the attachments.

``check`` changes nothing and never raises for what it finds; each finding names its
repair. What the engines above know (the chain of the journal, the search index) they
hand in as further checks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress

from sqlalchemy import Connection

from sscdesk.model.refusal import FileRefused, Locked, MachineFailed
from sscdesk.model.text import N_
from sscdesk.store.blobs import Blobs
from sscdesk.store.copying import pages_intact
from sscdesk.store.database import Database
from sscdesk.store.finding import Finding, Repair
from sscdesk.store.vault import Vault

Check = Callable[[Connection], Iterable[Finding]]
"""A further check, run on one consistent state of the file."""

_INDEX_ONLY = ("missing from index", "wrong # of entries in index", "non-unique entry in index")
_MOST_TOLD = 20


def check(
    database: Database,
    blobs: Blobs,
    vault: Vault,
    attachments: Mapping[str, str],
    further: Iterable[Check] = (),
) -> tuple[Finding, ...]:
    """Return what is wrong or worth knowing; empty when all is in order.

    ``attachments`` holds the title of every content that a record refers to, by SHA-256.
    """
    found = [*_pages(database)]
    if not found:
        found.extend(_further(database, further))
    found.extend(_attachments(blobs, attachments))
    found.extend(_vault_copies(vault))
    return tuple(found)


def repair(
    database: Database,
    blobs: Blobs,
    vault: Vault,
    attachments: Iterable[str],
    findings: Iterable[Finding],
) -> frozenset[Repair]:
    """Mend what the store can mend by itself; return the repairs done.

    What was recorded is never changed. The rest waits for a person (``finding.LABELS``).
    """
    wanted = {finding.repair for finding in findings}
    done = set()
    if Repair.REBUILD_INDEXES in wanted:
        with database.write() as connection:
            connection.exec_driver_sql("REINDEX")
        done.add(Repair.REBUILD_INDEXES)
    if Repair.DELETE_UNREFERENCED in wanted:
        blobs.delete_unreferenced(set(attachments))
        done.add(Repair.DELETE_UNREFERENCED)
    if Repair.MEND_VAULT in wanted:
        vault.mend()
        done.add(Repair.MEND_VAULT)
    return frozenset(done)


def _pages(database: Database) -> Iterator[Finding]:
    try:
        if not pages_intact(database):
            yield _damaged()
            return
        with database.read() as connection:
            answers = connection.exec_driver_sql("PRAGMA integrity_check(50)").scalars().all()
    except (FileRefused, MachineFailed):
        yield _damaged()
        return
    if list(answers) == ["ok"]:
        return
    if all("fts5" in str(answer).lower() for answer in answers):
        yield Finding(
            "search-damaged",
            N_("The search index is out of order; what was recorded is whole."),
            Repair.REBUILD_SEARCH,
        )
    elif all(any(known in str(answer) for known in _INDEX_ONLY) for answer in answers):
        yield Finding(
            "index-damaged",
            N_("An index of the desk's file is out of order; what was recorded is whole."),
            Repair.REBUILD_INDEXES,
        )
    else:
        yield _damaged()


def _damaged() -> Finding:
    return Finding(
        "database-damaged",
        N_("The desk's file is damaged. Make a copy of its folder before anything else."),
        Repair.RESTORE_BACKUP,
    )


def _further(database: Database, checks: Iterable[Check]) -> Iterator[Finding]:
    with database.read() as connection:
        for further in checks:
            yield from further(connection)


def _attachments(blobs: Blobs, attachments: Mapping[str, str]) -> Iterator[Finding]:
    told = 0
    for sha256, title in attachments.items():
        try:
            blobs.check(sha256, title)
        except FileRefused as refusal:
            yield Finding(refusal.code, refusal.message, Repair.REQUEST_ATTACHMENT, refusal.params)
            told += 1
        except MachineFailed as failure:
            yield Finding(failure.code, failure.message, Repair.NOTHING, failure.params)
            told += 1
        if told >= _MOST_TOLD:
            break
    spare = len(blobs.unreferenced(attachments.keys()))
    if spare:
        yield Finding(
            "unreferenced-files",
            N_("{count} encrypted files belong to no record any more."),
            Repair.DELETE_UNREFERENCED,
            {"count": spare},
            serious=False,
        )


def _vault_copies(vault: Vault) -> Iterator[Finding]:
    with suppress(FileRefused, Locked, MachineFailed):
        if vault.copies_agree():
            return
    yield Finding(
        "vault-copies-differ",
        N_("The two copies of the file that keeps the keys differ."),
        Repair.MEND_VAULT,
    )
