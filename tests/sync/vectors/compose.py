"""Composes files of docs/file-format.md byte by byte, the same bytes in every run.

Written from that page, not from the product: every step takes what it is told, right or
wrong, so that files can be made that no honest program makes. Randomness comes from the
name of the file; age and Zstandard are composed by hand, since libraries make other bytes
in each run or version.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NOON = "2026-05-04T12:00:00Z"
pack = msgspec.msgpack.encode


def sha(*content: bytes) -> bytes:
    return hashlib.sha256(b"".join(content)).digest()


def u32(value: int) -> bytes:
    return value.to_bytes(4, "big")


def stretched(name: str) -> Callable[[int], bytes]:
    """Random-looking bytes that depend on a name alone."""
    count = 0

    def give(length: int) -> bytes:
        nonlocal count
        out = b""
        while len(out) < length:
            out += sha(name.encode(), count.to_bytes(8, "big"))
            count += 1
        return out[:length]

    return give


def line(kind: str, number: int = 1, version: str = "0.1") -> bytes:
    return f"sscdesk-{kind} {number} (open in sscdesk {version} or later)\n".encode()


# ---------------------------------------------------------------- keys


@dataclass(frozen=True)
class Signer:
    name: str

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(sha(b"sign", self.name.encode()))

    @property
    def public(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


@dataclass(frozen=True)
class Box:
    """An X25519 key."""

    name: str

    @property
    def secret(self) -> bytes:
        return sha(b"box", self.name.encode())

    @property
    def public(self) -> bytes:
        private = X25519PrivateKey.from_private_bytes(self.secret)
        return private.public_key().public_bytes_raw()

    @property
    def identity(self) -> str:
        return _bech32("age-secret-key-", self.secret).upper()


def _bech32(prefix: str, data: bytes) -> str:
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[i : i + 5], 2) for i in range(0, len(bits), 5)]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = 1
    for value in [*spread, *values, 0, 0, 0, 0, 0, 0]:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= term if top >> bit & 1 else 0
    check ^= 1
    tail = [(check >> 5 * (5 - i)) & 31 for i in range(6)]
    return prefix + "1" + "".join(letters[v] for v in values + tail)


def age(plain: bytes, recipients: Sequence[bytes], random: Callable[[int], bytes]) -> bytes:
    """One age file (age-encryption.org/v1)."""
    file_key = random(16)
    head = "age-encryption.org/v1\n"
    for recipient in recipients:
        head += _stanza(file_key, recipient, random(32))
    head += "---"
    mac = hmac.new(_derive(file_key, b"", b"header"), head.encode(), hashlib.sha256).digest()
    nonce = random(16)
    cipher = ChaCha20Poly1305(_derive(file_key, nonce, b"payload"))
    chunks = [plain[i : i + 65536] for i in range(0, len(plain), 65536)] or [b""]
    sealed = b"".join(
        cipher.encrypt(i.to_bytes(11, "big") + bytes([i == len(chunks) - 1]), chunk, None)
        for i, chunk in enumerate(chunks)
    )
    return head.encode() + b" " + _b64(mac).encode() + b"\n" + nonce + sealed


def _stanza(file_key: bytes, recipient: bytes, ephemeral: bytes) -> str:
    private = X25519PrivateKey.from_private_bytes(ephemeral)
    public = private.public_key().public_bytes_raw()
    shared = private.exchange(X25519PublicKey.from_public_bytes(recipient))
    key = _derive(shared, public + recipient, b"age-encryption.org/v1/X25519")
    wrapped = ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)
    return f"-> X25519 {_b64(public)}\n{_b64(wrapped)}\n"


def _derive(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(secret)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


# ---------------------------------------------------------------- Zstandard


def frame(raw: bytes, stated: int | None = None) -> bytes:
    """A Zstandard frame with uncompressed blocks, perhaps stating another size."""
    size = len(raw) if stated is None else stated
    blocks = [raw[i : i + 131072] for i in range(0, len(raw), 131072)] or [b""]
    out = _frame_head(size)
    for i, block in enumerate(blocks):
        out += ((i == len(blocks) - 1) | len(block) << 3).to_bytes(3, "little") + block
    return out


def zeros_frame(blocks: int) -> bytes:
    """A frame of so many times 128 KiB of zeros, four bytes each."""
    out = _frame_head(blocks * 131072)
    for i in range(blocks):
        out += ((i == blocks - 1) | 1 << 1 | 131072 << 3).to_bytes(3, "little") + b"\0"
    return out


def frame_without_size(raw: bytes) -> bytes:
    """A frame that does not state its size."""
    block = (1 | len(raw) << 3).to_bytes(3, "little") + raw
    return b"\x28\xb5\x2f\xfd\x00\x58" + block


def _frame_head(size: int) -> bytes:
    return b"\x28\xb5\x2f\xfd" + bytes([2 << 6 | 1 << 5]) + size.to_bytes(4, "little")


# ---------------------------------------------------------------- offices


@dataclass(frozen=True)
class Laptop:
    office: str
    number: int = 1
    edition: int = 1
    """Another edition has another key under the same identity."""

    @property
    def id(self) -> bytes:
        return sha(b"laptop", self.office.encode(), bytes([self.number]))[:16]

    @property
    def key(self) -> Signer:
        return Signer(f"laptop {self.office} {self.number} {self.edition}")

    def certificate(self, signer: Signer | None = None, **change: Any) -> list[Any]:
        said = {
            "office": self.office,
            "laptop": self.id,
            "number": self.number,
            "public": self.key.public,
            "issued": NOON,
        } | change
        body = list(said.values())
        issuer = signer or Office(self.office).key
        return [*body, issuer.sign(b"sscdesk laptop certificate 1" + pack(body))]


@dataclass(frozen=True)
class Office:
    code: str
    edition: int = 1

    @property
    def key(self) -> Signer:
        return Signer(f"office {self.code} {self.edition}")

    @property
    def box(self) -> Box:
        return Box(f"box {self.code} {self.edition}")

    def card(self, signer: Signer | None = None, **change: Any) -> bytes:
        card: dict[str, Any] = {
            "office": self.code,
            "serial": self.edition,
            "names": {"en": f"Office {self.code}", "fr": f"Bureau {self.code}"},
            "signing_key": self.key.public,
            "encryption_key": self.box.public,
            "authority": b"",
            "laptops": [],
            "issued_at": NOON,
        } | change
        values = list(card.values())
        values[2] = [[language, name] for language, name in card["names"].items()]
        signature = (signer or self.key).sign(b"sscdesk card 1" + pack(values))
        return pack({**card, "signature": signature})

    def revocation(
        self,
        laptop: Laptop,
        cuts: Iterable[Sequence[Any]] = (),
        audience: str = "*",
        signer: Signer | None = None,
    ) -> list[Any]:
        body = [self.code, laptop.id, audience, [list(cut) for cut in cuts], NOON]
        return [*body, (signer or self.key).sign(b"sscdesk revocation 1" + pack(body))]


# ---------------------------------------------------------------- journals


@dataclass(frozen=True)
class Journal:
    """A stream and its commits."""

    laptop: Laptop
    audience: str = "*"
    name: str = "journal"
    commits: tuple[bytes, ...] = tuple(pack([b"header", b"leaf %d" % n]) for n in (1, 2, 3))
    """The whole stream from its first commit."""

    @property
    def id(self) -> bytes:
        where = f"{self.laptop.office} {self.laptop.number} {self.audience} {self.name}"
        return sha(b"stream", where.encode())[:16]

    def chain(self, seq: int) -> bytes:
        chain = bytes(32)
        for commit in self.commits[:seq]:
            chain = sha(b"sscdesk commit 1", chain, _leaves_digest(commit))
        return chain

    def head(self, last: int, signer: Signer | None = None, **change: Any) -> bytes:
        said = {"stream": self.id, "seq": last, "chain": self.chain(last), "to": self.audience}
        said |= change
        place = said["stream"] + said["seq"].to_bytes(8, "big") + said["chain"]
        key = signer or self.laptop.key
        return key.sign(b"sscdesk head 1" + place + said["to"].encode())

    def segment(self, first: int = 1, last: int | None = None, **change: Any) -> list[Any]:
        last = len(self.commits) if last is None else last
        said = {
            "stream": self.id,
            "office": self.laptop.office,
            "laptop": self.laptop.id,
            "audience": self.audience,
            "first": first,
            "before": self.chain(first - 1),
            "commits": list(self.commits[first - 1 : last]),
            "head": self.head(last),
        } | change
        return list(said.values())

    def range(self, first: int = 1, last: int | None = None) -> list[Any]:
        return [self.id, first, len(self.commits) if last is None else last]

    def cut(self, last: int, chain: bytes | None = None) -> list[Any]:
        return [self.id, last, self.chain(last) if chain is None else chain]


def _leaves_digest(commit: bytes) -> bytes:
    try:
        leaves = msgspec.msgpack.decode(commit)
    except msgspec.DecodeError:
        return bytes(32)
    leaves = leaves if isinstance(leaves, list) else []
    return sha(
        *(
            leaf.data if isinstance(leaf, msgspec.msgpack.Ext) else sha(_as_bytes(leaf))
            for leaf in leaves
        )
    )


def _as_bytes(leaf: Any) -> bytes:
    return leaf if isinstance(leaf, bytes) else b""


# ---------------------------------------------------------------- sync files


@dataclass(frozen=True)
class SyncFile:
    """Everything that a sync file is made of; each step can be told something else."""

    name: str
    sender: Laptop = Laptop("MA")
    recipients: tuple[Office, ...] = (Office("ML"),)
    ranges: tuple[list[Any], ...] = ()
    segments: tuple[list[Any], ...] = ()
    chunks: tuple[list[Any], ...] = ()
    attachments: int = 0
    attachment_bytes: int = 0
    introductions: dict[str, Any] = field(default_factory=dict)
    header_change: dict[str, Any] = field(default_factory=dict)
    header_bytes: Callable[[dict[str, Any]], bytes] = pack
    record_change: Callable[[list[tuple[int, bytes]]], list[tuple[int, bytes]]] = lambda r: r
    piece_bytes: int = 4 << 20
    sealed_to: tuple[bytes, ...] | None = None
    sealer: Signer | None = None
    seal_context: bytes = b"sscdesk sync file 1"
    opening: bytes | None = None
    introductions_frame: bytes | None = None

    def but(self, **change: Any) -> "SyncFile":
        return replace(self, **change)

    def header(self) -> dict[str, Any]:
        raw = sum(len(commit) for one in self.segments for commit in one[6])
        said = {
            "bundle": sha(b"bundle", self.name.encode())[:16],
            "created_at": NOON,
            "office": self.sender.office,
            "office_key": Office(self.sender.office).key.public,
            "certificate": self.sender.certificate(),
            "recipients": [[one.code, one.box.public] for one in self.recipients],
            "schema": 1,
            "program": "0.1",
            "streams": sorted(self.ranges),
            "acknowledged": [],
            "raw_bytes": raw,
            "attachments": self.attachments,
            "attachment_bytes": self.attachment_bytes,
            "part_size": 0,
        }
        return said | self.header_change

    def front(self) -> bytes:
        return line("sync") + self.header_bytes(self.header())

    def records(self) -> list[tuple[int, bytes]]:
        said = {"cards": [], "certificates": [], "revocations": []} | self.introductions
        opening = sha(self.front()) if self.opening is None else self.opening
        told = self.introductions_frame or frame(pack(said))
        records = [(1, opening), (2, told)]
        records += [(3, frame(pack(one))) for one in self.segments]
        records += [(4, pack(one)) for one in self.chunks]
        return self.record_change([*records, (5, b"")])

    def pieces(self) -> list[bytes]:
        plain = b"".join(bytes([kind]) + u32(len(c)) + c for kind, c in self.records())
        random = stretched(self.name)
        keys = self.sealed_to or tuple(one.box.public for one in self.recipients)
        runs = [plain[i : i + self.piece_bytes] for i in range(0, len(plain), self.piece_bytes)]
        return [age(run, keys, random) for run in runs]

    def bytes(self, pieces: list[bytes] | None = None) -> bytes:
        encoded = self.header_bytes(self.header())
        out = line("sync") + u32(len(encoded)) + encoded
        for piece in self.pieces() if pieces is None else pieces:
            out += u32(len(piece)) + piece
        return self.seal(out + u32(0))

    def seal(self, covered: bytes) -> bytes:
        key = self.sealer or self.sender.key
        return covered + sha(covered) + key.sign(self.seal_context + sha(covered))


def carrying(name: str, *journals: Journal, **more: Any) -> SyncFile:
    """A sync file with the whole of some journals."""
    ordered = sorted(journals, key=lambda one: one.id)
    return SyncFile(
        name,
        ranges=tuple(one.range() for one in ordered),
        segments=tuple(one.segment() for one in ordered),
        **more,
    )


def attachment(content: bytes, *cuts: int, packed: bool = False) -> list[list[Any]]:
    """The chunks of an attachment, cut at these offsets."""
    places = [0, *cuts, len(content)]
    chunks = [content[a:b] for a, b in pairwise(places)]
    return [
        [sha(content), len(content), start, packed, frame(chunk) if packed else chunk]
        for start, chunk in zip(places, chunks, strict=False)
    ]


# ---------------------------------------------------------------- parts and receipts


def part(whole: bytes, name: str, number: int, total: int, share: bytes, **change: Any) -> bytes:
    header: dict[str, Any] = {
        "bundle": sha(b"bundle", name.encode())[:16],
        "digest": sha(whole),
        "size": len(whole),
        "number": number,
        "total": total,
        "length": len(share),
        "office": "MA",
        "created_at": NOON,
    } | change
    encoded = pack(header)
    covered = line("part") + u32(len(encoded)) + encoded + share
    return covered + sha(covered)


def parts(whole: bytes, name: str, total: int) -> list[bytes]:
    step = -(-len(whole) // total)
    shares = [whole[i : i + step] for i in range(0, len(whole), step)]
    return [part(whole, name, n, total, share) for n, share in enumerate(shares, 1)]


def receipt(
    sender: Laptop,
    to: str = "ML",
    signer: Signer | None = None,
    context: bytes = b"sscdesk receipt 1",
    **change: Any,
) -> bytes:
    said: dict[str, Any] = {
        "office": sender.office,
        "office_key": Office(sender.office).key.public,
        "certificate": sender.certificate(),
        "to": to,
        "created_at": NOON,
        "acknowledged": [[bytes(16), 3], [bytes([1] * 16), 70000]],
        "wanted": [],
    } | change
    body = pack(said)
    return line("receipt") + body + (signer or sender.key).sign(context + body)
