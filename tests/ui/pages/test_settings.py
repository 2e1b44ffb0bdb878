"""Settings on a real desk: what is chosen shows, what is not allowed says why."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sscdesk.application import (
    card_book,
    cards,
    officers,
    records,
    safekeeping,
    vocabularies,
)
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import current_language, set_default_language
from sscdesk.model.refusal import Locked, NotFound, Refused
from sscdesk.store import derivation
from sscdesk.store.backup import rehearse
from sscdesk.store.derivation import TEST_COST
from sscdesk.sync.cards import make_card
from sscdesk.sync.certificates import certify_laptop
from sscdesk.sync.keys import SigningKey
from sscdesk.ui.look import look
from sscdesk.ui.pages.settings import SettingsPage
from sscdesk.ui.pages.settings_account import AccountSection
from sscdesk.ui.pages.settings_backup import BackupSection
from sscdesk.ui.pages.settings_display import DisplaySection
from sscdesk.ui.pages.settings_laptops import LaptopsSection
from sscdesk.ui.pages.settings_office import OfficeSection
from sscdesk.ui.pages.settings_officers import OfficersSection
from sscdesk.ui.pages.settings_parts import Question
from sscdesk.ui.pages.settings_term import proposed_code
from sscdesk.ui.pages.settings_vocabularies import VocabulariesSection
from sscdesk.ui.pages.settings_words import (
    ACCOUNT,
    BACKUP,
    DISPLAY,
    LAPTOPS,
    LISTS,
    OFFICE,
    OFFICERS,
)
from sscdesk.ui.widgets.strips import Strip
from tests.desks import PASSPHRASE, DeskMaker
from tests.ui.screening import Shown

Opener = Callable[[Workspace], Shown]
NEW_PASSPHRASE = "quatre girafes jouent dehors"


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskMaker]:
    monkeypatch.setattr(derivation, "calibrate", lambda: TEST_COST)
    made = DeskMaker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def open_settings(qtbot: QtBot) -> Iterator[Opener]:
    opened: list[Shown] = []

    def open_screen(w: Workspace) -> Shown:
        opened.append(Shown(qtbot, w, "settings", SettingsPage))
        return opened[-1]

    yield open_screen
    for one in opened:
        one.close()


def strips(section: object) -> list[str]:
    assert isinstance(section, QWidget)
    return [one.text.text() for one in section.findChildren(Strip) if one.isVisible()]


# ---------------------------------------------------------------- display


@pytest.fixture
def display(maker: DeskMaker, open_settings: Opener) -> Iterator[tuple[Shown, DisplaySection]]:
    shown = open_settings(maker.office("MA"))
    shown.go(DISPLAY)
    section = shown.section(DISPLAY)
    assert isinstance(section, DisplaySection)
    yield shown, section
    look().apply(scheme="light", percent=100, compact=False)


def test_dark_colours_show_at_once_and_are_kept(display: tuple[Shown, DisplaySection]) -> None:
    shown, section = display

    shown.click(section.colours.buttons["dark"])

    assert look().theme.scheme == "dark"
    assert shown.desk.preferences.scheme == "dark"


def test_the_text_grows_to_twice_its_size(display: tuple[Shown, DisplaySection]) -> None:
    shown, section = display

    shown.click(section.sizes.buttons["200"])

    assert look().theme.text_percent == 200
    assert shown.desk.preferences.text_percent == 200


def test_rows_become_compact(display: tuple[Shown, DisplaySection]) -> None:
    shown, section = display

    shown.qtbot.keyClick(section.compact, Qt.Key.Key_Space)

    assert look().theme.compact
    assert shown.desk.preferences.compact_rows


def test_another_language_is_asked_for_by_its_own_name(
    display: tuple[Shown, DisplaySection],
) -> None:
    shown, section = display
    wanted: list[str] = []
    shown.desk.language_wanted.connect(wanted.append)
    button = next(
        one for one in section.languages.findChildren(QPushButton) if one.text() == "العربية"
    )

    shown.click(button)

    assert wanted == ["ar"]


def test_the_keys_stay_on_the_choice_after_a_change_of_colours(
    display: tuple[Shown, DisplaySection],
) -> None:
    shown, section = display
    chosen = section.colours.buttons["dark"]

    shown.click(chosen)
    shown.page.reword()

    assert section.colours.buttons["dark"] is chosen
    assert chosen.isChecked()


def test_display_speaks_the_new_language_in_place(display: tuple[Shown, DisplaySection]) -> None:
    shown, section = display

    set_default_language("fr")
    shown.page.reword()

    assert current_language() == "fr"
    assert section.compact.text() == "Lignes compactes"
    assert section.colours.buttons["dark"].text() == "Sombres"


# ---------------------------------------------------------------- my account


def account(shown: Shown) -> AccountSection:
    shown.go(ACCOUNT)
    section = shown.section(ACCOUNT)
    assert isinstance(section, AccountSection)
    return section


def type_passphrases(section: AccountSection, old: str, new: str) -> None:
    card = section.passphrase
    card.old.line.setText(old)
    card.step.first.line.setText(new)
    card.step.second.line.setText(new)


def test_my_account_names_me_and_my_roles(maker: DeskMaker, open_settings: Opener) -> None:
    section = account(open_settings(maker.office("MA", ("head", "officer"))))

    assert section.name.text() == "\u2068Nadia Alaoui\u2069"
    assert section.roles.text() == "Roles: Head of office, signatory, Officer"


def test_a_changed_passphrase_opens_the_desk_and_the_old_one_does_not(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    shown = open_settings(w)
    section = account(shown)
    type_passphrases(section, PASSPHRASE, NEW_PASSPHRASE)

    shown.click(section.passphrase.change)

    assert w.profile.unlock("first", NEW_PASSPHRASE) == w.master
    with pytest.raises(Locked):
        w.profile.unlock("first", PASSPHRASE)
    assert section.passphrase.old.text() == ""
    assert shown.said[-1].startswith("Your passphrase is changed.")


def test_a_wrong_present_passphrase_is_told_beside_the_field(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    shown = open_settings(w)
    section = account(shown)
    type_passphrases(section, "not this one", NEW_PASSPHRASE)

    shown.click(section.passphrase.change)

    assert section.passphrase.error.text().startswith("The passphrase is not the right one.")
    assert section.passphrase.step.first.text() == NEW_PASSPHRASE
    assert w.profile.unlock("first", PASSPHRASE) == w.master


def test_a_weak_passphrase_is_not_taken(maker: DeskMaker, open_settings: Opener) -> None:
    w = maker.office("MA")
    shown = open_settings(w)
    section = account(shown)
    type_passphrases(section, PASSPHRASE, "nadia alaoui")

    shown.click(section.passphrase.change)

    assert "at least fair" in section.passphrase.error.text()
    assert w.profile.unlock("first", PASSPHRASE) == w.master


def test_a_new_recovery_key_opens_the_desk_and_outlives_a_change_of_language(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    shown = open_settings(w)
    section = account(shown)
    assert section.recovery is not None
    section.recovery.passphrase.line.setText(PASSPHRASE)
    shown.click(section.recovery.make)
    sheet = section.recovery.sheet
    assert sheet is not None

    shown.page.reword()
    shown.settle()

    assert section.recovery.sheet == sheet
    assert section.recovery.step.isVisible()
    assert w.profile.vault.unlock_with_recovery(sheet.key) == w.master


def test_the_recovery_key_goes_once_it_is_put_away(maker: DeskMaker, open_settings: Opener) -> None:
    shown = open_settings(maker.office("MA"))
    section = account(shown)
    assert section.recovery is not None
    section.recovery.passphrase.line.setText(PASSPHRASE)
    shown.click(section.recovery.make)
    assert not section.recovery.done.isEnabled()

    section.recovery.step.put_away.setChecked(True)
    shown.click(section.recovery.done)

    shown_groups = [one for one in section.recovery.step.findChildren(QLabel) if one.text()]
    assert section.recovery.sheet is None
    assert not section.recovery.step.isVisible()
    assert all(len(one.text()) != 4 for one in shown_groups)


# ---------------------------------------------------------------- office


def office(shown: Shown) -> OfficeSection:
    shown.go(OFFICE)
    section = shown.section(OFFICE)
    assert isinstance(section, OfficeSection)
    return section


def test_an_administrator_writes_the_letterhead(maker: DeskMaker, open_settings: Opener) -> None:
    w = maker.office("MA")
    shown = open_settings(w)
    section = office(shown)
    editor = section.form.form.boxes["signatory_function_fr"][0].editor

    editor.setFocus()
    line = editor.focusProxy()
    line.selectAll()
    shown.qtbot.keyClicks(line, "Directrice")
    section.settle()
    shown.settle()

    assert records.view(w, "MA").fields["signatory_function_fr"] == "Directrice"


def test_an_officer_reads_the_office_and_sees_why_no_field_opens(
    maker: DeskMaker, open_settings: Opener
) -> None:
    shown = open_settings(maker.office("MA", ("focal_point",)))

    section = office(shown)

    assert strips(section) == ["This is for the role “Administrator”."]
    assert records.view(shown.desk.workspace, "MA").may_write == frozenset()


def test_an_authorisation_for_a_partner_is_recorded_with_the_office(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    records.add_part(w, "MA", "authorisation", {"destination": "ML", "number": "CNDP-1"})

    section = office(open_settings(w))

    rows = section.form.rows.sections["authorisation"]
    assert [item.fields["number"] for item in rows.model.items] == ["CNDP-1"]


# ---------------------------------------------------------------- officers


def staff(shown: Shown) -> OfficersSection:
    shown.go(OFFICERS)
    section = shown.section(OFFICERS)
    assert isinstance(section, OfficersSection)
    return section


def confirm(shown: Shown, section: OfficersSection | LaptopsSection) -> None:
    (question,) = section.findChildren(Question)
    shown.click(question.confirm)


def test_an_officer_is_entered_and_opens_the_desk_with_the_first_passphrase(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    shown = open_settings(w)
    section = staff(shown)
    assert section.new is not None
    section.new.given.setText("Awa")
    section.new.family.setText("Diop")

    shown.click(section.new.enter)

    assert section.first is not None
    assert section.hand_over is not None
    assert w.profile.unlock(section.first.login, section.first.words) == w.master
    assert section.hand_over.shown.text() == section.first.words
    assert "Awa Diop" in [one.name for one in officers.listing(w)]


def test_an_officer_without_a_name_is_not_entered(maker: DeskMaker, open_settings: Opener) -> None:
    w = maker.office("MA")
    shown = open_settings(w)
    section = staff(shown)
    assert section.new is not None

    shown.click(section.new.enter)

    assert section.new.error.text() == "An officer needs a name."
    assert len(officers.listing(w)) == 1


def test_what_the_desk_refuses_is_told_and_what_was_typed_stays(
    maker: DeskMaker, open_settings: Opener
) -> None:
    shown = open_settings(maker.office("MA"))
    section = staff(shown)
    assert section.new is not None
    section.new.given.setText("Awa")
    for role in ("admin", "head"):
        section.new.roles.boxes[role].setChecked(True)

    shown.click(section.new.enter)

    assert section.new.error.text().startswith("One person cannot be both")
    assert section.new.given.text() == "Awa"


def test_roles_are_changed_where_they_stand(maker: DeskMaker, open_settings: Opener) -> None:
    w = maker.office("MA")
    login = maker.enter(w, "Awa Diop", "officer")
    shown = open_settings(w)
    section = staff(shown)
    awa = next(one for one in officers.listing(w) if one.login == login)
    card = section.cards[awa.id]

    shown.click(card.change)
    assert card.roles is not None
    card.roles.boxes["focal_point"].setChecked(True)
    shown.click(card.keep)

    roles = next(one.roles for one in officers.listing(w) if one.id == awa.id)
    assert roles == ("focal_point", "officer")


def test_closing_the_desk_to_an_officer_asks_first_and_then_no_passphrase_opens_it(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    login = maker.enter(w, "Awa Diop", "officer")
    shown = open_settings(w)
    section = staff(shown)
    awa = next(one for one in officers.listing(w) if one.login == login)

    shown.click(section.cards[awa.id].shut)
    assert login in w.profile.logins
    confirm(shown, section)

    assert login not in w.profile.logins
    assert not section.cards[awa.id].officer.active


def test_a_forgotten_passphrase_is_replaced_by_a_first_one(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    login = maker.enter(w, "Awa Diop", "officer")
    shown = open_settings(w)
    section = staff(shown)
    awa = next(one for one in officers.listing(w) if one.login == login)

    shown.click(section.cards[awa.id].give)
    confirm(shown, section)

    assert section.first is not None
    assert w.profile.unlock(login, section.first.words) == w.master
    with pytest.raises(Locked):
        w.profile.unlock(login, PASSPHRASE)


def test_nobody_replaces_their_own_passphrase_without_knowing_it(maker: DeskMaker) -> None:
    w = maker.office("MA")

    with pytest.raises(Refused, match="own-passphrase"):
        officers.give_passphrase(w, "first", NEW_PASSPHRASE, TEST_COST)


def test_only_who_has_a_login_is_given_a_passphrase(maker: DeskMaker) -> None:
    w = maker.office("MA")
    login = maker.enter(w, "Awa Diop", "officer")
    ref = next(one.ref for one in officers.listing(w) if one.login == login)
    officers.disable(w, login)

    with pytest.raises(NotFound, match="no-login"):
        officers.give_passphrase(w, ref, NEW_PASSPHRASE, TEST_COST)


def test_an_officer_without_the_right_sees_why_and_no_button(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    login = maker.enter(w, "Awa Diop", "officer")

    section = staff(open_settings(maker.as_officer(w, login)))

    assert strips(section) == ["This is for the role “Administrator”."]
    assert not [one for one in section.findChildren(QPushButton) if one.isVisible()]
    assert len(section.cards) == 2


# ---------------------------------------------------------------- backup


def safety(shown: Shown) -> BackupSection:
    shown.go(BACKUP)
    section = shown.section(BACKUP)
    assert isinstance(section, BackupSection)
    return section


def test_a_backup_is_made_where_the_officer_wants_and_can_be_restored(
    maker: DeskMaker, open_settings: Opener, tmp_path: Path
) -> None:
    w = maker.office("MA")
    shown = open_settings(w)
    section = safety(shown)
    assert strips(section) == ["No backup was made yet."]
    told: list[bool] = []
    shown.desk.standing_changed.connect(lambda: told.append(True))

    section.back_up(tmp_path / "stick.sscbackup")
    shown.settle()

    assert rehearse(tmp_path / "stick.sscbackup", w.master, tmp_path / "try").rows["officer"] == 1
    assert strips(section)[0].startswith("Last backup:")
    assert shown.desk.preferences.backup_folder == str(tmp_path)
    assert told == [True]


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(
    maker: DeskMaker, open_settings: Opener, tmp_path: Path
) -> None:
    shown = open_settings(maker.office("MA"))
    section = safety(shown)

    section.back_up(tmp_path / "gone" / "stick.sscbackup")
    shown.settle()

    assert shown.said
    assert strips(section) == ["No backup was made yet."]
    assert section.now.isEnabled()


def test_a_look_through_a_sound_desk_says_that_all_is_in_order(
    maker: DeskMaker, open_settings: Opener
) -> None:
    shown = open_settings(maker.office("MA"))
    section = safety(shown)

    shown.click(section.check)

    assert strips(section)[-1].startswith("Everything is in order: 2 records")
    assert not section.repair.isVisible()


def test_what_needs_nobodys_decision_is_mended_on_demand(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    (w.profile.folder / "vault-copy.json").unlink()
    shown = open_settings(w)
    section = safety(shown)
    shown.click(section.check)
    assert strips(section)[-1].startswith("The two copies of the file that keeps the keys")

    shown.click(section.repair)

    assert strips(section)[-1].startswith("Everything is in order")
    assert (w.profile.folder / "vault-copy.json").exists()


def test_the_keys_are_back_on_the_button_once_it_is_done(
    maker: DeskMaker, open_settings: Opener
) -> None:
    shown = open_settings(maker.office("MA"))
    section = safety(shown)
    section.check.setFocus()

    shown.qtbot.keyClick(section.check, Qt.Key.Key_Space)
    assert not section.check.isEnabled()
    shown.settle()

    assert shown.page.focusWidget() is section.check


def test_a_look_through_the_desk_tells_how_far_it_is(maker: DeskMaker) -> None:
    heard: list[tuple[int, int]] = []

    safekeeping.check(maker.office("MA"), progress=lambda done, total: heard.append((done, total)))

    assert heard == [(done, 5) for done in range(6)]


def test_restore_points_are_listed_with_their_reason(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    safekeeping.keep_restore_point(w, "import")

    section = safety(open_settings(w))

    words = [one.text() for one in section.findChildren(QLabel) if one.isVisible()]
    assert "Before a file was imported" in words


# ---------------------------------------------------------------- laptops


def with_a_second_laptop(w: Workspace) -> str:
    """Certify another laptop of the office, as it is when one is lost."""
    with w.exclusive() as connection:
        keys = card_book.office_keys(connection)
        card = card_book.load_book(connection).cards[w.office]
        second = certify_laptop(
            w.office, keys.signing, laptop=w.random(16), number=2,
            public_key=SigningKey.generate(w.random).public, issued_at="2026-03-02T09:00:00Z",
        )  # fmt: skip
        renewed = make_card(
            w.office, keys.signing, keys.encryption, serial=card.serial + 1, names=card.names,
            authority=card.authority, laptops=(*card.laptops, second),
            issued_at="2026-03-02T09:00:00Z",
        )  # fmt: skip
        card_book.keep_card(connection, renewed, verified=True, at="2026-03-02T09:00:00Z")
    return second.laptop.hex()


def laptops(shown: Shown) -> LaptopsSection:
    shown.go(LAPTOPS)
    section = shown.section(LAPTOPS)
    assert isinstance(section, LaptopsSection)
    return section


def test_a_lost_laptop_is_reported_after_a_question(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    lost = with_a_second_laptop(w)
    shown = open_settings(w)
    section = laptops(shown)

    shown.click(section.cards[lost].report)
    assert not any(one.revoked for one in cards.own_card(w).laptops)
    confirm(shown, section)

    assert [one.number for one in cards.own_card(w).laptops if one.revoked] == [2]
    assert section.cards[lost].laptop.revoked
    assert not section.cards[lost].report.isVisible()


def test_this_laptop_cannot_be_reported_from_itself(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")

    section = laptops(open_settings(w))

    (card,) = section.cards.values()
    assert not card.report.isVisible()


def test_a_second_laptop_is_invited_and_gets_a_file_of_its_own(
    maker: DeskMaker, open_settings: Opener, tmp_path: Path
) -> None:
    w = maker.office("MA")
    shown = open_settings(w)
    section = laptops(shown)
    assert section.second.make.isHidden()

    section.second.write(tmp_path / "second.sscbackup")
    shown.settle()
    shown.settle()
    assert set(section.cards) == {one.id for one in cards.own_card(w).laptops}
    assert len(section.cards) == 2
    assert not section.second.make.isHidden()

    records.create(w, "person", {"given": "Awa", "family": "Diop"})
    section.second.make_file(tmp_path / "own.sscsync")
    shown.settle()

    assert (tmp_path / "own.sscsync").exists()
    assert "own.sscsync" in shown.said[-1]


def test_who_may_not_report_a_laptop_sees_why(maker: DeskMaker, open_settings: Opener) -> None:
    w = maker.office("MA", ("focal_point",))
    lost = with_a_second_laptop(w)

    section = laptops(open_settings(w))

    assert strips(section) == ["This is for the role “Administrator”."]
    assert not section.cards[lost].report.isVisible()


# ---------------------------------------------------------------- lists


def lists(shown: Shown) -> VocabulariesSection:
    shown.go(LISTS)
    section = shown.section(LISTS)
    assert isinstance(section, VocabulariesSection)
    return section


def choose(shown: Shown, section: VocabulariesSection, name: str) -> None:
    section.lists.setCurrentIndex(section.lists.findData(name))
    shown.settle()


def test_a_list_shows_its_terms_in_three_languages_and_finds_them(
    maker: DeskMaker, open_settings: Opener
) -> None:
    shown = open_settings(maker.office("ML"))
    section = lists(shown)
    choose(shown, section, "country")

    section.sought.setText("senegal")

    (term,) = section.model.terms
    assert (term.fr, term.en, term.ar) == ("Sénégal", "Senegal", "السنغال")


def test_the_secretariat_adds_a_term_whose_code_follows_from_its_english_label(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    shown = open_settings(w)
    section = lists(shown)
    shown.click(section.add)
    card = section.card
    assert card is not None
    card.lines["fr"].setText("Journée portes ouvertes")
    shown.qtbot.keyClicks(card.lines["en"], "Open day")
    card.lines["ar"].setText("يوم مفتوح")

    shown.click(card.acts["add"])

    assert vocabularies.term(w, "exchange_kind", "open_day").fr == "Journée portes ouvertes"
    assert "open_day" in [one.code for one in section.model.terms]


def test_a_term_without_all_its_labels_is_refused_and_what_was_typed_stays(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("MA")
    shown = open_settings(w)
    section = lists(shown)
    shown.click(section.add)
    card = section.card
    assert card is not None
    shown.qtbot.keyClicks(card.lines["en"], "Open day")

    shown.click(card.acts["add"])

    assert card.error.text()
    assert card.lines["en"].text() == "Open day"
    with pytest.raises(NotFound):
        vocabularies.term(w, "exchange_kind", "open_day")


def test_a_term_is_retired_and_brought_back(maker: DeskMaker, open_settings: Opener) -> None:
    w = maker.office("MA")
    shown = open_settings(w)
    section = lists(shown)

    section.table.selectRow(section.model.place_of("webinar"))
    assert section.card is not None
    shown.click(section.card.acts["retire"])
    assert vocabularies.term(w, "exchange_kind", "webinar").retired
    assert shown.said[-1] == "The term is retired: it is offered no more."

    section.table.selectRow(section.model.place_of("webinar"))
    shown.click(section.card.acts["bring_back"])
    assert not vocabularies.term(w, "exchange_kind", "webinar").retired


def test_another_office_names_a_term_for_its_country(
    maker: DeskMaker, open_settings: Opener
) -> None:
    w = maker.office("SN")
    shown = open_settings(w)
    section = lists(shown)
    section.table.selectRow(section.model.place_of("workshop"))
    shown.settle()
    card = section.card
    assert card is not None
    assert not card.acts["change"].isVisible()
    card.lines["fr"].setText("Atelier-débat")

    shown.click(card.acts["here"])

    assert vocabularies.known(w).label("exchange_kind", "workshop", "fr") == "Atelier-débat"
    assert vocabularies.term(w, "exchange_kind", "workshop").fr == "Atelier"


def test_another_office_suggests_a_term(maker: DeskMaker, open_settings: Opener) -> None:
    shown = open_settings(maker.office("SN"))
    section = lists(shown)
    shown.click(section.add)
    card = section.card
    assert card is not None
    for code, words in (("fr", "Caravane"), ("en", "Caravan"), ("ar", "قافلة")):
        card.lines[code].setText(words)
    card.code.setText("caravan")

    shown.click(card.acts["suggest"])

    assert shown.said[-1].startswith("The suggestion goes to the Office of Morocco")


def test_a_list_that_the_desk_works_with_keeps_its_codes(
    maker: DeskMaker, open_settings: Opener
) -> None:
    shown = open_settings(maker.office("MA"))
    section = lists(shown)
    choose(shown, section, "mission_status")
    section.table.selectRow(0)
    shown.settle()

    assert section.card is not None
    assert not section.add.isVisible()
    assert section.card.acts["change"].isVisible()
    assert not section.card.acts["retire"].isVisible()


def test_who_may_not_keep_the_lists_reads_them_and_sees_why(
    maker: DeskMaker, open_settings: Opener
) -> None:
    shown = open_settings(maker.office("MA", ("focal_point",)))
    section = lists(shown)
    section.table.selectRow(0)
    shown.settle()

    assert strips(section) == ["This is for the role “Administrator”."]
    assert section.card is not None
    assert all(line.isReadOnly() for line in section.card.lines.values())
    assert not [one for one in section.card.acts.values() if one.isVisible()]


@pytest.mark.parametrize(
    ("label", "code"),
    [("Open day", "open_day"), ("  Café – débat ", "cafe_debat"), ("", ""), ("!", "")],
)
def test_a_code_is_proposed_in_plain_letters(label: str, code: str) -> None:
    assert proposed_code(label) == code
