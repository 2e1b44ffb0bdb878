"""Files that must open, each with what is special about it and what is in it."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from .cases import Case, card_case, parts_case, receipt_case, sync_case
from .compose import (
    Journal,
    Laptop,
    Office,
    SyncFile,
    attachment,
    carrying,
    pack,
    part,
    parts,
    receipt,
    sha,
)
from .readers import (
    CI,
    CI1,
    LONG,
    MA,
    MA1,
    MA2,
    ML,
    ML1,
    ML2,
    NEWS,
    PAIR,
    SECOND,
    SN,
    SN1,
)

LOST = "bamako, told that laptop 2 of rabat is lost after 2"
EMPTY = pack([b"header", b""])


def cases() -> Iterator[Case]:
    yield from _journals()
    yield from _cuttings()
    yield from _attachments()
    yield from _trust()
    yield from _losses()
    yield from _clocks_and_versions()
    yield from _carriers()
    yield from _cards()
    yield from _receipts()
    yield from _erasures()


def _erasures() -> Iterator[Case]:
    gone = pack([b"header", msgspec.msgpack.Ext(1, sha(b"leaf"))])
    op = [8, "person", ["owner"], [[bytes(16), "MA"]], [sha(b"leaf")], "asked for"]
    said = pack([b"header", pack(op)])
    before = Journal(MA1, name="erased", commits=(gone, said))
    yield sync_case(
        "a leaf that a later commit declares erased", carrying("erased", before), trusted=2
    )
    other = Journal(CI1, name="erased elsewhere", commits=(said,))
    alone = Journal(MA1, name="emptied", commits=(gone,))
    yield sync_case(
        "a leaf that another office's commit declares erased",
        carrying("erased-elsewhere", alone, other),
        trusted=2,
    )


def _journals() -> Iterator[Case]:
    one = Journal(MA1, name="one", commits=(pack([b"header", b"leaf"]),))
    yield sync_case("one commit", carrying("one-commit", one), trusted=1)
    yield sync_case("three commits of one stream", carrying("plain", NEWS), trusted=3)
    yield sync_case("two streams of one laptop", carrying("two-streams", NEWS, LONG), trusted=11)
    yield sync_case("streams of two laptops", carrying("two-laptops", NEWS, SECOND), trusted=6)
    yield sync_case("a stream for two offices only", carrying("bilateral", PAIR), trusted=3)
    yield sync_case(
        "streams that carry personal data, for all and for two offices",
        carrying("personal", Journal(MA1, "*~"), Journal(MA1, "MA+ML~")),
        trusted=6,
    )
    own = Journal(ML2, "ML")
    yield sync_case(
        "from one laptop to another of the same office, what no other office may read",
        carrying("own-office", own, sender=ML2),
        trusted=3,
    )
    yield sync_case(
        "for two offices at once", carrying("two-offices", NEWS, recipients=(ML, SN)), trusted=3
    )
    yield sync_case(
        "the same file at the second office",
        carrying("two-offices", NEWS, recipients=(ML, SN)),
        reader="dakar",
        trusted=3,
    )
    yield sync_case(
        "another office's news, passed on", carrying("passed-on", Journal(CI1)), trusted=3
    )
    yield sync_case(
        "the reader's own commits, come back", carrying("come-back", Journal(ML1)), trusted=3
    )
    yield sync_case(
        "only what is new: commits 5 to 8",
        SyncFile("only-new", ranges=(LONG.range(5),), segments=(LONG.segment(5),)),
        trusted=4,
    )
    yield sync_case(
        "two ranges of one stream, with a gap between",
        SyncFile(
            "with-a-gap",
            ranges=(LONG.range(1, 2), LONG.range(4, 8)),
            segments=(LONG.segment(1, 2), LONG.segment(4, 8)),
        ),
        trusted=7,
    )
    yield sync_case(
        "a stream already held by its reader",
        carrying("held", NEWS),
        reader="bamako, who holds streams",
        trusted=3,
    )
    leaves = Journal(MA1, name="leaves", commits=(pack([b"h"]), EMPTY, pack([b"x"] * 40)))
    yield sync_case(
        "commits of one leaf, of an empty leaf, of forty", carrying("leaves", leaves), trusted=3
    )
    long = Journal(MA1, name="lengths", commits=(pack([b"h" * 255]), pack([b"h" * 256])))
    yield sync_case(
        "leaves of 255 and 256 bytes, each in its shortest form",
        carrying("lengths", long),
        trusted=2,
    )
    yield sync_case(
        "no commit, only what the sender holds",
        SyncFile("acknowledging", header_change={"acknowledged": [[bytes(16), 9]]}),
    )
    yield sync_case("nothing at all", SyncFile("nothing"))


def _cuttings() -> Iterator[Case]:
    three = (
        LONG.segment(1, 2, head=b""),
        LONG.segment(3, 5, head=b""),
        LONG.segment(6, 8),
    )
    yield sync_case(
        "one range in three segments, of which the last is signed",
        SyncFile("three-segments", ranges=(LONG.range(),), segments=three),
        trusted=8,
    )
    signed = (LONG.segment(1, 2), LONG.segment(3, 5), LONG.segment(6, 8))
    yield sync_case(
        "one range in three segments, all signed",
        SyncFile("all-signed", ranges=(LONG.range(),), segments=signed),
        trusted=8,
    )
    idle = (LONG.segment(1, 4, head=bytes(64)), LONG.segment(5, 8))
    yield sync_case(
        "the signature of a segment that goes on in the next is not looked at",
        SyncFile("unread-signature", ranges=(LONG.range(),), segments=idle),
        trusted=8,
    )
    yield sync_case(
        "a body in pieces of 100 bytes", carrying("pieces", NEWS, piece_bytes=100), trusted=3
    )
    yield sync_case(
        "a body cut inside the head of a record",
        carrying("cut-in-head", NEWS, piece_bytes=39),
        trusted=3,
    )


def _attachments() -> Iterator[Case]:
    small = b"a letter"
    yield sync_case("one attachment", _with_attachments("attachment", small), attachments=1)
    yield sync_case("an empty attachment", _with_attachments("empty", b""), attachments=1)
    yield sync_case(
        "an attachment in three chunks",
        SyncFile(
            "chunks", attachments=1, attachment_bytes=8, chunks=tuple(attachment(small, 3, 5))
        ),
        attachments=1,
    )
    yield sync_case(
        "a compressed attachment",
        SyncFile(
            "packed",
            attachments=1,
            attachment_bytes=8,
            chunks=tuple(attachment(small, packed=True)),
        ),
        attachments=1,
    )
    yield sync_case(
        "three attachments, two of them the same",
        _with_attachments("three", small, b"a photograph", small),
        attachments=3,
    )
    both = carrying("both", NEWS).but(
        attachments=1, attachment_bytes=8, chunks=tuple(attachment(small, 4))
    )
    yield sync_case("commits and an attachment", both, trusted=3, attachments=1)


def _with_attachments(name: str, *contents: bytes) -> SyncFile:
    return SyncFile(
        name,
        attachments=len(contents),
        attachment_bytes=sum(map(len, contents)),
        chunks=tuple(chunk for content in contents for chunk in attachment(content)),
    )


def _trust() -> Iterator[Case]:
    dakar = Journal(SN1)
    yield sync_case(
        "commits of an office whose card is not accepted, without its card",
        carrying("unknown", dakar),
        standings={"unknown-office": 3},
    )
    known = {"cards": [SN.card()], "certificates": [SN1.certificate()]}
    yield sync_case(
        "commits of an office whose card is not accepted, with its card",
        carrying("introduced", dakar, introductions=known),
        standings={"unknown-office": 3},
    )
    yield sync_case(
        "commits of an office that is known and of one that is not",
        carrying("mixed", dakar, NEWS),
        standings={"trusted": 3, "unknown-office": 3},
    )
    new = Office("CI", 2)
    changed = {
        "cards": [new.card()],
        "certificates": [Laptop("CI", 2).certificate(new.key)],
    }
    yield sync_case(
        "a laptop certified with new keys, which nobody confirmed",
        carrying("new-keys", Journal(Laptop("CI", 2)), introductions=changed),
        standings={"keys-changed": 3},
    )
    yield sync_case(
        "a card with new keys, announced; the laptop known before is still believed",
        carrying("announced", Journal(CI1), introductions={"cards": [new.card()]}),
        trusted=3,
    )
    inside = {"cards": [CI.card(serial=2, laptops=[Laptop("CI", 2).certificate()])]}
    yield sync_case(
        "a newer card with the same keys and one laptop more",
        carrying("newer-card", Journal(Laptop("CI", 2)), introductions=inside),
        trusted=3,
    )
    yield sync_case(
        "a laptop not known before, with its certificate",
        carrying("new-laptop", NEWS, introductions={"certificates": [MA1.certificate()]}),
        reader="bamako, who knows no laptop of rabat",
        trusted=3,
    )
    yield sync_case(
        "a certificate of an office that nobody introduces is passed over",
        carrying("stray", NEWS, introductions={"certificates": [SN1.certificate()]}),
        trusted=3,
    )
    yield sync_case(
        "a file closed with a former key of its reader",
        carrying("former-key", NEWS),
        reader="bamako, with former keys too",
        trusted=3,
    )
    yield sync_case(
        "a revocation by an office of another office's laptop means nothing",
        carrying("foreign-revocation", SECOND),
        reader="bamako, to whom abidjan speaks of a laptop of rabat",
        trusted=3,
    )
    yield sync_case(
        "a revocation by an office that is not accepted means nothing",
        carrying("stranger", SECOND, introductions={"revocations": [SN.revocation(SN1)]}),
        trusted=3,
    )


def _losses() -> Iterator[Case]:
    yield sync_case(
        "a lost laptop's commits: two before the loss, one after",
        carrying("after-loss", SECOND),
        reader=LOST,
        standings={"trusted": 2, "revoked": 1},
    )
    vouched = SyncFile(
        "vouched",
        ranges=(SECOND.range(1, 2),),
        segments=(SECOND.segment(1, 2, head=b""),),
    )
    yield sync_case(
        "up to the loss exactly: the office's word replaces the signature",
        vouched,
        reader=LOST,
        trusted=2,
    )
    split = SyncFile(
        "split-at-loss",
        ranges=(SECOND.range(),),
        segments=(SECOND.segment(1, 1, head=b""), SECOND.segment(2, 3)),
    )
    yield sync_case(
        "a loss inside the second of two segments",
        split,
        reader=LOST,
        standings={"trusted": 2, "revoked": 1},
    )
    yield sync_case(
        "only what was written after the loss",
        SyncFile("only-after", ranges=(SECOND.range(3),), segments=(SECOND.segment(3),)),
        reader=LOST,
        standings={"revoked": 1},
    )
    yield sync_case(
        "a lost laptop's commits that end before the last one proved",
        SyncFile("unproven", ranges=(SECOND.range(1, 1),), segments=(SECOND.segment(1, 1),)),
        reader=LOST,
        standings={"unproven": 1},
    )
    yield sync_case(
        "another history than the one the office stands by",
        carrying("other-history", SECOND),
        reader="bamako, told of another history up to the loss",
        standings={"revoked": 3},
    )
    yield sync_case(
        "a lost laptop of which the office stands by nothing",
        carrying("all-lost", SECOND),
        reader="bamako, told that laptop 2 is lost with all its work",
        standings={"revoked": 3},
    )
    yield sync_case(
        "of two statements, the one that reaches farther counts",
        carrying("told-twice", SECOND),
        reader="bamako, told so twice",
        trusted=3,
    )
    told = {"revocations": [MA.revocation(MA2, [SECOND.cut(1)], audience="MA+ML")]}
    yield sync_case(
        "a revocation takes effect in the file that brings it",
        carrying("brings-revocation", SECOND, introductions=told),
        standings={"trusted": 1, "revoked": 2},
    )


def _clocks_and_versions() -> Iterator[Case]:
    for name, moment in (
        ("2099", "2099-12-31T23:59:59Z"),
        ("1970", "1970-01-01T00:00:00Z"),
        ("a day that does not exist", "2026-02-31T00:00:00Z"),
    ):
        yield sync_case(
            f"a laptop whose clock says {name}",
            carrying(f"clock-{moment[:4]}", NEWS, header_change={"created_at": moment}),
            trusted=3,
        )
    newer = {"schema": 4_000_000, "program": "12.0 « à venir » قادم"}
    yield sync_case(
        "a newer schema and program, in the same file format",
        carrying("newer-schema", NEWS, header_change=newer),
        trusted=3,
    )
    yield sync_case(
        "the largest numbers that the format has",
        SyncFile("large-numbers", header_change={"acknowledged": [[bytes(16), 1 << 62]]}),
    )


def _carriers() -> Iterator[Case]:
    whole = carrying("carried", NEWS).bytes()
    for name, data in (
        ("a file inside an archive", _zip(whole)),
        ("a file inside a compressed archive", _zip(whole, zipfile.ZIP_DEFLATED)),
        ("a file inside an archive among others", _zip(whole, others=True)),
    ):
        yield Case("sync", name, (data,), found={"trusted": 3})
    cut = parts(whole, "carried", 3)
    yield parts_case("three parts in order", cut, trusted=3)
    yield parts_case("three parts in another order", [cut[2], cut[0], cut[1]], trusted=3)
    yield parts_case("a part that came twice", [cut[1], *cut], trusted=3)
    yield parts_case("one part that is all", parts(whole, "carried", 1), trusted=3)
    yield parts_case("parts of very unequal size", _unequal(whole), trusted=3)


def _unequal(whole: bytes) -> list[bytes]:
    return [
        part(whole, "carried", 1, 2, whole[:1]),
        part(whole, "carried", 2, 2, whole[1:]),
    ]


def _zip(data: bytes, method: int = zipfile.ZIP_STORED, others: bool = False) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        if others:
            archive.writestr(_entry("folder/desktop.ini"), b"[.ShellClassInfo]")
        archive.writestr(_entry("folder/from Rabat (1).dat"), data, method)
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, (2026, 5, 4, 12, 0, 0))


def _cards() -> Iterator[Case]:
    for name, card in (
        ("a card", MA.card()),
        ("a card with two laptops", MA.card(laptops=[MA1.certificate(), MA2.certificate()])),
        ("a card without any name", MA.card(names={})),
        ("a card in three languages", MA.card(names={"ar": "مكتب", "en": "x", "fr": "é" * 200})),
        ("the 4,000,000th card", MA.card(serial=4_000_000)),
        ("a card with a PDF authority", MA.card(authority=_authority())),
    ):
        yield card_case(name, card)


def _authority() -> bytes:
    """A self-signed certificate, the same bytes in every run."""
    key = Ed25519PrivateKey.from_private_bytes(sha(b"authority"))
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Rabat")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7)
    builder = builder.not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
    builder = builder.not_valid_after(datetime(2046, 1, 1, tzinfo=UTC))
    return builder.sign(key, None).public_bytes(Encoding.DER)


def _receipts() -> Iterator[Case]:
    yield receipt_case("a receipt", receipt(MA1))
    yield receipt_case("a receipt that acknowledges nothing", receipt(MA1, acknowledged=[]))
    asking = receipt(MA1, wanted=sorted([sha(b"a"), sha(b"b")]))
    yield receipt_case("a receipt that asks for two attachments", asking)
