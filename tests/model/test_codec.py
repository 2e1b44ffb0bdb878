"""Values survive their column and their JSON, and equal values are equal text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.model.codec import (
    from_json,
    from_sql,
    money_of,
    read_set,
    set_text,
    to_json,
    to_sql,
)
from sscdesk.model.field import Field, FieldType
from sscdesk.model.values import CURRENCY_DIGITS, Money, Value

texts = st.text(max_size=40)
amounts = st.builds(Money, st.integers(0, 10**15), st.sampled_from(sorted(CURRENCY_DIGITS)))
sets = st.sets(texts).map(lambda members: tuple(sorted(members)))
CASES: dict[FieldType, st.SearchStrategy[Value]] = {
    FieldType.TEXT: texts,
    FieldType.INTEGER: st.integers(-(10**15), 10**15),
    FieldType.BOOLEAN: st.booleans(),
    FieldType.MONEY: amounts,
    FieldType.CHOICES: sets,
    FieldType.REFERENCES: sets,
    FieldType.DATE: st.dates().map(lambda day: day.isoformat()),
}


@pytest.mark.parametrize("kind", CASES)
@given(data=st.data())
def test_a_value_survives_its_column_and_its_json(kind: FieldType, data: st.DataObject) -> None:
    field = Field("x", "X", kind)
    value = data.draw(CASES[kind])

    assert from_sql(field, to_sql(field, value)) == value
    assert from_json(field, to_json(field, value)) == value


@pytest.mark.parametrize("kind", FieldType)
def test_nothing_recorded_stays_nothing(kind: FieldType) -> None:
    field = Field("x", "X", kind)

    assert to_sql(field, None) is None
    assert not from_sql(field, None)
    assert not from_json(field, to_json(field, None))


@given(st.lists(texts))
def test_a_set_is_written_the_same_in_any_order(members: list[str]) -> None:
    assert set_text(members) == set_text(list(reversed(members * 2)))
    assert read_set(set_text(members)) == tuple(sorted(set(members)))


def test_amounts_are_written_as_people_and_columns_want_them() -> None:
    field = Field("x", "X", FieldType.MONEY)

    assert to_sql(field, Money(125_000, "MAD")) == "125000 MAD"
    assert to_json(field, Money(125_000, "MAD")) == "1250.00 MAD"
    assert to_json(field, Money(125_000, "XOF")) == "125000 XOF"


def test_more_decimals_than_the_currency_has_are_not_rounded() -> None:
    with pytest.raises(ValueError):
        money_of(Decimal("10.5"), "XOF")


@pytest.mark.parametrize(
    "kind, value",
    [
        (FieldType.TEXT, 5),
        (FieldType.TEXT, True),
        (FieldType.INTEGER, "5"),
        (FieldType.INTEGER, True),
        (FieldType.BOOLEAN, "yes"),
        (FieldType.MONEY, "5 MAD"),
        (FieldType.CHOICES, "MA"),
    ],
)
def test_a_value_of_another_kind_is_a_defect(kind: FieldType, value: Value) -> None:
    with pytest.raises(TypeError):
        to_sql(Field("x", "X", kind), value)


def test_json_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError):
        from_json(Field("x", "X", FieldType.CHOICES), "MA")
