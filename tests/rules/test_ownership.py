"""Every row of the table of ownership, across offices by file."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sscdesk.application import card_book, records, vocabularies
from sscdesk.application import synchronise as sync
from sscdesk.i18n import LANGUAGES, error_hint, error_text, language
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import from_sql, to_sql
from sscdesk.model.field import fields_of
from sscdesk.model.refusal import Refused
from sscdesk.model.values import Value
from sscdesk.sync.bundle import gather, open_bundle
from sscdesk.sync.rows import Sharing
from tests.desks import DeskMaker, authorise
from tests.rules import staging
from tests.rules.crew import Crew
from tests.rules.ownership import BILATERAL, COMMENTED, NEVER_LEAVES, OWN_ROWS, OWNED, SHARED, Owned


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crew]:
    folder: Path = tmp_path_factory.mktemp("offices")
    made = Crew(DeskMaker(folder, seed=2), folder)
    made.found("MA", "ML", "SN")
    yield made
    made.maker.close()


# ---------------------------------------------------------------- what is written


def a_donor(crew: Crew) -> str:
    values: dict[str, Value] = {"name_fr": "Un bailleur", "country": "DE", "kind": "donor"}
    return crew.make("organisation", {**values, "level": "international"})


def a_term(crew: Crew) -> str:
    return vocabularies.change(crew.at("MA", "admin"), "level", "local", {"fr": "Local"}).record


def an_attachment(crew: Crew) -> str:
    values: dict[str, Value] = {
        "record": staging.an_exchange(crew),
        "file_name": "programme.txt",
        "media_type": "text/plain",
        "size": 1,
        "sha256": "0" * 64,
    }
    return crew.make("attachment", values)


def a_shared_report(crew: Crew) -> str:
    return staging.a_report(crew, "signed")


def entity_of(name: str) -> str:
    return "organisation" if name == "donor" else name


def a_record(crew: Crew, entity: str) -> str:
    """A record of Morocco's office with a row of every part that the tables name."""
    if entity in ("office", "officer"):
        w = crew.at("MA")
        return records.find(w, "MA") if entity == "office" else crew.officer("MA", "officer")
    makers = {
        "organisation": staging.an_organisation,
        "donor": a_donor,
        "person": staging.a_person,
        "attachment": an_attachment,
        "vocabulary": a_term,
        "report": a_shared_report,
        "follow_up": lambda c: staging.a_follow_up(c, responsible_office="ML"),
    }
    made = makers[entity](crew) if entity in makers else staging.made(crew, entity, _FIRST[entity])
    more: Mapping[str, Mapping[str, Value]] = _PARTS.get(entity, {})
    for part, values in more.items():
        crew.rows(entity, made, part, [values])
    return made


_FIRST = {
    "agreement": "draft", "action_plan": "draft", "commitment": "proposed", "practice": "draft",
    "exchange": "idea", "mission": "draft", "expense": "claimed",
}  # fmt: skip
_PARTS: Mapping[str, Mapping[str, Mapping[str, Value]]] = {
    "exchange": {"session": {"title": "Accueil"}, "cost_line": {"kind": "venue"}},
    "action_plan": {"axis": {"title_fr": "Axe", "field": "migrants_rights"}},
}


def row_of(crew: Crew, office: str, entity: str, record: str, part: str) -> str:
    view = records.view(crew.at(office), record)
    mine = [row.id for row in view.parts[part] if row.owner == "MA"]
    return mine[0]


def write(crew: Crew, office: str, entity: str, record: str, name: str, value: Value) -> None:
    """Write as an officer of an office does, through the service."""
    who = "admin" if entity in ("office", "officer", "vocabulary") else "focal_point"
    part, _, field = name.rpartition(".")
    w = crew.at(office, who)
    if part:
        row = row_of(crew, office, entity, record, part)
        records.change_part(crew.at(office, who), record, part, row, {field: value})
    else:
        records.change(w, record, {field: value})


def write_unasked(
    crew: Crew, office: str, entity: str, record: str, name: str, value: Value
) -> None:
    """Write as a desk would that does not ask who may: its file is to be judged by others."""
    part, _, field = name.rpartition(".")
    mapped = record_kinds()[entity].parts[part] if part else record_kinds()[entity].mapped
    row = row_of(crew, office, entity, record, part) if part else record
    w = crew.at(office)
    with w.unit("Unasked", undoable=False) as unit:
        held = unit.connection.exec_driver_sql(
            f'SELECT audience, circle FROM "{entity}" WHERE id = ?', (record,)
        ).one()
        sharing = Sharing(held.audience, held.circle, office)
        raw = to_sql(fields_of(mapped)[field], value)
        unit.capture.update(mapped.__tablename__, row, {field: raw}, sharing)


