"""Builders for what travels: offices with keys, laptops, journals, and files between them."""

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sscdesk.sync.bundle import (
    Attachment,
    Manifest,
    OpenedBundle,
    Recipient,
    Sender,
    known,
    open_file,
    ranges,
    write_bundle,
)
from sscdesk.sync.cards import Card, make_card
from sscdesk.sync.certificates import Cut, LaptopCertificate, Revocation, certify_laptop
from sscdesk.sync.certificates import revoke_laptop as make_revocation
from sscdesk.sync.keys import SigningKey
from sscdesk.sync.segments import GENESIS, Segment, chain_hash, head_message
from sscdesk.sync.trust import CardBook, Introductions, OfficeKeys, StreamOwner, introduce
from sscdesk.sync.wire import pack

NOON = "2026-05-04T12:00:00Z"
NAMES = {"MA": "Rabat", "CI": "Abidjan", "ML": "Bamako", "SN": "Dakar"}


def random_bytes(*seed: object) -> random.Random:
    """A source of the same bytes in every run."""
    return random.Random("/".join(map(str, seed)))


@dataclass(frozen=True)
class Laptop:
    """A laptop with its key and certificate."""

    certificate: LaptopCertificate
    key: SigningKey

    @property
    def id(self) -> bytes:
        return self.certificate.laptop

    @property
    def office(self) -> str:
        return self.certificate.office


@dataclass(frozen=True)
class Office:
    """An office with its keys, its laptops and its card."""

    code: str
    keys: OfficeKeys
    laptops: tuple[Laptop, ...]
    serial: int = 1

    @property
    def card(self) -> Card:
        return make_card(
            self.code,
            self.keys.signing,
            self.keys.encryption,
            serial=self.serial,
            names={"fr": f"Bureau de {NAMES.get(self.code, self.code)}"},
            authority=b"",
            laptops=tuple(one.certificate for one in self.laptops),
            issued_at=NOON,
        )

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.code, self.keys.encryption.public)

    def sender(self, number: int = 1) -> Sender:
        laptop = self.laptops[number - 1]
        return Sender(laptop.certificate, laptop.key, self.keys.signing.public)


def an_office(code: str, laptops: int = 1, edition: int = 1, serial: int | None = None) -> Office:
    """An office; another edition has other keys, laptops' identities stay."""
    keys = OfficeKeys.generate(random_bytes("office", code, edition).randbytes)
    made = tuple(a_laptop(code, keys.signing, number) for number in range(1, laptops + 1))
    return Office(code, keys, made, serial or edition)


def a_laptop(code: str, office_key: SigningKey, number: int = 1) -> Laptop:
    source = random_bytes("laptop", code, number)
    identity, key = source.randbytes(16), SigningKey.generate(source.randbytes)
    certificate = certify_laptop(
        code,
        office_key,
        laptop=identity,
        number=number,
        public_key=key.public,
        issued_at=NOON,
    )
    return Laptop(certificate, key)


def a_book(own: Office, *others: Office, verified: bool = True) -> CardBook:
    """What ``own`` believes when it has accepted the cards of ``others``."""
    return CardBook(
        office=own.code,
        laptop=own.laptops[0].id,
        cards={one.code: one.card for one in (own, *others)},
        verified=frozenset(one.code for one in others) if verified else frozenset(),
        certificates={
            (one.code, laptop.id): laptop.certificate
            for one in (own, *others)
            for laptop in one.laptops
        },
    )


# ---------------------------------------------------------------- journals


