"""docs/file-format.md says what the program does."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from sscdesk.sync import certificates, limits, receipts, refusing, seal
from sscdesk.sync.cards import CARD_CONTEXT, QR_CONTEXT, QR_PREFIX
from sscdesk.sync.firstline import FORMAT, Kind, first_line, kind_of
from sscdesk.sync.journal import Header as CommitHeader
from sscdesk.sync.journal import Op
from sscdesk.sync.refusing import FileRefused
from sscdesk.sync.segments import chain_hash, head_message
from sscdesk.sync.wire import instant, is_audience, pack

from .vectors import build
from .vectors.compose import Journal, Laptop

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "file-format.md").read_text(encoding="utf-8")
CODES = set(
    re.findall(r'FileRefused\(\s*"([a-z-]+)"', Path(refusing.__file__).read_text(encoding="utf-8"))
)


def test_every_refusal_is_listed_with_its_meaning() -> None:
    listed = set(re.findall(r"^\| `([a-z-]+)` \| ", PAGE.split("## 10.")[1], re.MULTILINE))

    assert listed == CODES


def test_nearly_every_refusal_of_a_file_has_a_vector() -> None:
    needs_more_than_a_file = {
        "code-unknown",
        "fingerprint-differs",
        "older-card",
        "own-card",
        "several-files",
    }

    assert {case.code for case in build.all_cases().values() if case.code} == (
        CODES - needs_more_than_a_file
    )


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in vars(limits)
        if name.isupper()
        and name not in {"MAX_COMMIT", "LINE", "SEGMENT_AIM", "PART_SMALLEST", "ZIP_MEMBERS"}
    ],
)
def test_every_limit_is_stated(name: str) -> None:
    assert f"{getattr(limits, name):,}" in PAGE or str(getattr(limits, name)) in PAGE


@pytest.mark.parametrize(
    "context",
    [
        CARD_CONTEXT,
        QR_CONTEXT,
        QR_PREFIX.encode(),
        certificates.CERTIFICATE_CONTEXT,
        certificates.REVOCATION_CONTEXT,
        receipts.RECEIPT_CONTEXT,
        receipts.CODE_CONTEXT,
        receipts.QR_PREFIX.encode(),
        seal.SEAL_CONTEXT,
        *(first_line(kind).rstrip() for kind in Kind),
    ],
)
def test_every_text_that_is_signed_or_begins_a_file_is_stated(context: bytes) -> None:
    assert f"`{context.decode()}`" in PAGE


def test_no_signed_context_is_the_beginning_of_another() -> None:
    contexts = re.findall(r"[Cc]ontext `(sscdesk [a-z ]+[0-9])`", PAGE)

    assert len(set(contexts)) >= 7
    assert not [
        (one, other)
        for one in contexts
        for other in contexts
        if one != other and other.startswith(one)
    ]


def test_the_format_has_the_number_of_the_page() -> None:
    assert f"The format has the number **{FORMAT}**" in PAGE


def test_the_chain_is_that_of_the_page() -> None:
    journal = Journal(Laptop("MA"))
    chain = bytes(32)
    for commit in journal.commits:
        chain = chain_hash(chain, commit)

    assert chain == journal.chain(3)
    assert head_message(b"s" * 16, "MA+ML", 258, b"h" * 32) == (
        b"sscdesk head 1" + b"s" * 16 + b"\0\0\0\0\0\0\x01\x02" + b"h" * 32 + b"MA+ML"
    )


def test_every_vector_is_as_small_as_a_letter() -> None:
    sizes = [len(one) for case in build.all_cases().values() for one in case.contents()]

    assert max(sizes) < 20_000


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_file_is_known_by_its_first_line(kind: Kind) -> None:
    assert kind_of(first_line(kind) + pack("anything"), "photo.jpg") is kind


def test_a_file_of_another_program_is_named_in_the_refusal() -> None:
    with pytest.raises(FileRefused) as refusal:
        kind_of(b"GIF89a", "photo.gif")

    assert refusal.value.params == {"name": "photo.gif"}


@pytest.mark.parametrize(
    ("audience", "well_formed"),
    [
        ("*", True),
        ("MA", True),
        ("CI+MA+ML+SN", True),
        ("", False),
        ("MA+CI", False),
        ("MA+MA", False),
        ("MA+", False),
        ("ma", False),
        ("*+MA", False),
        ("*~", True),
        ("CI+MA~", True),
        ("MA~+ML", False),
        ("*~~", False),
        ("~", False),
        ("+".join(f"A{chr(65 + n)}" for n in range(17)), False),
    ],
)
def test_an_audience_has_one_spelling(audience: str, well_formed: bool) -> None:
    assert is_audience(audience) == well_formed


def test_a_day_that_does_not_exist_is_shown_as_none() -> None:
    assert instant("2026-02-31T10:00:00Z") is None
    assert instant("2026-05-04T10:00:00Z") == datetime(2026, 5, 4, 10, tzinfo=UTC)


def test_every_operation_of_a_commit_is_described_with_its_elements() -> None:
    described = {
        int(number): re.findall(r"`([a-z_]+)`", elements)
        for number, elements in re.findall(
            r"^\| ([0-9]) \| [a-z]+ \| ([^|]+) \|", PAGE.split("## 8.")[1], re.MULTILINE
        )
    }
    made = {kind.__struct_config__.tag: list(kind.__struct_fields__) for kind in get_args(Op)}

    assert described == made


def test_the_header_of_a_commit_is_described_with_its_elements() -> None:
    (elements,) = re.findall(r"\*\*Header\*\*: `\[([a-z_, ]+)\]`", PAGE)

    assert elements.split(", ") == list(CommitHeader.__struct_fields__)
