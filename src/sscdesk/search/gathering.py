"""All that a text finds among one kind of records, for a list that sorts it itself.

A list keeps its own order and says how many there are, so it wants every record, not the
best ones. Their numbers are gathered once in a table of this connection alone; the page
and the count then ask that table, whether it holds three records or fifty thousand.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from sscdesk.search.index import PART_BITS, is_current, kind_range, kinds
from sscdesk.search.query import FEW, MATCH, further_numbers
from sscdesk.search.question import Question, asked
from sscdesk.search.references import reference_range

FEW_ENOUGH = 5_000
"""So many records are looked up one by one; of more, the list is walked in its order."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A condition on the rows of one kind, and how many of them hold it."""

    condition: str
    values: tuple[str, ...] = ()
    count: int | None = None
    """Records out of the bin; None where the list counts for itself."""


def gather(connection: Connection, text: str, entity: str) -> Gathered:
    """Find all records of a kind; any text may be asked.

    The condition holds until this connection gathers again.
    """
    span = reference_range(connection, text, entity)
    if span is not None:
        return Gathered("ref >= ? AND ref < ?", span)
    codes = kinds(connection) if is_current(connection) else {}
    question = asked(text)
    if question.is_empty or entity not in codes:
        return Gathered("0", (), 0)
    total = _fill(connection, question, text, entity, kind_range(codes[entity]))
    return Gathered(_condition(entity, total), (), total - _hidden(connection))


def _fill(
    connection: Connection, question: Question, text: str, entity: str, span: tuple[int, int]
) -> int:
    connection.exec_driver_sql("DELETE FROM temp.found")
    connection.exec_driver_sql(
        f"INSERT OR IGNORE INTO temp.found SELECT rowid >> {PART_BITS} {MATCH}",
        (question.expression(), *span),
    )
    exact = _total(connection)
    if exact > FEW_ENOUGH or (exact >= FEW and len(question.words) < 2):
        return exact
    further = further_numbers(connection, text, entity, exact, FEW_ENOUGH)
    if not further:
        return exact
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO temp.found (num) VALUES (?)", [(number,) for number in further]
    )
    return _total(connection)


def _total(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM temp.found").scalar_one())


def _hidden(connection: Connection) -> int:
    return int(
        connection.exec_driver_sql(
            "SELECT count(*) FROM search_record WHERE hidden = 1 "
            "AND +num IN (SELECT num FROM temp.found)"
        ).scalar_one()
    )


def _condition(entity: str, total: int) -> str:
    if total <= FEW_ENOUGH:
        return (
            "id IN (SELECT record FROM temp.found CROSS JOIN search_record "
            "ON search_record.num = found.num)"
        )
    return (
        f'(SELECT num FROM search_record WHERE record = "{entity}".id) '  # noqa: S608 - ours
        "IN (SELECT num FROM temp.found)"
    )