@dataclass
class Stream:
    """A laptop's stream with its commits and their hashes."""

    laptop: Laptop
    audience: str
    id: bytes
    commits: list[bytes] = field(default_factory=list)
    chain: list[bytes] = field(default_factory=lambda: [GENESIS])

    def write(self, *leaves: bytes) -> None:
        commit = pack([b"header", *leaves])
        self.commits.append(commit)
        self.chain.append(chain_hash(self.chain[-1], commit))

    @property
    def owner(self) -> StreamOwner:
        return StreamOwner(self.laptop.office, self.laptop.id, self.audience)

    def head(self, seq: int) -> bytes:
        return self.laptop.key.sign(head_message(self.id, self.audience, seq, self.chain[seq]))

    def segment(self, first: int = 1, last: int | None = None, signed: bool = True) -> Segment:
        last = len(self.commits) if last is None else last
        return Segment(
            self.id,
            self.laptop.office,
            self.laptop.id,
            self.audience,
            first,
            last,
            self.chain[first - 1],
            tuple(self.commits[first - 1 : last]),
            self.head(last) if signed else b"",
        )

    def cut(self, last: int) -> Cut:
        return Cut(self.id, last, self.chain[last])


def a_stream(
    laptop: Laptop, commits: int = 3, audience: str = "*", name: object = 1, size: int = 40
) -> Stream:
    """A stream with so many commits of about ``size`` bytes."""
    source = random_bytes("stream", laptop.office, laptop.id.hex(), audience, name)
    stream = Stream(laptop, audience, source.randbytes(16))
    for _ in range(commits):
        stream.write(source.randbytes(size // 2).hex().encode())
    return stream


# ---------------------------------------------------------------- files


def an_attachment(content: bytes, block: int = 70_000) -> Attachment:
    blocks = [content[start : start + block] for start in range(0, len(content), block)]
    return Attachment(hashlib.sha256(content).digest(), len(content), lambda: blocks)


def a_manifest(
    segments: Sequence[Segment],
    recipients: Iterable[Office],
    attachments: Sequence[Attachment] = (),
    acknowledged: Mapping[bytes, int] | None = None,
    part_size: int = 0,
) -> Manifest:
    """The manifest that fits these segments, joined where one goes on from another."""
    runs: list[tuple[bytes, int, int]] = []
    for one in segments:
        if runs and runs[-1][0] == one.stream and runs[-1][2] + 1 == one.first:
            runs[-1] = (one.stream, runs[-1][1], one.last)
        else:
            runs.append((one.stream, one.first, one.last))
    return Manifest(
        bundle=random_bytes("bundle", len(segments), len(attachments)).randbytes(16),
        created_at=NOON,
        recipients=tuple(one.recipient for one in recipients),
        streams=ranges(runs),
        raw_bytes=sum(len(commit) for one in segments for commit in one.commits),
        schema=1,
        program="0.1",
        acknowledged=known((acknowledged or {}).items()),
        attachments=len(attachments),
        attachment_bytes=sum(one.size for one in attachments),
        part_size=part_size,
    )


def a_file(
    path: Path,
    sender: Office,
    recipients: Sequence[Office],
    segments: Sequence[Segment],
    *,
    attachments: Sequence[Attachment] = (),
    introductions: Introductions | None = None,
    acknowledged: Mapping[bytes, int] | None = None,
    number: int = 1,
    part_size: int = 0,
) -> Path:
    """A sync file as ``sender``'s laptop makes it."""
    ordered = sorted(segments, key=lambda one: (one.stream, one.first))
    said = introductions or introduce(a_book(sender), recipients[0].code)
    write_bundle(
        path,
        a_manifest(ordered, recipients, attachments, acknowledged, part_size),
        ordered,
        attachments,
        sender.sender(number),
        said,
    )
    return path


def opened(path: Path, own: Office, *others: Office, book: CardBook | None = None) -> OpenedBundle:
    """The file as ``own`` opens it, who has accepted the cards of ``others``."""
    return open_file(path, [own.keys.encryption], book or a_book(own, *others))


def a_revocation(office: Office, laptop: Laptop, *cuts: Cut, audience: str = "*") -> Revocation:
    return make_revocation(
        laptop.certificate, office.keys.signing, audience=audience, cuts=cuts, issued_at=NOON
    )


def with_revocations(book: CardBook, *revocations: Revocation) -> CardBook:
    return replace(book, revocations=(*book.revocations, *revocations))
