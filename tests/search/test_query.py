import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from sscdesk.model.refusal import FileRefused
from sscdesk.search import query as query_module
from sscdesk.search.index import (
    Entry,
    forget_rows,
    index_rows,
    is_current,
    rebuild,
    remove_rows,
)
from sscdesk.search.query import search, snippet
from sscdesk.store.database import Database

from .conftest import keep, organisation, person


def found(connection: Connection, typed: str, **options: object) -> list[str]:
    return [one.record for one in search(connection, typed, **options)]  # type: ignore[arg-type]


@pytest.fixture
def desk(connection: Connection) -> Connection:
    keep(
        connection,
        person("awa", "Awa\nTraoré\nML-PER-2026-0007", "awa.traore@dgme.example\n+223 20 22 00 01"),
        person(
            "khadija", "Khadija\nEl Fassi\nخديجة الفاسي\nMA-PER-2026-0001", "Cheffe de division"
        ),
        person("omar", "Omar\nN’Diaye\nSN-PER-2026-0002", "Point focal migration"),
        organisation(
            "interieur",
            "Ministère de l’Intérieur\nMinistry of the Interior\nوزارة الداخلية\nMI",
            "Coopération avec le Mali",
        ),
        organisation("hcme", "Haut Conseil des Maliens de l'Extérieur\nHCME\nML-ORG-2026-0004"),
        Entry("kayes", "kayes", "mission", "Visite d'échange à Kayes\nMA-MIS-2026-0007", ""),
    )
    return connection


@pytest.mark.parametrize(
    "typed,expected",
    [
        ("traoré", "awa"),
        ("TRAORE", "awa"),
        ("awa tr", "awa"),
        ("traore awa", "awa"),
        ("awa.traore@dgme", "awa"),
        ("+223 20 22 00 01", "awa"),
        ("20-22-00-01", "awa"),
        ("٢٠٢٢٠٠٠١", "awa"),
        ("ml-per-2026-0007", "awa"),
        ("fassi", "khadija"),
        ("خديجة", "khadija"),
        ("خَدِيجَة", "khadija"),
        ("الفاسي", "khadija"),
        ("فاسي", "khadija"),
        ("ndiaye", "omar"),
        ("n'diaye", "omar"),
        ("n’diaye", "omar"),
        ("intérieur", "interieur"),
        ("l'intérieur", "interieur"),
        ("ministère de l'int", "interieur"),
        ("الداخلية", "interieur"),
        ("داخلية", "interieur"),
        ("وزاره الداخليه", "interieur"),
        ("hcme", "hcme"),
        ("les maliens extérieur", "hcme"),
        ("kayes", "kayes"),
        ("visite échange", "kayes"),
    ],
)
def test_a_record_is_found_however_it_is_written(
    desk: Connection, typed: str, expected: str
) -> None:
    assert found(desk, typed)[:1] == [expected]


@pytest.mark.parametrize(
    "typed,expected",
    [
        ("traorre", "awa"),
        ("taroré", "awa"),
        ("khadidja", "khadija"),
        ("خديدجة", "khadija"),
        ("interiuer", "interieur"),
        ("minstere", "interieur"),
        ("kaayes", "kayes"),
        ("fassi khadja", "khadija"),
        ("ترواري", "awa"),
        ("تراوري", "awa"),
    ],
)
def test_typing_errors_and_the_other_script_are_forgiven(
    desk: Connection, typed: str, expected: str
) -> None:
    results = search(desk, typed)

    assert [result.record for result in results[:1]] == [expected]
    assert not results[0].exact


def enter_mission(connection: Connection, record: str, ref: str, deleted: int = 0) -> None:
    connection.execute(
        text(
            "INSERT INTO mission (id, ref, owner, deleted, created_at, created_by, updated_at, "
            "updated_by, base_stream, base_seq, state, audience, circle) VALUES "
            "(:id, :ref, 'MA', :deleted, '', '', '', '', 1, 1, 'draft', '*', 'MA')"
        ),
        {"id": record, "ref": ref, "deleted": deleted},
    )
    keep(connection, Entry(record, record, "mission", f"Visite\n{ref}", ""))


