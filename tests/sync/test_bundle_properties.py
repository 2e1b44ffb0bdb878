"""Whatever happens to a file on its way, it is opened whole or refused."""

import tempfile
from functools import lru_cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sscdesk.model.refusal import FileRefused
from sscdesk.sync.bundle import gather, open_bundle
from sscdesk.sync.segments import Segment
from sscdesk.sync.trust import Introductions

from . import independent_reader as second
from .offices import (
    Stream,
    a_book,
    a_file,
    a_revocation,
    a_stream,
    an_attachment,
    an_office,
    opened,
    random_bytes,
    with_revocations,
)

MA, CI, ML = (an_office(code, laptops=2) for code in ("MA", "CI", "ML"))
NEWS = a_stream(MA.laptops[0], commits=4)
OTHER = a_stream(MA.laptops[1], commits=3)


@lru_cache(maxsize=4)
def the_file(number: int = 0) -> bytes:
    """A small file with everything in it; another number is another file of the same kind."""
    with tempfile.TemporaryDirectory() as folder:
        stream = a_stream(MA.laptops[0], commits=4 + number, name=f"file {number}")
        path = a_file(
            Path(folder) / "a",
            MA,
            [ML],
            [stream.segment(), OTHER.segment()],
            attachments=[an_attachment(b"a letter")],
            acknowledged={b"\x01" * 16: 3},
        )
        return path.read_bytes()


