"""What two offices wrote at the same time is settled by a click, a text, or later."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTextEdit
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application import synchronise as sync
from sscdesk.application.views import RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import LANGUAGES, set_default_language
from sscdesk.ui.pages.conflict_card import ConflictCard
from sscdesk.ui.pages.reconcile import ReconcileSection
from sscdesk.ui.pages.suggestions import SuggestionsSection
from sscdesk.ui.pages.synchronise import SynchronisePage
from sscdesk.ui.pages.wishes import Reconcile
from tests.desks import DeskMaker
from tests.partners import CONDITIONS, Partners, a_commitment, an_organisation, two_offices
from tests.ui.screening import Shown

Opener = Callable[[Workspace], Shown]


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Partners]:
    maker = DeskMaker(tmp_path)
    yield two_offices(maker, tmp_path)
    maker.close()


@pytest.fixture
def screen(qtbot: QtBot, offices: Partners) -> Iterator[Opener]:
    opened: list[Shown] = []

    def open_screen(w: Workspace) -> Shown:
        opened.append(Shown(qtbot, w, "synchronise", SynchronisePage))
        return opened[-1]

    yield open_screen
    for one in opened:
        one.close()


def written_twice(offices: Partners, field: str, here: str, there: str) -> RecordView:
    """A promise of which both offices wrote the same field."""
    commitment = a_commitment(offices.ma)
    offices.exchange()
    records.change(offices.ma, commitment.ref, {field: here})
    records.change(offices.ml, commitment.ref, {field: there})
    offices.exchange()
    return commitment


def settling(shown: Shown, argument: Reconcile | None = None) -> ReconcileSection:
    shown.go(argument or Reconcile())
    section = shown.section("reconcile")
    assert isinstance(section, ReconcileSection)
    return section


def only_card(section: ReconcileSection) -> ConflictCard:
    (card,) = section.cards
    return card


def side_of(card: ConflictCard, office: str) -> int:
    return next(at for at, one in enumerate(card.conflict.values) if one.stamp.office == office)


def test_a_conflict_is_told_with_people_offices_and_what_was_before(
    screen: Opener, offices: Partners
) -> None:
    written_twice(offices, "target", "Deux agents", "Trois agents")

    card = only_card(settling(screen(offices.ma)))

    told = card.accessibleDescription()
    assert "Ana Idrissi (Rabat, " in told
    assert "Jean Coulibaly (Bamako, " in told
    assert "before: " in told
    assert {side.keep.text() for side in card.sides.sides} == {"Keep Rabat's", "Keep Bamako's"}


def test_one_click_settles_it_for_good(screen: Opener, offices: Partners) -> None:
    commitment = written_twice(offices, "target", "Deux agents", "Trois agents")
    shown = screen(offices.ma)
    card = only_card(settling(shown))

    shown.click(card.sides.sides[side_of(card, "ML")].keep)

    assert sync.conflicts(offices.ma) == ()
    assert records.view(offices.ma, commitment.ref).fields["target"] == "Trois agents"
    assert any("Settled" in words for words in shown.said)
    offices.exchange()
    assert sync.conflicts(offices.ml) == ()


def test_changes_that_do_not_touch_are_proposed_together(screen: Opener, offices: Partners) -> None:
    here = CONDITIONS.replace("deux agents", "trois agents")
    there = CONDITIONS.replace("quinze jours", "dix jours")
    commitment = written_twice(offices, "conditions", here, there)
    shown = screen(offices.ma)
    card = only_card(settling(shown))

    assert records.view(offices.ma, commitment.ref).fields["conditions"] in (here, there)
    shown.click(card.take_both)

    joined = str(records.view(offices.ma, commitment.ref).fields["conditions"])
    assert "trois agents" in joined
    assert "dix jours" in joined


def test_changes_in_the_same_paragraph_are_never_joined(screen: Opener, offices: Partners) -> None:
    here = CONDITIONS.replace("deux agents", "trois agents")
    there = CONDITIONS.replace("deux agents", "quatre agents")
    written_twice(offices, "conditions", here, there)

    card = only_card(settling(screen(offices.ma)))

    assert card.merged() is None
    assert not hasattr(card, "take_both")


def test_another_text_can_be_written(screen: Opener, offices: Partners) -> None:
    commitment = written_twice(offices, "target", "Deux agents", "Trois agents")
    shown = screen(offices.ma)
    card = only_card(settling(shown))

    shown.click(card.another)
    assert card.box is not None
    card.box.editor.show_value("Deux ou trois agents", {})
    shown.click(card.settle_so)

    assert records.view(offices.ma, commitment.ref).fields["target"] == "Deux ou trois agents"
    assert sync.conflicts(offices.ma) == ()


def test_what_is_put_off_stays_in_the_list(screen: Opener, offices: Partners) -> None:
    written_twice(offices, "target", "Deux agents", "Trois agents")
    shown = screen(offices.ma)
    section = settling(shown)

    shown.click(only_card(section).decide_later)
    shown.go(Reconcile())

    assert len(sync.conflicts(offices.ma)) == 1
    assert len(section.cards) == 1


def test_a_text_being_written_outlives_changes_elsewhere(screen: Opener, offices: Partners) -> None:
    written_twice(offices, "target", "Deux agents", "Trois agents")
    shown = screen(offices.ma)
    section = settling(shown)
    card = only_card(section)
    shown.click(card.another)

    an_organisation(offices.ma, "Guichet")
    section.reload()
    shown.settle()

    assert only_card(section) is card
    assert card.editing


def test_a_removal_against_a_change_asks_whether_it_stays(
    screen: Opener, offices: Partners
) -> None:
    commitment = a_commitment(offices.ma)
    offices.exchange()
    records.change(offices.ma, commitment.ref, {"target": "Deux agents"})
    records.delete(offices.ml, commitment.ref)
    offices.exchange()
    shown = screen(offices.ma)
    card = only_card(settling(shown))

    told = card.accessibleDescription()
    assert "Jean Coulibaly (Bamako" in told
    assert "put it into the bin" in told
    keep = next(side.keep for side in card.sides.sides if side.keep.text() == "Keep it")
    shown.click(keep)

    assert sync.conflicts(offices.ma) == ()
    assert not records.view(offices.ma, commitment.ref).deleted


def test_the_screen_opens_on_the_record_that_was_meant(screen: Opener, offices: Partners) -> None:
    first = written_twice(offices, "target", "Deux agents", "Trois agents")
    second = a_commitment(offices.ma, title_fr="Former dix agents")
    offices.exchange()
    records.change(offices.ma, second.ref, {"target": "Dix"})
    records.change(offices.ml, second.ref, {"target": "Onze"})
    offices.exchange()
    shown = screen(offices.ma)

    section = settling(shown, Reconcile(second.id))
    assert section.ref.text() == second.ref
    section = settling(shown, Reconcile(first.id))

    assert section.ref.text() == first.ref


def test_all_fields_of_a_record_are_settled_by_one_rule(screen: Opener, offices: Partners) -> None:
    commitment = a_commitment(offices.ma)
    offices.exchange()
    records.change(offices.ma, commitment.ref, {"target": "Deux", "axis": "1"})
    records.change(offices.ml, commitment.ref, {"target": "Trois", "axis": "2"})
    offices.exchange()
    shown = screen(offices.ma)
    section = settling(shown)

    keep_bamako = next(
        action for action in section.many_menu.actions() if "Bamako" in action.text()
    )
    keep_bamako.trigger()
    shown.settle()

    view = records.view(offices.ma, commitment.ref)
    assert (view.fields["target"], view.fields["axis"]) == ("Trois", "2")
    assert sync.conflicts(offices.ma) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_called_local_or_remote(screen: Opener, offices: Partners, language: str) -> None:
    written_twice(offices, "conditions", "Ici", "Là")
    set_default_language(language)
    section = settling(screen(offices.ma))

    words = " ".join(
        widget.toPlainText() if isinstance(widget, QTextEdit) else widget.text()
        for kind in (QLabel, QAbstractButton, QTextEdit)
        for widget in section.findChildren(kind)
    ).casefold()

    for word in ("local", "remote", " mine", "theirs", "distant", "محلي", "بعيد"):
        assert word not in words


def test_an_officer_without_the_role_reads_and_does_not_settle(
    screen: Opener, offices: Partners
) -> None:
    written_twice(offices, "target", "Deux agents", "Trois agents")
    login = offices.maker.enter(offices.ma, "Omar Tazi", "officer")
    ma = offices.maker.as_officer(offices.ma, login)

    card = only_card(settling(screen(ma)))

    assert all(not side.keep.isVisible() for side in card.sides.sides)
    assert not hasattr(card, "another")


def test_a_suggestion_is_accepted_by_a_click(screen: Opener, offices: Partners) -> None:
    organisation = an_organisation(offices.ma, "Direction de la coopération")
    offices.exchange()
    sync.suggest(offices.ml, organisation.ref, "city", "Rabat-Agdal")
    offices.exchange()
    shown = screen(offices.ma)
    shown.go("suggestions")
    section = shown.section("suggestions")
    assert isinstance(section, SuggestionsSection)
    (card,) = section.cards

    shown.click(card.accept)

    assert records.view(offices.ma, organisation.ref).fields["city"] == "Rabat-Agdal"
    assert section.cards == []


def test_a_suggestion_declined_leaves_the_record_as_it_is(
    screen: Opener, offices: Partners
) -> None:
    organisation = an_organisation(offices.ma, "Direction", city="Rabat")
    offices.exchange()
    sync.suggest(offices.ml, organisation.ref, "city", "Salé")
    offices.exchange()
    shown = screen(offices.ma)
    shown.go("suggestions")
    section = shown.section("suggestions")
    assert isinstance(section, SuggestionsSection)
    (card,) = section.cards

    shown.click(card.decline)

    assert records.view(offices.ma, organisation.ref).fields["city"] == "Rabat"
    assert sync.suggestions(offices.ma) == ()