def test_a_reference_number_finds_its_record_alone_from_the_year_on(desk: Connection) -> None:
    enter_mission(desk, "m7", "MA-MIS-2026-0007")
    enter_mission(desk, "m70", "MA-MIS-2026-0070")
    enter_mission(desk, "m71", "MA-MIS-2026-0071", deleted=1)

    assert found(desk, "ma-mis-2026-0007") == ["m7"]
    assert found(desk, " MA-MIS-2026-00") == ["m70", "m7"]
    assert found(desk, "ma-mis-20", entity="mission") == ["m70", "m7"]
    assert found(desk, "ma-mis-2026-0007", entity="person") == []
    assert search(desk, "ma-mis-2026-0007")[0].title == "Visite\nMA-MIS-2026-0007"


def test_results_appear_while_a_word_is_typed(desk: Connection) -> None:
    for length in range(2, len("traoré") + 1):
        assert "awa" in found(desk, "traoré"[:length])


def test_a_word_of_the_title_comes_before_a_word_of_the_text(desk: Connection) -> None:
    assert found(desk, "mali") == ["hcme", "interieur"]


def test_a_whole_word_comes_before_the_beginning_of_another(connection: Connection) -> None:
    keep(connection, person("kone", "Mali\nKoné"), person("malika", "Malika\nKoné"))

    assert found(connection, "kone mali") == ["kone", "malika"]


def test_all_words_must_be_there(desk: Connection) -> None:
    assert found(desk, "awa fassi") == []


def test_a_search_keeps_to_one_kind_of_record(desk: Connection) -> None:
    assert found(desk, "ma", entity="organisation") == ["hcme", "interieur"] or found(
        desk, "ma", entity="organisation"
    ) == ["interieur", "hcme"]
    assert found(desk, "kayes", entity="person") == []
    assert found(desk, "kayes", entity="no such kind") == []


def test_words_may_stand_in_different_rows_of_a_record(desk: Connection) -> None:
    keep(
        desk,
        Entry("leg", "kayes", "mission", "", "Bamako, Ségou"),
        Entry("meeting", "kayes", "mission", "", "Rencontre avec Moussa Keïta"),
    )

    assert found(desk, "keita") == ["kayes"]
    assert found(desk, "keita ségou visite") == ["kayes"]
    assert found(desk, "keita awa") == []


def test_a_record_in_the_bin_is_not_found_until_it_is_back(desk: Connection) -> None:
    entry = Entry("kayes", "kayes", "mission", "Visite d'échange à Kayes\nMA-MIS-2026-0007", "")
    keep(desk, Entry("leg", "kayes", "mission", "", "Bamako"))

    remove_rows(desk, ["kayes"])
    assert found(desk, "kayes") == found(desk, "bamako") == []

    keep(desk, entry)
    assert found(desk, "kayes") == found(desk, "bamako") == ["kayes"]


def test_a_row_that_was_removed_is_not_found(desk: Connection) -> None:
    keep(desk, Entry("leg", "kayes", "mission", "", "Bamako"))

    remove_rows(desk, ["leg"])

    assert found(desk, "bamako") == []
    assert found(desk, "kayes") == ["kayes"]


def test_a_changed_record_is_found_by_its_new_words_only(desk: Connection) -> None:
    keep(desk, person("awa", "Aminata\nTraoré\nML-PER-2026-0007"))

    assert found(desk, "aminata") == ["awa"]
    assert found(desk, "awa traore") == []


def test_a_row_that_arrives_before_its_record_is_hidden_until_then(desk: Connection) -> None:
    keep(desk, Entry("leg", "unknown yet", "mission", "", "Ziguinchor"))
    assert found(desk, "ziguinchor") == []

    keep(desk, Entry("unknown yet", "unknown yet", "mission", "Visite à Dakar", ""))

    assert found(desk, "ziguinchor") == found(desk, "dakar") == ["unknown yet"]


def test_the_same_row_indexed_twice_is_found_once(desk: Connection) -> None:
    entry = person("awa", "Awa\nTraoré\nML-PER-2026-0007")
    index_rows(desk, [entry, entry])
    index_rows(desk, [entry])

    assert found(desk, "awa") == ["awa"]


def test_an_erased_record_leaves_no_word_in_the_index(desk: Connection) -> None:
    keep(desk, Entry("post", "awa", "person", "", "Trésorière zanzibarite"))

    forget_rows(desk, ["awa"])

    terms = desk.execute(text("SELECT term FROM search_word")).scalars().all()
    assert not {"awa", "traore", "zanzibarite"} & set(terms)
    titles = desk.execute(text("SELECT title FROM search_record")).scalars().all()
    assert not any("Traoré" in title for title in titles)
    assert found(desk, "fassi") == ["khadija"]


