import hashlib
import io
import os
from dataclasses import replace
from pathlib import Path

import pytest

from sscdesk.i18n import LANGUAGES, error_hint, error_text, language
from sscdesk.model.refusal import FileRefused, MachineFailed
from sscdesk.sync import bundle_reader, bundle_writer, limits
from sscdesk.sync.bundle import (
    Standing,
    gather,
    judge_kept,
    look_at,
    open_bundle,
    open_file,
    write_bundle,
)
from sscdesk.sync.carrier import FileCarrier
from sscdesk.sync.runs import segments_of_run
from sscdesk.sync.segments import GENESIS
from sscdesk.sync.trust import Introductions, introduce

from .offices import (
    NOON,
    a_book,
    a_file,
    a_manifest,
    a_revocation,
    a_stream,
    an_attachment,
    an_office,
    opened,
    random_bytes,
    with_revocations,
)

MA, CI, ML, SN = (an_office(code, laptops=2) for code in ("MA", "CI", "ML", "SN"))
NEWS = a_stream(MA.laptops[0], commits=5)
PAIR = a_stream(MA.laptops[0], audience="MA+ML")
LETTER = b"Monsieur le Directeur, " * 100


def written(tmp_path: Path, **more: object) -> Path:
    return a_file(tmp_path / "news.sscsync", MA, [ML], [NEWS.segment()], **more)  # type: ignore[arg-type]


def refused(path: Path, *others: object, reader: object = ML) -> FileRefused:
    with pytest.raises(FileRefused) as refusal:
        opened(path, reader, *others)  # type: ignore[arg-type]
    return refusal.value


# ---------------------------------------------------------------- what travels


def test_commits_arrive_as_they_were_written(tmp_path: Path) -> None:
    segments = [NEWS.segment(), PAIR.segment()]
    path = a_file(tmp_path / "a", MA, [ML], segments)

    found = list(opened(path, ML, MA).trusted())

    assert sorted(found, key=str) == sorted(segments, key=str)


def test_attachments_arrive_as_they_were_sent(tmp_path: Path) -> None:
    contents = [LETTER, b"", os.urandom(2_500_000), LETTER]
    path = written(tmp_path, attachments=[an_attachment(one) for one in contents])

    found: list[bytes] = []
    for chunk in opened(path, ML, MA).attachments():
        if chunk.offset == 0:
            found.append(b"")
        found[-1] += chunk.data

    assert found == contents


def test_a_repeated_document_compresses(tmp_path: Path) -> None:
    path = written(tmp_path, attachments=[an_attachment(LETTER * 400)])

    assert path.stat().st_size < 20_000


def test_a_file_says_who_made_it_when_for_whom_and_what_is_in_it(tmp_path: Path) -> None:
    path = written(tmp_path, attachments=[an_attachment(LETTER)], acknowledged={PAIR.id: 7})

    header = opened(path, ML, MA).header

    assert (header.office, header.certificate.number, header.created_at) == ("MA", 1, NOON)
    assert (header.offices, header.commits, header.attachments) == (("ML",), 5, 1)
    assert header.frontier == {PAIR.id: 7}


def test_a_file_can_be_read_as_often_as_wanted(tmp_path: Path) -> None:
    found = opened(written(tmp_path), ML, MA)

    assert list(found.segments()) == list(found.segments())


def test_large_journals_are_not_kept_in_memory_between_check_and_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_reader, "KEEP_RAW", 10)

    found = opened(written(tmp_path), ML, MA)

    assert found.kept is None
    assert [one.segment for one in found.segments()] == [NEWS.segment()]


def test_large_journals_travel_in_segments_of_bounded_size(tmp_path: Path) -> None:
    stream = a_stream(MA.laptops[0], commits=30, size=400_000, name="large")
    journal = zip(stream.commits, stream.chain[1:], strict=True)
    segments = list(segments_of_run(stream.id, stream.owner, 1, GENESIS, journal, stream.head(30)))

    found = opened(a_file(tmp_path / "a", MA, [ML], segments), ML, MA)

    assert len(segments) == 3
    assert all(sum(map(len, one.commits)) <= limits.SEGMENT_AIM for one in segments)
    assert [one for segment in found.trusted() for one in segment.commits] == stream.commits


def test_an_office_reads_another_offices_news_from_a_third(tmp_path: Path) -> None:
    news = a_stream(CI.laptops[0])
    path = a_file(tmp_path / "a", MA, [ML], [news.segment()])

    found = opened(path, ML, MA, CI)

    assert [one.standing for one in found.segments()] == [Standing.TRUSTED]
    assert found.verdicts[0].owner.office == "CI"


