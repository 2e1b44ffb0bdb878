"""What is missing is asked for; what arrived is confirmed, by file or by telephone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import attachments, receipts, records
from sscdesk.application import synchronise as sync
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import FileRefused, NotFound
from tests.desks import DeskMaker, a_mission, an_organisation, befriend, send


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[DeskMaker]:
    made = DeskMaker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def offices(maker: DeskMaker, tmp_path: Path) -> tuple[Workspace, Workspace, Workspace]:
    desks = (maker.office("MA"), maker.office("ML"), maker.office("CI"))
    befriend(tmp_path, *desks)
    return desks


def waiting(w: Workspace, office: str) -> int:
    return next(p.to_send.commits for p in sync.status(w).partners if p.office == office)


def test_a_request_tells_what_is_held_so_that_the_next_file_brings_the_rest(
    offices: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, _ = offices
    an_organisation(ma)
    send(tmp_path, ma, ml)
    assert waiting(ma, "ML") > 0
    lost = an_organisation(ma, "APDP")
    sync.export(ma, ["ML"], tmp_path / "lost.sscsync")

    sync.request(ml, tmp_path / "request.sscreceipt", ["MA"])
    found = sync.accept_receipt(ma, tmp_path / "request.sscreceipt")

    assert (found.office, found.holds > 0, found.lacks) == ("ML", True, waiting(ma, "ML"))
    send(tmp_path, ma, ml)
    assert records.view(ml, lost.ref).title == "APDP"


def test_one_request_for_all_holds_one_receipt_for_each(
    offices: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, ci = offices
    path = tmp_path / "request.sscreceipt"

    made = sync.request(ml, path)

    assert made.offices == ("CI", "MA")
    assert sync.accept_receipt(ma, path).office == "ML"
    assert sync.accept_receipt(ci, path).office == "ML"
    with pytest.raises(FileRefused, match="receipt-for-another"):
        sync.accept_receipt(ml, path)


def test_documents_left_out_are_asked_for_and_come_with_the_next_file(
    offices: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, _ = offices
    ministry = an_organisation(ma)
    attachments.attach_bytes(ma, ministry.ref, "Lettre.pdf", b"%PDF-1.7 lettre")
    path = tmp_path / "without.sscsync"
    sync.export(ma, ["ML"], path, attachments=False)
    sync.accept(ml, [path])
    assert not attachments.attachments(ml, ministry.ref)[0].present

    made = sync.request(ml, tmp_path / "request.sscreceipt", ["MA"])
    found = sync.accept_receipt(ma, tmp_path / "request.sscreceipt")
    report = sync.export(ma, ["ML"], tmp_path / "with.sscsync")
    sync.accept(ml, [tmp_path / "with.sscsync"])

    assert (made.documents, found.documents, report.attachments) == (1, 1, 1)
    assert attachments.attachments(ml, ministry.ref)[0].present
    assert sync.export(ma, ["ML"], tmp_path / "again.sscsync").attachments == 0


def test_a_document_that_an_office_may_not_read_is_not_sent_to_it(
    offices: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, _ = offices
    mission = a_mission(ma)
    kept = attachments.attach_bytes(ma, mission.ref, "Reçu.pdf", b"%PDF-1.7 r", kind="receipt")
    with ml.read() as connection:
        book_of_ml = receipts.card_book.load_book(connection)
    sender = receipts.Sender(
        book_of_ml.certificates["ML", ml.laptop.id],
        ml.laptop.key,
        book_of_ml.cards["ML"].signing_key,
    )
    content = receipts.make_receipt(
        sender,
        to="MA",
        frontier={},
        created_at="2026-03-02T09:00:00Z",
        wanted=[bytes.fromhex(kept.sha256)],
    )
    path = tmp_path / "curious.sscreceipt"
    path.write_bytes(content)

    assert sync.accept_receipt(ma, path).documents == 0
    assert sync.export(ma, ["ML"], tmp_path / "file.sscsync").attachments == 0


def test_four_words_by_telephone_confirm_a_file(
    offices: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, _ = offices
    an_organisation(ma)
    send(tmp_path, ma, ml)

    code = sync.receipt_code(ml)
    found = sync.confirm_code(ma, "ML", code.words.upper())

    assert len(code.words.split()) == 4
    assert code.office == "MA"
    assert found.office == "ML"
    assert waiting(ma, "ML") == 0


def test_wrong_words_confirm_nothing(
    offices: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, ci = offices
    an_organisation(ma)
    send(tmp_path, ma, ml, ci)

    with pytest.raises(FileRefused, match="code-unknown"):
        sync.confirm_code(ma, "ML", sync.receipt_code(ci).words)
    with pytest.raises(NotFound, match="no-such-file"):
        sync.receipt_code(ma)
    assert waiting(ma, "ML") > 0


def test_the_state_of_a_partner_names_what_is_waited_for_and_whose_it_is(
    offices: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, ci = offices
    made = an_organisation(ma)
    send(tmp_path, ma, ml)
    ministry = an_organisation(ml)
    records.change(ml, ministry.ref, {"parent_organisation": made.id})
    path = tmp_path / "own.sscsync"
    with ml.exclusive() as connection:
        streams = connection.exec_driver_sql("SELECT id FROM stream WHERE office = 'MA'").scalars()
        connection.exec_driver_sql(
            "INSERT INTO acknowledged (office, stream_id, seq, at) VALUES ('CI', ?, 999, '')",
            [(bytes(one),) for one in streams],
        )
    sync.export(ml, ["CI"], path)

    sync.accept(ci, [path])

    missing = [gap for partner in sync.status(ci).partners for gap in partner.missing]
    assert missing
    assert sync.status(ci).parked > 0
    send(tmp_path, ma, ci)
    assert sync.status(ci).parked == 0
    assert [gap for partner in sync.status(ci).partners for gap in partner.missing] == []