def test_the_index_can_be_built_again(desk: Connection) -> None:
    entries = [person(f"p{number}", f"Oumar\nSarr {number}") for number in range(12_000)]

    assert rebuild(desk, iter(entries)) == 12_000

    assert found(desk, "sarr 11999") == ["p11999"]
    assert found(desk, "traore") == []


def test_a_change_that_is_rolled_back_leaves_the_index_as_it_was(database: Database) -> None:
    with database.write() as connection:
        keep(connection, person("awa", "Awa\nTraoré"))

    def changes_and_fails() -> None:
        with database.write() as connection:
            keep(connection, person("awa", "Binta\nTraoré"))
            remove_rows(connection, ["awa"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        changes_and_fails()

    with database.read() as connection:
        assert found(connection, "awa") == ["awa"]
        assert found(connection, "binta") == []


def test_a_desk_without_an_index_finds_nothing_and_says_so(database: Database) -> None:
    with database.read() as connection:
        assert found(connection, "awa") == []
        assert not is_current(connection)


def test_an_index_of_another_format_is_not_used(desk: Connection) -> None:
    desk.execute(text("UPDATE search_format SET number = 0"))

    assert not is_current(desk)
    assert found(desk, "awa") == []


def test_very_frequent_words_show_the_newest_titles_first(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_module, "MOST_RANKED", 10)
    keep(
        connection,
        *[organisation(f"o{n:02}", f"Agence {n}", "migration") for n in range(30)],
        *[organisation(f"t{n:02}", f"Migration {n}") for n in range(20)],
    )

    assert found(connection, "migration", limit=3) == ["t19", "t18", "t17"]
    assert len(found(connection, "migration", limit=50)) == 50


def test_a_list_may_ask_for_thousands(connection: Connection) -> None:
    keep(connection, *[organisation(f"o{n}", f"Agence {n}") for n in range(3_000)])

    assert len(set(found(connection, "agence", limit=5_000))) == 3_000


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed=st.text(max_size=80))
@example(typed='"')
@example(typed="a OR b AND NOT (c")
@example(typed="title:x NEAR(a b)")
@example(typed="* ^ - + { }")
@example(typed="'; DROP TABLE search_text; --")
@example(typed="\x00awa\x00")
@example(typed="ߊߥߊ")
@example(typed="\ud800")
@example(typed="00000000 " * 30)
def test_any_text_is_a_valid_query(desk: Connection, typed: str) -> None:
    assert isinstance(search(desk, typed), list)
    assert isinstance(snippet("Awa Traoré, point focal", typed), str)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_words_are_entered_are_found(connection: Connection, data: st.DataObject) -> None:
    letters = st.characters(categories=("Lu", "Ll", "Lo", "Nd"), max_codepoint=0x6FF)
    name = data.draw(st.text(alphabet=letters, min_size=2, max_size=12), label="word")
    keep(connection, organisation("the one", f"Agence {name}"))

    assert found(connection, f"agence {name}") in (["the one"], [])
    if len(query_module.words(name)) == 1 and len(query_module.words(name)[0]) > 1:
        assert found(connection, f"agence {name}") == ["the one"]


def test_a_snippet_shows_the_words_around_what_was_found() -> None:
    long_text = (
        "La mission a rencontré les services de l'état civil. À Kayes, la coopération avec "
        "les maires avance ; un point focal sera nommé avant la fin du mois de juin."
    )

    assert snippet(long_text, "cooperation kay", width=60) == (
        "…de l'état civil. À \x02Kayes\x03, la \x02coopération\x03 avec les maires…"
    )


def test_a_snippet_marks_arabic_with_vowel_signs() -> None:
    assert "\x02خَدِيجَة\x03" in snippet("السيدة خَدِيجَة الفاسي", "خديجة")


def test_a_snippet_of_a_text_without_the_words_is_its_beginning() -> None:
    assert snippet("Awa Traoré, point focal", "kayes", width=12) == "Awa Traoré,…"


def test_a_snippet_cannot_be_marked_from_inside() -> None:
    assert snippet("a \x02forged\x03 mark", "nothing") == "a forged mark"


def test_a_damaged_index_is_told_with_the_way_on(database: Database) -> None:
    with database.write() as connection:
        keep(connection, *[person(f"p{number}", f"Awa\nTraoré {number}") for number in range(50)])
    with database.write() as connection:
        connection.execute(text("DELETE FROM search_text_data WHERE id > 1000"))

    with pytest.raises(FileRefused) as refusal, database.read() as connection:
        search(connection, "awa")

    assert refusal.value.code == "search-damaged"
