"""Commands are found with typing errors and without accents; what was typed stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from sscdesk.application.views import Hit
from sscdesk.i18n import set_default_language
from sscdesk.ui.models.palette import (
    Command,
    Entry,
    PaletteModel,
    begins_with,
    matching_commands,
    plain,
    runs_of,
    split_marked,
)


def _nothing() -> None:
    return None


COMMANDS = [
    Command("Nouvelle mission", "plane", _nothing),
    Command("Nouvel échange", "plane", _nothing),
    Command("Missions", "plane", _nothing, group="screen"),
    Command("Couleurs sombres", "moon", _nothing, also="thème apparence"),
    Command("Paramètres", "settings", _nothing),
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("nouv miss", "Nouvelle mission"),
        ("missions", "Missions"),
        ("echange", "Nouvel échange"),
        ("ÉCHANGE", "Nouvel échange"),
        ("theme", "Couleurs sombres"),
        ("parametre", "Paramètres"),
        ("parametrs", "Paramètres"),
    ],
)
def test_a_command_is_found(typed: str, first: str) -> None:
    assert matching_commands(COMMANDS, typed)[0].words == first


def test_a_command_comes_before_records_only_when_its_beginning_is_typed() -> None:
    assert begins_with(COMMANDS[0], "nouvelle m")
    assert not begins_with(COMMANDS[0], "mission")
    assert not begins_with(COMMANDS[0], "no")


@pytest.mark.parametrize("typed", ["", "   ", "xyzxyz", "traoré"])
def test_what_means_no_command_finds_none(typed: str) -> None:
    assert matching_commands(COMMANDS, typed) == []


@given(st.text(max_size=60))
def test_any_text_may_be_typed(typed: str) -> None:
    assert len(matching_commands(COMMANDS, typed)) <= len(COMMANDS)


def test_the_places_found_are_told_from_the_text() -> None:
    assert runs_of("la \x02santé\x03 des \x02migrants\x03") == (
        "la santé des migrants",
        [(3, 5), (13, 8)],
    )


@given(st.text())
def test_a_snippet_never_breaks(snippet: str) -> None:
    text, places = runs_of(snippet)

    assert all(start >= 0 and start + length <= len(text) for start, length in places)
    assert "\x02" not in plain(snippet)


@pytest.mark.parametrize(
    ("snippet", "title", "parts"),
    [
        ("\x02Comité\x03 mixte MA-1", "Comité mixte", ("\x02Comité\x03 mixte", " MA-1")),
        ("\x02Comité mixte\x03 x", "Comité mixte", ("\x02Comité mixte\x03", "\x02\x03 x")),
        ("note du \x02comité\x03", "Comité mixte", ("Comité mixte", "note du \x02comité\x03")),
        ("", "Comité", ("Comité", "")),
    ],
)
def test_a_title_takes_its_marks_from_the_snippet(
    snippet: str, title: str, parts: tuple[str, str]
) -> None:
    assert split_marked(snippet, title) == parts


def test_a_snippet_is_never_markup() -> None:
    assert runs_of("<b>\x02x\x03</b>")[0] == "<b>x</b>"


def test_the_model_keeps_qts_rules(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = PaletteModel()
    hit = Hit("1", "MA-MIS-2026-0001", "mission", "Visite", "draft", "la \x02visite\x03")
    model.show_entries(
        [
            Entry("record", "Visite", "la \x02visite\x03", "plane", hit=hit, state="Draft"),
            Entry("action", "Nouvelle mission", "", "plus", command=COMMANDS[0]),
        ]
    )

    qtmodeltester.check(model)

    assert model.begins_group(0)
    assert model.begins_group(1)


def test_a_screen_reader_hears_the_group_and_the_state(qtbot: QtBot) -> None:
    set_default_language("en")
    model = PaletteModel()
    model.show_entries([Entry("record", "Visit", "the \x02visit\x03", "plane", state="Draft")])

    spoken = model.index(0, 0).data(0x0000000B)

    assert spoken == "Records, Visit, Draft, the visit"
