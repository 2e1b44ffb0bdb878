"""Reference numbers and places in lists, given inside a unit of work."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.model.base import Record
from sscdesk.model.position import between
from sscdesk.model.reference_number import format_reference, next_number

if TYPE_CHECKING:
    from sscdesk.application.unit_of_work import UnitOfWork


def next_refs(unit: "UnitOfWork", mapped: type[Record], count: int) -> Iterator[str]:
    """Return ``count`` free reference numbers of this laptop; none of them is given again."""
    year, code = unit.w.clock().year, mapped.ref_code
    found = unit.connection.exec_driver_sql(
        "SELECT last, skip FROM number WHERE code = ? AND year = ?", (code, year)
    ).first()
    number, skip = (found.last, bool(found.skip)) if found else (None, False)
    refs: list[str] = []
    while len(refs) < count:
        candidates: list[str] = []
        for _ in range(count - len(refs)):
            number = next_number(number, unit.w.laptop.number, skip_block=skip)
            skip = False
            candidates.append(format_reference(unit.w.office, code, year, number))
        taken = _taken(unit.connection, mapped, candidates)
        refs += [ref for ref in candidates if ref not in taken]
    if refs:
        _remember(unit.connection, code, year, number)
    return iter(refs)


def _taken(connection: Connection, mapped: type[Record], refs: list[str]) -> set[str]:
    """Records taken over from older registers bring their own numbers."""
    found = connection.exec_driver_sql(
        f'SELECT ref FROM json_each(?) JOIN "{mapped.__tablename__}" ON ref = value',  # noqa: S608
        (json.dumps(refs),),
    )
    return set(found.scalars())


def _remember(connection: Connection, code: str, year: int, last: int | None) -> None:
    connection.exec_driver_sql(
        "INSERT INTO number (code, year, last, skip) VALUES (?, ?, ?, 0) "
        "ON CONFLICT (code, year) DO UPDATE SET last = excluded.last, skip = 0",
        (code, year, last),
    )


def skip_blocks(connection: Connection) -> None:
    """After a restored backup: begin new blocks, since numbers may have been given since."""
    connection.exec_driver_sql("UPDATE number SET skip = 1")


def position(connection: Connection, table: str, record: str, before: str | None) -> str:
    """Return the place before a row of a list, or at its end."""
    places = connection.exec_driver_sql(
        f'SELECT id, position FROM "{table}" WHERE parent = ? '  # noqa: S608
        "ORDER BY position, id",
        (record,),
    ).all()
    listed = [place.position for place in places]
    if before is None:
        return between(listed[-1] if listed else None, None)
    index = [place.id for place in places].index(before)
    earlier = [place for place in listed[:index] if place < listed[index]]
    return between(earlier[-1] if earlier else None, listed[index])
