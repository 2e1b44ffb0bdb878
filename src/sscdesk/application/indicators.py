"""Indicators: what records prove, beside what was entered with evidence.

"Count what records prove, never what somebody types" (domain.md, 8). A figure is never
stored: it is counted each time from the records that this officer may read, and every one
opens the list of the records behind it. A record that arrives late changes a past period;
``changed`` says by how much, against what this desk knew at a moment
(``application/knowledge.py``): by default when the last donor report was submitted, else
when the running quarter began.

A donor or financial reader is told small numbers of persons as the public is ("<5"); who
writes here sees them. Both may open the records behind a figure, as their role allows.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application.indicator_reader import IndicatorReader
from sscdesk.application.indicator_views import (
    Figure,
    FigureAt,
    IndicatorView,
    Question,
    RecordBehind,
)
from sscdesk.application.reading import Row, require_row, resolve

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


def figures(w: "Workspace", question: Question | None = None) -> tuple[Figure, ...]:
    """Return every indicator with its figure, by code."""
    asked = question or Question()
    with w.read() as connection:
        reader = IndicatorReader(w, connection, asked)
        rows = connection.exec_driver_sql(
            "SELECT * FROM indicator WHERE deleted = 0 ORDER BY code, ref"
        ).mappings()
        return tuple(reader.figure(dict(row)) for row in rows.all())


def indicator(w: "Workspace", ref: str, question: Question | None = None) -> IndicatorView:
    """Return one indicator with its periods.

    Raises ``NotFound`` ("not-found", "no-such-side").
    """
    asked = question or Question()
    with w.read() as connection:
        reader = IndicatorReader(w, connection, asked)
        return reader.view(_row_of(connection, ref))


def records_behind(w: "Workspace", ref: str, at: FigureAt) -> tuple[RecordBehind, ...]:
    """Return the records that one figure of an indicator counts, one for each unit of it.

    Of a share, all records that it is a part of. Nothing where the figure was entered.
    """
    with w.read() as connection:
        reader = IndicatorReader(w, connection, at.question)
        return reader.behind(_row_of(connection, ref), at)


def _row_of(connection: Connection, ref: str) -> Row:
    """Return an indicator by its reference number, identifier or code (IND-01)."""
    coded = connection.exec_driver_sql(
        "SELECT * FROM indicator WHERE code = ? AND deleted = 0 ORDER BY ref LIMIT 1",
        (ref.strip().upper(),),
    ).mappings()
    found = coded.first()
    if found is not None:
        return dict(found)
    _entity, identifier = resolve(connection, ref, "indicator")
    return require_row(connection, "indicator", identifier)
