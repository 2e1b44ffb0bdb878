"""What holds for every indicator, whatever was recorded and however it arrived."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from sscdesk.application import indicators, records
from sscdesk.application import synchronise as sync
from sscdesk.application.indicator_measures import MEASURES, Mode
from sscdesk.application.indicator_views import IndicatorView, Question
from sscdesk.application.workspace import Workspace
from sscdesk.model.period import GRAINS
from tests.application.counting import (
    a_person,
    an_exchange,
    an_organisation,
    behind,
    define,
    look,
    merge,
    move,
)
from tests.desks import DeskMaker, befriend

DAYS = st.sampled_from(
    ["2025", "2025-12", "2025-12-31", "2026-01-01", "2026-02-28", "2026-03", "2026-04-01", "2027"]
)
FIELDS = st.sets(st.sampled_from(["migrants_rights", "migration_development"]), max_size=2)


@dataclass(frozen=True)
class Meeting:
    """An exchange that may have been held."""

    day: str
    kind: str
    step: str
    state: str
    fields: tuple[str, ...]
    people: tuple[int, ...]


MEETINGS = st.lists(
    st.builds(
        Meeting,
        day=DAYS,
        kind=st.sampled_from(["training", "workshop", "expert_mission"]),
        step=st.sampled_from(["share", "transfer"]),
        state=st.sampled_from(["held", "closed", "planned"]),
        fields=FIELDS.map(lambda found: tuple(sorted(found))),
        people=st.lists(st.integers(0, 4), max_size=4).map(tuple),
    ),
    max_size=6,
)
CODES = ("IND-01", "IND-02", "IND-03", "IND-04", "IND-05", "IND-06", "IND-07", "IND-12")


@contextmanager
def a_desk() -> Iterator[tuple[DeskMaker, Path]]:
    with TemporaryDirectory() as folder:
        maker = DeskMaker(Path(folder))
        try:
            yield maker, Path(folder)
        finally:
            maker.close()


def five_people(w: Workspace) -> list[str]:
    """Two of a ministry, one of an association abroad, two of whom one is the other."""
    home = an_organisation(w)
    abroad = an_organisation(w, "Association", country="ES", kind="ngo")
    people = [
        a_person(w, "A", "f", home),
        a_person(w, "B", "m", home),
        a_person(w, "C", "u", abroad),
        a_person(w, "D", "f"),
        a_person(w, "E", "u", home),
    ]
    merge(w, "person", people[4], people[0])
    return people


def hold(w: Workspace, meeting: Meeting, people: list[str]) -> None:
    an_exchange(
        w,
        [people[one] for one in meeting.people],
        meeting.day,
        meeting.state,
        kind=meeting.kind,
        step=meeting.step,
        fields_of_action=meeting.fields,
    )


@settings(max_examples=15)
@given(MEETINGS, st.sampled_from(GRAINS))
def test_the_sides_make_up_the_whole(meetings: list[Meeting], grain: str) -> None:
    with a_desk() as (maker, _folder):
        w = maker.office("MA")
        define(w, *CODES)
        people = five_people(w)
        for meeting in meetings:
            hold(w, meeting, people)

        for code in CODES:
            for by in MEASURES[code].sides:
                view = look(w, code, by=by, grain=grain)
                assert _whole(view, MEASURES[code].mode), (code, by)


def _whole(view: IndicatorView, mode: Mode) -> bool:
    """Whether sides and, of what adds up, periods make the total."""
    total, sides = view.figure.total, list(view.totals.values())
    if mode is Mode.RATIO:
        whole = sum(one.denominator or 0 for one in sides) - view.overlap
        return whole == (total.denominator or 0)
    adds = sum(one.value or 0 for one in sides) - view.overlap == (total.value or 0)
    by_period = all(
        view.overlap
        or sum(one.value or 0 for one in line.sides.values()) == (line.total.value or 0)
        for line in view.periods
    )
    if mode is Mode.SUM:
        adds = adds and sum(line.total.value or 0 for line in view.periods) == (total.value or 0)
    return adds and by_period


@settings(max_examples=15)
@given(MEETINGS, DAYS.filter(lambda day: len(day) == 10), DAYS.filter(lambda day: len(day) == 10))
def test_what_lies_outside_the_period_never_counts(
    meetings: list[Meeting], begins: str, ends: str
) -> None:
    with a_desk() as (maker, _folder):
        w = maker.office("MA")
        define(w, "IND-01", "IND-02", "IND-03")
        people = five_people(w)
        for meeting in meetings:
            hold(w, meeting, people)

        held = [one for one in meetings if one.state != "planned" and _within(one, begins, ends)]
        who = [{person % 4 for person in one.people} for one in held]
        asked = {"begins": begins, "ends": ends}
        found = [
            look(w, code, **asked).figure.total.value for code in ("IND-01", "IND-02", "IND-03")
        ]

        assert found == [len(held), sum(map(len, who)), len(set().union(*who))]
        assert len(behind(w, "IND-01", **asked)) == len(held)


def _within(meeting: Meeting, begins: str, ends: str) -> bool:
    """Whether all days that a date may mean lie within: counted anew, day by day."""
    days = {
        "2025": ("2025-01-01", "2025-12-31"),
        "2025-12": ("2025-12-01", "2025-12-31"),
        "2026-03": ("2026-03-01", "2026-03-31"),
        "2027": ("2027-01-01", "2027-12-31"),
    }.get(meeting.day, (meeting.day, meeting.day))
    return begins <= days[0] and days[1] <= ends


@settings(max_examples=6)
@given(MEETINGS.filter(lambda found: len(found) > 1), st.randoms(use_true_random=False))
def test_counting_is_the_same_in_whatever_order_files_arrive(
    meetings: list[Meeting], chance: Random
) -> None:
    with a_desk() as (maker, folder):
        ml, ma, ci = (maker.office(code) for code in ("ML", "MA", "CI"))
        befriend(folder, ml, ma, ci)
        define(ml, *CODES)
        people = five_people(ml)
        files = defaultdict(list)
        for place, meeting in enumerate(meetings):
            hold(ml, meeting, people)
            for office in ("MA", "CI"):
                path = folder / f"{place}-{office}.sscsync"
                sync.export(ml, [office], path)
                files[office].append(path)
        chance.shuffle(files["CI"])
        for w in (ma, ci):
            for path in files[w.office]:
                sync.accept(w, [path])

        assert _all_figures(ma) == _all_figures(ci) == _all_figures(ml)


def _all_figures(w: Workspace) -> list[object]:
    asked = Question(grain="month", ends="2027-12-31")
    found: list[object] = []
    for one in indicators.figures(w, asked):
        found += [one.code, one.total, one.trend]
        for by in MEASURES[one.code].sides:
            view = look(w, one.code, by=by)
            found += [by, dict(view.totals), view.overlap, behind(w, one.code)]
    return found


def test_an_exchange_that_was_cancelled_after_all_counts_no_more() -> None:
    with a_desk() as (maker, _folder):
        w = maker.office("MA")
        define(w, "IND-01")
        exchange = an_exchange(w)
        move(w, "exchange", exchange.id, "planned")
        records.delete(w, exchange.id)

        assert look(w, "IND-01").figure.total.value == 0
