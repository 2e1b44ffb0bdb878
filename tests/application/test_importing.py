"""Lists brought in: a rehearsal first, then all of it as one step."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records, undo
from sscdesk.application.import_lookup import identifier_of
from sscdesk.application.import_views import (
    Decision,
    ImportOptions,
    ImportPreview,
    RowPreview,
    RowStatus,
    told,
)
from sscdesk.application.importing import accept, preview
from sscdesk.application.views import ListQuery
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import language
from sscdesk.model.base import record_kinds
from sscdesk.model.refusal import FileRefused, NotFound, Refused
from sscdesk.model.validation import problems
from sscdesk.model.values import Money
from tests.application.registers import DIRTY, SAMPLE, SAMPLE_FILES, take
from tests.desks import DeskMaker


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    """Desks that are closed when the test ends."""
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


@pytest.fixture
def w(desks: DeskMaker) -> Workspace:
    """The desk of Rabat."""
    return desks.office("MA")


PEOPLE = "Prénom;Nom;E-mail;Téléphone;Fonction;Structure\n"


def a_list(tmp_path: Path, text: str, name: str = "liste.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def count(w: Workspace, entity: str) -> int:
    return records.listing(w, ListQuery(entity)).total


def by_number(found: ImportPreview) -> dict[int, RowPreview]:
    return {row.number: row for row in found.rows}


def codes(row: RowPreview) -> list[str]:
    return [fault.code for fault in row.faults]


# ---------------------------------------------------------------- the rehearsal


def test_a_rehearsal_changes_nothing(w: Workspace, tmp_path: Path) -> None:
    people = a_list(tmp_path, PEOPLE + "Awa;Traoré;awa@example.org;;;\n")

    found = preview(w, people, "person")

    assert found.counts[RowStatus.NEW] == 1
    assert found.rows[0].title == "Awa Traoré"
    assert count(w, "person") == 0


def test_columns_are_guessed_and_may_be_corrected(w: Workspace, tmp_path: Path) -> None:
    people = a_list(tmp_path, "A;B;Remarque\nAwa;Traoré;connue\n")

    guessed = preview(w, people, "person")
    said = preview(w, people, "person", {"A": "given", "B": "family", "Remarque": None})

    assert [guess.field for guess in guessed.guesses] == [None, None, "notes"]
    assert said.rows[0].values["given"] == "Awa"
    assert "notes" not in said.rows[0].values
    assert [remark.code for remark in said.remarks] == ["column-left-out"]


def test_a_column_that_does_not_exist_is_refused(w: Workspace, tmp_path: Path) -> None:
    people = a_list(tmp_path, PEOPLE + "Awa;Traoré;;;;\n")

    with pytest.raises(NotFound, match="no-such-field"):
        preview(w, people, "person", {"Nom": "couleur"})
    with pytest.raises(NotFound, match="no-such-heading"):
        preview(w, people, "person", {"Adresse": "given"})
    with pytest.raises(NotFound, match="no-such-entity"):
        preview(w, people, "girafe")


def test_each_fault_names_its_column_and_its_reason(w: Workspace, tmp_path: Path) -> None:
    missions = a_list(
        tmp_path,
        "Objet;Départ;Retour;Budget;Devise\n"
        "Atelier;31/06/2026;2/7/2026;12,5;FCFA\n"
        "Comité;5/3/2026;2/3/2026;;\n"
        ";5/3/2026;6/3/2026;;\n",
    )

    rows = by_number(preview(w, missions, "mission"))

    assert codes(rows[2]) == ["no-such-day", "wrong-decimals"]
    assert [fault.heading for fault in rows[2].faults] == ["Départ", "Budget"]
    assert codes(rows[3]) == ["dates-reversed"]
    assert codes(rows[4]) == ["field-missing"]
    with language("en"):
        assert rows[2].faults[0].text == "Départ: “31/06/2026” is no day of the calendar"


def test_what_is_doubtful_is_taken_and_told(w: Workspace, tmp_path: Path) -> None:
    missions = a_list(tmp_path, "Objet;Départ;Retour;Budget\nAtelier;3/4/2026;5/4/2026;12.500\n")

    (row,) = preview(w, missions, "mission").rows

    assert row.status is RowStatus.NEW
    assert row.values["budget"] == Money(1_250_000, "MAD")
    assert {doubt.code for doubt in row.doubts} == {"ambiguous-date", "thousands-assumed"}


def test_what_no_column_says_may_be_said_for_all_rows(w: Workspace, tmp_path: Path) -> None:
    names = a_list(tmp_path, "Nom;Pays\nDGME;Mali\n")

    refused = preview(w, names, "organisation")
    said = preview(
        w,
        names,
        "organisation",
        options=ImportOptions(fixed={"kind": "Ministère", "level": "national"}),
    )

    assert codes(refused.rows[0]) == ["field-missing", "field-missing"]
    assert said.rows[0].status is RowStatus.NEW
    assert said.rows[0].values["kind"] == "ministry"


def test_a_date_without_a_year_takes_the_year_of_the_file(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations", "people", "exchanges", "missions")
    options = ImportOptions(
        fixed={"mission": "MA-MIS-2019-0001", "traveller": "MA-PER-2019-0001", "kind": "other"}
    )
    messages = DIRTY / "depenses_messagerie.txt"

    without = preview(w, messages, "expense", options=options)
    within = preview(w, messages, "expense", options=ImportOptions(fixed=options.fixed, year=2019))

    assert {code for row in without.rows for code in codes(row)} == {"year-missing"}
    assert within.rows[0].values["spent_on"] == "2019-02-26"
    assert within.rows[0].values["amount"] == Money(450_000, "MAD")
    kinds = [row.values["kind"] for row in within.rows]
    assert (kinds[0], kinds[1], kinds[9]) == ("per_diem", "transport_air", "other")


def test_an_officer_without_the_right_is_refused(desks: DeskMaker, tmp_path: Path) -> None:
    reader = desks.office("MA", ("reader",))
    people = a_list(tmp_path, PEOPLE + "Awa;Traoré;;;;\n")

    with pytest.raises(Refused, match="not-your-role"):
        preview(reader, people, "person")


def test_what_is_no_list_is_refused(w: Workspace, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="not-a-spreadsheet"):
        preview(w, a_list(tmp_path, "%PDF-1.7", "liste.xlsx"), "person")


def test_a_rehearsal_is_told_in_the_language_of_its_reader(w: Workspace, tmp_path: Path) -> None:
    text = PEOPLE + "Awa;Traoré;awa@example.org;;;\nAwa;Traoré;awa@example.org;;;\nA;;x;;;\n"
    found = preview(w, a_list(tmp_path, text), "person")

    with language("en"):
        rehearsal = told(found)

    assert rehearsal.counts == {"new": 1, "duplicate": 1, "refused": 1}
    assert rehearsal.columns["E-mail"] == "email"
    assert rehearsal.rows[1].match == "2: same e-mail address"
    assert rehearsal.rows[2].faults == ("E-mail: “x” is not an e-mail address",)


# ---------------------------------------------------------------- links


def test_organisations_are_found_by_any_of_their_names(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations")
    people = a_list(
        tmp_path,
        "Nom et prénom;Structure\n"
        "TRAORÉ Awa;DGME\n"
        "SOW Moussa;Délégation générale des Maliens de l’extérieur\n"
        "BA Fatou;وزارة الداخلية\n"
        "LY Ali;ml-org-2019-0002\n",
    )

    rows = preview(w, people, "person").rows

    posts = [row.parts["post"][0]["organisation"] for row in rows]
    assert posts[0] == posts[1] == posts[3] == identifier_of("ML-ORG-2019-0002")
    assert posts[2] == identifier_of("MA-ORG-2019-0003")


def test_a_name_that_two_organisations_have_is_not_guessed(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations")
    people = a_list(tmp_path, "Nom et prénom;Structure\nTRAORÉ Awa;CNLTP\nSOW Ali;XYZ\n")

    rows = preview(w, people, "person").rows

    assert codes(rows[0]) == ["ambiguous-record"]
    assert "CI-ORG-2019-0010, SN-ORG-2019-0021" in str(rows[0].faults[0].params["refs"])
    assert codes(rows[1]) == ["unknown-record"]


def test_rows_of_a_file_may_refer_to_each_other(w: Workspace) -> None:
    take(w, "organisations", "indicators", "agreements", "commitments")

    one = records.view(w, "MA-COM-2019-0001")
    other = records.view(w, "SN-COM-2019-0001")

    assert one.fields["reciprocal_of"] == other.id
    assert other.fields["reciprocal_of"] == one.id


def test_participants_become_rows_of_their_exchanges(w: Workspace) -> None:
    take(w, "organisations", "people", "exchanges", "participants")

    exchange = records.view(w, "MA-EXC-2019-0001")

    rows = exchange.parts["participation"]
    assert len(rows) == 13
    assert [row.owner for row in rows[:4]] == ["MA", "MA", "MA", "ML"]
    assert rows[0].fields["role"] == "organiser"
    assert exchange.titles[str(rows[3].fields["person"])] == "Oumar Grandfleuve"


def test_travellers_and_route_become_rows_of_the_mission(w: Workspace) -> None:
    take(w, "organisations", "people", "exchanges", "missions")

    mission = records.view(w, "ML-MIS-2019-0001")

    legs = [
        (leg.fields["from_place"], leg.fields["to_place"], leg.fields["date"])
        for leg in mission.parts["leg"]
    ]
    assert legs == [
        ("Bamako", "Casablanca", "2019-06-26"),
        ("Casablanca", "Tanger", "2019-06"),
        ("Tanger", "Bamako", "2019-06-30"),
    ]
    assert [row.fields["person"] for row in mission.parts["traveller"]] == [
        identifier_of("ML-PER-2019-0004")
    ]


def test_a_route_may_be_written_in_many_ways(w: Workspace) -> None:
    take(w, "organisations", "people")

    found = preview(w, DIRTY / "suivi_missions_VF2_copie.xlsx", "mission")

    routes = [row.values["itinerary"] for row in found.rows[:3]]
    assert routes == [
        "Rabat > Bamako > Rabat",
        "Rabat > Bamako > Rabat",
        "Rabat > Abidjan > Rabat",
    ]


# ---------------------------------------------------------------- taking it


def test_an_import_is_one_step_that_undo_takes_back(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations")
    lines = "".join(f"Awa;Plateau {n};p{n}@example.org;;Cheffe;DGME\n" for n in range(300))
    people = a_list(tmp_path, PEOPLE + lines)

    report = accept(w, preview(w, people, "person"))

    assert (report.created, count(w, "person")) == (300, 300)
    assert report.refs[:2] == ("MA-PER-2026-0001", "MA-PER-2026-0002")
    undo.undo(w)
    assert count(w, "person") == 0
    undo.redo(w)
    assert count(w, "person") == 300


def test_what_was_imported_is_found_by_searching(w: Workspace, tmp_path: Path) -> None:
    people = a_list(tmp_path, PEOPLE + "Awa;Baobab-Penché;awa@example.org;;;\n")

    accept(w, preview(w, people, "person"))

    found = records.listing(w, ListQuery("person", search="baobab"))
    assert [row.title for row in found.items] == ["Awa Baobab-Penché"]


def test_refused_rows_are_told_and_the_others_taken(w: Workspace, tmp_path: Path) -> None:
    people = a_list(tmp_path, PEOPLE + "Awa;Traoré;awa@example.org;;;\nAli;Ba;ali(at)example;;;\n")

    with language("en"):
        report = accept(w, preview(w, people, "person"))

    assert (report.created, report.refused) == (1, 1)
    (outcome,) = report.outcomes
    assert (outcome.number, outcome.outcome) == (3, "refused")
    assert outcome.reasons == ("E-mail: “ali(at)example” is not an e-mail address",)


def test_a_row_may_be_taken_without_what_is_wrong_in_it(w: Workspace, tmp_path: Path) -> None:
    people = a_list(tmp_path, PEOPLE + "Ali;Ba;ali(at)example;;;\n")

    report = accept(w, preview(w, people, "person"), {2: Decision.WITHOUT})

    person = records.view(w, report.refs[0])
    assert person.fields["emails"] == ()
    assert person.fields["internal_note"] == "E-mail: ali(at)example"


def test_every_row_is_taken_or_told(w: Workspace) -> None:
    options = ImportOptions(fixed={"kind": "ngo", "level": "national"})
    hostile = preview(
        w, DIRTY / "organismes_recus_par_courriel.csv", "organisation", options=options
    )

    report = accept(w, hostile)

    told = {outcome.number for outcome in report.outcomes}
    taken = {row.number for row in hostile.rows if row.status is RowStatus.NEW}
    assert taken | told == set(range(2, 29))
    assert not taken & told
    assert count(w, "organisation") == report.created == 22


def test_a_hostile_cell_is_kept_as_the_text_that_it_is(w: Workspace) -> None:
    options = ImportOptions(fixed={"kind": "ngo", "level": "national"})
    accept(
        w,
        preview(w, DIRTY / "organismes_recus_par_courriel.csv", "organisation", options=options),
    )

    found = records.listing(w, ListQuery("organisation", (("acronym", "is", "X4"),)))
    by_text = records.listing(w, ListQuery("organisation", search='NEAR(x y) AND * "'))

    assert found.items[0].title == "<b>gras</b><img src=x onerror=alert(1)>"
    assert by_text.total <= 22


# ---------------------------------------------------------------- what is here already


def test_who_is_here_already_is_recognised_across_scripts(w: Workspace) -> None:
    take(w, "organisations", "people")

    latin = preview(w, DIRTY / "contacts_atelier_bamako.csv", "person")
    arabic = preview(w, DIRTY / "liste_participants_ar.txt", "person")
    cards = preview(w, DIRTY / "contacts.vcf", "person")

    assert latin.counts[RowStatus.DUPLICATE] == 57
    assert arabic.counts[RowStatus.DUPLICATE] == 24
    assert cards.counts[RowStatus.DUPLICATE] == 20
    match = arabic.rows[0].match
    assert match is not None
    assert (match.ref, match.certain) == ("MA-PER-2019-0001", True)


def test_a_person_twice_in_a_file_is_taken_once(w: Workspace, tmp_path: Path) -> None:
    people = a_list(
        tmp_path,
        PEOPLE + "Awa;Traoré;awa@example.org;;;\nAwa;TRAORE;AWA@EXAMPLE.ORG;;;\n",
    )

    found = preview(w, people, "person")
    report = accept(w, found)

    assert found.rows[1].match is not None
    assert found.rows[1].match.row == 2
    assert (report.created, report.skipped) == (1, 1)


def test_an_officer_may_take_a_seeming_duplicate_all_the_same(w: Workspace, tmp_path: Path) -> None:
    text = PEOPLE + "Awa;Traoré;service@example.org;;;\nAli;Ba;service@example.org;;;\n"
    people = a_list(tmp_path, text)

    report = accept(w, preview(w, people, "person"), {3: Decision.TAKE})

    assert report.created == 2


def test_what_a_duplicate_adds_may_be_written_into_the_record(w: Workspace, tmp_path: Path) -> None:
    accept(w, preview(w, a_list(tmp_path, PEOPLE + "Awa;Traoré;awa@example.org;;;\n"), "person"))
    more = a_list(tmp_path, "Nom et prénom;E-mail;Sexe\nTraoré, Awa;awa@example.org;F\n")

    report = accept(w, preview(w, more, "person"), {2: Decision.UPDATE})

    assert report.changed == 1
    person = records.view(w, "MA-PER-2026-0001")
    assert person.fields["sex"] == "f"
    assert person.fields["emails"] == ("awa@example.org",)


def test_the_same_file_twice_changes_nothing(w: Workspace) -> None:
    take(w, "organisations")

    again = preview(w, SAMPLE / "organisations.csv", "organisation")
    report = accept(w, again)

    assert again.counts[RowStatus.UNCHANGED] == 107
    assert (report.created, report.changed, report.unchanged) == (0, 0, 107)


def test_records_are_changed_by_their_number_when_asked(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations")
    changes = a_list(
        tmp_path, "ref,city,acronym\nMA-ORG-2019-0004,Rabat,EN\nMA-ORG-2019-0017,,MMREM\n"
    )

    asked = preview(w, changes, "organisation", update_by="ref")
    not_asked = preview(w, changes, "organisation")
    report = accept(w, asked)

    assert [codes(row) for row in not_asked.rows] == [["already-here"], ["already-here"]]
    assert asked.rows[0].before == {"city": None}
    assert report.changed == 2
    changed = records.view(w, "MA-ORG-2019-0017")
    assert changed.fields["acronym"] == "MMREM"
    assert changed.fields["name_fr"] == "Maison des MRE et des migrants de Béni Mellal"


def test_a_record_of_another_office_is_not_changed_by_a_list(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations")
    changes = a_list(tmp_path, "ref,city\nML-ORG-2019-0002,Bamako\n")

    (row,) = preview(w, changes, "organisation", update_by="ref").rows

    assert codes(row) == ["not-your-office"]


def test_people_are_changed_by_their_address_when_asked(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations", "people")
    changes = a_list(
        tmp_path, "email;languages\nNADIA@nowhere.org;fr\nyoussef.nahrsaghir@example.org;ar\n"
    )

    found = preview(w, changes, "person", update_by="email")

    assert found.rows[0].status is RowStatus.REFUSED
    assert found.rows[1].status is RowStatus.CHANGED
    assert found.rows[1].match is not None
    assert found.rows[1].match.ref == "MA-PER-2019-0003"


def test_a_rehearsal_that_no_longer_holds_is_not_accepted(w: Workspace, tmp_path: Path) -> None:
    people = a_list(tmp_path, PEOPLE + "Awa;Traoré;awa@example.org;;;\n")
    found = preview(w, people, "person")
    records.create(w, "person", {"given": "Awa", "family": "T.", "emails": ("awa@example.org",)})

    with pytest.raises(Refused, match="changed-meanwhile"):
        accept(w, found)

    assert count(w, "person") == 1


def test_a_stopped_import_leaves_everything_as_it_was(w: Workspace, tmp_path: Path) -> None:
    lines = "".join(f"Awa;Plateau {n};p{n}@example.org;;;\n" for n in range(600))
    people = a_list(tmp_path, PEOPLE + lines)

    def stop(done: int, in_all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        accept(w, preview(w, people, "person"), progress=stop)

    assert count(w, "person") == 0


# ---------------------------------------------------------------- taking over a register


def test_numbers_states_and_offices_of_a_register_are_taken_over(w: Workspace) -> None:
    take(w, "organisations", "people", "exchanges", "missions")

    mission = records.view(w, "CI-MIS-2020-0002")

    assert (mission.owner, mission.state) == ("CI", "settled")
    assert mission.fields["budget"] == Money(980_000, "XOF")
    assert mission.id == identifier_of("CI-MIS-2020-0002")


def test_a_takeover_is_entered_in_the_audit(w: Workspace) -> None:
    from sscdesk.application.auditing import audit

    take(w, "organisations")

    lines = [(line.action, line.detail) for line in audit(w)]
    assert ("takeover", "organisation: +107 ~0") in lines


def test_states_are_not_taken_over_once_work_has_begun(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations", "people", "exchanges", "missions")
    with w.unit("Act") as unit:
        identifier = identifier_of("MA-MIS-2021-0004")
        unit.set_state("mission", identifier, "cancel", "cancelled", "annulée")
    later = a_list(
        tmp_path, "purpose_fr,departs_on,returns_on,status\nX,2026-01-01,2026-01-02,closed\n"
    )

    (found,) = preview(w, later, "mission").rows

    assert codes(found) == ["state-by-action"]


def test_an_officer_alone_takes_over_no_register(desks: DeskMaker, tmp_path: Path) -> None:
    w = desks.office("MA", ("officer",))

    rows = preview(w, SAMPLE / "organisations.csv", "organisation").rows

    assert {code for row in rows for code in codes(row)} == {"numbers-given-by-desk"}


def test_only_the_rows_of_this_office_may_be_asked_for(w: Workspace) -> None:
    found = preview(w, SAMPLE / "people.csv", "person", options=ImportOptions(own_only=True))

    assert found.counts[RowStatus.ELSEWHERE] == 50
    assert accept(w, found).created == 30


def test_action_plans_in_a_list_of_agreements_become_plans(w: Workspace) -> None:
    take(w, "organisations", "agreements")

    plan = records.view(w, "MA-PLN-2019-0002")

    assert plan.entity == "action_plan"
    assert plan.state == "adopted"
    assert plan.fields["offices"] == ("CI", "MA")
    assert plan.fields["agreement"] == identifier_of("MA-AGR-2015-0001")
    assert plan.fields["adopted_on"] == plan.fields["period_from"] == "2019-06"


def test_the_whole_sample_is_taken_without_a_fault(w: Workspace) -> None:
    for name, entity in SAMPLE_FILES.items():
        found = preview(w, SAMPLE / f"{name}.csv", entity)

        assert found.counts[RowStatus.NEW] == len(found.rows), name
        assert found.remarks == ()
        assert all(guess.field for guess in found.guesses)
        accept(w, found)

    with (SAMPLE / "missions.csv").open(encoding="utf-8", newline="") as stream:
        assert count(w, "mission") == len(list(csv.DictReader(stream)))


def test_the_model_finds_nothing_wrong_with_what_is_taken(w: Workspace) -> None:
    for name, entity in SAMPLE_FILES.items():
        found = preview(w, SAMPLE / f"{name}.csv", entity)
        for row in found.rows:
            kind = record_kinds().get(row.entity)
            if kind is not None:
                values = {**{n: f.default for n, f in kind.fields.items()}, **row.values}
                state = row.state or kind.mapped.initial_state
                wrong = problems(kind, values, state=state, taken_over=True)
                assert [(one.code, one.field) for one in wrong] == [], (row.ref, name)
        accept(w, found)
