"""A second reader of the files that travel, written from docs/file-format.md alone.

It shares no line with the product: MessagePack, age, Zstandard and Ed25519 come from
libraries, the rest is this page read aloud. Where both disagree about a vector, the page
or the product is wrong.
"""

import base64
import hashlib
import io
import re
import zipfile
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import msgspec
import pyrage
import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.x509 import load_der_x509_certificate

LINE = "sscdesk-{} 1 (open in sscdesk 0.1 or later)\n"
KINDS = ("sync", "part", "card", "receipt")
NEWER = re.compile(
    r"sscdesk-(sync|part|card|receipt) ([1-9][0-9]{0,3}) "
    r"\(open in sscdesk [0-9]{1,4}(\.[0-9]{1,4}){0,2} or later\)\n"
)


class Refused(Exception):
    """A code of section 10."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def need(condition: object, code: str) -> None:
    if not condition:
        raise Refused(code)


# ---------------------------------------------------------------- section 2


class Type:
    """A declared type: says whether a decoded value is of it."""

    def __init__(self, check: Any) -> None:
        self.check = check


def binary(length: int) -> Type:
    return Type(lambda v: isinstance(v, bytes) and len(v) == length)


def text(pattern: str, longest: int = 1 << 30) -> Type:
    shape = re.compile(pattern, re.DOTALL)
    return Type(lambda v: isinstance(v, str) and len(v) <= longest and shape.fullmatch(v))


def number(lowest: int, highest: int) -> Type:
    return Type(lambda v: isinstance(v, int) and not isinstance(v, bool) and lowest <= v <= highest)


def at_most(length: int) -> Type:
    return Type(lambda v: isinstance(v, bytes) and len(v) <= length)


def array_of(inner: Type, most: int, fewest: int = 0) -> Type:
    return Type(
        lambda v: (
            isinstance(v, list) and fewest <= len(v) <= most and all(inner.check(one) for one in v)
        )
    )


def row(*inner: Type) -> Type:
    return Type(
        lambda v: (
            isinstance(v, list)
            and len(v) == len(inner)
            and all(kind.check(one) for kind, one in zip(inner, v, strict=True))
        )
    )


def mapping(**inner: Type) -> Type:
    return Type(
        lambda v: (
            isinstance(v, dict)
            and list(v) == list(inner)
            and all(kind.check(v[name]) for name, kind in inner.items())
        )
    )


ID, KEY, SIGNATURE = binary(16), binary(32), binary(64)
OFFICE = text("[A-Z]{2}")
AUDIENCE = text(r"(\*|[A-Z]{2}(\+[A-Z]{2})*)~?", 64)
INSTANT = text(
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
)
SEQ, COUNT = number(1, 1 << 62), number(0, 1 << 62)
SHORT = text(".*", 200)
CERTIFICATE = row(OFFICE, ID, number(1, 8), KEY, INSTANT, SIGNATURE)
REVOCATION = row(OFFICE, ID, AUDIENCE, array_of(row(ID, SEQ, KEY), 8192), INSTANT, SIGNATURE)
FRONTIER = array_of(row(ID, SEQ), 8192)
CARD = mapping(
    office=OFFICE,
    serial=SEQ,
    names=Type(
        lambda v: (
            isinstance(v, dict)
            and len(v) <= 8
            and list(v) == sorted(v)
            and all(re.fullmatch("[a-z]{2}", k) and SHORT.check(name) for k, name in v.items())
        )
    ),
    signing_key=KEY,
    encryption_key=KEY,
    authority=at_most(8192),
    laptops=array_of(CERTIFICATE, 2048),
    issued_at=INSTANT,
    signature=SIGNATURE,
)
HEADER = mapping(
    bundle=ID,
    created_at=INSTANT,
    office=OFFICE,
    office_key=KEY,
    certificate=CERTIFICATE,
    recipients=array_of(row(OFFICE, KEY), 16, 1),
    schema=COUNT,
    program=SHORT,
    streams=array_of(row(ID, SEQ, SEQ), 8192),
    acknowledged=FRONTIER,
    raw_bytes=COUNT,
    attachments=COUNT,
    attachment_bytes=COUNT,
    part_size=COUNT,
)
INTRODUCTIONS = mapping(
    cards=array_of(at_most(1 << 30), 32),
    certificates=array_of(CERTIFICATE, 2048),
    revocations=array_of(REVOCATION, 2048),
)
SEGMENT = row(ID, OFFICE, ID, AUDIENCE, SEQ, KEY, array_of(at_most(1 << 30), 65536, 1), at_most(64))
ATTACHMENT = row(
    KEY,
    number(0, 1 << 30),
    number(0, 1 << 30),
    Type(lambda v: isinstance(v, bool)),
    at_most(1 << 20),
)
PART = mapping(
    bundle=ID,
    digest=KEY,
    size=number(1, (4 << 30) - 1),
    number=number(1, 999),
    total=number(1, 999),
    length=number(1, (4 << 30) - 1),
    office=OFFICE,
    created_at=INSTANT,
)
RECEIPT = mapping(
    office=OFFICE,
    office_key=KEY,
    certificate=CERTIFICATE,
    to=OFFICE,
    created_at=INSTANT,
    acknowledged=FRONTIER,
    wanted=array_of(KEY, 1024),
)


def loose(data: bytes, kind: Type) -> Any:
    try:
        value = msgspec.msgpack.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError, RecursionError) as error:
        raise Refused("file-damaged") from error
    need(kind.check(value), "file-damaged")
    return value


def strict(data: bytes, kind: Type) -> Any:
    value = loose(data, kind)
    need(pack(value) == data, "file-damaged")
    return value


def pack(value: object) -> bytes:
    return msgspec.msgpack.encode(value)


def sha(*content: bytes) -> bytes:
    return hashlib.sha256(b"".join(content)).digest()


def signed_by(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_sorted(keys: list[Any]) -> bool:
    return all(a < b for a, b in pairwise(keys))


def in_audience(audience: str, office: str) -> bool:
    offices = audience.removesuffix("~")
    return offices == "*" or office in offices.split("+")


def well_formed(audience: str) -> bool:
    offices = audience.removesuffix("~")
    codes = offices.split("+")
    return offices == "*" or (is_sorted(codes) and len(codes) <= 16)


def inflate(frame: bytes, most: int) -> bytes:
    try:
        size = zstandard.frame_content_size(frame)
        need(size >= 0, "file-damaged")
        need(size <= most, "over-limit")
        raw = zstandard.ZstdDecompressor().decompress(frame, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise Refused("file-damaged") from error
    need(len(raw) == size, "file-damaged")
    return raw


def kind_of(data: bytes) -> str:
    first, feed, _ = data[:128].partition(b"\n")
    line = (first + feed).decode("latin-1")
    lines = {LINE.format(kind): kind for kind in KINDS}
    if line in lines:
        return lines[line]
    shaped = NEWER.fullmatch(line)
    need(not (shaped and int(shaped[2]) > 1), "newer-format")
    need(feed or not any(known.startswith(line) for known in lines), "file-cut")
    raise Refused("file-damaged" if line.startswith("sscdesk-") else "not-a-desk-file")


def after_line(data: bytes, kind: str) -> bytes:
    need(kind_of(data) == kind, "other-kind")
    return data[len(LINE.format(kind)) :]


def unzip(data: bytes) -> list[bytes]:
    """Return the file, or the members of the .zip that it is, that begin as ours do."""
    if not data.startswith(b"PK\x03\x04"):
        return [data]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            need(all(not one.flag_bits & 1 for one in archive.infolist()), "unreadable-zip")
            members = [archive.read(one) for one in archive.infolist() if not one.is_dir()]
    except zipfile.BadZipFile as error:
        raise Refused("unreadable-zip") from error
    ours = [one for one in members if one.startswith(b"sscdesk-")]
    need(ours, "not-a-desk-file")
    return ours


# ---------------------------------------------------------------- sections 3 and 4


def certified(certificate: list[Any], key: bytes) -> bool:
    message = b"sscdesk laptop certificate 1" + pack(certificate[:-1])
    return signed_by(key, message, certificate[-1])


def revoked_by(revocation: list[Any], key: bytes) -> bool:
    message = b"sscdesk revocation 1" + pack(revocation[:-1])
    return well_formed(revocation[2]) and signed_by(key, message, revocation[-1])


def read_card(encoded: bytes) -> dict[str, Any]:
    need(len(encoded) <= 65536, "over-limit")
    card: dict[str, Any] = strict(encoded, CARD)
    values = [v for name, v in card.items() if name != "signature"]
    values[2] = [[language, name] for language, name in card["names"].items()]
    message = b"sscdesk card 1" + pack(values)
    need(signed_by(card["signing_key"], message, card["signature"]), "bad-signature")
    try:
        X25519PrivateKey.from_private_bytes(b"\x05" * 32).exchange(
            X25519PublicKey.from_public_bytes(card["encryption_key"])
        )
        if card["authority"]:
            load_der_x509_certificate(card["authority"])
    except ValueError as error:
        raise Refused("unsafe-keys") from error
    for one in card["laptops"]:
        ours = one[0] == card["office"] and certified(one, card["signing_key"])
        need(ours, "unknown-laptop")
    return card


def keys_of(card: dict[str, Any]) -> tuple[Any, ...]:
    return (card["office"], card["signing_key"], card["encryption_key"], card["authority"])


def fingerprint(card: dict[str, Any], words: list[str]) -> str:
    authority = sha(card["authority"]) if card["authority"] else bytes(32)
    digest = sha(
        b"sscdesk fingerprint 1",
        card["office"].encode(),
        card["signing_key"],
        card["encryption_key"],
        authority,
    )
    bits = "".join(f"{byte:08b}" for byte in digest[:10])
    return " ".join(words[int(bits[start : start + 10], 2)] for start in range(0, 80, 10))


def read_qr(said: str) -> dict[str, Any]:
    need(said.startswith("SSCDESK1:"), "file-damaged")
    data = base64.b32decode(said[9:] + "=" * (-len(said[9:]) % 8))
    need(len(data) == 2 + 32 * 3 + 64, "file-damaged")
    key = data[2:34]
    need(signed_by(key, b"sscdesk short card 1" + data[:98], data[98:]), "bad-signature")
    return {"office": data[:2].decode(), "signing_key": key, "encryption_key": data[34:66]}


# ---------------------------------------------------------------- who reads


@dataclass
class Reader:
    """The office that reads, and what it believes."""

    office: str
    laptop: bytes
    identities: dict[bytes, str]
    """Its age identities by public key."""
    cards: dict[str, dict[str, Any]]
    certificates: dict[tuple[str, bytes], list[Any]] = field(default_factory=dict)
    revocations: list[list[Any]] = field(default_factory=list)
    streams: dict[bytes, tuple[str, bytes, str]] = field(default_factory=dict)
    erased: frozenset[bytes] = frozenset()

    def is_revoked(self, office: str, laptop: bytes) -> bool:
        return any(one[:2] == [office, laptop] for one in self.revocations)

    def cut(self, office: str, laptop: bytes, stream: bytes) -> tuple[int, bytes] | None:
        cuts = [
            (last, chain)
            for one in self.revocations
            if one[:2] == [office, laptop]
            for named, last, chain in one[3]
            if named == stream
        ]
        return max(cuts, key=lambda cut: cut[0], default=None)

    def check_sender(self, office: str, key: bytes, certificate: list[Any]) -> None:
        need(office in self.cards, "unknown-office")
        need(self.cards[office]["signing_key"] == key, "keys-changed")
        known = self.certificates.get((office, certificate[1]), certificate)
        genuine = certified(certificate, key) and known[3] == certificate[3]
        need(genuine, "unknown-laptop")
        need(not self.is_revoked(office, certificate[1]), "revoked-laptop")


# ---------------------------------------------------------------- section 5


def read_sync(data: bytes, reader: Reader) -> dict[str, Any]:
    """Open a sync file; returns its header, standings of commits and attachments."""
    header, front, pieces, digest, signature = outer_form(data)
    certificate = header["certificate"]
    reader.check_sender(header["office"], header["office_key"], certificate)
    if not signed_by(certificate[3], b"sscdesk sync file 1" + digest, signature):
        raise Refused(why_unsealed(pieces, front, reader))
    identity = address(header, reader)
    records = list(cut_records(pieces, [identity]))
    need(records[0][1] == sha(front), "header-replaced")
    provisional = introductions(inflate(records[1][1], 4 << 20), reader)
    reader.check_sender(header["office"], header["office_key"], certificate)
    segments = [inflate_segment(content) for kind, content in records if kind == 3]
    standings = journals(header, segments, reader, provisional)
    found = attachments([content for kind, content in records if kind == 4], header)
    return {"header": header, "standings": standings, "attachments": found}


def outer_form(data: bytes) -> tuple[dict[str, Any], bytes, list[bytes], bytes, bytes]:
    need(kind_of(data) == "sync", "other-kind")
    place = len(LINE.format("sync"))

    def take(count: int) -> bytes:
        nonlocal place
        need(len(data) - place >= count, "file-cut")
        place += count
        return data[place - count : place]

    def length(most: int) -> int:
        found = int.from_bytes(take(4), "big")
        need(found <= most, "over-limit")
        return found

    encoded = take(length(1 << 20))
    front = data[: len(LINE.format("sync"))] + encoded
    pieces = []
    while size := length(4_259_840):
        pieces.append(take(size))
    digest = sha(data[:place])
    seal = take(96)
    need(seal[:32] == digest and place == len(data), "file-damaged")
    header = strict(encoded, HEADER)
    ranges = header["streams"]
    sound = (
        header["certificate"][0] == header["office"]
        and is_sorted([one[0] for one in header["recipients"]])
        and is_sorted([one[0] for one in header["acknowledged"]])
        and all(first <= last for _, first, last in ranges)
        and all(b[1] > a[2] + 1 if a[0] == b[0] else a[0] < b[0] for a, b in pairwise(ranges))
    )
    need(sound, "file-damaged")
    return header, front, pieces, digest, seal[32:]


def why_unsealed(pieces: list[bytes], front: bytes, reader: Reader) -> str:
    try:
        opening = next(cut_records(pieces, list(reader.identities.values())))
    except Refused:
        return "bad-signature"
    return "bad-signature" if opening[1] == sha(front) else "header-replaced"


def address(header: dict[str, Any], reader: Reader) -> str:
    keys = dict(header["recipients"])
    if reader.office not in keys:
        own = header["certificate"][1] == reader.laptop
        raise Refused("own-file" if own else "not-for-this-office")
    need(keys[reader.office] in reader.identities, "key-not-held")
    return reader.identities[keys[reader.office]]


def cut_records(pieces: list[bytes], identities: list[str]) -> Any:
    keys = [pyrage.x25519.Identity.from_str(one) for one in identities]
    plain = b""
    reached = 0
    for piece in pieces:
        try:
            plain += pyrage.decrypt(piece, keys)
        except pyrage.DecryptError as error:
            raise Refused("file-damaged") from error
        while len(plain) >= 5:
            kind, size = plain[0], int.from_bytes(plain[1:5], "big")
            need(size <= 34_603_008, "over-limit")
            if len(plain) < 5 + size:
                break
            content, plain = plain[5 : 5 + size], plain[5 + size :]
            need(kind == reached + 1 if kind < 3 else 2 <= reached <= kind <= 5, "file-damaged")
            need(reached != 5 and not (kind == 5 and content), "file-damaged")
            reached = kind
            yield kind, content
    need(reached == 5 and not plain, "file-damaged")


def introductions(raw: bytes, reader: Reader) -> dict[tuple[str, bytes], list[Any]]:
    """Believe what accepted offices signed; return what only introduced cards vouch for."""
    said = strict(raw, INTRODUCTIONS)
    cards = {card["office"]: card for card in map(read_card, said["cards"])}
    provisional = {}
    offered = [*said["certificates"], *(one for c in cards.values() for one in c["laptops"])]
    for one in offered:
        known, shown = reader.cards.get(one[0]), cards.get(one[0])
        if known and certified(one, known["signing_key"]):
            held = reader.certificates.setdefault((one[0], one[1]), one)
            need(held[3] == one[3], "unknown-laptop")
        elif shown and certified(one, shown["signing_key"]):
            provisional[one[0], one[1]] = one
        else:
            need(not known, "unknown-laptop")
    for one in said["revocations"]:
        known, shown = reader.cards.get(one[0]), cards.get(one[0])
        if known and revoked_by(one, known["signing_key"]):
            reader.revocations.append(one)
        elif known and not (shown and revoked_by(one, shown["signing_key"])):
            raise Refused("bad-signature")
    return provisional


def attachments(contents: list[bytes], header: dict[str, Any]) -> list[bytes]:
    """Put attachments together; return their digests."""
    found: list[bytes] = []
    total = 0
    current: tuple[bytes, int] | None = None
    content = b""
    for digest, size, offset, packed, data in (loose(one, ATTACHMENT) for one in contents):
        chunk = inflate(data, 1 << 20) if packed else data
        if current is None:
            current, content = (digest, size), b""
        fits = current == (digest, size) and offset == len(content) and (chunk or not size)
        need(fits and len(content) + len(chunk) <= size, "attachment-damaged")
        content += chunk
        if len(content) == size:
            need(sha(content) == digest, "attachment-damaged")
            found.append(digest)
            total += size
            current = None
    announced = (header["attachments"], header["attachment_bytes"])
    need(current is None and (len(found), total) == announced, "attachment-damaged")
    return found


# ---------------------------------------------------------------- section 7


def inflate_segment(content: bytes) -> list[Any]:
    segment: list[Any] = loose(inflate(content, 32 << 20), SEGMENT)
    return segment


def journals(
    header: dict[str, Any],
    segments: list[list[Any]],
    reader: Reader,
    provisional: dict[tuple[str, bytes], list[Any]],
) -> dict[str, int]:
    """Check all ranges; return how many commits have which standing."""
    standings: dict[str, int] = {}
    waiting = list(segments)
    raw = 0
    missing: set[bytes] = set()
    declared = set(reader.erased)
    for stream, first, last in header["streams"]:
        run = Run(header, reader, provisional, stream, first, last)
        while run.next <= last:
            need(waiting, "wrong-stream")
            raw += run.take(waiting.pop(0))
        judged = run.judge()
        missing |= run.missing
        declared |= run.declared if set(judged) == {"trusted"} else set()
        for standing, count in judged.items():
            standings[standing] = standings.get(standing, 0) + count
    need(missing <= declared, "broken-chain")
    need(not waiting and raw == header["raw_bytes"], "wrong-stream")
    return {standing: count for standing, count in standings.items() if count}


@dataclass
class Run:
    header: dict[str, Any]
    reader: Reader
    provisional: dict[tuple[str, bytes], list[Any]]
    stream: bytes
    first: int
    last: int
    owner: tuple[str, bytes, str] | None = None
    chains: dict[int, bytes] = field(default_factory=dict)
    signature: bytes = b""
    missing: set[bytes] = field(default_factory=set)
    declared: set[bytes] = field(default_factory=set)

    @property
    def next(self) -> int:
        return max(self.chains, default=self.first - 1) + 1

    def take(self, segment: list[Any]) -> int:
        stream, office, laptop, audience, first, before, commits, signature = segment
        need((stream, first) == (self.stream, self.next), "wrong-stream")
        if self.owner is None:
            self.begin(stream, (office, laptop, audience), before)
        same = (office, laptop, audience) == self.owner
        need(same and first + len(commits) - 1 <= self.last, "wrong-stream")
        need(before == self.chains.get(first - 1, before), "broken-chain")
        self.chains.setdefault(first - 1, before)
        for seq, commit in enumerate(commits, first):
            self.chains[seq] = self.follow(self.chains[seq - 1], commit)
        self.signature = signature
        return sum(map(len, commits))

    def follow(self, before: bytes, commit: bytes) -> bytes:
        need(len(commit) <= 8 << 20, "over-limit")
        try:
            leaves = msgspec.msgpack.decode(commit)
        except (msgspec.DecodeError, UnicodeDecodeError, TypeError, RecursionError) as error:
            raise Refused("file-damaged") from error
        shaped = isinstance(leaves, list) and leaves
        allowed = (bytes, msgspec.msgpack.Ext)
        need(shaped and all(isinstance(leaf, allowed) for leaf in leaves), "file-damaged")
        need(pack(leaves) == commit, "file-damaged")
        return sha(b"sscdesk commit 1", before, sha(*map(self.digest, range(99_999), leaves)))

    def digest(self, place: int, leaf: Any) -> bytes:
        if isinstance(leaf, bytes):
            if place and leaf[1:2] == b"\x08":
                self.declared.update(msgspec.msgpack.decode(leaf)[4])
            return sha(leaf)
        need(place and leaf.code == 1 and len(leaf.data) == 32, "broken-chain")
        self.missing.add(bytes(leaf.data))
        return bytes(leaf.data)

    def begin(self, stream: bytes, owner: tuple[str, bytes, str], before: bytes) -> None:
        need(self.reader.streams.get(stream, owner) == owner, "wrong-stream")
        need(well_formed(owner[2]), "wrong-stream")
        offices = [owner[0], self.header["office"], *dict(self.header["recipients"])]
        need(all(in_audience(owner[2], one) for one in offices), "wrong-audience")
        need(self.first > 1 or before == bytes(32), "broken-chain")
        self.owner = owner

    def judge(self) -> dict[str, int]:
        assert self.owner is not None
        office, laptop, audience = self.owner
        whole = self.last - self.first + 1
        certificate, standing = self.vouched(office, laptop)
        cut = self.reader.cut(office, laptop, self.stream)
        if self.reader.is_revoked(office, laptop):
            if cut is None or cut[0] < self.first:
                return {"revoked": whole}
            if cut[0] <= self.last:
                if self.chains[cut[0]] != cut[1]:
                    return {"revoked": whole}
                return {"trusted": cut[0] - self.first + 1, "revoked": self.last - cut[0]}
            standing = "unproven"
        if certificate is not None:
            place = self.stream + self.last.to_bytes(8, "big") + self.chains[self.last]
            message = b"sscdesk head 1" + place + audience.encode()
            need(signed_by(certificate[3], message, self.signature), "bad-signature")
        return {standing: whole}

    def vouched(self, office: str, laptop: bytes) -> tuple[list[Any] | None, str]:
        known = self.reader.certificates.get((office, laptop))
        shown = self.provisional.get((office, laptop))
        if known:
            return known, "trusted"
        if office not in self.reader.cards:
            return shown, "unknown-office"
        need(shown, "unknown-laptop")
        return shown, "keys-changed"


# ---------------------------------------------------------------- sections 6 and 9


def join_parts(files: list[bytes]) -> bytes:
    """Put parts together; returns the sync file."""
    parts: dict[int, tuple[dict[str, Any], bytes]] = {}
    for data in files:
        header, share = read_part(data)
        parts[header["number"]] = (header, share)
    ordered = [parts[number] for number in sorted(parts)]
    same = [
        {name: v for name, v in header.items() if name not in ("number", "length")}
        for header, _ in ordered
    ]
    need(all(one == same[0] for one in same), "parts-mixed")
    need(len(parts) == same[0]["total"], "part-missing")
    whole = b"".join(share for _, share in ordered)
    need((len(whole), sha(whole)) == (same[0]["size"], same[0]["digest"]), "parts-mixed")
    return whole


def read_part(data: bytes) -> tuple[dict[str, Any], bytes]:
    rest = after_line(data, "part")
    size = int.from_bytes(rest[:4], "big")
    try:
        need(size <= 512 and sha(data[:-32]) == data[-32:], "part-damaged")
        header = strict(rest[4 : 4 + size], PART)
    except Refused as error:
        raise Refused("part-damaged") from error
    share = rest[4 + size : -32]
    fits = len(share) == header["length"] and header["number"] <= header["total"]
    need(fits, "part-damaged")
    return header, share


def read_receipt(data: bytes, reader: Reader) -> dict[str, Any]:
    rest = after_line(data, "receipt")
    need(len(rest) <= 262_144, "over-limit")
    body, signature = rest[:-64], rest[-64:]
    receipt: dict[str, Any] = strict(body, RECEIPT)
    sound = (
        receipt["certificate"][0] == receipt["office"]
        and is_sorted([one[0] for one in receipt["acknowledged"]])
        and is_sorted(receipt["wanted"])
    )
    need(sound, "file-damaged")
    reader.check_sender(receipt["office"], receipt["office_key"], receipt["certificate"])
    key = receipt["certificate"][3]
    need(signed_by(key, b"sscdesk receipt 1" + body, signature), "bad-signature")
    need(receipt["to"] == reader.office, "receipt-for-another")
    return receipt
