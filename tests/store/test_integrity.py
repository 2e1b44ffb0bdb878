import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from sscdesk.store import vault_file
from sscdesk.store.blobs import Blobs
from sscdesk.store.database import Database
from sscdesk.store.finding import LABELS, Finding, Repair
from sscdesk.store.integrity import check, repair
from sscdesk.store.profile import Profile

from .conftest import a_database


class Desk:
    """What is looked at."""

    def __init__(self, profile: Profile, key: bytes) -> None:
        self.vault = profile.vault
        self.database = a_database(profile.database_path, key)
        self.blobs = Blobs(profile.blobs_folder, key)
        self.letter = self.blobs.put(b"Lettre")
        self.attachments = {self.letter.sha256: "Lettre.pdf"}

    def check(self) -> dict[str, Finding]:
        found = check(self.database, self.blobs, self.vault, self.attachments)
        return {finding.code: finding for finding in found}


@pytest.fixture
def desk(opened: tuple[Profile, bytes]) -> Iterator[Desk]:
    desk = Desk(*opened)
    yield desk
    desk.database.close()


def test_a_desk_in_order_has_no_findings(desk: Desk) -> None:
    assert desk.check() == {}


def test_every_repair_has_its_words() -> None:
    assert set(LABELS) == set(Repair)


def test_a_missing_attachment_is_asked_for_by_name(desk: Desk) -> None:
    desk.attachments[hashlib.sha256(b"never received").hexdigest()] = "Annexe 2.pdf"

    finding = desk.check()["attachment-missing"]

    assert finding.repair is Repair.REQUEST_ATTACHMENT
    assert finding.params == {"title": "Annexe 2.pdf"}


def test_a_damaged_attachment_is_found(desk: Desk) -> None:
    desk.blobs.path_of(desk.letter.sha256).write_bytes(b"damaged")

    assert desk.check()["attachment-damaged"].repair is Repair.REQUEST_ATTACHMENT


def test_files_of_no_record_are_told_and_deleted(desk: Desk) -> None:
    spare = desk.blobs.put(b"of a record that was erased")
    found = check(desk.database, desk.blobs, desk.vault, desk.attachments)
    assert [(finding.code, finding.serious) for finding in found] == [("unreferenced-files", False)]

    done = repair(desk.database, desk.blobs, desk.vault, desk.attachments, found)

    assert done == {Repair.DELETE_UNREFERENCED}
    assert not desk.blobs.has(spare.sha256)
    assert desk.check() == {}


def test_a_lost_copy_of_the_vault_is_written_again(desk: Desk) -> None:
    vault_file.copy_of(desk.vault.path).write_bytes(b"{}")
    found = check(desk.database, desk.blobs, desk.vault, desk.attachments)
    assert [finding.code for finding in found] == ["vault-copies-differ"]

    repair(desk.database, desk.blobs, desk.vault, desk.attachments, found)

    assert desk.check() == {}


def test_a_damaged_page_is_found_and_the_backup_named(desk: Desk) -> None:
    with desk.database.write() as connection:
        connection.execute(text("CREATE TABLE filler (content TEXT)"))
        for _ in range(100):
            connection.execute(text("INSERT INTO filler VALUES (hex(randomblob(2000)))"))
    desk.database.close()
    content = bytearray(desk.database.path.read_bytes())
    content[len(content) // 2] ^= 1
    desk.database.path.write_bytes(bytes(content))

    assert desk.check()["database-damaged"].repair is Repair.RESTORE_BACKUP


def test_a_log_that_a_long_read_keeps_busy_is_no_damage(desk: Desk) -> None:
    def grow() -> None:
        with desk.database.write() as connection:
            for _ in range(100):
                connection.execute(text("INSERT INTO filler VALUES (hex(randomblob(2000)))"))

    with desk.database.write() as connection:
        connection.execute(text("CREATE TABLE filler (content TEXT)"))
    grow()

    with desk.database.read() as reading:
        reading.execute(text("SELECT count(*) FROM filler")).all()
        grow()
        assert desk.check() == {}
        assert desk.check() == {}


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000])
def test_a_file_that_is_no_database_is_a_finding_not_a_crash(
    desk: Desk, key: bytes, tmp_path: Path, content: bytes
) -> None:
    desk.database.close()
    spoiled = tmp_path / "spoiled.db"
    spoiled.write_bytes(content)
    database = Database(spoiled, key)

    found = check(database, desk.blobs, desk.vault, desk.attachments)
    database.close()

    assert [finding.code for finding in found] == ([] if not content else ["database-damaged"])


def test_an_index_out_of_order_is_built_again(desk: Desk) -> None:
    with desk.database.write() as connection:
        connection.execute(text("CREATE TABLE town (name TEXT)"))
        connection.execute(text("CREATE INDEX town_name ON town (name)"))
        connection.execute(text("INSERT INTO town VALUES ('Rabat'), ('Kayes')"))
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql(
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX town_name ON town (lower(name))' "
            "WHERE name = 'town_name'"
        )
    desk.database.close()
    found = check(desk.database, desk.blobs, desk.vault, desk.attachments)
    assert [finding.code for finding in found] == ["index-damaged"]

    done = repair(desk.database, desk.blobs, desk.vault, desk.attachments, found)

    assert done == {Repair.REBUILD_INDEXES}
    assert desk.check() == {}


def test_a_search_index_out_of_order_is_told_as_such(desk: Desk) -> None:
    with desk.database.write() as connection:
        connection.execute(text("CREATE VIRTUAL TABLE search_text USING fts5(body, content='')"))
        connection.execute(text("INSERT INTO search_text (rowid, body) VALUES (1, 'Kayes')"))
    with desk.database.write() as connection:
        connection.execute(text("DELETE FROM search_text_data WHERE id > 1000"))

    finding = desk.check()["search-damaged"]

    assert finding.repair is Repair.REBUILD_SEARCH


def test_what_the_engines_check_is_told_with_the_rest(desk: Desk) -> None:
    broken = Finding("chain-broken", "A commit is missing.", Repair.RESTORE_BACKUP)

    def chain(connection: Connection) -> Iterable[Finding]:
        assert connection.execute(text("SELECT 1")).scalar() == 1
        yield broken

    assert check(desk.database, desk.blobs, desk.vault, desk.attachments, [chain]) == (broken,)
