"""Synchronise on real desks: a file is made, seen before it is accepted, and accepted."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application import synchronise as sync
from sscdesk.application.workspace import Workspace
from sscdesk.ui.dialogs.by_telephone import TelephoneDialog
from sscdesk.ui.pages.cards import CardsSection
from sscdesk.ui.pages.sync_inspect import InspectSection
from sscdesk.ui.pages.sync_make import MadeFile, MakeSection
from sscdesk.ui.pages.sync_offices import OfficesSection
from sscdesk.ui.pages.sync_register import RegisterSection
from sscdesk.ui.pages.synchronise import SynchronisePage
from sscdesk.ui.pages.wishes import MakeFile, OpenFiles
from tests.desks import DeskMaker
from tests.partners import Partners, an_organisation, two_offices
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


def making(shown: Shown, folder: Path) -> MakeSection:
    """Ask for a file for Bamako in a folder."""
    shown.go(MakeFile("ML"))
    made = shown.section("make")
    assert isinstance(made, MakeSection)
    made.folder.setText(str(folder))
    shown.settle()
    return made


def test_a_card_tells_what_waits_for_a_partner(screen: Opener, offices: Partners) -> None:
    offices.exchange()
    an_organisation(offices.ma, "Guichet")
    shown = screen(offices.ma)
    shown.go()

    overview = shown.section("offices")
    assert isinstance(overview, OfficesSection)
    bamako = next(card for card in overview.partners if card.partner.office == "ML")

    assert bamako.waiting.text().startswith("1 change in 1 record")


def test_an_office_without_an_authorisation_is_said_to_get_no_personal_data(
    screen: Opener, offices: Partners, tmp_path: Path
) -> None:
    w = offices.ma
    (row,) = [
        one
        for one in records.view(w, records.find(w, "MA")).parts["authorisation"]
        if one.fields["destination"] == "ML"
    ]
    records.remove_part(w, records.find(w, "MA"), "authorisation", row.id)
    an_organisation(w, "Guichet")
    shown = screen(w)
    shown.go()
    overview = shown.section("offices")
    assert isinstance(overview, OfficesSection)
    bamako = next(card for card in overview.partners if card.partner.office == "ML")

    made = making(shown, tmp_path)
    made.make.click()
    shown.settle()

    for card in (bamako, made.result):
        said = " ".join(one.text() for one in card.findChildren(QLabel))
        assert "No personal data goes to Bamako" in said


def test_an_office_without_a_card_is_asked_for_it(screen: Opener, offices: Partners) -> None:
    shown = screen(offices.ma)
    shown.go()

    overview = shown.section("offices")
    assert isinstance(overview, OfficesSection)
    dakar = next(card for card in overview.partners if card.partner.office == "SN")

    assert not dakar.make.isVisible()
    assert dakar.card.isVisible()


def test_the_file_is_made_for_the_partner_that_was_chosen(
    screen: Opener, offices: Partners, tmp_path: Path
) -> None:
    an_organisation(offices.ma, "Guichet")
    (tmp_path / "stick").mkdir()
    shown = screen(offices.ma)
    made = making(shown, tmp_path / "stick")

    shown.click(made.make)

    assert isinstance(made.result, MadeFile)
    (path,) = made.result.paths
    assert path.name == "rabat-bamako-2026-03-02.sscsync"
    assert [report.office for report in sync.inspect(offices.ml, [path])] == ["MA"]
    assert made.steps.currentWidget() is made.result


def test_three_clicks_lead_from_today_to_the_file(
    screen: Opener, offices: Partners, tmp_path: Path
) -> None:
    """Today's line leads to the form (one); the form has all it needs (two, with a folder)."""
    shown = screen(offices.ma)
    shown.desk.preferences.exchange_folder = str(tmp_path)
    shown.go(MakeFile("ML"))
    made = shown.section("make")
    assert isinstance(made, MakeSection)

    shown.click(made.make)

    assert isinstance(made.result, MadeFile)
    assert made.result.paths[0].parent == tmp_path


