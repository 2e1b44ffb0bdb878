"""Values as the officer reads them, in three languages."""

import pytest

from sscdesk.i18n import set_default_language
from sscdesk.model.base import record_kinds
from sscdesk.model.values import Money, Value
from sscdesk.ui.wording import Wording, isolated, readable_date, readable_period

MISSION = record_kinds()["mission"]


def _spaced(words: str) -> str:
    """Return words with plain spaces: which narrow ones stand there is the locale's affair."""
    return " ".join(words.split())


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-03-09", "2026-03-13", "9–13 mars 2026"),
        ("2026-02-27", "2026-03-02", "27 févr. – 2 mars 2026"),
        ("2026-03-09", None, "9 mars 2026"),
        ("2026-03-09", "2026-03-09", "9 mars 2026"),
        ("2019", None, "2019"),
        (None, "2026-03", "mars 2026"),
        (None, None, ""),
    ],
)
def test_two_dates_read_as_one_period(start: str | None, end: str | None, words: str) -> None:
    set_default_language("fr")

    assert _spaced(readable_period(start, end)) == words


def test_what_is_no_date_stays_as_it_is() -> None:
    assert readable_date("soon") == "soon"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("host_offices", ("ML", "SN"), "Mali, Sénégal"),
        ("departs_on", "2026-03-09", "9 mars 2026"),
        ("budget", Money(4_860_000, "MAD"), "48 600,00 MAD"),
        ("exchange", "a" * 32, "Visite d'échange"),
        ("order_amendment", 1_234, "1 234"),
        ("purpose_fr", None, ""),
        ("host_offices", (), ""),
        ("country", "ZZ", "ZZ"),
    ],
)
def test_a_value_is_written_by_its_type(name: str, value: Value, words: str) -> None:
    set_default_language("fr")

    shown = Wording().value(MISSION.fields[name], value, {"a" * 32: "Visite d'échange"})

    assert _spaced(shown) == words


def test_a_list_has_the_comma_of_its_language() -> None:
    set_default_language("ar")

    assert "، " in Wording().value(MISSION.fields["host_offices"], ("ML", "SN"), {})


def test_a_state_that_only_says_in_use_is_not_shown() -> None:
    assert Wording().state(record_kinds()["person"], "active") == ""
    assert Wording().state(MISSION, "under_way") == "Under way"


def test_typed_text_is_set_apart_from_the_direction_around() -> None:
    assert isolated("Visite") == "\u2068Visite\u2069"
    assert isolated("") == ""