def test_two_laptops_of_one_office_exchange_what_no_other_may_read(tmp_path: Path) -> None:
    private = a_stream(MA.laptops[1], audience="MA")
    path = a_file(tmp_path / "a", MA, [MA], [private.segment()], number=2)

    assert [s.audience for s in opened(path, MA).trusted()] == ["MA"]


def test_nothing_of_a_file_is_in_clear_but_its_header(tmp_path: Path) -> None:
    stream = a_stream(MA.laptops[0], commits=0, name="words")
    stream.write(b"Ministere de l'Interieur, Awa Diallo")
    said = introduce(a_book(MA, CI), "ML", ["CI"])
    path = a_file(
        tmp_path / "a",
        MA,
        [ML],
        [stream.segment()],
        introductions=said,
        attachments=[an_attachment(LETTER)],
    )

    content = path.read_bytes()

    assert not [s for s in (b"Awa", b"Minist", b"Monsieur", b"Abidjan") if s in content]


def test_progress_is_told_while_writing_and_while_reading(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    segments = [NEWS.segment()]
    write_bundle(
        tmp_path / "a",
        a_manifest(segments, [ML]),
        segments,
        [],
        MA.sender(),
        Introductions(),
        progress=lambda done, total: told.append((done, total)),
    )
    writing, told[:] = list(told), []

    open_file(
        tmp_path / "a",
        [ML.keys.encryption],
        a_book(ML, MA),
        progress=lambda done, total: told.append((done, total)),
    )

    assert writing[-1][0] == writing[-1][1] > 0
    assert told[-1][0] == told[-1][1] == (tmp_path / "a").stat().st_size


def test_a_small_change_makes_a_small_file(tmp_path: Path) -> None:
    assert written(tmp_path).stat().st_size < 2_500


# ---------------------------------------------------------------- offices and trust


def test_a_file_of_an_office_whose_words_were_not_compared_says_so(tmp_path: Path) -> None:
    news = a_stream(CI.laptops[0])
    path = a_file(tmp_path / "a", MA, [ML], [news.segment(), NEWS.segment()])
    book = a_book(ML, MA, CI, verified=False)

    found = opened(path, ML, book=book)

    assert not found.is_verified
    assert found.unverified == ("CI", "MA")
    assert opened(path, ML, MA, CI).unverified == ()


def test_commits_of_an_office_not_accepted_are_kept_apart(tmp_path: Path) -> None:
    stranger = a_stream(SN.laptops[0])
    path = a_file(tmp_path / "a", MA, [ML], [stranger.segment(), NEWS.segment()])

    found = opened(path, ML, MA)

    assert [one.office for one in found.trusted()] == ["MA"]
    assert [one.standing for one in found.refused()] == [Standing.UNKNOWN_OFFICE]


def test_what_was_kept_is_believed_once_the_office_is_accepted(tmp_path: Path) -> None:
    stranger = a_stream(SN.laptops[0])
    cut = [stranger.segment(1, 2, signed=False), stranger.segment(3, 3)]
    path = a_file(tmp_path / "a", MA, [ML], cut)
    kept = [one.segment for one in opened(path, ML, MA).segments()]

    before = judge_kept(kept, a_book(ML, MA))
    after = judge_kept(reversed(kept), a_book(ML, MA, SN))

    assert [one.standing for one in before] == [Standing.UNKNOWN_OFFICE] * 2
    assert [one.standing for one in after] == [Standing.TRUSTED] * 2


def test_what_was_kept_unchecked_and_is_forged_is_dropped_when_the_office_is_known() -> None:
    stranger, forger = a_stream(SN.laptops[0]), a_stream(MA.laptops[0], name="forger")
    forged = replace(
        stranger.segment(), head_signature=replace(stranger, laptop=forger.laptop).head(3)
    )
    altered = replace(stranger.segment(2), before=b"\x07" * 32)

    standings = [one.standing for one in judge_kept([forged], a_book(ML, MA, SN))]
    standings += [one.standing for one in judge_kept([altered], a_book(ML, MA, SN))]
    first = stranger.segment(1, 1, signed=False)
    standings += [one.standing for one in judge_kept([first, altered], a_book(ML, MA, SN))]

    assert standings == [Standing.FORGED] * 4


def test_what_was_kept_under_new_keys_waits_until_these_are_confirmed() -> None:
    changed = an_office("CI", laptops=3, edition=2)
    kept = [a_stream(changed.laptops[2]).segment()]

    before = judge_kept(kept, a_book(ML, MA, CI))
    after = judge_kept(kept, a_book(ML, MA, changed))

    assert [one.standing for one in before + after] == [Standing.KEYS_CHANGED, Standing.TRUSTED]


def test_what_a_lost_laptop_wrote_later_is_parted_and_listed(tmp_path: Path) -> None:
    lost = a_stream(MA.laptops[1], commits=6)
    path = a_file(tmp_path / "a", MA, [ML], [lost.segment(1, 3), lost.segment(4, 6)])
    book = with_revocations(a_book(ML, MA), a_revocation(MA, MA.laptops[1], lost.cut(4)))

    found = opened(path, ML, book=book)

    assert [(s.segment.first, s.segment.last, s.standing) for s in found.segments()] == [
        (1, 3, Standing.TRUSTED),
        (4, 4, Standing.TRUSTED),
        (5, 6, Standing.REVOKED),
    ]
    assert found.refused()[0].laptop_number == 2
    assert [one for s in found.trusted() for one in s.commits] == lost.commits[:4]


def test_what_an_office_stands_by_travels_on_without_the_lost_laptops_signature(
    tmp_path: Path,
) -> None:
    lost = a_stream(MA.laptops[1], commits=6)
    revocation = a_revocation(MA, MA.laptops[1], lost.cut(4))
    good = lost.segment(1, 4, signed=False)
    said = Introductions(revocations=(revocation,))

    path = a_file(tmp_path / "a", CI, [ML], [good], introductions=said)

    assert list(opened(path, ML, MA, CI).trusted()) == [good]


def test_a_revocation_in_the_same_file_counts_for_what_it_carries(tmp_path: Path) -> None:
    lost = a_stream(MA.laptops[1])
    said = Introductions(revocations=(a_revocation(MA, MA.laptops[1]),))
    path = a_file(tmp_path / "a", MA, [ML], [lost.segment()], introductions=said)

    assert list(opened(path, ML, MA).trusted()) == []


def test_a_former_key_still_opens_what_was_on_its_way(tmp_path: Path) -> None:
    former = an_office("ML", laptops=2, edition=7)
    path = a_file(tmp_path / "a", MA, [former], [NEWS.segment()])
    keys = [ML.keys.encryption, former.keys.encryption]

    found = open_file(path, keys, a_book(ML, MA))

    assert found.header.commits == 5


def test_changed_keys_announced_by_a_file_are_shown(tmp_path: Path) -> None:
    changed = an_office("CI", laptops=2, edition=2)
    said = introduce(a_book(MA, changed), "SN", ["CI"])
    path = a_file(
        tmp_path / "a",
        MA,
        [ML],
        [NEWS.segment()],
        introductions=Introductions(cards=said.cards),
    )

    assert set(opened(path, ML, MA, CI).learned.key_changes) == {"CI"}


# ---------------------------------------------------------------- refusals


def test_ones_own_file_is_recognised(tmp_path: Path) -> None:
    refusal = refused(written(tmp_path), reader=MA)

    assert refusal.code == "own-file"


def test_a_file_for_another_office_says_for_whom_it_is(tmp_path: Path) -> None:
    refusal = refused(written(tmp_path), MA, reader=CI)

    assert refusal.code == "not-for-this-office"
    with language("en"):
        assert error_text(refusal) == "This file is for Bamako, not for Abidjan."


def test_each_refusal_of_a_file_speaks_every_language(tmp_path: Path) -> None:
    refusals = [
        refused(written(tmp_path), MA, reader=SN),
        refused(written(tmp_path), reader=MA),
        refused(written(tmp_path)),
        refused(written(tmp_path), an_office("MA", laptops=2, edition=2)),
    ]

    for code in LANGUAGES:
        with language(code):
            texts = [error_text(one) + error_hint(one) for one in refusals]
        assert all(texts)
        assert not [text for text in texts if "{" in text]


def test_a_newer_format_names_the_version_to_install(tmp_path: Path) -> None:
    path = tmp_path / "new.sscsync"
    path.write_bytes(b"sscdesk-sync 2 (open in sscdesk 3.4 or later)\n\x00\x01")

    refusal = refused(path, MA)

    assert refusal.code == "newer-format"
    assert "3.4" in error_hint(refusal)


def test_a_stick_that_is_gone_is_a_failure_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(MachineFailed) as failure:
        open_file(tmp_path / "gone", [ML.keys.encryption], a_book(ML, MA))

    assert failure.value.code == "medium-removed"


def test_a_file_that_is_replaced_between_check_and_use_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path, attachments=[an_attachment(LETTER)])
    found = opened(path, ML, MA)
    # Much longer than the first file, so that age's padding of random length changes nothing.
    longer = [an_attachment(LETTER[::-1]), an_attachment(os.urandom(70_000))]
    a_file(path, MA, [ML], [NEWS.segment()], attachments=longer)

    with pytest.raises(FileRefused) as refusal:
        list(found.attachments())

    assert refusal.value.code == "file-damaged"


