"""The arrangement of the screens names only what exists."""

import pytest

from sscdesk.i18n import set_default_language
from sscdesk.model.base import record_kinds
from sscdesk.ui.forms.arrangement import arrangement_of, best_variant, variants


@pytest.mark.parametrize("entity", list(record_kinds()))
def test_every_name_in_an_arrangement_exists(entity: str) -> None:
    kind = record_kinds()[entity]
    arranged = arrangement_of(entity)

    for card in arranged.overview:
        for name in (name for row in card.rows for name in row):
            assert variants(name, kind.fields), name
    for tab in (*arranged.row_tabs, *filter(None, (arranged.overview_rows,))):
        assert set(tab.parts) <= set(kind.parts)
        for related in tab.related:
            assert related.by in record_kinds()[related.entity].fields
            assert related.sort.removeprefix("-") in (
                *record_kinds()[related.entity].fields,
                "created_at",
            )


@pytest.mark.parametrize("entity", list(record_kinds()))
def test_every_part_of_an_entity_has_its_place(entity: str) -> None:
    arranged = arrangement_of(entity)
    tabs = (*arranged.row_tabs, *filter(None, (arranged.overview_rows,)))

    placed = {part for tab in tabs for part in tab.parts}

    assert placed == set(record_kinds()[entity].parts)


def test_the_reader_s_language_is_shown_unless_only_another_says_something() -> None:
    set_default_language("en")
    names = ["title_fr", "title_en", "title_ar"]

    assert best_variant(names, {}) == "title_en"
    assert best_variant(names, {"title_fr": "Atelier"}) == "title_fr"
    assert best_variant(names, {"title_fr": "Atelier", "title_en": "Workshop"}) == "title_en"
