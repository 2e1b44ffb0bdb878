"""Every vector, read by the product and by the second reader of docs/file-format.md."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sscdesk.model.refusal import FileRefused
from sscdesk.sync.bundle import gather, open_bundle
from sscdesk.sync.cards import decode_card, read_card
from sscdesk.sync.certificates import LaptopCertificate, Revocation
from sscdesk.sync.firstline import Kind
from sscdesk.sync.gathering import PartsCarrier
from sscdesk.sync.keys import EncryptionKey
from sscdesk.sync.receipts import read_receipt
from sscdesk.sync.refusing import other_kind
from sscdesk.sync.trust import CardBook, StreamOwner

from . import independent_reader as second
from .vectors import build
from .vectors.cases import Case
from .vectors.compose import Box
from .vectors.readers import READERS

CASES = build.all_cases()
BOXES = {
    Box(f"box {code} {n}").identity: Box(f"box {code} {n}")
    for code in ("MA", "ML", "SN")
    for n in (1, 2)
}


def a_book(reader: dict[str, Any]) -> CardBook:
    cards = [decode_card(bytes.fromhex(one)) for one in reader["cards"]]
    certificates = [
        msgspec.msgpack.decode(bytes.fromhex(one), type=LaptopCertificate)
        for one in reader["certificates"]
    ]
    return CardBook(
        office=reader["office"],
        laptop=bytes.fromhex(reader["laptop"]),
        cards={card.office: card for card in cards},
        certificates={(one.office, one.laptop): one for one in certificates},
        revocations=tuple(
            msgspec.msgpack.decode(bytes.fromhex(one), type=Revocation)
            for one in reader["revocations"]
        ),
        streams={
            bytes.fromhex(stream): StreamOwner(office, bytes.fromhex(laptop), audience)
            for stream, (office, laptop, audience) in reader["streams"].items()
        },
    )


def a_second_reader(reader: dict[str, Any]) -> second.Reader:
    cards = [second.read_card(bytes.fromhex(one)) for one in reader["cards"]]
    certificates = [msgspec.msgpack.decode(bytes.fromhex(c)) for c in reader["certificates"]]
    return second.Reader(
        office=reader["office"],
        laptop=bytes.fromhex(reader["laptop"]),
        identities={BOXES[one].public: one for one in reader["identities"]},
        cards={card["office"]: card for card in cards},
        certificates={(one[0], one[1]): one for one in certificates},
        revocations=[msgspec.msgpack.decode(bytes.fromhex(r)) for r in reader["revocations"]],
        streams={
            bytes.fromhex(stream): (office, bytes.fromhex(laptop), audience)
            for stream, (office, laptop, audience) in reader["streams"].items()
        },
    )


def read_by_the_product(case: Case, folder: Path) -> dict[str, int]:
    paths = [folder / f"anything {n}.dat" for n in range(len(case.contents()))]
    for path, content in zip(paths, case.contents(), strict=True):
        path.write_bytes(content)
    reader = READERS[case.reader]
    if case.kind == "card":
        read_card(paths[0])
        return {}
    if case.kind == "receipt":
        read_receipt(paths[0], a_book(reader))
        return {}
    (carrier,) = gather(paths).all_complete()
    if case.kind == "sync" and isinstance(carrier, PartsCarrier):
        raise other_kind(Kind.SYNC, Kind.PART)
    keys = [EncryptionKey(BOXES[one].secret) for one in reader["identities"]]
    opened = open_bundle(carrier, keys, a_book(reader))
    standings = Counter[str]()
    for checked in opened.segments():
        standings[checked.standing] += len(checked.segment.commits)
    count = sum(chunk.is_last for chunk in opened.attachments())
    return {**standings, **({"attachments": count} if count else {})}


def read_by_the_second_reader(case: Case, folder: Path) -> dict[str, int]:
    reader = a_second_reader(READERS[case.reader])
    contents = [one for content in case.contents() for one in second.unzip(content)]
    if case.kind == "card":
        second.read_card(second.after_line(contents[0], "card"))
        return {}
    if case.kind == "receipt":
        second.read_receipt(contents[0], reader)
        return {}
    whole = second.join_parts(contents) if case.kind == "parts" else contents[0]
    found = second.read_sync(whole, reader)
    count = len(found["attachments"])
    return {**found["standings"], **({"attachments": count} if count else {})}


READ = {"product": read_by_the_product, "second reader": read_by_the_second_reader}


@pytest.mark.parametrize("read", READ.values(), ids=READ.keys())
@pytest.mark.parametrize(
    "case", [pytest.param(case, id=name) for name, case in CASES.items() if not case.code]
)
def test_what_must_open_opens(
    read: Callable[[Case, Path], dict[str, int]], case: Case, tmp_path: Path
) -> None:
    assert read(case, tmp_path) == case.found


@pytest.mark.parametrize("read", READ.values(), ids=READ.keys())
@pytest.mark.parametrize(
    "case", [pytest.param(case, id=name) for name, case in CASES.items() if case.code]
)
def test_what_must_not_open_is_refused_for_its_reason(
    read: Callable[[Case, Path], dict[str, int]], case: Case, tmp_path: Path
) -> None:
    with pytest.raises((FileRefused, second.Refused)) as refusal:
        read(case, tmp_path)

    assert (refusal.value.code, case.reason) == (case.code, case.reason)


def test_the_vectors_are_those_of_the_index() -> None:
    assert build.INDEX.read_text(encoding="utf-8") == build.index()


def test_every_vector_has_a_reason_of_its_own() -> None:
    reasons = Counter(case.reason for case in CASES.values())

    assert [reason for reason, count in reasons.items() if count > 1 or not reason] == []


def test_there_are_as_many_vectors_as_promised() -> None:
    index = json.loads(build.INDEX.read_text(encoding="utf-8"))

    opening = [one for one in index["vectors"] if "found" in one]

    assert len(opening) >= 40
    assert len(index["vectors"]) - len(opening) >= 120
