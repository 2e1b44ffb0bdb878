"""Directory, register of files and data-protection record, read by other programs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records, reports
from sscdesk.application import synchronise as sync
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import FileRefused, Refused
from tests.application.exchanges_lived import a_held_exchange, a_person
from tests.desks import PASSPHRASE, DeskMaker, befriend, send
from tests.reports.reading import text_of, verdicts_of


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def paper(
    w: Workspace, kind: str, folder: Path, code: str = "en", ref: str | None = None, **values: str
) -> str:
    return text_of(reports.preview_new(w, kind, ref, code, dict(values)), folder)


# ---------------------------------------------------------------- the directory


def test_the_directory_for_all_offices_names_only_who_may_be_shared(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma = desks.office("MA")
    a_person(ma, "Amina", "Benali", "f", name_ar="أمينة بنعلي", emails=("amina@exemple.ma",))
    a_person(ma, "Secret", "Discret", "m", may_be_shared=False, telephones=("+212 500000001",))

    shared = paper(ma, "directory", tmp_path)
    complete = paper(ma, "directory_complete", tmp_path)

    for told in ("Amina Benali", "أمينة بنعلي", "Directrice Benali"):
        assert told in shared, told
    assert "amina@exemple.ma" in shared.replace(" ", "")
    assert "Secret" not in shared
    assert "500000001" not in shared
    assert "Secret Discret" in complete
    assert "+212 500000001" in complete
    assert "Complete: for this office only" in complete
    assert "INTERNAL DOCUMENT" in complete


def test_private_addresses_stand_in_the_internal_directory_alone(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma = desks.office("MA")
    a_person(ma, "Amina", "Benali", "f", home_address="12 rue des Orangers")

    assert "rue des Orangers" not in paper(ma, "directory", tmp_path)
    assert "rue des Orangers" in paper(ma, "directory_complete", tmp_path)


def test_a_directory_is_reviewed_and_not_signed(desks: DeskMaker) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point", "head")
    a_person(ma, "Amina", "Benali", "f")
    report = reports.build(ma, "directory", None, "fr")
    reports.submit(ma, report.ref)
    ma = desks.as_officer(ma, reviewer)
    reports.review(ma, report.ref)

    with pytest.raises(Refused) as refused:
        reports.sign(ma, report.ref, PASSPHRASE)

    assert refused.value.code == "kind-not-signed"


# ---------------------------------------------------------------- the register of files


def test_the_register_tells_what_went_came_and_was_refused(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma, ml = desks.office("MA"), desks.office("ML", name="Awa Diarra")
    befriend(tmp_path, ma, ml)
    send(tmp_path, ma, ml)
    send(tmp_path, ml, ma)
    broken = tmp_path / "coupé.sscsync"
    broken.write_bytes(b"not a file of the desk")
    with pytest.raises(FileRefused):
        sync.accept(ma, [broken])

    text = paper(ma, "sync_register", tmp_path)

    sent, received = sync.register(ma)[1], sync.register(ma)[0]
    assert (sent.direction, received.direction) == ("sent", "received")
    for told in (sent.bundle, received.bundle, "coupé.sscsync", "Nadia Alaoui"):
        assert told in text, told
    assert "Acknowledged" in text
    assert "Not acknowledged" not in text
    assert "No conflict was settled." in text
    assert "No key was revoked." in text
    assert "No file was refused." not in text


def test_a_file_of_which_nothing_was_heard_is_not_said_to_have_arrived(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma, ml = desks.office("MA"), desks.office("ML", name="Awa Diarra")
    befriend(tmp_path, ma, ml)
    send(tmp_path, ma, ml)

    assert "Not acknowledged" in paper(ma, "sync_register", tmp_path)


def test_the_register_of_a_period_leaves_out_what_lies_outside(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma, ml = desks.office("MA"), desks.office("ML", name="Awa Diarra")
    befriend(tmp_path, ma, ml)
    send(tmp_path, ma, ml)

    text = paper(ma, "sync_register", tmp_path, period_from="2025-01-01", period_until="2025-12-31")

    assert "No file was sent." in text


def test_a_period_that_ends_before_it_begins_is_refused(desks: DeskMaker) -> None:
    ma = desks.office("MA")

    with pytest.raises(Refused) as refused:
        reports.build(
            ma, "sync_register", None, "fr",
            {"period_from": "2026-03-01", "period_until": "2026-01-01"},
        )  # fmt: skip

    assert refused.value.code == "period-turned"


# ---------------------------------------------------------------- the data-protection record


def test_the_record_says_under_which_number_data_went_abroad(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma, ml = desks.office("MA"), desks.office("ML", name="Awa Diarra")
    befriend(tmp_path, ma, ml)
    send(tmp_path, ma, ml)

    text = paper(ma, "data_record", tmp_path)

    for told in ("Law 09-08", "CNDP", "A-ML-1", "5 years after the last contact", "Family name"):
        assert told in text, told
    assert "No personal data left the office." not in text


def test_without_a_number_no_personal_data_is_said_to_have_left(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma, ml = desks.office("MA"), desks.office("ML", name="Awa Diarra")
    befriend(tmp_path, ma, ml, personal=False)
    send(tmp_path, ma, ml)

    assert "No personal data left the office." in paper(ma, "data_record", tmp_path)


def test_a_person_is_told_all_that_is_kept_about_them(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA")
    lived = a_held_exchange(ma)
    records.change(ma, lived.speaker.ref, {"notes": "Préfère l'arabe.", "date_of_birth": "1980"})

    text = paper(ma, "data_record", tmp_path, ref=lived.speaker.ref)

    for told in (
        "Data kept about Amina Benali",
        "a@exemple.ma",
        "Préfère l'arabe.",
        "1980",
        "Directrice Benali",
        lived.exchange.ref,
        "Participation · Person",
        "Session · Speakers",
        "this office alone",
        "all offices",
    ):
        assert told in text, told


def test_the_record_of_a_person_is_signed_and_stays_in_the_office(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point")
    head = desks.enter(ma, "Nadia Alaoui", "head")
    person = a_person(ma, "Amina", "Benali", "f")
    report = reports.build(ma, "data_record", person.ref, "fr")
    reports.submit(ma, report.ref)
    ma = desks.as_officer(ma, reviewer)
    reports.review(ma, report.ref)
    ma = desks.as_officer(ma, head)

    signed = reports.sign(ma, report.ref, PASSPHRASE)

    assert signed.audience == ("MA",)
    path = tmp_path / "record.pdf"
    reports.save(ma, report.ref, path)
    assert verdicts_of(path.read_bytes(), tmp_path) == ["Signature is Valid."]
    assert "Amina Benali" in paper(ma, "data_record", tmp_path)