def held(crew: Crew, office: str, entity: str, record: str, name: str) -> Value:
    """What an office holds, in this row of Morocco's office."""
    part, _, field = name.rpartition(".")
    mapped = record_kinds()[entity].parts[part] if part else record_kinds()[entity].mapped
    row = row_of(crew, office, entity, record, part) if part else record
    with crew.at(office).read() as connection:
        raw = connection.exec_driver_sql(
            f'SELECT "{field}" FROM "{mapped.__tablename__}" WHERE id = ?', (row,)
        ).scalar_one()
    return from_sql(fields_of(mapped)[field], raw)


def refused(run: object) -> Refused:
    with pytest.raises(Refused) as caught:
        run()  # type: ignore[operator]
    for code in LANGUAGES:
        with language(code):
            assert error_text(caught.value).strip()
            assert error_hint(caught.value).strip()
    return caught.value


def suggested(crew: Crew, office: str, record: str, row: str) -> list[str]:
    return [
        one.field
        for one in sync.suggestions(crew.at(office))
        if record == one.record and row in (one.row, one.record)
    ]


def other_than(one: Owned, before: Value) -> Value:
    """A value to write that the record does not hold yet."""
    return f"{before} (2)" if before == one.value else one.value


BY_WRITER = [(one, office) for one in OWNED for office in one.writers]
BY_STRANGER = [(one, office) for one in OWNED for office in one.strangers]


@pytest.mark.parametrize("one, office", BY_WRITER, ids=[f"{o.name} by {w}" for o, w in BY_WRITER])
def test_the_office_that_writes_is_believed_by_its_partner(
    one: Owned, office: str, crew: Crew
) -> None:
    entity, record = entity_of(one.entity), a_record(crew, one.entity)
    if one.state:
        crew.move(entity, record, one.state)
    crew.send("MA", "ML", "SN")

    write(crew, office, entity, record, one.field, one.value)
    other = "ML" if office == "MA" else "MA"
    crew.send(office, other)

    assert held(crew, other, entity, record, one.field) == one.value
    assert not suggested(crew, other, record, record)


@pytest.mark.parametrize(
    "one, office", BY_STRANGER, ids=[f"{o.name} by {s}" for o, s in BY_STRANGER]
)
def test_another_office_is_refused_and_a_file_of_it_is_not_applied(
    one: Owned, office: str, crew: Crew
) -> None:
    entity, record = entity_of(one.entity), a_record(crew, one.entity)
    crew.send("MA", "ML", "SN")
    if office == "MA":
        crew.send("ML", "MA")
    before = held(crew, office, entity, record, one.field)
    judge = "ML" if office == "MA" else "MA"
    value = other_than(one, before)

    found = refused(lambda: write(crew, office, entity, record, one.field, value))
    assert found.code in ("not-your-office", "frozen"), found.code
    assert found.field == one.field.rpartition(".")[2]
    write_unasked(crew, office, entity, record, one.field, value)
    crew.send(office, judge)

    assert held(crew, judge, entity, record, one.field) == before != value
    assert one.field.rpartition(".")[2] in suggested(crew, judge, record, record)


def test_a_suggestion_is_for_the_office_that_may_take_it_over(crew: Crew) -> None:
    record = a_record(crew, "organisation")
    crew.send("MA", "ML", "SN")
    write_unasked(crew, "ML", "organisation", record, "name_en", "Another name")

    crew.send("ML", "MA", "SN")

    assert suggested(crew, "MA", record, record) == ["name_en"]
    assert not suggested(crew, "SN", record, record)


@pytest.mark.parametrize(
    "name, entity, part, values, field", OWN_ROWS, ids=[row[0] for row in OWN_ROWS]
)
def test_a_partner_adds_its_own_rows_and_nobody_else_changes_them(
    name: str, entity: str, part: str, values: Mapping[str, Value], field: str, crew: Crew
) -> None:
    record = a_record(crew, entity)
    crew.send("MA", "ML")
    w = crew.at("ML", "focal_point")
    given = dict(values)
    if given.get("person") == "@person":
        person: dict[str, Value] = {"given": "Moussa", "family": "Keita"}
        given["person"] = records.create(w, "person", person).id
    row = records.add_part(crew.at("ML", "focal_point"), record, part, given)
    crew.send("ML", "MA")

    (arrived,) = [r for r in records.view(crew.at("MA"), record).parts[part] if r.id == row.id]
    assert (arrived.owner, field in arrived.may_write) == ("ML", False)
    value: Value = "observer" if field == "role" else "Une autre phrase."
    found = refused(
        lambda: records.change_part(
            crew.at("MA", "focal_point"), record, part, row.id, {field: value}
        )
    )
    assert found.code == "not-your-office"
    gone = refused(lambda: records.remove_part(crew.at("MA", "focal_point"), record, part, row.id))
    assert gone.code == "not-your-office"
    records.change_part(crew.at("ML", "focal_point"), record, part, row.id, {field: value})
    crew.send("ML", "MA")
    (changed,) = [r for r in records.view(crew.at("MA"), record).parts[part] if r.id == row.id]
    assert changed.fields[field] == value


