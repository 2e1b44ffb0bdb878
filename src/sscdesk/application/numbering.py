"""Reference numbers and places in lists, given inside a unit of work."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.model.base import Record
from sscdesk.model.position import between
from sscdesk.model.reference_number import format_reference, next_number

if TYPE_CHECKING:
    from sscdesk.application.unit_of_work import UnitOfWork


def next_ref(unit: "UnitOfWork", mapped: type[Record]) -> str:
    """Return the next free reference number of this laptop, for the year of its clock."""
    year = unit.w.clock().year
    code = mapped.ref_code
    found = unit.connection.exec_driver_sql(
        "SELECT last, skip FROM number WHERE code = ? AND year = ?", (code, year)
    ).first()
    last, skip = (found.last, bool(found.skip)) if found else (None, False)
    number = next_number(last, unit.w.laptop.number, skip_block=skip)
    while _is_taken(
        unit.connection, mapped, ref := format_reference(unit.w.office, code, year, number)
    ):
        number = next_number(number, unit.w.laptop.number)
    unit.connection.exec_driver_sql(
        "INSERT INTO number (code, year, last, skip) VALUES (?, ?, ?, 0) "
        "ON CONFLICT (code, year) DO UPDATE SET last = excluded.last, skip = 0",
        (code, year, number),
    )
    return ref


def _is_taken(connection: Connection, mapped: type[Record], ref: str) -> bool:
    """Records taken over from older registers bring their own numbers."""
    return (
        connection.exec_driver_sql(
            f'SELECT 1 FROM "{mapped.__tablename__}" WHERE ref = ?',  # noqa: S608
            (ref,),
        ).first()
        is not None
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
