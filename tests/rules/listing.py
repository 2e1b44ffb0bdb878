"""The tables of rights with the tests that prove each row, written out.

Read from the tables, which a test compares with the running program, and from the names
that pytest gives its tests; a row that no test proves is named and fails the call.
"""

from collections.abc import Iterator

from sscdesk.model.authority import writer_rule
from sscdesk.model.base import record_kinds
from tests.rules import cases
from tests.rules.ownership import (
    BILATERAL,
    COMMENTED,
    NEVER_LEAVES,
    OWN_ROWS,
    OWNED,
    SHARED,
    Owned,
)
from tests.rules.transitions import ACTS, CREATIONS, Row

_WHO = {"W": "an author or officer", "F": "the focal point", "H": "the head of office"}
_OFFICES = {
    "owner": "the owner",
    "keeper": "the office of its country",
    "party": "either party",
    "owed_by": "the office that owes",
    "owed_to": "the office it is owed to",
    "responsible": "the responsible office",
    "second": "the second office",
}


def lines() -> Iterator[str]:
    """Give the document, line by line."""
    yield "# Who may do what"
    yield ""
    yield "Written by `packaging/rules --write`; a test compares it with the program."
    yield ""
    yield "## Transitions"
    yield ""
    yield "Compared with the program row by row; tests stand in `tests/rules/test_transitions.py`,"
    yield "their parameter names the row: `test_the_entitled_officer_may[exchange: idea plan]`."
    yield "✦ means four eyes, ⇄ that both offices act, ×n how many tests refuse it."
    for entity in dict.fromkeys(row.entity for row in (*CREATIONS, *ACTS)):
        yield from _entity(entity)

    yield from _ownership()


def _ownership() -> Iterator[str]:
    yield ""
    yield "## Ownership between offices"
    yield ""
    yield "Made by Morocco's office with Mali's as its partner, Senegal's as a third one. The tests"
    yield "stand in `tests/rules/test_ownership.py`; the rule is read from the program."
    yield ""
    yield "| record or part | field | rule | written by, and believed | refused, and suggested |"
    yield "|---|---|---|---|---|"
    for one in OWNED:
        cells = (one.name, one.field, _rule(one), _tests(one, one.writers, "by"),
                 _tests(one, one.strangers, "by"))  # fmt: skip
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield f"Added by the partner and kept by it: {', '.join(row[0] for row in OWN_ROWS)}."
    yield ""
    yield f"Commented by the partner: {', '.join(COMMENTED)}."
    for title, found in (
        ("Never leaves an office", NEVER_LEAVES),
        ("Goes to the partner alone", BILATERAL),
        ("Goes to every office", SHARED),
    ):
        yield ""
        yield f"{title}: {', '.join(f'{entity}.{name}' for entity, name in found)}."


def _rule(one: Owned) -> str:
    part, _, field = one.field.rpartition(".")
    kind = record_kinds()["organisation" if one.entity == "donor" else one.entity]
    return writer_rule(kind.parts[part] if part else kind.mapped, field)


def _tests(one: Owned, offices: tuple[str, ...], by: str) -> str:
    return ", ".join(f"{one.name} {by} {office}" for office in offices) or "–"


def _entity(entity: str) -> Iterator[str]:
    yield ""
    yield f"### {entity}"
    yield ""
    yield "| from | action | to | who | must hold | allowed by | refused by |"
    yield "|---|---|---|---|---|---|---|"
    for row in (*CREATIONS, *ACTS):
        if row.entity == entity:
            for source in row.sources or ("",):
                yield _line(row, source)


def _line(row: Row, source: str) -> str:
    allowed = [case.test for case in cases.ALLOWED if _is_of(case, row, source)]
    refused: dict[str, int] = {}
    for case in cases.REFUSED:
        if _is_of(case, row, source):
            refused[case.test] = refused.get(case.test, 0) + 1
    cells = (
        source or "–",
        row.action,
        row.reached_from(source),
        _who(row),
        ", ".join(_must(row)) or "–",
        "<br>".join(allowed),
        "<br>".join(f"{test} ×{count}" for test, count in refused.items()),
    )
    return f"| {' | '.join(cells)} |"


def _is_of(case: cases.Case, row: Row, source: str) -> bool:
    if case.test == "test_out_of_order_it_is_refused":
        return case.row is row  # from any state that is not a source
    return case.row is row and case.source == source


def _who(row: Row) -> str:
    people = " or ".join(_WHO[letter] for letter in row.who)
    marks = " ✦" * bool(row.four_eyes) + " ⇄" * bool(row.both)
    return f"{people} of {_OFFICES[row.office]}{marks}"


def _must(row: Row) -> Iterator[str]:
    yield from row.must_hold
    if row.reason:
        yield "a reason"


def nodes() -> set[str]:
    """The whole names of all tests of rows, as pytest calls them."""
    owned = "tests/rules/test_ownership.py::test_"
    believed = "the_office_that_writes_is_believed_by_its_partner"
    refused = "another_office_is_refused_and_a_file_of_it_is_not_applied"
    return {
        *(case.node for case in (*cases.ALLOWED, *cases.REFUSED)),
        *(f"{owned}{believed}[{one.name} by {o}]" for one in OWNED for o in one.writers),
        *(f"{owned}{refused}[{one.name} by {o}]" for one in OWNED for o in one.strangers),
    }


def text() -> str:
    """The document."""
    return "\n".join(lines()) + "\n"
