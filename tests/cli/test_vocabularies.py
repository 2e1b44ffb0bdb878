"""The lists of codes, called from the command line."""

from tests.cli.calling import Caller

LABELS = ("fr=Climat", "en=Climate", "ar=المناخ")


def test_a_code_is_added_changed_retired_and_brought_back(ma: Caller) -> None:
    added = ma("vocabulary", "add", "sub_theme", "climate", *LABELS)
    changed = ma("vocabulary", "change", "sub_theme", "climate", "en=Climate change")
    retired = ma("vocabulary", "retire", "sub_theme", "climate")
    back = ma("vocabulary", "bring-back", "sub_theme", "climate")

    assert (added["code"], added["label"], added["position"]) == ("climate", "Climate", 13)
    assert (changed["en"], changed["fr"]) == ("Climate change", "Climat")
    assert (retired["retired"], back["retired"]) == (True, False)


def test_a_new_code_is_offered_by_the_fields_that_use_its_list(ma: Caller) -> None:
    ma("vocabulary", "add", "sub_theme", "climate", *LABELS)

    fields = {one["name"]: one for one in ma("fields", "organisation")["fields"]}

    assert "climate" in fields["sub_themes"]["codes"]


def test_the_lists_are_listed_with_their_names(ma: Caller) -> None:
    lists = {one["name"]: one for one in ma("vocabulary", "list", lang="fr")["lists"]}
    terms = ma("vocabulary", "list", "level", lang="fr")["terms"]

    assert lists["sub_theme"]["label"] == "Sous-thèmes"
    assert lists["desk_role"]["fixed"]
    assert [one["code"] for one in terms] == ["international", "national", "regional", "local"]


def test_a_country_gives_its_own_label(ml: Caller) -> None:
    labelled = ml("vocabulary", "label", "level", "local", "fr=Communal", lang="fr")

    assert (labelled["fr"], labelled["label"]) == ("Local", "Communal")


def test_another_office_suggests_what_it_may_not_add(ml: Caller) -> None:
    refused = ml.error("vocabulary", "add", "sub_theme", "climate", *LABELS)
    suggested = ml("vocabulary", "suggest", "sub_theme", "climate", *LABELS)

    assert refused["code"] == "not-your-office"
    assert "Suggest" in refused["hint"]
    assert (ml.exit, suggested) == (0, {"suggested": "climate"})


def test_a_label_without_its_language_is_a_wrong_call(ma: Caller) -> None:
    assert ma.error("vocabulary", "change", "level", "local", "Communal")["code"] == "not-a-label"
    assert ma.exit == 2
    wrong = ma.error("vocabulary", "change", "level", "local", "es=Local")
    assert wrong["code"] == "no-such-language"
