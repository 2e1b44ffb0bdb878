import zipfile
from pathlib import Path

import pytest

from sscdesk.model.refusal import FileRefused, MachineFailed
from sscdesk.sync import limits
from sscdesk.sync.bundle import open_file
from sscdesk.sync.carrier import carriers_of, reading

from .offices import a_book, a_file, a_stream, an_attachment, an_office, random_bytes

MA, ML = an_office("MA"), an_office("ML")
NEWS = a_stream(MA.laptops[0])


def a_zip(path: Path, *members: Path, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for one in members:
            archive.write(one, f"dossier envoyé/{one.name}")
    return path


def refused(path: Path) -> str:
    with pytest.raises(FileRefused) as refusal:
        open_file(path, [ML.keys.encryption], a_book(ML, MA))
    return refusal.value.code


def test_a_zipped_file_opens_as_if_it_were_not(tmp_path: Path) -> None:
    photo = random_bytes("photo").randbytes(200_000)
    file = a_file(tmp_path / "a", MA, [ML], [NEWS.segment()], attachments=[an_attachment(photo)])
    path = a_zip(tmp_path / "renamed by the mail gateway.bin", file)

    found = open_file(path, [ML.keys.encryption], a_book(ML, MA))

    assert b"".join(chunk.data for chunk in found.attachments()) == photo
    assert [len(one.commits) for one in found.trusted()] == [3]


def test_nothing_is_unpacked_to_the_disk(tmp_path: Path) -> None:
    file = a_file(tmp_path / "a", MA, [ML], [NEWS.segment()])
    path = a_zip(tmp_path / "a.zip", file)
    before = sorted(tmp_path.rglob("*"))

    open_file(path, [ML.keys.encryption], a_book(ML, MA))

    assert sorted(tmp_path.rglob("*")) == before


def test_what_else_lies_in_an_archive_is_passed_over(tmp_path: Path) -> None:
    file = a_file(tmp_path / "a", MA, [ML], [NEWS.segment()])
    note = tmp_path / "note.txt"
    note.write_text("Bonjour", encoding="utf-8")

    (carrier,) = carriers_of(a_zip(tmp_path / "a.zip", note, file))

    assert (carrier.name, carrier.size) == ("a", file.stat().st_size)


def test_an_archive_with_nothing_of_ours_is_refused(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Bonjour", encoding="utf-8")

    assert refused(a_zip(tmp_path / "a.zip", note)) == "not-a-desk-file"


def test_an_archive_compressed_in_a_rare_way_has_nothing_of_ours(tmp_path: Path) -> None:
    file = a_file(tmp_path / "a", MA, [ML], [NEWS.segment()])

    assert refused(a_zip(tmp_path / "a.zip", file, method=zipfile.ZIP_LZMA)) == "not-a-desk-file"


def test_an_archive_of_too_many_members_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(limits.ZIP_MEMBERS + 1):
            archive.writestr(str(number), b"")

    assert refused(tmp_path / "a.zip") == "over-limit"


def test_an_archive_inside_an_archive_is_not_searched(tmp_path: Path) -> None:
    file = a_file(tmp_path / "a", MA, [ML], [NEWS.segment()])
    inner = a_zip(tmp_path / "inner.zip", file)

    assert refused(a_zip(tmp_path / "outer.zip", inner)) == "not-a-desk-file"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    line = b"sscdesk-sync 1 (open in sscdesk 0.1 or later)\n"
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", line + b"\xff" * (8 << 20))

    assert refused(tmp_path / "a.zip") == "over-limit"


def test_every_cut_and_many_damages_of_an_archive_are_refused(tmp_path: Path) -> None:
    file = a_file(tmp_path / "a", MA, [ML], [NEWS.segment()])
    content = a_zip(tmp_path / "a.zip", file, method=zipfile.ZIP_STORED).read_bytes()
    start, end = 60, len(content) - 140

    for length in range(1, len(content) - 22, 37):
        (tmp_path / "a.zip").write_bytes(content[:length])
        refused(tmp_path / "a.zip")
    for place in range(start + 20, end, 41):
        changed = bytearray(content)
        changed[place] ^= 0x11
        (tmp_path / "a.zip").write_bytes(changed)
        refused(tmp_path / "a.zip")


def test_a_folder_or_nothing_is_a_failure_of_the_machine(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(MachineFailed):
            carriers_of(path)


def test_a_file_that_vanishes_is_a_failure_of_the_machine(tmp_path: Path) -> None:
    file = a_file(tmp_path / "a", MA, [ML], [NEWS.segment()])
    archived = a_zip(tmp_path / "a.zip", file)
    (plain,), (zipped,) = carriers_of(file), carriers_of(archived)
    file.unlink()
    archived.unlink()

    for carrier in (plain, zipped):
        with pytest.raises(MachineFailed) as failure, reading(carrier):
            raise AssertionError("it cannot be open")
        assert failure.value.code == "medium-removed"


def test_an_archive_whose_list_and_members_disagree_is_refused(tmp_path: Path) -> None:
    file = a_file(tmp_path / "a", MA, [ML], [NEWS.segment()])
    archived = a_zip(tmp_path / "a.zip", file, method=zipfile.ZIP_STORED)
    content = bytearray(archived.read_bytes())
    content[30] ^= 1
    (carrier,) = carriers_of(archived)
    archived.write_bytes(content)

    with pytest.raises(FileRefused) as refusal, reading(carrier):
        raise AssertionError("it cannot be open")

    assert refusal.value.code == "unreadable-zip"


def test_an_archive_closes_with_its_member(tmp_path: Path) -> None:
    file = a_file(tmp_path / "a", MA, [ML], [NEWS.segment()])
    (carrier,) = carriers_of(a_zip(tmp_path / "a.zip", file))

    with carrier.open() as stream:
        assert stream.readable()
        assert stream.read() == file.read_bytes()
    stream.close()

    assert stream.closed
