"""The index over everything, written in the transaction that writes the rows.

A full-text table (FTS5, without contents of its own) holds the normalised words of each
row in three columns: its title, the rest, and the sound of its name with its telephone
and e-mail keys. The number of an entry tells its kind, its record and its place inside
the record, so that a search among one kind is a range and the rows of one record are
neighbours. All of it is derived and can be built again at any time.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from sscdesk.search.normalise import emails_in, fold, indexed, phones_in
from sscdesk.search.sound import names_in, sound_words

FORMAT = 1
"""Raised when folding or keys change: an index of another format is built again."""

NAMED = frozenset({"person", "organisation", "officer"})
"""Kinds whose titles are names: found by their sound as well, by telephone and e-mail."""

PART_BITS = 16
KIND_BITS = 36
"""An entry is numbered ``kind << 52 | record << 16 | place``; place 0 is the record itself."""

_BATCH = 5_000

_TABLES = (
    "CREATE TABLE IF NOT EXISTS search_format (number INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS search_kind (code INTEGER PRIMARY KEY, entity TEXT UNIQUE)",
    (
        "CREATE TABLE IF NOT EXISTS search_record (num INTEGER PRIMARY KEY, "
        "record TEXT NOT NULL UNIQUE, title TEXT NOT NULL, hidden INTEGER NOT NULL)"
    ),
    "CREATE INDEX IF NOT EXISTS search_hidden ON search_record (num) WHERE hidden = 1",
    "CREATE TABLE IF NOT EXISTS search_part (num INTEGER PRIMARY KEY, row TEXT NOT NULL UNIQUE)",
    (
        "CREATE VIRTUAL TABLE IF NOT EXISTS search_text USING fts5(title, body, sound, content='', "
        "contentless_delete=1, prefix='2', tokenize='unicode61 remove_diacritics 0')"
    ),
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_word USING fts5vocab(search_text, row)",
)
_NAMES = tuple(f"search_{name}" for name in ("word", "text", "part", "record", "kind", "format"))


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of one row."""

    row_id: str
    record_id: str
    """The record that is found by it: itself, or the one that it is a part of."""
    entity: str
    """The kind of that record."""
    title: str
    """The texts of its title, one a line; a reference number may stand in the last."""
    body: str


def is_current(connection: Connection) -> bool:
    """Say whether there is an index that this program can use."""
    if not _exists(connection):
        return False
    return connection.exec_driver_sql("SELECT number FROM search_format").scalar() == FORMAT


def _exists(connection: Connection) -> bool:
    found = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('search_text', 'search_format')"
    )
    return found.scalar() == 2


def create_index(connection: Connection) -> None:
    """Make the index's tables where they are missing."""
    if _exists(connection):
        return
    for statement in _TABLES:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO search_format (number) VALUES (?)", (FORMAT,))
    # Sixteen megabytes are gathered before a segment is written: an import is one or few.
    connection.exec_driver_sql(
        "INSERT INTO search_text (search_text, rank) VALUES ('hashsize', 16777216)"
    )


def start_over(connection: Connection) -> None:
    """Drop the index and make an empty one; the caller indexes all rows again."""
    for name in _NAMES:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    create_index(connection)


def rebuild(connection: Connection, entries: Iterable[Entry]) -> int:
    """Build the index again from all entries; return how many there were."""
    start_over(connection)
    count = 0
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        count += 1
        if len(batch) == _BATCH:
            index_rows(connection, batch)
            batch.clear()
    index_rows(connection, batch)
    connection.exec_driver_sql("INSERT INTO search_text (search_text) VALUES ('optimize')")
    return count


