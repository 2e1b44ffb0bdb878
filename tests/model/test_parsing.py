"""From what is typed to the value of a field, or to a sentence tied to it."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.model.base import record_kinds, row_classes
from sscdesk.model.codec import from_json, from_sql, to_json, to_sql
from sscdesk.model.field import Field, FieldType, fields_of
from sscdesk.model.parsing import Habits, doubt, parse, telephone_is_plausible
from sscdesk.model.refusal import Coded, Msg, Refused
from sscdesk.model.values import Money, Value
from tests.model.builders import is_told_in_words

HABITS = Habits(date(2026, 3, 9), "MAD", "MA")
EVERY_FIELD = [field for mapped in row_classes().values() for field in fields_of(mapped).values()]


def field_of(entity: str, name: str) -> Field:
    return record_kinds()[entity].fields[name]


@pytest.mark.parametrize(
    "entity, name, typed, wanted",
    [
        ("mission", "departs_on", "12/3", "2026-03-12"),
        ("mission", "budget", "1 250,00", Money(125_000, "MAD")),
        ("mission", "transport", "Avion", "air"),
        ("mission", "host_offices", "Mali; sénégal", ("ML", "SN")),
        ("mission", "host_offices", ["ML"], ("ML",)),
        ("mission", "commitments", "MA-COM-2026-0001, MA-COM-2026-0002", None),
        ("organisation", "kind", "ONG, association", "ngo"),
        ("organisation", "fields_of_action", "migrants_rights;data", "unknown-code"),
        ("organisation", "website", "www.example.org", "https://www.example.org"),
        ("organisation", "former_names", "DGIE; Direction", ("DGIE", "Direction")),
        ("organisation", "country", "كوت ديفوار", "CI"),
        ("person", "emails", "A@example.org, b@example.org", ("A@example.org", "b@example.org")),
        ("person", "telephones", "+212 500000001", ("+212 500000001",)),
        ("person", "may_be_shared", "Non", False),
        ("person", "languages", "français; wolof", ("fr", "wo")),
        ("commitment", "progress_percent", "٤٠", 40),
        ("indicator", "target", "12,5", "12.5"),
        ("follow_up", "remind_on", "demain 8h", "2026-03-10T08:00"),
        ("practice", "problem", "Un\r\nDeux", "Un\nDeux"),
        ("practice", "title_fr", "Un\nDeux", "Un Deux"),
        ("practice", "title_fr", "  ", None),
    ],
)
def test_what_is_typed_becomes_a_value(
    entity: str, name: str, typed: object, wanted: Value
) -> None:
    if wanted == "unknown-code":
        with pytest.raises(Refused) as caught:
            parse(field_of(entity, name), typed, HABITS)
        assert caught.value.code == wanted
        return

    found = parse(field_of(entity, name), typed, HABITS)

    if name == "commitments":
        assert found == ("MA-COM-2026-0001", "MA-COM-2026-0002")
    else:
        assert found == wanted


@pytest.mark.parametrize(
    "entity, name, typed, code",
    [
        ("mission", "departs_on", "31 juin", "no-such-day"),
        ("mission", "budget", "10.555 MAD", "amount-unclear"),
        ("mission", "budget", "10.5 XOF", "wrong-decimals"),
        ("organisation", "country", "Atlantide", "unknown-code"),
        ("organisation", "website", "javascript:alert(1)", "not-an-address"),
        ("organisation", "email", "awa at example", "not-an-email"),
        ("organisation", "telephone", "voir secrétariat", "not-a-telephone"),
        ("organisation", "name_fr", "x" * 2001, "too-long"),
        ("organisation", "name_fr", "x" * 1_000_001, "too-long"),
        ("person", "may_be_shared", "peut-être", "not-yes-or-no"),
        ("commitment", "progress_percent", "4,5", "not-a-number"),
        ("follow_up", "remind_on", "demain", "not-a-moment"),
        ("mission", "host_offices", 5, "wrong-type"),
    ],
)
def test_a_refusal_names_its_field_and_the_next_step(
    entity: str, name: str, typed: object, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        parse(field_of(entity, name), typed, HABITS)

    assert (caught.value.code, caught.value.field) == (code, name)
    assert is_told_in_words(caught.value)


def test_an_unknown_code_names_those_that_are_known() -> None:
    with pytest.raises(Refused) as caught:
        parse(field_of("follow_up", "priority"), "urgent", HABITS)

    codes = caught.value.params["codes"]
    assert codes == tuple(Coded("priority", code) for code in ("low", "normal", "high"))
    assert isinstance(caught.value.params["field"], Msg)


@pytest.mark.parametrize("kind", FieldType)
@given(typed=st.one_of(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=4)))
def test_whatever_is_typed_is_a_value_that_can_be_kept_or_a_refusal(
    kind: FieldType, typed: object
) -> None:
    vocabulary = {FieldType.COUNTRY: "country", FieldType.LANGUAGE: "language"}
    coded = kind in (FieldType.CHOICE, FieldType.CHOICES)
    field = Field("x", "X", kind, vocabulary="level" if coded else vocabulary.get(kind))

    with suppress(Refused):
        value = parse(field, typed, HABITS)
        assert from_sql(field, to_sql(field, value)) == value
        assert from_json(field, to_json(field, value)) == value


@given(typed=st.text(max_size=60))
@pytest.mark.parametrize("shape", ["time", "period", "days", "sha256", "zone"])
def test_shapes_are_kept_in_one_form_only(shape: str, typed: str) -> None:
    field = Field("x", "X", FieldType.TEXT, shape=shape)

    with suppress(Refused):
        once = parse(field, typed, HABITS)
        assert parse(field, once, HABITS) == once


@pytest.mark.parametrize(
    "shape, typed, wanted",
    [
        ("time", "7h30", "07:30"),
        ("period", "2020 T3", "2020-Q3"),
        ("period", "Q3 2020", "2020-Q3"),
        ("period", "2020-S2", "2020-H2"),
        ("period", "2020", "2020"),
        ("days", "12/3/2026", "2026-03-12"),
        ("zone", "Africa/Dakar", "Africa/Dakar"),
    ],
)
def test_shapes_are_understood(shape: str, typed: str, wanted: str) -> None:
    assert parse(Field("x", "X", FieldType.TEXT, shape=shape), typed, HABITS) == wanted


@pytest.mark.parametrize("field", EVERY_FIELD, ids=lambda field: field.name)
def test_nothing_typed_is_nothing_recorded(field: Field) -> None:
    assert not parse(field, "  ", HABITS)
    assert not parse(field, None, HABITS)


# ---------------------------------------------------------------- doubts


def test_an_odd_telephone_number_is_kept_and_doubted() -> None:
    field = field_of("person", "telephones")

    found = doubt(field, ("+212 522 123456", "12345"), "MA")

    assert found is not None
    assert found.warning
    assert found.params["text"] == "12345"


@pytest.mark.parametrize(
    "text, country, plausible",
    [
        ("+221 33 889 00 00", None, True),
        ("00221338890000", "MA", True),
        ("0522 12 34 56", "MA", True),
        ("٠٥٢٢ ١٢ ٣٤ ٥٦", "MA", True),
        ("12", "MA", False),
        ("0522123456", None, False),
    ],
)
def test_telephones_are_checked_by_country(
    text: str, country: str | None, *, plausible: bool
) -> None:
    assert telephone_is_plausible(text, country) is plausible


def test_other_fields_are_not_doubted() -> None:
    assert doubt(field_of("organisation", "name_fr"), "DGIE") is None
