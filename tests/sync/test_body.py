from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.model.refusal import FileRefused
from sscdesk.sync import body, limits
from sscdesk.sync.body import (
    BodyWriter,
    RecordKind,
    decode_segment,
    encode_segment,
    pack_frame,
    records,
    unpack_frame,
    unseal,
)
from sscdesk.sync.keys import EncryptionKey

from .offices import a_stream, an_office
from .vectors.compose import frame, zeros_frame

KEY = EncryptionKey(b"\x07" * 32)
NEWS = a_stream(an_office("MA").laptops[0])

contents = st.lists(st.binary(max_size=200), max_size=5)


@given(contents, contents, st.integers(1, 90))
def test_records_survive_any_cutting(
    segments: list[bytes], attachments: list[bytes], piece: int
) -> None:
    written: list[bytes] = []
    said = [
        (RecordKind.OPENING, b"o"),
        (RecordKind.INTRODUCTIONS, b"i"),
        *((RecordKind.SEGMENT, one) for one in segments),
        *((RecordKind.ATTACHMENT, one) for one in attachments),
        (RecordKind.END, b""),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body.limits, "PIECE", piece)
        writer = BodyWriter([KEY.public], written.append)
        for kind, content in said:
            writer.add(kind, content)
        writer.close()
        writer.close()

    assert list(records(unseal(one, [KEY]) for one in written)) == said


@given(st.lists(st.binary(max_size=60), max_size=4))
def test_anything_decrypted_is_cut_or_refused(pieces: list[bytes]) -> None:
    with pytest.raises(FileRefused):
        list(records(pieces))


@pytest.mark.parametrize("rest", [b"\0", b"\3\0\0\0", b"\5\0\0\0\0", b"\3\0\0\0\1x"])
def test_nothing_may_follow_the_end(rest: bytes) -> None:
    start = b"\1\0\0\0\0\2\0\0\0\0\5\0\0\0\0"

    assert len(list(records([start]))) == 3
    for pieces in ([start + rest], [start, rest]):
        with pytest.raises(FileRefused) as refusal:
            list(records(pieces))
        assert refusal.value.code == "file-damaged"


def test_a_record_that_claims_more_than_the_limit_is_refused_at_its_head() -> None:
    head = b"\1" + (limits.RECORD + 1).to_bytes(4, "big")

    with pytest.raises(FileRefused) as refusal:
        list(records([head]))

    assert refusal.value.code == "over-limit"


@given(st.binary(max_size=5_000))
def test_a_frame_gives_back_what_was_packed(raw: bytes) -> None:
    assert unpack_frame(pack_frame(raw), len(raw)) == raw


@given(st.binary(max_size=100))
def test_anything_may_come_as_a_frame(data: bytes) -> None:
    with suppress(FileRefused):
        assert len(unpack_frame(data, 1_000)) <= 1_000


@pytest.mark.parametrize(
    "bomb",
    [
        zeros_frame(300),
        frame(b"small", 0xFFFFFFFF),
        b"\x28\xb5\x2f\xfd\xe0" + b"\xff" * 7 + b"\x0f\1\0\0",
    ],
)
def test_a_bomb_is_refused_before_memory_is_taken(bomb: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        unpack_frame(bomb, limits.SEGMENT_RAW)

    assert refusal.value.code == "over-limit"


def test_a_frame_that_lies_about_its_size_takes_no_more_than_it_said() -> None:
    longer = frame(b"x" * 1_000, 10)

    with pytest.raises(FileRefused) as refusal:
        unpack_frame(longer, 100)

    assert refusal.value.code == "file-damaged"


def test_a_segment_gives_back_what_was_written() -> None:
    assert decode_segment(encode_segment(NEWS.segment(2, 3))) == NEWS.segment(2, 3)


def test_a_segment_that_no_reader_would_take_is_a_defect_of_the_writer() -> None:
    one = NEWS.segment(1, 1)
    many = (one.commits[0],) * (limits.SEGMENT_COMMITS + 1)
    large = (bytes(limits.SEGMENT_RAW),)

    for commits in (many, large):
        with pytest.raises(ValueError):
            encode_segment(replace(one, commits=commits))


def test_more_commits_than_a_segment_may_hold_are_not_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = NEWS.segment(1, 1)
    monkeypatch.setattr(body.limits, "SEGMENT_COMMITS", 1 << 20)
    many = encode_segment(replace(one, commits=(b"x",) * (65_536 + 1)))

    with pytest.raises(FileRefused) as refusal:
        decode_segment(many)

    assert refusal.value.code == "file-damaged"


@given(st.binary(max_size=200))
def test_anything_may_come_as_a_piece(piece: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        unseal(piece, [KEY])

    assert refusal.value.code == "file-damaged"
