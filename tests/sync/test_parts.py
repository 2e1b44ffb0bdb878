import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.i18n import error_hint, error_text, language
from sscdesk.model.refusal import FileRefused, Refused
from sscdesk.sync import limits
from sscdesk.sync.bundle import (
    cut_into_parts,
    gather,
    look_at,
    open_bundle,
    open_file,
    require_part_size,
    with_siblings,
)
from sscdesk.sync.cards import write_card

from .offices import a_book, a_file, a_stream, an_attachment, an_office, random_bytes
from .vectors import compose

MA, ML = an_office("MA"), an_office("ML")
NEWS = a_stream(MA.laptops[0])
PART = limits.PART_SMALLEST
PHOTO = random_bytes("photo").randbytes(300_000)


def parts(folder: Path, name: str = "news", size: int = PART) -> list[Path]:
    """A file of about 300 kB in parts of 64 kB; the whole is not left beside them."""
    whole = a_file(
        folder / "whole",
        MA,
        [ML],
        [NEWS.segment()],
        attachments=[an_attachment(PHOTO + name.encode())],
        part_size=size,
    )
    (carrier,) = gather([whole]).all_complete()
    made = cut_into_parts(whole, look_at(carrier), folder, name)
    whole.unlink()
    return list(made)


def commits(paths: list[Path]) -> int:
    (carrier,) = gather(paths).all_complete()
    found = open_bundle(carrier, [ML.keys.encryption], a_book(ML, MA))
    assert sum(len(chunk.data) for chunk in found.attachments()) > 300_000
    return found.header.commits


def refused(paths: list[Path]) -> FileRefused:
    with pytest.raises(FileRefused) as refusal:
        gather(paths).all_complete()
    return refusal.value


def test_no_part_is_larger_than_asked_for(tmp_path: Path) -> None:
    made = parts(tmp_path)

    assert [one.name for one in made] == [f"news-{n}of5.sscsync" for n in range(1, 6)]
    assert all(one.stat().st_size <= PART for one in made)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return parts(tmp_path_factory.mktemp("parts"))


@given(order=st.permutations(range(5)), twice=st.sets(st.integers(0, 4)))
def test_parts_open_in_any_order_and_may_come_twice(
    made: list[Path], order: list[int], twice: set[int]
) -> None:
    chosen = [made[n] for n in [*order, *sorted(twice)]]

    assert commits(chosen) == 3


def test_parts_open_under_any_name(tmp_path: Path) -> None:
    made = [one.replace(tmp_path / f"attachment({n}).dat") for n, one in enumerate(parts(tmp_path))]

    assert commits(made) == 3


def test_the_other_parts_in_the_same_folder_are_found(tmp_path: Path) -> None:
    made = parts(tmp_path)
    parts(tmp_path, "other")
    (tmp_path / "notes.txt").write_text("Bonjour", encoding="utf-8")

    found = with_siblings(made[2])

    assert found[0] == made[2]
    assert sorted(found) == made
    assert commits(list(found)) == 3


def test_anything_else_has_no_siblings(tmp_path: Path) -> None:
    parts(tmp_path)
    letter = tmp_path / "letter.txt"
    letter.write_text("Bonjour", encoding="utf-8")

    assert with_siblings(letter) == (letter,)
    assert with_siblings(tmp_path / "gone") == (tmp_path / "gone",)