def index_rows(connection: Connection, entries: Sequence[Entry], *, fresh: bool = False) -> None:
    """Index rows, or index them again, in the open transaction.

    ``fresh`` promises that none of these parts was indexed before: saves looking.
    """
    if not entries:
        return
    create_index(connection)
    wanted = list({entry.row_id: entry for entry in entries}.values())
    records, known = _record_numbers(connection, wanted)
    parts = [entry for entry in wanted if entry.row_id != entry.record_id]
    places, stale = _part_numbers(connection, parts, records, fresh)
    numbered = [
        (places.get(entry.row_id) or records[entry.record_id] << PART_BITS, entry)
        for entry in wanted
    ]
    # In any other order FTS5 writes a segment for each row.
    numbered.sort(key=lambda pair: pair[0])
    _delete_texts(connection, [*stale, *(number for number, _ in numbered if number in known)])
    connection.exec_driver_sql(
        "INSERT INTO search_text (rowid, title, body, sound) VALUES (?, ?, ?, ?)",
        [(number, *_texts(entry)) for number, entry in numbered],
    )


def remove_rows(connection: Connection, row_ids: Sequence[str]) -> None:
    """Hide records, with all their rows, and drop single rows, from what is found.

    A record that is indexed again is found again with its rows.
    """
    if not row_ids or not _exists(connection):
        return
    wanted = json.dumps(list(row_ids))
    connection.exec_driver_sql(
        "UPDATE search_record SET hidden = 1 WHERE record IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    _drop_parts(connection, "row IN (SELECT value FROM json_each(?))", (wanted,))


def forget_rows(connection: Connection, row_ids: Sequence[str]) -> None:
    """Take every word of these rows out of the file, for an erasure; slow by intention."""
    if not row_ids or not _exists(connection):
        return
    wanted = json.dumps(list(row_ids))
    numbers = connection.exec_driver_sql(
        "DELETE FROM search_record WHERE record IN (SELECT value FROM json_each(?)) RETURNING num",
        (wanted,),
    ).scalars()
    for number in numbers.all():
        first = number << PART_BITS
        _delete_texts(connection, [first])
        _drop_parts(connection, "num >= ? AND num < ?", (first, first + (1 << PART_BITS)))
    _drop_parts(connection, "row IN (SELECT value FROM json_each(?))", (wanted,))
    # Only a merge of all segments takes deleted words off the disk.
    connection.exec_driver_sql("INSERT INTO search_text (search_text) VALUES ('optimize')")


def kinds(connection: Connection) -> dict[str, int]:
    """Return the number of each kind of record in the index."""
    found = connection.exec_driver_sql("SELECT entity, code FROM search_kind").all()
    return {str(entity): int(code) for entity, code in found}


def kind_range(code: int) -> tuple[int, int]:
    """Return the first number of a kind's entries and the first beyond them."""
    shift = KIND_BITS + PART_BITS
    return code << shift, (code + 1) << shift


def _record_numbers(
    connection: Connection, entries: Sequence[Entry]
) -> tuple[dict[str, int], set[int]]:
    """Return the numbers of all records concerned, and which entries were there before."""
    kind_of = {entry.record_id: entry.entity for entry in entries}
    titles = {e.record_id: e.title for e in entries if e.row_id == e.record_id}
    found = connection.exec_driver_sql(
        "SELECT record, num FROM json_each(?) CROSS JOIN search_record ON record = value",
        (json.dumps(list(kind_of)),),
    ).all()
    numbers = {str(record): int(number) for record, number in found}
    again = [(titles[r], numbers[r]) for r in numbers if r in titles]
    if again:
        connection.exec_driver_sql(
            "UPDATE search_record SET title = ?, hidden = 0 WHERE num = ?", again
        )
    known = {number << PART_BITS for number in numbers.values()}
    new = _new_numbers(connection, [r for r in kind_of if r not in numbers], kind_of)
    if new:
        # What only its parts made known is hidden until it arrives itself.
        connection.exec_driver_sql(
            "INSERT INTO search_record (num, record, title, hidden) VALUES (?, ?, ?, ?)",
            [(n, r, titles.get(r, ""), int(r not in titles)) for r, n in new.items()],
        )
    return {**numbers, **new}, known


def _new_numbers(
    connection: Connection, records: Sequence[str], kind_of: Mapping[str, str]
) -> dict[str, int]:
    codes = kinds(connection)
    following: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for record in records:
        entity = kind_of[record]
        if entity not in following:
            following[entity] = _following(connection, _code(connection, codes, entity))
        numbers[record] = following[entity]
        following[entity] += 1
    return numbers


def _code(connection: Connection, codes: dict[str, int], entity: str) -> int:
    if entity not in codes:
        codes[entity] = max(codes.values(), default=0) + 1
        connection.exec_driver_sql(
            "INSERT INTO search_kind (code, entity) VALUES (?, ?)", (codes[entity], entity)
        )
    return codes[entity]


def _following(connection: Connection, code: int) -> int:
    first, beyond = code << KIND_BITS, (code + 1) << KIND_BITS
    highest = connection.exec_driver_sql(
        "SELECT max(num) FROM search_record WHERE num >= ? AND num < ?", (first, beyond)
    ).scalar()
    return first if highest is None else int(highest) + 1


def _part_numbers(
    connection: Connection, parts: Sequence[Entry], records: Mapping[str, int], fresh: bool
) -> tuple[dict[str, int], list[int]]:
    """Return the numbers of parts, and the numbers whose texts are to be deleted."""
    if not parts:
        return {}, []
    before = {} if fresh else _known_parts(connection, [entry.row_id for entry in parts])
    kept = {e.row_id for e in parts if before.get(e.row_id, 0) >> PART_BITS == records[e.record_id]}
    numbers = {row_id: before[row_id] for row_id in kept}
    moved = [(number,) for row_id, number in before.items() if row_id not in kept]
    if moved:
        connection.exec_driver_sql("DELETE FROM search_part WHERE num = ?", moved)
    new = [entry for entry in parts if entry.row_id not in kept]
    following = _following_places(connection, {records[entry.record_id] for entry in new})
    for entry in new:
        record = records[entry.record_id]
        following[record] += 1
        numbers[entry.row_id] = following[record]
    if new:
        connection.exec_driver_sql(
            "INSERT INTO search_part (num, row) VALUES (?, ?)",
            [(numbers[entry.row_id], entry.row_id) for entry in new],
        )
    return numbers, list(before.values())


def _known_parts(connection: Connection, row_ids: Sequence[str]) -> dict[str, int]:
    found = connection.exec_driver_sql(
        "SELECT row, num FROM json_each(?) CROSS JOIN search_part ON row = value",
        (json.dumps(list(row_ids)),),
    ).all()
    return {str(row): int(number) for row, number in found}


def _following_places(connection: Connection, records: Iterable[int]) -> dict[int, int]:
    """Return the highest number taken in each record."""
    found = connection.exec_driver_sql(
        "SELECT value, (SELECT max(num) FROM search_part "
        "WHERE num >= value << 16 AND num < (value + 1) << 16) FROM json_each(?)",
        (json.dumps(list(records)),),
    ).all()
    return {int(record): int(highest or record << PART_BITS) for record, highest in found}


def _drop_parts(connection: Connection, condition: str, values: tuple[object, ...]) -> None:
    numbers = connection.exec_driver_sql(
        f"DELETE FROM search_part WHERE {condition} RETURNING num",  # noqa: S608 - ours
        values,
    ).scalars()
    _delete_texts(connection, list(numbers.all()))


def _delete_texts(connection: Connection, numbers: Iterable[int]) -> None:
    rows = [(number,) for number in numbers]
    if rows:
        connection.exec_driver_sql("DELETE FROM search_text WHERE rowid = ?", rows)


def _texts(entry: Entry) -> tuple[str, str, str]:
    title, body = fold(entry.title), fold(entry.body)
    sounds: list[str] = []
    if entry.entity in NAMED:
        if entry.row_id == entry.record_id:
            sounds.extend(map(sound_words, names_in(entry.entity, title)))
        sounds.extend(phones_in(body))
        sounds.extend(emails_in(body))
    return indexed(title), indexed(body), " ".join(sounds)
