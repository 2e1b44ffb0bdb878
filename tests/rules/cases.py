"""The cases that prove each row of the table, by the names that the tests carry."""

from dataclasses import dataclass

from tests.rules.staging import LACKS
from tests.rules.transitions import ACTS, CREATIONS, Row, states_of

EVERY_ROLE = ("officer", "focal_point", "head", "reader", "admin")
FILE = "tests/rules/test_transitions.py"
OF_REPORTS = {"subject-state", "section-empty", "not-your-role", "kind-not-countersigned"}


@dataclass(frozen=True)
class Case:
    """One test of one row from one state."""

    row: Row
    source: str
    what: str
    """What is refused and why; empty for what is allowed."""
    test: str

    @property
    def id(self) -> str:
        """The name within the test."""
        name = self.row.name(self.source)
        return f"{name} {self.what}" if self.what else name

    @property
    def node(self) -> str:
        """The whole name, as pytest calls it."""
        return f"{FILE}::{self.test}[{self.id}]"


def _allowed() -> list[Case]:
    created = [Case(row, "", "", "test_the_entitled_officer_begins_it") for row in CREATIONS]
    acted = [
        Case(row, source, "", "test_the_entitled_officer_may")
        for row in ACTS
        for source in row.sources
    ]
    return [*created, *acted]


def _of_each(test: str, *whats: str, only: str = "") -> list[Case]:
    return [
        Case(row, source, what, test)
        for row in ACTS
        for source in row.sources
        for what in whats
        if not only or getattr(row, only)
    ]


def _wrong_role() -> list[Case]:
    acted = [
        Case(row, source, f"by {role}", "test_another_role_may_not")
        for row in ACTS
        for source in row.sources
        for role in EVERY_ROLE
        if role not in row.roles
    ]
    created = [
        Case(row, "", f"by {role}", "test_another_role_does_not_begin_it")
        for row in CREATIONS
        for role in EVERY_ROLE
        if role not in row.roles
    ]
    return [*created, *acted]


def _wrong_state() -> list[Case]:
    sources: dict[tuple[str, str], set[str]] = {}
    for row in ACTS:
        sources.setdefault((row.entity, row.action), set()).update(row.sources)
    return [
        Case(row, state, "out of order", "test_out_of_order_it_is_refused")
        for row in ACTS
        for state in states_of(row.entity)
        if state not in sources[row.entity, row.action]
    ]


def _lacking() -> list[Case]:
    created = [
        Case(row, "", f"without {code}", "test_what_must_hold_is_asked_for_at_the_beginning")
        for row in CREATIONS
        for code in row.must_hold
    ]
    acted = [
        Case(row, source, f"without {code}", _asked(row))
        for row in ACTS
        for source in row.sources
        for code in row.must_hold
    ]
    return [*created, *acted]


def _asked(row: Row) -> str:
    ending = "_of_a_report" if row.entity == "report" else ""
    return f"test_what_must_hold_is_asked_for{ending}"


def _four_eyes() -> list[Case]:
    return [
        Case(row, source, f"after own {action}", "test_nobody_does_alone_what_they_did_alone")
        for row in ACTS
        for source in row.sources
        for action in row.four_eyes
    ]


ALLOWED = _allowed()
WRONG_ROLE = _wrong_role()
WRONG_OFFICE = _of_each("test_another_office_may_not", "by another office")
WRONG_STATE = _wrong_state()
LACKING = _lacking()
FOUR_EYES = _four_eyes()
NO_REASON = _of_each("test_a_reason_is_asked_for", "without a reason", only="reason")
REFUSED = [*WRONG_ROLE, *WRONG_OFFICE, *WRONG_STATE, *LACKING, *FOUR_EYES, *NO_REASON]


def unproved() -> list[str]:
    """Rows of the table that no test proves allowed, or none proves refused."""
    return [
        row.name(source)
        for row in (*CREATIONS, *ACTS)
        for source in row.sources or ("",)
        for cases in (ALLOWED, [*WRONG_ROLE, *WRONG_OFFICE])
        if not any(case.row is row and case.source == source for case in cases)
    ]


def lacks_without_a_way() -> set[str]:
    """Conditions of the table that no staged record lacks, and lacks that no row names."""
    named = {(r.entity, r.action, code) for r in ACTS for code in r.must_hold}
    named -= {one for one in named if one[0] == "report"}
    made = {(*key, code) for key, codes in LACKS.items() for code in codes}
    return {" ".join(one) for one in named ^ made}