def read(content: bytes) -> int:
    """Open a content as Bamako does; return how many commits it brings."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "from a stick"
        path.write_bytes(content)
        found = opened(path, ML, MA)
        list(found.attachments())
        return sum(len(one.commits) for one in found.trusted())


def refused(content: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        read(content)
    return refusal.value.code


def test_the_file_itself_opens() -> None:
    assert read(the_file()) == 7


@given(st.data())
@settings(max_examples=400)
def test_any_changed_byte_is_refused(data: st.DataObject) -> None:
    content = bytearray(the_file())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))

    refused(bytes(content))


@given(st.data())
def test_any_cut_is_refused(data: st.DataObject) -> None:
    content = the_file()
    length = data.draw(st.integers(0, len(content) - 1))

    assert refused(content[:length]) == "file-cut"


def test_every_cut_of_a_few_bytes_is_called_a_cut() -> None:
    content = the_file()

    codes = {refused(content[:-missing]) for missing in range(1, 120)}

    assert codes == {"file-cut"}


@given(st.data())
def test_anything_put_in_taken_out_or_moved_is_refused(data: st.DataObject) -> None:
    content = the_file()
    a, b = sorted(data.draw(st.tuples(*[st.integers(0, len(content))] * 2)))
    inserted = data.draw(st.binary(max_size=40))
    changed = content[:a] + inserted + content[b:]
    if data.draw(st.booleans()):
        changed += content[a:b]
    assume(changed != content)

    refused(changed)


@given(st.data())
def test_halves_of_two_files_make_none(data: st.DataObject) -> None:
    one, other = the_file(), the_file(1)
    a = data.draw(st.integers(1, len(one)))
    b = data.draw(st.integers(0, len(other) - 1))
    mixed = one[:a] + other[b:]
    assume(mixed not in (one, other))

    refused(mixed)


@given(st.binary(max_size=2_000), st.booleans())
def test_anything_may_come_as_a_file(content: bytes, with_line: bool) -> None:
    line = b"sscdesk-sync 1 (open in sscdesk 0.1 or later)\n" if with_line else b""

    refused(line + content)


# ---------------------------------------------------------------- any journals, both readers


@st.composite
def journals(draw: st.DrawFn) -> list[Stream]:
    streams = []
    for number in range(draw(st.integers(0, 4))):
        office = draw(st.sampled_from([MA, CI]))
        laptop = office.laptops[draw(st.integers(0, 1))]
        audience = "*" if office is CI else draw(st.sampled_from(["*", "MA+ML"]))
        stream = a_stream(laptop, commits=0, audience=audience, name=number)
        for leaves in draw(st.lists(st.lists(st.binary(max_size=300), max_size=4), max_size=6)):
            stream.write(*leaves)
        streams.append(stream)
    return [stream for stream in streams if stream.commits]


@st.composite
def cuttings(draw: st.DrawFn, stream: Stream) -> list[Segment]:
    """A run of a stream in segments, of which only the last must be signed."""
    last = len(stream.commits)
    first = draw(st.integers(1, last))
    places = draw(st.sets(st.integers(first, last - 1))) if last > first else set()
    ends = [*sorted(places), last]
    starts = [first, *(end + 1 for end in ends[:-1])]
    return [
        stream.segment(a, b, signed=b == last or draw(st.booleans()))
        for a, b in zip(starts, ends, strict=True)
    ]


def a_second_reader() -> second.Reader:
    book = a_book(ML, MA, CI)
    return second.Reader(
        office="ML",
        laptop=ML.laptops[0].id,
        identities={ML.keys.encryption.public: ML.keys.encryption.age_identity()},
        cards={
            code: {"signing_key": card.signing_key, "office": code}
            for code, card in book.cards.items()
        },
        certificates={
            laptop: msgspec.msgpack.decode(msgspec.msgpack.encode(one))
            for laptop, one in book.certificates.items()
        },
    )


@given(st.data(), st.lists(st.binary(max_size=3_000), max_size=3))
def test_what_was_written_is_read_by_both_readers(
    data: st.DataObject, contents: list[bytes]
) -> None:
    segments = [one for s in data.draw(journals()) for one in data.draw(cuttings(s))]
    commits = sum(len(one.commits) for one in segments)
    with tempfile.TemporaryDirectory() as folder:
        path = a_file(
            Path(folder) / "a",
            MA,
            [ML],
            segments,
            attachments=[an_attachment(one) for one in contents],
            introductions=Introductions(),
        )
        (carrier,) = gather([path]).all_complete()
        found = open_bundle(carrier, [ML.keys.encryption], a_book(ML, MA, CI))
        ours = sorted(found.trusted(), key=lambda one: (one.stream, one.first))
        chunks = list(found.attachments())
        theirs = second.read_sync(path.read_bytes(), a_second_reader())

    assert ours == sorted(segments, key=lambda one: (one.stream, one.first))
    assert sum(chunk.is_last for chunk in chunks) == len(contents)
    assert theirs["standings"] == ({"trusted": commits} if commits else {})
    assert len(theirs["attachments"]) == len(contents)


@given(st.integers(1, 8), st.integers(0, 9), st.sets(st.integers(1, 7)), st.booleans())
def test_of_a_lost_laptop_exactly_what_its_office_stands_by_is_applied(
    first: int, cut: int, places: set[int], genuine: bool
) -> None:
    stream = a_stream(MA.laptops[1], commits=8, name="lost")
    ends = sorted(place for place in places if first <= place < 8)
    starts = [first, *(end + 1 for end in ends)]
    segments = [stream.segment(a, b) for a, b in zip(starts, [*ends, 8], strict=True)]
    at = min(cut, 8)
    cuts = [stream.cut(at)] if at else []
    if cuts and not genuine:
        cuts = [type(cuts[0])(stream.id, at, random_bytes("other").randbytes(32))]
    book = with_revocations(a_book(ML, MA), a_revocation(MA, MA.laptops[1], *cuts))

    with tempfile.TemporaryDirectory() as folder:
        path = a_file(Path(folder) / "a", MA, [ML], segments, introductions=Introductions())
        found = opened(path, ML, book=book)
        applied = [commit for one in found.trusted() for commit in one.commits]
        everything = [one.segment for one in found.segments()]

    expected = stream.commits[first - 1 : at] if genuine else []
    assert applied == expected
    assert [c for one in everything for c in one.commits] == stream.commits[first - 1 :]
