import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscdesk.model.refusal import FileRefused, MachineFailed, Refused
from sscdesk.store.blobs import Blobs
from sscdesk.store.sealed_stream import CHUNK, Damaged, sealed, unsealed

from .faults import FAULTS, Killed, each_failure

KEY = bytes(range(32))
LETTER = b"%PDF-1.7 Lettre d'invitation, Bamako, 4 mai " * 5000


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs", KEY)


def test_an_attachment_reads_back_as_it_was(blobs: Blobs) -> None:
    stored = blobs.put(LETTER)

    assert stored.sha256 == hashlib.sha256(LETTER).hexdigest()
    assert stored.size == len(LETTER)
    assert blobs.read(stored.sha256) == LETTER


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_every_size_reads_back(blobs: Blobs, tmp_path: Path, size: int) -> None:
    content = b"x" * size
    (tmp_path / "scan.pdf").write_bytes(content)

    assert blobs.read(blobs.put(tmp_path / "scan.pdf").sha256) == content
    assert blobs.read(blobs.put(io.BytesIO(content)).sha256) == content


def test_the_folder_tells_neither_content_nor_digest(blobs: Blobs) -> None:
    stored = blobs.put(LETTER)

    (path,) = blobs.files()

    assert stored.sha256 not in str(path)
    assert b"Bamako" not in path.read_bytes()
    assert path.name != Blobs(blobs.folder, bytes(32)).path_of(stored.sha256).name


def test_the_same_content_is_kept_once(blobs: Blobs) -> None:
    assert blobs.put(LETTER) == blobs.put(io.BytesIO(LETTER))

    assert len(list(blobs.files())) == 1


def test_a_missing_content_names_what_to_ask_for(blobs: Blobs) -> None:
    with pytest.raises(FileRefused) as refusal:
        blobs.read(hashlib.sha256(LETTER).hexdigest(), "Lettre d'invitation.pdf")

    assert refusal.value.code == "attachment-missing"
    assert refusal.value.params == {"title": "Lettre d'invitation.pdf"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content + b"x",
        lambda content: content[:30] + bytes([content[30] ^ 1]) + content[31:],
        lambda content: content[: 24 + CHUNK + 16],
        lambda content: content[:24] + content[24 + CHUNK + 16 :],
        lambda content: b"",
    ],
)
def test_a_damaged_content_is_never_given_out(
    blobs: Blobs, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    stored = blobs.put(LETTER)
    path = blobs.path_of(stored.sha256)
    path.write_bytes(spoil(path.read_bytes()))

    with pytest.raises(FileRefused) as refusal:
        blobs.save(stored.sha256, tmp_path / "out.pdf", "out.pdf")

    assert refusal.value.code == "attachment-damaged"
    assert not (tmp_path / "out.pdf").exists()


def test_a_content_in_the_place_of_another_is_refused(blobs: Blobs) -> None:
    one, other = blobs.put(b"the agreement"), blobs.put(b"another agreement")
    blobs.path_of(one.sha256).write_bytes(blobs.path_of(other.sha256).read_bytes())

    with pytest.raises(FileRefused):
        blobs.read(one.sha256)


def test_attaching_the_file_again_mends_a_damaged_content(blobs: Blobs) -> None:
    stored = blobs.put(LETTER)
    path = blobs.path_of(stored.sha256)
    path.write_bytes(bytes(path.stat().st_size))

    blobs.put(LETTER)

    assert blobs.read(stored.sha256) == LETTER


def test_a_file_too_large_to_travel_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    blobs = Blobs(tmp_path / "blobs", KEY, largest=1 << 20)
    (tmp_path / "film.mp4").write_bytes(bytes((1 << 20) + 1))

    for source in (tmp_path / "film.mp4", io.BytesIO(bytes((1 << 20) + 1))):
        with pytest.raises(Refused) as refusal:
            blobs.put(source, "film.mp4")
        assert refusal.value.code == "attachment-too-large"

    assert list(blobs.files()) == []


def test_a_file_that_is_not_there_is_told(blobs: Blobs, tmp_path: Path) -> None:
    with pytest.raises(MachineFailed) as refusal:
        blobs.put(tmp_path / "pulled out with the stick.pdf")

    assert refusal.value.code == "medium-removed"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failure_at_any_call_leaves_no_attachment_that_looks_whole(
    blobs: Blobs, fault: Callable[[], BaseException]
) -> None:
    """laurent22/joplin#4403: attachments that "cannot be decrypted, possibly corrupted"."""
    digest = hashlib.sha256(LETTER).hexdigest()
    kept = blobs.put(b"attached before")

    for raised in each_failure(fault, lambda: blobs.put(LETTER)):
        assert raised is None or isinstance(raised, Killed | MachineFailed)
        if blobs.has(digest):
            assert blobs.read(digest) == LETTER
        assert blobs.read(kept.sha256) == b"attached before"
        blobs.delete_unreferenced({kept.sha256})

    assert blobs.read(digest) == LETTER


def test_only_what_no_record_refers_to_is_deleted(blobs: Blobs) -> None:
    kept, dropped = blobs.put(b"kept"), blobs.put(b"dropped")

    assert blobs.delete_unreferenced({kept.sha256}) == 1

    assert blobs.read(kept.sha256) == b"kept"
    assert not blobs.has(dropped.sha256)


def test_a_digest_that_is_none_is_simply_not_here(blobs: Blobs) -> None:
    assert not blobs.has("../../etc/passwd")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(max_size=3 * CHUNK // 2), max_size=4))
def test_any_grouping_of_blocks_reads_back(blocks: list[bytes]) -> None:
    encrypted = b"".join(sealed(blocks, KEY))

    assert b"".join(unsealed(io.BytesIO(encrypted), KEY)) == b"".join(blocks)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.data())
def test_any_changed_byte_is_noticed(content: bytes, data: st.DataObject) -> None:
    encrypted = bytearray(b"".join(sealed([content], KEY)))
    encrypted[data.draw(st.integers(0, len(encrypted) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Damaged):
        list(unsealed(io.BytesIO(bytes(encrypted)), KEY))
