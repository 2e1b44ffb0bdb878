import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from sscdesk.search.duplicates import Likeness, pairs, similar
from sscdesk.search.index import remove_rows

from .conftest import keep, organisation, person


@pytest.fixture
def desk(connection: Connection) -> Connection:
    keep(
        connection,
        person("awa", "Awa\nTraoré\nML-PER-2026-0001", "awa.traore@dgme.example\n+223 20 22 00 01"),
        person("khadija", "Khadija\nEl Fassi\nMA-PER-2026-0001", "0537 00 00 01"),
        person("youssef", "يوسف\nالإدريسي\nMA-PER-2026-0002"),
        person("moussa", "Moussa\nKeïta\nML-PER-2026-0002", "secretariat@dgme.example"),
        organisation("hcme", "Haut Conseil des Maliens de l'Extérieur\nHCME\nML-ORG-2026-0001"),
        organisation(
            "entraide", "Entraide Nationale\nالتعاون الوطني\nMA-ORG-2026-0002", "05 37 70 00 00"
        ),
    )
    return connection


def told(likeness: Likeness) -> tuple[str, list[str]]:
    return likeness.record, [reason.code for reason in likeness.reasons]


def test_the_same_name_is_noticed_while_it_is_typed(desk: Connection) -> None:
    """espocrm/espocrm#1272: warn while typing, not after."""
    (found,) = similar(desk, "person", ["Awa Traor"])

    assert told(found) == ("awa", ["name"])
    assert found.score >= 90


def test_the_same_telephone_with_a_name_alike_says_both(desk: Connection) -> None:
    (found,) = similar(desk, "person", ["A. Traoré"], phones=["(00223) 20.22.00.01"])

    assert told(found) == ("awa", ["same-phone", "name"])
    assert 80 < int(str(found.reasons[1].params["percent"])) < found.score


def test_a_shared_switchboard_alone_makes_nobody_the_same(desk: Connection) -> None:
    assert similar(desk, "person", ["Oumar Sissoko"], phones=["+223 20 22 00 01"]) == []


def test_the_same_email_is_told_even_under_another_name(desk: Connection) -> None:
    (found,) = similar(desk, "person", ["Mme Traoré Konaté"], emails=["AWA.TRAORE@dgme.example "])

    assert told(found) == ("awa", ["same-email", "name"])


def test_a_name_is_recognised_across_scripts(desk: Connection) -> None:
    """seatgeek/fuzzywuzzy#277, intuit/fuzzy-matcher#77: Arabic gave no match at all."""
    (latin,) = similar(desk, "person", ["خديجة الفاسي"])
    (arabic,) = similar(desk, "person", ["Youssef Idrissi"])

    assert (latin.record, arabic.record) == ("khadija", "youssef")
    assert latin.score >= 86


def test_another_order_and_spelling_of_a_name_is_recognised(desk: Connection) -> None:
    (found,) = similar(desk, "person", ["FASSI Khadidja"])

    assert found.record == "khadija"


def test_a_given_name_alone_raises_no_question(desk: Connection) -> None:
    assert similar(desk, "person", ["Awa"]) == []
    assert similar(desk, "person", []) == []


def test_an_organisation_is_recognised_by_any_of_its_names(desk: Connection) -> None:
    assert similar(desk, "organisation", ["Haut conseil des Maliens d l'exterieur"])[0].record == (
        "hcme"
    )
    assert similar(desk, "organisation", ["HCME"])[0].record == "hcme"
    assert similar(desk, "organisation", ["التعاون الوطنى"])[0].record == "entraide"


def test_people_are_not_compared_with_organisations(desk: Connection) -> None:
    assert similar(desk, "organisation", ["Awa Traoré"]) == []
    assert similar(desk, "practice", ["Awa Traoré"]) == []


def test_a_record_is_not_its_own_duplicate(desk: Connection) -> None:
    assert similar(desk, "person", ["Awa Traoré"], exclude="awa") == []


def test_a_record_in_the_bin_is_no_duplicate(desk: Connection) -> None:
    remove_rows(desk, ["awa"])

    assert similar(desk, "person", ["Awa Traoré"]) == []


def test_existing_duplicates_are_listed_with_their_reasons(desk: Connection) -> None:
    keep(
        desk,
        person("awa again", "Traoré\nAwa\nCI-PER-2026-0009"),
        person("khadija again", "خديجة\nالفاسي\nMA-PER-2026-0010", "+212 537 00 00 01"),
        person("secretary", "Salif\nDembélé\nML-PER-2026-0011", "secretariat@dgme.example"),
    )

    found = {
        (pair.one, pair.other): [reason.code for reason in pair.reasons]
        for pair in pairs(desk, "person")
    }

    assert found == {
        ("awa", "awa again"): ["name"],
        ("khadija", "khadija again"): ["same-phone", "name"],
        ("moussa", "secretary"): ["same-email", "name"],
    }


def test_a_desk_without_duplicates_lists_none(desk: Connection) -> None:
    assert pairs(desk, "organisation") == []
    assert pairs(desk, "mission") == []


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(max_size=40), max_size=3), st.text(max_size=30), st.text(max_size=30))
def test_any_text_may_be_compared(
    desk: Connection, names: list[str], email: str, phone: str
) -> None:
    for found in similar(desk, "person", names, emails=[email], phones=[phone]):
        assert 0 <= found.score <= 100
        assert found.reasons