def test_an_office_that_does_not_host_does_not_stamp(crew: Crew) -> None:
    record = a_record(crew, "mission")
    crew.send("MA", "ML", "SN")
    stamp: dict[str, Value] = {"kind": "arrival", "seen_on": "2026-03-01", "service": "Direction"}

    found = refused(lambda: records.add_part(crew.at("SN", "officer"), record, "visa", stamp))

    assert found.code == "not-your-office"


def test_another_office_adds_a_number_to_a_person_and_takes_none_away(crew: Crew) -> None:
    record = a_record(crew, "person")
    crew.write("person", record, {"telephones": ("+212537000001",)})
    crew.send("MA", "ML")
    w = crew.at("ML", "officer")

    records.change_members(w, record, "telephones", add=["+22320000001"])
    crew.send("ML", "MA")

    both = ("+212537000001", "+22320000001")
    assert records.view(crew.at("MA"), record).fields["telephones"] == both
    found = refused(
        lambda: records.change_members(
            crew.at("ML", "officer"), record, "telephones", remove=["+212537000001"]
        )
    )
    assert (found.code, found.field) == ("not-your-office", "telephones")


@pytest.mark.parametrize("entity", COMMENTED)
def test_a_partner_comments_and_its_words_arrive(entity: str, crew: Crew) -> None:
    record = a_record(crew, entity)
    crew.send("MA", "ML")
    words: dict[str, Value] = {"words": "Notre ministère préfère avril."}

    records.add_part(crew.at("ML", "officer"), record, "comment", words)
    crew.send("ML", "MA")

    (comment,) = records.view(crew.at("MA"), record).parts["comment"]
    assert (comment.owner, comment.fields["words"]) == ("ML", words["words"])
    assert not suggested(crew, "MA", record, record)


@pytest.mark.parametrize("entity", ["agreement", "action_plan", "exchange", "mission"])
def test_who_is_no_partner_does_not_comment(entity: str, crew: Crew) -> None:
    record = a_record(crew, entity)
    crew.send("MA", "ML", "SN")

    found = refused(
        lambda: records.add_part(crew.at("SN", "officer"), record, "comment", {"words": "Tiens."})
    )

    assert found.code == "not-your-office"


@pytest.mark.parametrize("entity, state", [("commitment", "agreed"), ("action_plan", "adopted")])
def test_what_two_offices_agreed_is_changed_by_acts_alone(
    entity: str, state: str, crew: Crew
) -> None:
    record = a_record(crew, entity)
    crew.move(entity, record, state)
    crew.send("MA", "ML")

    for office in ("MA", "ML"):
        w = crew.at(office, "head")
        found = refused(lambda w=w: records.change(w, record, {"title_en": "Other words"}))
        assert (found.code, found.field) == ("frozen", "title_en")


# ---------------------------------------------------------------- what leaves, and to whom


def marked(crew: Crew, entity: str, name: str) -> str:
    """Write a word that stands nowhere else into a field; return the word."""
    part, _, field = name.rpartition(".")
    word = f"MOT{entity}{part}{field}".replace("_", "").upper()
    record = a_record(crew, entity)
    value: Value = word
    if entity == "person" and field == "personal_telephone":
        value = word = "+212661999888"
    if part:
        known = {"per_diem": {"zone": word, "amount": staging.Money(100_000, "MAD")}}
        if part in known:
            with crew.at("MA").unit("Staged", undoable=False) as unit:
                unit.add_part(entity, record, part, known[part], checked=True)
            return word
        row = row_of(crew, "MA", entity, record, part)
        mapped = record_kinds()[entity].parts[part]
        with crew.at("MA").unit("Staged", undoable=False) as unit:
            held = unit.connection.exec_driver_sql(
                f'SELECT audience, circle FROM "{entity}" WHERE id = ?', (record,)
            ).one()
            sharing = Sharing(held.audience, held.circle, "MA")
            unit.capture.update(mapped.__tablename__, row, {field: word}, sharing)
        return word
    crew.write(entity, record, {field: value})
    return word


def contents(crew: Crew, receiver: str, path: Path) -> bytes:
    """All that a file holds, opened with the keys of the office that receives it."""
    w = crew.at(receiver)
    with w.read() as connection:
        keys, book = card_book.office_keys(connection), card_book.load_book(connection)
        (carrier,) = gather([path]).all_complete()
        opened = open_bundle(carrier, [keys.encryption], book)
        return b"".join(
            payload for checked in opened.segments() for payload in checked.segment.commits
        )


