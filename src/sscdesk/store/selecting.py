"""Reading the rows of many identifiers, in parcels of as many as one statement takes."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult

PARCEL = 900
"""Below the 999 bound values that every SQLite accepts."""


def select_among(
    connection: Connection, statement: str, column: str, wanted: Sequence[Any]
) -> Iterator[CursorResult[Any]]:
    """Yield the results of ``statement`` for rows whose ``column`` is among ``wanted``.

    ``statement`` ends before its WHERE; it and ``column`` are the program's own texts.
    """
    for start in range(0, len(wanted), PARCEL):
        some = tuple(wanted[start : start + PARCEL])
        marks = ", ".join("?" for _ in some)
        yield connection.exec_driver_sql(f"{statement} WHERE {column} IN ({marks})", some)