def test_a_file_in_parts_names_each_of_them(
    screen: Opener, offices: Partners, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sscdesk.ui.pages.sync_make.MEGABYTE", 15_000)
    for number in range(200):
        an_organisation(offices.ma, f"Organisme {number} {offices.ma.random(200).hex()}")
    shown = screen(offices.ma)
    made = making(shown, tmp_path)
    made.parts.setCurrentIndex(1)

    shown.click(made.make)

    assert isinstance(made.result, MadeFile)
    assert len(made.result.paths) >= 1
    assert "1of" in made.result.paths[0].name


def test_a_file_is_never_written_over_another(
    screen: Opener, offices: Partners, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.sscsync"
    taken.write_bytes(b"somebody's work")
    shown = screen(offices.ma)
    made = making(shown, tmp_path)
    made.name.setText("taken")

    shown.click(made.make)

    assert taken.read_bytes() == b"somebody's work"
    assert made._shown_refusal is not None
    assert "is there already" in made._shown_refusal.text.text()
    assert made.steps.currentWidget() is made.form


def test_a_stick_pulled_out_is_told_in_words(
    screen: Opener, offices: Partners, tmp_path: Path
) -> None:
    shown = screen(offices.ma)
    made = making(shown, tmp_path / "gone")

    shown.click(made.make)

    assert made._shown_refusal is not None
    assert "There is no folder" in made._shown_refusal.text.text()


def test_a_file_is_seen_before_anything_changes_and_then_accepted(
    screen: Opener, offices: Partners, tmp_path: Path
) -> None:
    organisation = an_organisation(offices.ma, "Guichet des investisseurs")
    path = tmp_path / "file.sscsync"
    sync.export(offices.ma, ["ML"], path)
    shown = screen(offices.ml)

    shown.go(OpenFiles((path,)))
    opened = shown.section("inspect")
    assert isinstance(opened, InspectSection)
    with pytest.raises(Exception, match="not-found"):
        records.view(offices.ml, organisation.ref)
    (card,) = opened.cards
    assert card.report.verified
    assert any(record.ref == organisation.ref for record in card.report.records)
    shown.click(opened.accept)

    assert records.view(offices.ml, organisation.ref).title == "Guichet des investisseurs"
    assert opened.finish.isVisible()
    assert not opened.accept.isVisible()


def test_leaving_a_file_changes_nothing(screen: Opener, offices: Partners, tmp_path: Path) -> None:
    organisation = an_organisation(offices.ma, "Guichet")
    path = tmp_path / "file.sscsync"
    sync.export(offices.ma, ["ML"], path)
    shown = screen(offices.ml)
    shown.go(OpenFiles((path,)))
    opened = shown.section("inspect")
    assert isinstance(opened, InspectSection)

    shown.click(opened.leave_it)

    assert shown.page.front == "offices"
    with pytest.raises(Exception, match="not-found"):
        records.view(offices.ml, organisation.ref)


def test_a_damaged_file_says_what_is_safe_and_what_to_do(
    screen: Opener, offices: Partners, tmp_path: Path
) -> None:
    path = tmp_path / "file.sscsync"
    sync.export(offices.ma, ["ML"], path)
    path.write_bytes(path.read_bytes()[:-40])
    shown = screen(offices.ml)

    shown.go(OpenFiles((path,)))

    opened = shown.section("inspect")
    assert isinstance(opened, InspectSection)
    assert opened._refusal is not None
    assert not opened.accept.isVisible()
    assert opened.leave_it.isVisible()


def test_many_deletions_wait_until_the_list_was_read(
    screen: Opener, offices: Partners, tmp_path: Path
) -> None:
    made = [an_organisation(offices.ma, f"Organisme {number}") for number in range(22)]
    offices.exchange()
    for one in made:
        records.delete(offices.ma, one.ref)
    path = tmp_path / "file.sscsync"
    sync.export(offices.ma, ["ML"], path)
    shown = screen(offices.ml)
    shown.go(OpenFiles((path,)))
    opened = shown.section("inspect")
    assert isinstance(opened, InspectSection)

    assert opened.read.isVisible()
    assert not opened.accept.isEnabled()
    opened.read.setChecked(True)
    shown.click(opened.accept)

    assert records.view(offices.ml, made[0].ref).deleted


def test_a_card_is_accepted_only_after_its_words_were_heard(
    screen: Opener, offices: Partners, tmp_path: Path
) -> None:
    sn = offices.maker.office("SN", name="Ndeye Sow")
    path = tmp_path / "sn.ssccard"
    words = sync.export_card(sn, path).fingerprint
    shown = screen(offices.ma)

    shown.page.open_files([path])
    shown.settle()
    cards = shown.section("cards")
    assert isinstance(cards, CardsSection)
    assert cards.compare is not None
    assert not cards.compare.same.isEnabled()
    cards.compare.heard.setText("d'autres mots ")
    assert not cards.compare.same.isEnabled()
    cards.compare.heard.setText(words)
    shown.click(cards.compare.same)

    trusted = next(card for card in sync.cards(offices.ma) if card.office == "SN")
    assert trusted.verified


def test_words_that_differ_accept_nothing(
    screen: Opener, offices: Partners, tmp_path: Path
) -> None:
    sn = offices.maker.office("SN", name="Ndeye Sow")
    path = tmp_path / "sn.ssccard"
    sync.export_card(sn, path)
    shown = screen(offices.ma)
    shown.page.open_files([path])
    shown.settle()
    cards = shown.section("cards")
    assert isinstance(cards, CardsSection)
    assert cards.compare is not None

    shown.click(cards.compare.differ)

    assert all(card.office != "SN" for card in sync.cards(offices.ma))


def test_the_register_tells_of_every_file(screen: Opener, offices: Partners) -> None:
    an_organisation(offices.ma, "Guichet")
    offices.exchange()
    shown = screen(offices.ma)

    shown.go("files")

    register = shown.section("files")
    assert isinstance(register, RegisterSection)
    assert [line.direction for line in register.model.lines] == ["received", "sent"]


def test_the_groups_are_the_same_where_both_hold_the_same(
    screen: Opener, offices: Partners
) -> None:
    an_organisation(offices.ma, "Guichet")
    offices.exchange()
    other = sync.digest(offices.ml)
    shown = screen(offices.ma)
    shown.go()
    overview = shown.section("offices")
    assert isinstance(overview, OfficesSection)

    shown.click(overview.digest.show_it)
    overview.digest.heard.setText(other[:16])
    assert "hold the same shared records" in overview.digest.verdict.text()
    overview.digest.heard.setText("0" * 16)

    assert "Group 1 differs" in overview.digest.verdict.text()


def test_a_request_is_saved_and_read_where_it_asks(
    screen: Opener, offices: Partners, tmp_path: Path
) -> None:
    offices.exchange()
    an_organisation(offices.ma, "Guichet")
    path = tmp_path / "ml-ma.sscreceipt"
    sync.request(offices.ml, path, ["MA"])
    shown = screen(offices.ma)
    said: list[str] = []
    shown.desk.said.connect(lambda notice: said.append(notice.text))

    shown.go(OpenFiles((path,)))
    shown.settle()

    assert any(words.startswith("Bamako lacks") for words in said)


def test_four_words_typed_confirm_the_file(
    screen: Opener, offices: Partners, tmp_path: Path
) -> None:
    offices.exchange()
    an_organisation(offices.ma, "Guichet")
    sync.export(offices.ma, ["ML"], tmp_path / "file.sscsync")
    sync.accept(offices.ml, [tmp_path / "file.sscsync"])
    words = sync.receipt_code(offices.ml).words
    shown = screen(offices.ma)
    dialog = TelephoneDialog(shown.desk, "ML", shown.page)
    shown.settle()

    dialog.heard.setText("abeille abeille abeille abeille")
    dialog.confirm()
    shown.settle()
    assert dialog.result() == 0
    dialog.heard.setText(words)
    dialog.confirm()
    shown.settle()

    assert dialog.result() == 1
    partner = next(one for one in sync.status(offices.ma).partners if one.office == "ML")
    assert partner.to_send.commits == 0


def test_the_sheet_for_the_telephone_reads_out_the_words_of_the_last_file_of_that_office(
    screen: Opener, offices: Partners
) -> None:
    offices.exchange()
    shown = screen(offices.ml)
    dialog = TelephoneDialog(shown.desk, "MA", shown.page)
    shown.settle()

    assert dialog.words is not None
    assert [one.text() for one in dialog.words.words] == sync.receipt_code(offices.ml).words.split()
