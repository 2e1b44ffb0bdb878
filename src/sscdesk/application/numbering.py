"""Reference numbers and places in lists, given inside a unit of work."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.model.base import Record
from sscdesk.model.position import between
from sscdesk.model.reference_number import format_reference, next_number

if TYPE_CHECKING:
    from sscdesk.application.unit_of_work import UnitOfWork

_MANY = 50
"""From so many numbers on, those given are read once instead of asked for one by one."""


def next_ref(unit: "UnitOfWork", mapped: type[Record]) -> str:
    """Return the next free reference number of this laptop, for the year of its clock."""
    return next(next_refs(unit, mapped, 1))


def next_refs(unit: "UnitOfWork", mapped: type[Record], count: int) -> Iterator[str]:
    """Return ``count`` free reference numbers of this laptop; none of them is given again."""
    year, code = unit.w.clock().year, mapped.ref_code
    found = unit.connection.exec_driver_sql(
        "SELECT last, skip FROM number WHERE code = ? AND year = ?", (code, year)
    ).first()
    number, skip = (found.last, bool(found.skip)) if found else (None, False)
    taken = _taken(unit.connection, mapped, year, count)
    refs: list[str] = []
    while len(refs) < count:
        number = next_number(number, unit.w.laptop.number, skip_block=skip)
        skip = False
        ref = format_reference(unit.w.office, code, year, number)
        if not taken(ref):
            refs.append(ref)
    if refs:
        _remember(unit.connection, code, year, number)
    return iter(refs)


def _taken(
    connection: Connection, mapped: type[Record], year: int, count: int
) -> Callable[[str], bool]:
    """Records taken over from older registers bring their own numbers."""
    table = mapped.__tablename__
    if count < _MANY:
        look = f'SELECT 1 FROM "{table}" WHERE ref = ?'  # noqa: S608
        return lambda ref: connection.exec_driver_sql(look, (ref,)).first() is not None
    found = connection.exec_driver_sql(
        f'SELECT ref FROM "{table}" WHERE ref LIKE ?',  # noqa: S608
        (f"__-{mapped.ref_code}-{year:04d}-%",),
    )
    return frozenset(found.scalars()).__contains__


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