@pytest.fixture(scope="module")
def told(crew: Crew, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, object]:
    """A word in every field of the tables, and what the files for two offices hold."""
    words = {
        (entity, name): marked(crew, entity, name)
        for entity, name in (*NEVER_LEAVES, *BILATERAL, *SHARED)
        if (entity, name) != ("report", "title")
    }
    draft = staging.a_report(crew, "reviewed")
    crew.write("report", draft, {"title": "MOTREPORTTITLE"})
    words["report", "title"] = "MOTREPORTTITLE"
    folder = tmp_path_factory.mktemp("files")
    found: dict[str, object] = {"words": words}
    for office in ("ML", "SN"):
        path = folder / f"{office}.sscsync"
        sync.export(crew.at("MA"), [office], path)
        found[office] = contents(crew, office, path)
    return found


def word_in(told: Mapping[str, object], office: str, key: tuple[str, str]) -> bool:
    words, content = told["words"], told[office]
    assert isinstance(words, dict)
    assert isinstance(content, bytes)
    return words[key].encode() in content


@pytest.mark.parametrize("entity, name", NEVER_LEAVES, ids=lambda one: one)
def test_what_never_leaves_an_office_is_in_no_file(
    entity: str, name: str, told: Mapping[str, object]
) -> None:
    assert not word_in(told, "ML", (entity, name))
    assert not word_in(told, "SN", (entity, name))


@pytest.mark.parametrize("entity, name", BILATERAL, ids=lambda one: one)
def test_what_two_offices_share_reaches_no_third(
    entity: str, name: str, told: Mapping[str, object]
) -> None:
    assert word_in(told, "ML", (entity, name))
    assert not word_in(told, "SN", (entity, name))


@pytest.mark.parametrize("entity, name", SHARED, ids=lambda one: one)
def test_what_all_share_is_in_every_file(
    entity: str, name: str, told: Mapping[str, object]
) -> None:
    assert word_in(told, "ML", (entity, name))
    assert word_in(told, "SN", (entity, name))


def test_a_person_who_may_not_be_shared_is_a_placeholder_elsewhere(crew: Crew) -> None:
    person = crew.make("person", {"given": "Lina", "family": "Secret", "may_be_shared": False})
    exchange = staging.an_exchange(crew)
    crew.rows("exchange", exchange, "participation", [{"person": person}])
    crew.send("MA", "ML")

    w = crew.at("ML")
    view = records.view(w, exchange)

    assert person in {row.fields["person"] for row in view.parts["participation"]}
    assert person not in view.titles
    with w.read() as connection:
        found = connection.exec_driver_sql("SELECT 1 FROM person WHERE id = ?", (person,))
        assert found.first() is None


def test_without_an_authorisation_no_personal_data_goes_and_it_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "unauthorised"
    folder.mkdir()
    maker = DeskMaker(folder)
    crew = Crew(maker, folder)
    try:
        crew._found("MA")
        crew._found("ML")
        for office, other in (("MA", "ML"), ("ML", "MA")):
            sync.export_card(crew.at(office), folder / f"{office}.ssccard")
            words = sync.own_card(crew.at(office)).fingerprint
            sync.trust_card(crew.at(other), folder / f"{office}.ssccard", words)
        exchange = staging.an_exchange(crew)
        first, second = folder / "1.sscsync", folder / "2.sscsync"

        (partner,) = [p for p in sync.status(crew.at("MA")).partners if p.office == "ML"]
        report = sync.export(crew.at("MA"), ["ML"], first)
        sync.accept(crew.at("ML"), [first])

        assert not partner.personal
        assert report.without_personal == ("ML",)
        assert b"Traor\xc3\xa9" not in contents(crew, "ML", first)
        with crew.at("ML").read() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one()
            assert count == 0
        assert records.view(crew.at("ML"), exchange).fields["title_fr"]
        authorise(crew.at("MA"), "ML")
        again = sync.export(crew.at("MA"), ["ML"], second)
        assert again.without_personal == ()
        assert b"Traor\xc3\xa9" in contents(crew, "ML", second)
    finally:
        maker.close()


def test_every_officer_narrows_and_the_focal_point_alone_widens(crew: Crew) -> None:
    record = a_record(crew, "practice")

    narrowed = records.set_audience(crew.at("MA", "officer"), record, "MA")
    assert narrowed.audience == ("MA",)
    found = refused(lambda: records.set_audience(crew.at("MA", "officer"), record, "*"))
    assert found.code == "not-your-role"
    widened = records.set_audience(crew.at("MA", "focal_point"), record, "*")
    assert len(widened.audience) == 4
    crew.send("MA", "ML")
    foreign = refused(lambda: records.set_audience(crew.at("ML", "focal_point"), record, "ML"))
    assert foreign.code == "not-your-office"
