"""The common lists: kept by the secretariat, known to every office, never unlearnt."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records, vocabularies
from sscdesk.application import synchronise as sync
from sscdesk.model.refusal import NotFound, Refused
from tests.desks import DeskMaker
from tests.partners import Partners, an_organisation, two_offices

CLIMATE = {"fr": "Climat", "en": "Climate", "ar": "المناخ"}


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[DeskMaker]:
    made = DeskMaker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def offices(maker: DeskMaker, tmp_path: Path) -> Partners:
    return two_offices(maker, tmp_path)


def refusal_of(act: object, *words: object, **more: object) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*words, **more)  # type: ignore[operator]
    return caught.value


# ---------------------------------------------------------------- the secretariat


def test_the_secretariat_adds_a_code_that_every_office_then_offers(offices: Partners) -> None:
    made = vocabularies.add(offices.ma, "sub_theme", "climate", CLIMATE)
    offices.exchange()

    assert (made.position, made.seeded, made.known) == (13, False, True)
    assert vocabularies.term(offices.ml, "sub_theme", "climate").fr == "Climat"
    assert "climate" in vocabularies.known(offices.ml).codes("sub_theme")
    held = an_organisation(offices.ml, "Agence du climat", sub_themes=("climate",))
    assert held.fields["sub_themes"] == ("climate",)
    offices.exchange()
    assert sync.digest(offices.ma) == sync.digest(offices.ml)


def test_a_retired_code_stays_readable_and_is_offered_no_more(offices: Partners) -> None:
    vocabularies.add(offices.ma, "sub_theme", "climate", CLIMATE)
    held = an_organisation(offices.ma, "Agence du climat", sub_themes=("climate",))

    vocabularies.retire(offices.ma, "sub_theme", "climate")
    offices.exchange()

    for w in (offices.ma, offices.ml):
        known = vocabularies.known(w)
        assert "climate" not in known.codes("sub_theme")
        assert known.label("sub_theme", "climate", "fr") == "Climat"
        refused = refusal_of(an_organisation, w, "Une autre", sub_themes=("climate",))
        assert (refused.code, refused.field) == ("code-retired", "sub_themes")
    kept = records.change(offices.ma, held.ref, {"sub_themes": ("climate", "gender")})
    assert kept.fields["sub_themes"] == ("climate", "gender")


def test_a_retired_code_can_be_brought_back(offices: Partners) -> None:
    vocabularies.retire(offices.ma, "sub_theme", "gender")
    assert "gender" not in vocabularies.known(offices.ma).codes("sub_theme")

    vocabularies.bring_back(offices.ma, "sub_theme", "gender")

    assert "gender" in vocabularies.known(offices.ma).codes("sub_theme")


def test_a_code_is_never_used_again(offices: Partners) -> None:
    vocabularies.add(offices.ma, "sub_theme", "climate", CLIMATE)
    vocabularies.retire(offices.ma, "sub_theme", "climate")
    whole = {"label_fr": "Autre", "label_en": "Other", "label_ar": "آخر"}

    again = refusal_of(vocabularies.add, offices.ma, "sub_theme", "climate", CLIMATE)
    seeded = refusal_of(vocabularies.add, offices.ma, "sub_theme", "gender", CLIMATE)
    by_hand = refusal_of(
        records.create,
        offices.ma,
        "vocabulary",
        {"list_name": "sub_theme", "code": "climate", **whole},
    )

    assert {again.code, seeded.code, by_hand.code} == {"code-taken"}
    assert again.field == "code"
    record = vocabularies.term(offices.ma, "sub_theme", "climate").record
    assert refusal_of(records.delete, offices.ma, record).code == "never-deleted"
    renamed = refusal_of(records.change, offices.ma, record, {"code": "weather"})
    assert (renamed.code, renamed.field) == ("fixed-once-recorded", "code")


def test_a_new_label_reaches_every_office_and_both_find_the_code(offices: Partners) -> None:
    vocabularies.change(offices.ma, "exchange_kind", "workshop", {"fr": "Atelier de travail"})
    offices.exchange()

    for w in (offices.ma, offices.ml):
        known = vocabularies.known(w)
        assert known.label("exchange_kind", "workshop", "fr") == "Atelier de travail"
        assert known.label("exchange_kind", "workshop", "en") == "Workshop"
        assert known.find("exchange_kind", "atelier de travail") == "workshop"


@pytest.mark.parametrize(
    "list_name, code, expected",
    [
        ("sub_theme", "Climat !", "not-a-code"),
        ("country", "guinea", "not-a-code"),
        ("desk_role", "emperor", "list-is-fixed"),
        ("mission_status", "lost", "list-is-fixed"),
    ],
)
def test_what_cannot_be_a_code_is_refused_with_its_field(
    maker: DeskMaker, list_name: str, code: str, expected: str
) -> None:
    refused = refusal_of(vocabularies.add, maker.office("MA"), list_name, code, CLIMATE)

    assert (refused.code, refused.field) == (expected, "code")
    assert refused.hint


def test_a_list_that_the_desk_works_with_keeps_its_codes_but_not_its_labels(
    maker: DeskMaker,
) -> None:
    w = maker.office("MA")

    refused = refusal_of(vocabularies.retire, w, "step", "share")
    changed = vocabularies.change(w, "step", "share", {"fr": "2 Partager"})

    assert (refused.code, refused.field) == ("list-is-fixed", "retired")
    assert changed.fr == "2 Partager"


def test_a_term_needs_its_label_in_three_languages(maker: DeskMaker) -> None:
    refused = refusal_of(
        vocabularies.add, maker.office("MA"), "level", "village", {"fr": "Village"}
    )

    assert refused.code == "field-missing"
    assert {refused.field, *(one.field for one in refused.also)} == {"label_en", "label_ar"}


def test_only_an_administrator_keeps_the_lists(maker: DeskMaker) -> None:
    w = maker.office("MA")
    login = maker.enter(w, "Omar Idrissi", "officer", "focal_point")
    omar = maker.as_officer(w, login)

    refused = refusal_of(vocabularies.add, omar, "sub_theme", "climate", CLIMATE)

    assert refused.code == "not-your-role"
    assert vocabularies.terms(omar, "sub_theme")


def test_there_is_no_list_of_that_name(maker: DeskMaker) -> None:
    with pytest.raises(NotFound) as caught:
        vocabularies.terms(maker.office("MA"), "colours")

    assert caught.value.code == "no-such-list"


# ---------------------------------------------------------------- the other offices


def test_another_office_may_not_add_change_or_retire(offices: Partners) -> None:
    ml = offices.ml

    added = refusal_of(vocabularies.add, ml, "sub_theme", "climate", CLIMATE)
    changed = refusal_of(vocabularies.change, ml, "sub_theme", "gender", {"fr": "Genre"})
    retired = refusal_of(vocabularies.retire, ml, "sub_theme", "gender")

    assert {added.code, changed.code, retired.code} == {"not-your-office"}
    assert all(one.hint for one in (added, changed, retired))


def test_each_office_labels_a_term_for_its_own_country(offices: Partners) -> None:
    vocabularies.label_here(offices.ml, "organisation_kind", "local_authority", {"fr": "Commune"})
    vocabularies.label_here(offices.ma, "organisation_kind", "local_authority", {"ar": "جماعة"})
    offices.exchange()
    offices.exchange()

    here = vocabularies.known(offices.ml)
    assert here.label("organisation_kind", "local_authority", "fr") == "Commune"
    assert here.find("organisation_kind", "commune") == "local_authority"
    assert here.find("organisation_kind", "collectivité locale") == "local_authority"
    there = vocabularies.known(offices.ma)
    assert there.label("organisation_kind", "local_authority", "fr") == "Collectivité locale"
    assert there.label("organisation_kind", "local_authority", "ar") == "جماعة"
    term = vocabularies.term(offices.ma, "organisation_kind", "local_authority")
    assert {(one.office, one.fr, one.ar) for one in term.countries} == {
        ("ML", "Commune", ""),
        ("MA", "", "جماعة"),
    }
    assert sync.digest(offices.ma) == sync.digest(offices.ml)


def test_a_label_for_the_country_is_taken_away_again(offices: Partners) -> None:
    vocabularies.label_here(offices.ml, "level", "local", {"fr": "Communal"})
    vocabularies.label_here(offices.ml, "level", "local", {"fr": ""})

    assert vocabularies.known(offices.ml).label("level", "local", "fr") == "Local"
    assert vocabularies.term(offices.ml, "level", "local").countries == ()


def test_a_translation_and_a_label_made_at_once_both_stand(offices: Partners) -> None:
    vocabularies.label_here(offices.ml, "level", "local", {"fr": "Communal"})
    vocabularies.change(offices.ma, "level", "local", {"fr": "Niveau local"})

    offices.exchange()
    offices.exchange()

    assert vocabularies.known(offices.ma).label("level", "local", "fr") == "Niveau local"
    assert vocabularies.known(offices.ml).label("level", "local", "fr") == "Communal"
    assert vocabularies.term(offices.ml, "level", "local").fr == "Niveau local"
    assert not sync.conflicts(offices.ma)
    assert not sync.conflicts(offices.ml)
    assert not sync.suggestions(offices.ma)
    assert sync.digest(offices.ma) == sync.digest(offices.ml)


def test_a_suggested_code_is_made_by_the_secretariat_alone(offices: Partners) -> None:
    vocabularies.suggest(offices.ml, "sub_theme", "climate", CLIMATE)
    assert not vocabularies.known(offices.ml).knows("sub_theme", "climate")
    offices.exchange()
    (one,) = sync.suggestions(offices.ma)
    assert dict(one.values)["label_fr"] == "Climat"
    assert not vocabularies.known(offices.ma).knows("sub_theme", "climate")

    sync.accept_suggestion(offices.ma, one.id)
    offices.exchange()

    assert vocabularies.term(offices.ml, "sub_theme", "climate").fr == "Climat"
    assert not sync.suggestions(offices.ma)
    assert sync.digest(offices.ma) == sync.digest(offices.ml)


def test_a_suggested_code_may_be_declined(offices: Partners) -> None:
    vocabularies.suggest(offices.ml, "sub_theme", "climate", CLIMATE)
    offices.exchange()
    (one,) = sync.suggestions(offices.ma)

    sync.decline_suggestion(offices.ma, one.id)
    offices.exchange()

    assert not sync.suggestions(offices.ma)
    assert not vocabularies.known(offices.ml).knows("sub_theme", "climate")


def test_a_suggested_label_is_taken_over_as_the_secretariats_own(offices: Partners) -> None:
    vocabularies.change(offices.ma, "level", "local", {"en": "Local level"})
    offices.exchange()
    vocabularies.suggest(offices.ml, "level", "local", {"fr": "Communal"})
    offices.exchange()
    (one,) = sync.suggestions(offices.ma)

    sync.accept_suggestion(offices.ma, one.id)
    offices.exchange()

    assert vocabularies.term(offices.ml, "level", "local").fr == "Communal"


def test_a_code_of_a_newer_desk_is_kept_and_shown(offices: Partners) -> None:
    vocabularies.add(offices.ma, "sub_theme", "climate", CLIMATE)
    held = an_organisation(offices.ma, "Agence du climat", sub_themes=("climate",))
    offices.exchange()
    with offices.ml.exclusive() as connection:
        connection.exec_driver_sql("UPDATE vocabulary SET deleted = 1")

    (unknown,) = [one for one in vocabularies.terms(offices.ml, "sub_theme") if not one.known]

    assert (unknown.code, unknown.label("fr")) == ("climate", "climate")
    assert records.view(offices.ml, held.ref).fields["sub_themes"] == ("climate",)
    listed = {one.name: one for one in vocabularies.lists(offices.ml)}
    assert listed["sub_theme"].unknown == 1
    assert vocabularies.usage(offices.ml, "sub_theme", "climate") == 1
    refused = refusal_of(vocabularies.label_here, offices.ml, "sub_theme", "climate", {"fr": "X"})
    assert refused.code == "code-not-here-yet"


def test_every_list_of_the_desk_has_a_name(maker: DeskMaker) -> None:
    w = maker.office("MA")

    listed = {one.name for one in vocabularies.lists(w)}

    assert listed == set(vocabularies.known(w).names())