def test_opening_writes_nothing_beside_the_file(tmp_path: Path) -> None:
    path = written(tmp_path)
    before = {one: one.read_bytes() for one in tmp_path.iterdir()}

    opened(path, ML, MA)
    refused(path)

    assert {one: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_a_file_larger_than_any_is_not_read(tmp_path: Path) -> None:
    carrier = FileCarrier(written(tmp_path), limits.BUNDLE + 1)

    with pytest.raises(FileRefused) as refusal:
        open_bundle(carrier, [ML.keys.encryption], a_book(ML, MA))

    assert refusal.value.code == "over-limit"


def test_the_outside_of_a_file_can_be_looked_at_by_anybody(tmp_path: Path) -> None:
    (carrier,) = gather([written(tmp_path)]).all_complete()

    assert look_at(carrier).offices == ("ML",)


def test_a_commit_above_the_limit_is_refused(tmp_path: Path) -> None:
    stream = a_stream(MA.laptops[0], commits=0, name="huge")
    stream.write(bytes(limits.COMMIT))
    path = a_file(tmp_path / "a", MA, [ML], [stream.segment()])

    assert refused(path, MA).code == "over-limit"


def test_a_part_is_not_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"sscdesk-part 1 (open in sscdesk 0.1 or later)\n" + bytes(300))

    with pytest.raises(FileRefused) as refusal:
        look_at(FileCarrier(path, 300))

    assert refusal.value.code == "other-kind"