def test_parts_in_archives_are_found(tmp_path: Path) -> None:
    made = parts(tmp_path)
    for n, chosen in enumerate((made[:2], made[2:])):
        with zipfile.ZipFile(tmp_path / f"{n}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for one in chosen:
                archive.write(one, f"folder/{one.name}")

    assert commits([tmp_path / "0.zip", tmp_path / "1.zip"]) == 3


def test_a_missing_part_is_named_with_who_made_it_and_when(tmp_path: Path) -> None:
    made = parts(tmp_path)

    refusal = refused([made[0], made[1], made[3], made[4]])

    assert refusal.code == "part-missing"
    with language("en"):
        assert error_text(refusal) == "Missing: part 3 of 5, made by Rabat on 4 May 2026."
        assert "Rabat" in error_hint(refusal)


def test_all_missing_parts_are_named(tmp_path: Path) -> None:
    made = parts(tmp_path)

    refusal = refused([made[1]])

    assert refusal.params["missing"] == ("1", "3", "4", "5")


def test_a_damaged_part_is_named(tmp_path: Path) -> None:
    made = parts(tmp_path)
    content = bytearray(made[2].read_bytes())
    content[1_000] ^= 1
    made[2].write_bytes(content)

    refusal = refused(made)

    assert refusal.code == "part-damaged"
    assert refusal.params["name"] == "news-3of5.sscsync"


def test_a_damaged_copy_does_no_harm_beside_a_good_one(tmp_path: Path) -> None:
    made = parts(tmp_path)
    copy = tmp_path / "copy"
    copy.write_bytes(made[2].read_bytes()[:-1])

    assert commits([copy, *made]) == 3


def test_two_files_in_parts_are_kept_apart(tmp_path: Path) -> None:
    one, other = parts(tmp_path), parts(tmp_path, "other")

    found = gather([*one[::-1], *other[:-1]])

    assert len(found.files) == 1
    assert [one.missing for one in found.incomplete] == [(5,)]


def test_a_whole_file_and_parts_may_be_chosen_together(tmp_path: Path) -> None:
    whole = a_file(tmp_path / "a", MA, [ML], [NEWS.segment()])

    assert len(gather([*parts(tmp_path), whole]).all_complete()) == 2


def test_one_file_is_opened_where_one_is_expected(tmp_path: Path) -> None:
    whole = a_file(tmp_path / "a", MA, [ML], [NEWS.segment()])
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.write(whole, "1")
        archive.write(whole, "2")

    with pytest.raises(FileRefused) as refusal:
        open_file(tmp_path / "two.zip", [ML.keys.encryption], a_book(ML, MA))

    assert refusal.value.code == "several-files"


def test_a_card_among_files_is_named_as_what_it_is(tmp_path: Path) -> None:
    write_card(tmp_path / "card", MA.card)

    refusal = refused([tmp_path / "card"])

    assert refusal.code == "other-kind"
    with language("en"):
        assert error_text(refusal) == "This file is the card of an office, not a sync file."


def test_no_byte_of_a_part_can_be_changed(tmp_path: Path) -> None:
    made = parts(tmp_path)
    content = made[0].read_bytes()

    for place in [*range(0, 400, 3), *range(400, len(content), 4_001), len(content) - 1]:
        changed = bytearray(content)
        changed[place] ^= 0x41
        made[0].write_bytes(changed)
        refused(made)

    made[0].write_bytes(content)
    assert commits(made) == 3


def test_parts_too_small_or_too_many_are_refused_before() -> None:
    for part_size, size in ((PART - 1, 1_000), (PART, 100 << 20)):
        with pytest.raises(Refused) as refusal:
            require_part_size(part_size, size)
        assert refusal.value.code == "parts-too-small"
        assert refusal.value.field == "part_size"
    require_part_size(8_000_000, 4 << 30)


def test_reading_parts_writes_nothing(tmp_path: Path) -> None:
    made = parts(tmp_path)
    for one in made:
        os.chmod(one, 0o400)
    before = sorted(tmp_path.iterdir())

    commits(made)

    assert sorted(tmp_path.iterdir()) == before


def test_parts_read_as_one_stream(tmp_path: Path) -> None:
    (carrier,) = gather(parts(tmp_path)).all_complete()

    with carrier.open() as stream:
        assert stream.readable()
        start, rest = stream.read(10), stream.read()

    assert start == b"sscdesk-sy"
    assert len(start + rest) == carrier.size


def test_parts_that_vanish_between_check_and_use_cut_the_file(tmp_path: Path) -> None:
    made = parts(tmp_path)
    (carrier,) = gather(made).all_complete()
    made[3].write_bytes(made[3].read_bytes()[:5_000])

    with pytest.raises(FileRefused) as refusal:
        open_bundle(carrier, [ML.keys.encryption], a_book(ML, MA))

    assert refusal.value.code == "file-cut"


def test_a_part_written_anew_replaces_an_older_one(tmp_path: Path) -> None:
    first = parts(tmp_path)
    second = parts(tmp_path)

    assert first == second
    assert commits(second) == 3


@pytest.mark.parametrize("share", [1, 70_000])
def test_a_part_whose_share_is_not_as_long_as_the_file_says_is_refused(
    tmp_path: Path, share: int
) -> None:
    whole = bytes(70_000)
    paths = [tmp_path / "1", tmp_path / "2"]
    paths[0].write_bytes(compose.part(whole, "x", 1, 2, whole[:100]))
    paths[1].write_bytes(compose.part(whole, "x", 2, 2, whole[:share]))

    assert refused(paths).code == "parts-mixed"
