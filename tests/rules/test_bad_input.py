"""What cannot be is refused with its field and the next step, alike by both faces.

The windows read what is typed by ``application/typed.py`` and write through
``application/records.py``; the command line is called as a whole.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sscdesk.application import actions, records
from sscdesk.application.typed import habits_of, value_of
from sscdesk.application.views import RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import LANGUAGES, error_hint, error_text, language
from sscdesk.model.base import record_kinds
from sscdesk.model.refusal import DeskError
from sscdesk.model.values import Value
from tests.cli.calling import Caller, ma, secret
from tests.desks import DeskMaker, a_mission, an_organisation

__all__ = ["ma", "secret"]

MISSION = ("purpose_fr=Visite", "departs_on=2026-03-09", "returns_on=2026-03-13")
ORGANISATION = ("name_fr=Direction", "country=MA", "kind=directorate", "level=national")
EXCHANGE = ("title_fr=Atelier", "kind=workshop", "step=share", "lead_office=MA")
AGREEMENT = ("title_fr=Accord", "kind=mou", "countries=MA", "countries=ML")


@pytest.fixture
def w(tmp_path: Path) -> Iterator[Workspace]:
    maker = DeskMaker(tmp_path / "desk")
    (tmp_path / "desk").mkdir()
    yield maker.office("MA")
    maker.close()


def told(run: Callable[[], object]) -> DeskError:
    """What is refused: in three languages that differ, with a next step."""
    with pytest.raises(DeskError) as caught:
        run()
    found = caught.value
    said = set()
    for code in LANGUAGES:
        with language(code):
            said.add(error_text(found))
            assert error_hint(found).strip(), found.code
    assert len(said) == len(LANGUAGES)
    return found


def typed(w: Workspace, entity: str, name: str, text: str) -> Value:
    """What the windows read when an officer leaves a field."""
    with w.read() as connection:
        field = record_kinds()[entity].fields[name]
        return value_of(connection, field, text, habits_of(w, connection))


# ---------------------------------------------------------------- dates and amounts


BAD = [
    ("mission", MISSION, "departs_on", "2026-06-31", "no-such-day"),
    ("mission", MISSION, "departs_on", "31/06/2026", "no-such-day"),
    ("mission", MISSION, "departs_on", "2025-02-29", "no-such-day"),
    ("mission", MISSION, "returns_on", "2026-03-08", "dates-reversed"),
    ("mission", MISSION, "budget", "100.50 XOF", "wrong-decimals"),
    ("mission", MISSION, "budget", "100,5 XOF", "wrong-decimals"),
    ("mission", MISSION, "budget", "10.505 MAD", "amount-unclear"),
    ("mission", MISSION, "budget", "10.505 EUR", "amount-unclear"),
    ("mission", MISSION, "budget", "10,5055 MAD", "wrong-decimals"),
    ("mission", MISSION, "budget", "-5 MAD", "negative-amount"),
    ("mission", MISSION, "budget", "100 USD", "unknown-currency"),
    ("organisation", ORGANISATION, "email", "nobody at all", "not-an-email"),
    ("organisation", ORGANISATION, "level", "galactic", "unknown-code"),
]


@pytest.mark.parametrize("entity, words, name, text, code", BAD, ids=lambda one: str(one)[:24])
def test_what_cannot_be_is_refused_by_the_windows(
    w: Workspace, entity: str, words: tuple[str, ...], name: str, text: str, code: str
) -> None:
    given = {word.partition("=")[0]: word.partition("=")[2] for word in words}
    values = {field: typed(w, entity, field, said) for field, said in given.items()}
    made = records.create(w, entity, values)

    found = told(lambda: records.change(w, made.ref, {name: typed(w, entity, name, text)}))

    assert (found.code, found.field) == (code, name)
    assert records.view(w, made.ref).fields[name] == made.fields[name]


@pytest.mark.parametrize("entity, words, name, text, code", BAD, ids=lambda one: str(one)[:24])
def test_what_cannot_be_is_refused_by_the_command_line(
    ma: Caller, entity: str, words: tuple[str, ...], name: str, text: str, code: str
) -> None:
    ref = ma("new", entity, *words)["ref"]

    said = {lang: ma.error("set", ref, f"{name}={text}", lang=lang) for lang in LANGUAGES}

    assert {one["code"] for one in said.values()} == {code}
    assert {one["field"] for one in said.values()} == {name}
    assert all(one["hint"] for one in said.values())
    assert len({one["message"] for one in said.values()}) == len(LANGUAGES)


@pytest.mark.parametrize(
    "text, held",
    [
        ("2019", "2019"),
        ("2019-06", "2019-06"),
        ("06/2019", "2019-06"),
        ("28/6/2019", "2019-06-28"),
    ],
)
def test_a_part_of_a_date_is_enough_where_nothing_wants_the_day(
    ma: Caller, text: str, held: str
) -> None:
    party = ma("new", "organisation", *ORGANISATION)["ref"]
    ref = ma("new", "agreement", "title_fr=Accord", "kind=mou", "countries=MA", f"parties={party}")[
        "ref"
    ]

    assert ma("set", ref, f"signed_on={text}")["fields"]["signed_on"] == held


@pytest.mark.parametrize("text, held", [("100 XOF", "100 XOF"), ("10.50 MAD", "10.50 MAD"),
                                        ("1 234,5 EUR", "1234.50 EUR")])  # fmt: skip
def test_amounts_keep_the_decimals_of_their_currency(ma: Caller, text: str, held: str) -> None:
    ref = ma("new", "mission", *MISSION)["ref"]

    assert ma("set", ref, f"budget={text}")["fields"]["budget"] == held


# ---------------------------------------------------------------- circles


def an_exchange(w: Workspace, **more: Value) -> RecordView:
    values: dict[str, Value] = {"title_fr": "Atelier", "kind": "workshop", "step": "share"}
    return records.create(w, "exchange", {**values, "lead_office": "MA", **more})


def a_chain_of_exchanges(w: Workspace) -> tuple[str, list[str]]:
    first = an_exchange(w).id
    second = an_exchange(w, continues=first).id
    third = an_exchange(w, continues=second).id
    return "continues", [first, second, third]


def a_chain_of_organisations(w: Workspace) -> tuple[str, list[str]]:
    made = [an_organisation(w).id for _ in range(3)]
    records.change(w, made[1], {"parent_organisation": made[0]})
    records.change(w, made[2], {"parent_organisation": made[1]})
    return "parent_organisation", made


def a_chain_of_agreements(w: Workspace) -> tuple[str, list[str]]:
    party = an_organisation(w).id
    values: dict[str, Value] = {"title_fr": "Accord", "kind": "mou", "countries": ("MA", "ML")}
    made: list[str] = []
    for _ in range(3):
        more = {"parent_agreement": made[-1]} if made else {}
        made.append(records.create(w, "agreement", {**values, "parties": (party,), **more}).id)
    return "parent_agreement", made


def a_chain_of_follow_ups(w: Workspace) -> tuple[str, list[str]]:
    values: dict[str, Value] = {
        "action_fr": "Envoyer",
        "origin": an_exchange(w).id,
        "responsible_office": "MA",
        "responsible": w.actor.officer,
        "due_on": "2026-04-30",
    }
    made = [records.create(w, "follow_up", values).id for _ in range(3)]
    records.change(w, made[1], {"carried_over_to": made[0]})
    records.change(w, made[2], {"carried_over_to": made[1]})
    return "carried_over_to", made


@pytest.mark.parametrize("depth", [0, 1, 2], ids=["itself", "its child", "its grandchild"])
@pytest.mark.parametrize(
    "chain",
    [
        a_chain_of_exchanges,
        a_chain_of_organisations,
        a_chain_of_agreements,
        a_chain_of_follow_ups,
    ],
)
def test_nothing_leads_back_to_itself(
    w: Workspace, chain: Callable[[Workspace], tuple[str, list[str]]], depth: int
) -> None:
    field, made = chain(w)

    found = told(lambda: records.change(w, made[0], {field: made[depth]}))

    assert (found.code, found.field) == ("refers-to-itself", field)
    assert records.view(w, made[0]).fields[field] is None


def test_nothing_leads_back_to_itself_by_the_command_line(ma: Caller) -> None:
    parent = ma("new", "organisation", *ORGANISATION)["ref"]
    child = ma("new", "organisation", *ORGANISATION, f"parent_organisation={parent}")["ref"]
    first = ma("new", "exchange", *EXCHANGE)["ref"]
    then = ma("new", "exchange", *EXCHANGE, f"continues={first}")["ref"]

    for lang in LANGUAGES:
        for ref, field, target in (
            (parent, "parent_organisation", child),
            (parent, "parent_organisation", parent),
            (first, "continues", then),
            (first, "continues", first),
        ):
            error = ma.error("set", ref, f"{field}={target}", lang=lang)
            assert (error["code"], error["field"]) == ("refers-to-itself", field)
            assert error["hint"]
            assert ma.exit == 1


# ---------------------------------------------------------------- out of order, stale, nowhere


def test_an_act_out_of_order_is_refused_by_the_command_line(ma: Caller) -> None:
    ref = ma("new", "mission", *MISSION)["ref"]

    for lang in LANGUAGES:
        error = ma.error("do", "depart", ref, lang=lang)
        assert (error["code"], error["field"], ma.exit) == ("wrong-state", "state", 1)
        assert error["hint"]
    assert ma("show", ref)["state"] == "draft"


def test_an_act_by_the_wrong_person_is_refused_by_the_command_line(ma: Caller) -> None:
    ref = ma("new", "exchange", *EXCHANGE)["ref"]

    for lang in LANGUAGES:
        error = ma.error("do", "cancel", ref, "note=Trop cher", lang=lang)
        assert (error["code"], ma.exit) == ("not-your-role", 1)
        assert error["hint"]


def test_an_act_on_a_stale_copy_is_refused(w: Workspace) -> None:
    mission = a_mission(w)
    seen = records.view(w, mission.ref)
    actions.perform(w, mission.ref, "submit")

    again = told(lambda: actions.perform(w, seen.id, "submit"))

    assert (again.code, again.field) == ("wrong-state", "state")


def test_a_form_opened_before_another_wrote_does_not_write_over_it(w: Workspace) -> None:
    mission = a_mission(w)
    seen = mission.fields
    records.change(w, mission.ref, {"purpose_en": "Study"})

    found = told(lambda: records.change(w, mission.ref, {"purpose_en": "Visit"}, seen))

    assert (found.code, found.field) == ("changed-meanwhile", "purpose_en")
    assert records.view(w, mission.ref).fields["purpose_en"] == "Study"


def test_a_record_that_is_not_here_is_not_referred_to(w: Workspace) -> None:
    mission = a_mission(w)
    nowhere = "f" * 32

    found = told(lambda: records.change(w, mission.ref, {"exchange": nowhere}))
    row = told(lambda: records.add_part(w, mission.ref, "traveller", {"person": nowhere}))

    assert (found.code, found.field) == ("no-such-record", "exchange")
    assert (row.code, row.field) == ("no-such-record", "person")


def test_a_record_in_the_bin_is_not_acted_on(w: Workspace) -> None:
    mission = a_mission(w)
    records.delete(w, mission.ref)

    found = told(lambda: actions.perform(w, mission.ref, "submit"))

    assert found.code == "in-bin"
    assert records.view(w, mission.ref).state == "draft"