def test_a_stick_that_reads_in_small_bites_reads_all(tmp_path: Path) -> None:
    class Slow(FileCarrier):
        def open(self) -> io.BufferedIOBase:  # type: ignore[override]
            return Bites(self.path.read_bytes())

    class Bites(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 7, 7) if size and size > 0 else size)

    path = written(tmp_path)
    carrier = Slow(path, path.stat().st_size)

    found = open_bundle(carrier, [ML.keys.encryption], a_book(ML, MA))

    assert found.header.commits == 5


# ---------------------------------------------------------------- defects of the caller


def attempt(tmp_path: Path, manifest: object = None, **change: object) -> None:
    given = {
        "manifest": manifest or a_manifest([NEWS.segment()], [ML]),
        "segments": [NEWS.segment()],
        "attachments": [],
        "sender": MA.sender(),
        "introductions": Introductions(),
    }
    with pytest.raises(ValueError):
        write_bundle(tmp_path / "a", **{**given, **change})  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_commit_that_a_recipient_may_not_read_is_never_written(tmp_path: Path) -> None:
    for stream in (a_stream(MA.laptops[0], audience=a) for a in ("MA", "CI+MA", "MA+SN")):
        segments = [stream.segment()]
        attempt(tmp_path, a_manifest(segments, [ML]), segments=segments)
    both = [PAIR.segment()]
    attempt(tmp_path, a_manifest(both, [ML, SN]), segments=both)


def test_only_what_was_announced_is_written(tmp_path: Path) -> None:
    attempt(tmp_path, segments=[])
    attempt(tmp_path, segments=[NEWS.segment(1, 4)])
    attempt(tmp_path, segments=[NEWS.segment(2)])
    attempt(tmp_path, segments=[NEWS.segment(), NEWS.segment()])
    attempt(tmp_path, segments=[NEWS.segment(1, 2), NEWS.segment(4, 5)])
    attempt(tmp_path, segments=[replace(NEWS.segment(), last=4)])
    attempt(tmp_path, replace(a_manifest([NEWS.segment()], [ML]), raw_bytes=1))


def test_a_head_without_signature_is_never_written(tmp_path: Path) -> None:
    attempt(tmp_path, segments=[NEWS.segment(signed=False)])


def test_an_attachment_that_is_not_what_its_name_says_is_never_written(tmp_path: Path) -> None:
    good = an_attachment(LETTER)
    for wrong in (
        replace(good, digest=hashlib.sha256(b"").digest()),
        replace(good, size=good.size + 1),
        replace(good, blocks=lambda: [LETTER[:-1]]),
    ):
        attempt(tmp_path, a_manifest([NEWS.segment()], [ML], [wrong]), attachments=[wrong])
    attempt(tmp_path, attachments=[good])


def test_a_header_that_makes_no_sense_is_never_written(tmp_path: Path) -> None:
    attempt(tmp_path, replace(a_manifest([NEWS.segment()], [ML]), recipients=()))
    attempt(tmp_path, a_manifest([NEWS.segment()], [ML, ML]))


def test_more_than_one_file_can_hold_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_writer.limits, "BUNDLE", 1_000)

    with pytest.raises(MachineFailed) as failure:
        a_file(
            tmp_path / "a",
            MA,
            [ML],
            [],
            attachments=[an_attachment(random_bytes("large").randbytes(5_000))],
        )

    assert failure.value.code == "too-large-for-medium"
    assert list(tmp_path.iterdir()) == []
