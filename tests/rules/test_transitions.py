"""Every row of the table of transitions, allowed and refused, on real desks.

The acts go through the services that the windows and the command line use; what two
offices do together goes by file.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from sscdesk.application import actions, records, reports
from sscdesk.application.views import RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import LANGUAGES, error_hint, error_text, language
from sscdesk.model.refusal import DeskError, NotFound, Refused
from sscdesk.model.values import Money, Value
from tests.desks import PASSPHRASE, DeskMaker
from tests.rules import cases
from tests.rules.cases import Case
from tests.rules.crew import Crew
from tests.rules.staging import (
    LACKS,
    a_mission,
    a_paper,
    a_practice,
    a_report,
    an_action_plan,
    an_agreement,
    an_exchange,
    an_organisation,
    made,
    staged,
)
from tests.rules.transitions import ROWS, states_of

WHY = "Le ministère l'a demandé."
ACTING = {"owed_to": "ML", "second": "ML"}
"""The office that acts where it is not the one that owns the record."""
STRANGER = {"owner": "ML", "keeper": "ML", "responsible": "ML", "owed_by": "ML", "owed_to": "MA",
            "party": "SN", "second": "SN"}  # fmt: skip
"""An office that may not act."""
UNSEEN: Mapping[tuple[str, str], tuple[str, ...]] = {
    **{("expense", state): ("ML", "SN") for state in states_of("expense")},
    **{("commitment", state): ("SN",) for state in states_of("commitment")},
    **{("report", state): ("SN",) for state in states_of("report")},
    **{("report", state): ("ML", "SN") for state in ("draft", "returned", "submitted", "reviewed")},
}
"""Offices that do not even hold such a record in such a state."""

Values = Mapping[str, Value]


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crew]:
    folder: Path = tmp_path_factory.mktemp("offices")
    made_here = Crew(DeskMaker(folder), folder)
    made_here.found("MA", "ML", "SN")
    yield made_here
    made_here.maker.close()


def each(found: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", found, ids=[case.id for case in found])


def act(
    w: Workspace, record: str, case: Case, note: str = WHY, said: Values | None = None
) -> RecordView:
    """Do the act of a row by the service that does it for the officer."""
    if case.row.action in ("sign", "countersign") and case.row.entity == "report":
        by = {"sign": reports.sign, "countersign": reports.countersign}
        return by[case.row.action](w, record, PASSPHRASE, note)
    return actions.perform(w, record, case.row.action, note, said)


def refusal(run: Callable[[], object]) -> DeskError:
    """What a call is refused with: a field or a sentence, and a next step, in each language."""
    with pytest.raises((Refused, NotFound)) as caught:
        run()
    found = caught.value
    for code in LANGUAGES:
        with language(code):
            assert error_text(found).strip()
            assert error_hint(found).strip(), found.code
    return found


def codes(found: DeskError) -> set[str]:
    """Everything that stands against it."""
    return {one.code for one in (found, *found.also)}


def entitled(case: Case, crew: Crew) -> Workspace:
    """The desk where the row is acted, with an officer who may."""
    role = (
        "head"
        if case.row.who in ("H", "FH")
        else "focal_point"
        if case.row.who == "F"
        else "officer"
    )
    office = ACTING.get(case.row.office, "MA")
    return crew.at(office, role)


def unchanged(crew: Crew, case: Case, record: str, office: str = "MA") -> bool:
    return crew.state(office, case.row.entity, record) == case.source


def ready(case: Case, crew: Crew) -> tuple[str, Values]:
    """A record that lacks nothing, known to the partner as far as it may know it."""
    record, said = staged(crew, case.row, case.source)
    told = (case.row.entity, case.row.action) == ("exchange", "confirm")
    if told or case.row.office in ACTING or case.row.both:
        crew.send("MA", "ML")
    return record, said


# ---------------------------------------------------------------- allowed


CREATED: Mapping[str, Callable[[Crew], dict[str, Value]]] = {
    "exchange": lambda crew: {"title_fr": "Atelier", "kind": "workshop", "step": "share",
                              "lead_office": "MA"},
    "mission": lambda crew: {"purpose_fr": "Étude", "departs_on": "2026-03-09",
                             "returns_on": "2026-03-13"},
    "commitment": lambda crew: {
        "title_fr": "Recevoir deux agents", "action_plan": an_action_plan(crew),
        "field": "migrants_rights", "owed_by": "MA", "owed_to": "ML",
        "owner_organisation": an_organisation(crew),
        "beneficiary_organisation": an_organisation(crew), "due_on": "2026-06-30",
    },
    "follow_up": lambda crew: {
        "action_fr": "Envoyer la fiche", "origin": an_exchange(crew), "responsible_office": "MA",
        "responsible": crew.officer("MA", "officer"), "due_on": "2026-04-30",
    },
    "practice": lambda crew: {
        "title_fr": "Guichet unique", "country": "MA", "owner_organisation": an_organisation(crew),
        "field": "migration_development", "sub_theme": "diaspora_services",
    },
    "agreement": lambda crew: {"title_fr": "Mémorandum", "kind": "mou", "countries": ("MA", "ML"),
                               "parties": (an_organisation(crew),)},
    "action_plan": lambda crew: {"title_fr": "Plan", "offices": ("MA", "ML"),
                                 "agreement": an_agreement(crew), "period_from": "2026",
                                 "period_until": "2028"},
    "expense": lambda crew: {"mission": a_mission(crew), "traveller": crew.officer("MA", "officer"),
                             "kind": "lodging", "spent_on": "2026-03-01",
                             "amount": Money(90_000, "MAD")},
}  # fmt: skip


def begun(crew: Crew, entity: str, who: str, without: str = "") -> RecordView:
    """Begin a record as somebody; what it needs is prepared by others."""
    if entity == "report":
        mission = a_mission(crew)
        crew.move("mission", mission, "draft" if without else "returned")
        return reports.build(crew.at("MA", who), "mission_report", mission, "fr")
    values = CREATED[entity](crew)
    given = {name: value for name, value in values.items() if name != without}
    return records.create(crew.at("MA", who), entity, given)


@each([case for case in cases.ALLOWED if not case.source])
def test_the_entitled_officer_begins_it(case: Case, crew: Crew) -> None:
    for role in sorted(case.row.roles):
        assert begun(crew, case.row.entity, role).state == case.row.target


@each([case for case in cases.ALLOWED if case.source])
def test_the_entitled_officer_may(case: Case, crew: Crew) -> None:
    record, said = ready(case, crew)

    act(entitled(case, crew), record, case, said=said)

    wanted = case.row.reached_from(case.source)
    entity = case.row.entity
    if case.row.both and entity != "report":
        assert crew.state("MA", entity, record) == case.source
        crew.send("MA", "ML")
        assert crew.state("ML", entity, record) == case.source
        act(crew.at("ML", "head"), record, case)
        assert crew.state("ML", entity, record) == wanted
        crew.send("ML", "MA")
    if case.row.office in ACTING:
        assert crew.state("ML", entity, record) == wanted
        crew.send("ML", "MA")
    assert crew.state("MA", entity, record) == wanted


@pytest.mark.parametrize(
    "entity, action, source",
    [
        ("commitment", "agree", "proposed"),
        ("commitment", "drop", "agreed"),
        ("action_plan", "adopt", "draft"),
        ("action_plan", "close", "adopted"),
    ],
)
def test_the_order_of_two_offices_does_not_matter(
    entity: str, action: str, source: str, crew: Crew
) -> None:
    record = made(crew, entity, source)
    crew.send("MA", "ML")

    actions.perform(crew.at("ML", "head"), record, action, WHY)
    actions.perform(crew.at("MA", "head"), record, action, WHY)
    assert crew.state("MA", entity, record) == crew.state("ML", entity, record) == source
    crew.send("ML", "MA")
    crew.send("MA", "ML")

    (target,) = {row.target for row in ROWS if (row.entity, row.action) == (entity, action)}
    assert crew.state("MA", entity, record) == crew.state("ML", entity, record) == target


# ---------------------------------------------------------------- refused


@each([case for case in cases.WRONG_ROLE if not case.source])
def test_another_role_does_not_begin_it(case: Case, crew: Crew) -> None:
    role = case.what.removeprefix("by ")

    found = refusal(lambda: begun(crew, case.row.entity, role))

    assert found.code == "not-your-role"


@each([case for case in cases.WRONG_ROLE if case.source])
def test_another_role_may_not(case: Case, crew: Crew) -> None:
    record, said = ready(case, crew)
    office = ACTING.get(case.row.office, "MA")
    w = crew.at(office, case.what.removeprefix("by "))

    found = refusal(lambda: act(w, record, case, said=said))

    assert "not-your-role" in codes(found)
    assert unchanged(crew, case, record, office)


@each(cases.WRONG_OFFICE)
def test_another_office_may_not(case: Case, crew: Crew) -> None:
    record, said = staged(crew, case.row, case.source)
    office = STRANGER[case.row.office]
    crew.send("MA", "ML", "SN")
    w = crew.at(office, "head")

    found = refusal(lambda: act(w, record, case, said=said))

    unseen = office in UNSEEN.get((case.row.entity, case.source), ())
    assert found.code == ("not-found" if unseen else "not-your-office")
    assert unchanged(crew, case, record)


@each(cases.WRONG_STATE)
def test_out_of_order_it_is_refused(case: Case, crew: Crew) -> None:
    record = made_once(crew, case)
    w = entitled(case, crew)

    found = refusal(lambda: act(w, record, case))

    assert (found.code, found.field) == ("wrong-state", "state")
    assert unchanged(crew, case, record, w.office)


KEPT: dict[tuple[str, str], str] = {}
"""One record for each state: what is refused leaves it as it was."""


@pytest.fixture(scope="module", autouse=True)
def forget() -> Iterator[None]:
    yield
    KEPT.clear()


def made_once(crew: Crew, case: Case) -> str:
    key = (case.row.entity, case.source)
    if key not in KEPT:
        KEPT[key] = made(crew, *key)
        if case.row.entity == "report" and case.source in (
            "draft",
            "returned",
            "submitted",
            "reviewed",
        ):
            with crew.at("MA").unit("Staged", undoable=False) as unit:
                unit.set_audience("report", KEPT[key], "*")
        crew.send("MA", "ML")
    return KEPT[key]


@each([case for case in cases.LACKING if not case.source])
def test_what_must_hold_is_asked_for_at_the_beginning(case: Case, crew: Crew) -> None:
    code, _, name = case.what.removeprefix("without ").partition(":")

    found = refusal(lambda: begun(crew, case.row.entity, "officer", name or code))

    assert code in codes(found)
    assert (name or found.field) in {one.field for one in (found, *found.also)}


@each([case for case in cases.LACKING if case.source and case.row.entity != "report"])
def test_what_must_hold_is_asked_for(case: Case, crew: Crew) -> None:
    lack = case.what.removeprefix("without ")
    code, _, name = lack.partition(":")
    record, said = staged(crew, case.row, case.source, lack)
    if code != "partners-not-told" and case.row.action == "confirm":
        crew.send("MA", "ML")
    w = entitled(case, crew)

    found = refusal(lambda: act(w, record, case, "" if code == "day-not-reached" else WHY, said))

    assert code in codes(found)
    if name:
        assert name in {one.field for one in (found, *found.also)}
    assert unchanged(crew, case, record)


@each([case for case in cases.LACKING if case.source and case.row.entity == "report"])
def test_what_must_hold_is_asked_for_of_a_report(case: Case, crew: Crew) -> None:
    code = case.what.removeprefix("without ")
    w, record = LACKING_REPORTS[code](crew, case.source)

    found = refusal(lambda: act(w, record, case))

    assert code in codes(found)
    assert unchanged(crew, case, record)


def _empty_section(crew: Crew, source: str) -> tuple[Workspace, str]:
    record = a_report(crew, source)
    with crew.at("MA").read() as connection:
        subject = connection.exec_driver_sql(
            "SELECT subject FROM report WHERE id = ?", (record,)
        ).scalar_one()
    crew.empty("mission_finding", str(subject))
    return crew.at("MA", "officer"), record


def _by_a_focal_point(crew: Crew, source: str) -> tuple[Workspace, str]:
    return crew.at("MA", "focal_point"), a_report(crew, source)


def _not_countersigned(crew: Crew, source: str) -> tuple[Workspace, str]:
    record = a_paper(crew, "practice_sheet", a_practice(crew), source, second_offices=("ML",))
    with crew.at("MA").unit("Staged", undoable=False) as unit:
        unit.set_audience("report", record, "*")
    crew.send("MA", "ML")
    return crew.at("ML", "head"), record


LACKING_REPORTS: Mapping[str, Callable[[Crew, str], tuple[Workspace, str]]] = {
    "section-empty": _empty_section,
    "not-your-role": _by_a_focal_point,
    "kind-not-countersigned": _not_countersigned,
}


@each(cases.FOUR_EYES)
def test_nobody_does_alone_what_they_did_alone(case: Case, crew: Crew) -> None:
    own = case.what.removeprefix("after own ")
    record, said = ready(case, crew)
    office = ACTING.get(case.row.office, "MA")
    who = "head" if case.row.who == "H" else "focal_point"
    author(crew, case, record, own, who)
    w = crew.at(office, who)

    found = refusal(lambda: act(w, record, case, said=said))

    assert "four-eyes" in codes(found)
    assert unchanged(crew, case, record, office)


def author(crew: Crew, case: Case, record: str, own: str, who: str) -> None:
    """Let somebody be the author of a record or of an act on it."""
    office = ACTING.get(case.row.office, "MA")
    officer = crew.officer(office, who)
    with crew.at(office).exclusive() as connection:
        if own == "create":
            connection.exec_driver_sql(
                f'UPDATE "{case.row.entity}" SET created_by = ? WHERE id = ?', (officer, record)
            )
    if own != "create":
        with crew.at(office, who).unit("Staged", undoable=False) as unit:
            unit.set_state(case.row.entity, record, own, case.source)


@each(cases.NO_REASON)
def test_a_reason_is_asked_for(case: Case, crew: Crew) -> None:
    record, said = ready(case, crew)
    w = entitled(case, crew)

    found = refusal(lambda: act(w, record, case, "  ", said))

    assert "reason-needed" in codes(found)
    assert unchanged(crew, case, record, w.office)


@pytest.mark.parametrize("action, source", [("sign", "reviewed"), ("countersign", "signed")])
def test_a_report_is_not_signed_without_making_its_document(
    action: str, source: str, crew: Crew
) -> None:
    record = a_report(crew, source)
    crew.send("MA", "ML")
    office = "MA" if action == "sign" else "ML"

    found = refusal(lambda: actions.perform(crew.at(office, "head"), record, action))

    assert found.code == "passphrase-needed"
    assert crew.state(office, "report", record) == source


def test_a_report_is_not_made_by_hand_of_a_record_that_is_not_ready(crew: Crew) -> None:
    values: dict[str, Value] = {
        "kind": "mission_report",
        "subject": a_mission(crew),
        "language": "fr",
    }

    found = refusal(lambda: records.create(crew.at("MA", "officer"), "report", values))

    assert (found.code, found.field) == ("subject-state", "subject")


# ---------------------------------------------------------------- the table is whole


def test_no_row_is_without_its_proof() -> None:
    assert not cases.unproved()
    assert not cases.lacks_without_a_way()
    assert {code for row in ROWS if row.entity == "report" for code in row.must_hold} == (
        cases.OF_REPORTS
    )
    assert LACKS
