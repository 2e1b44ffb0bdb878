"""Files that must not open, each with its reason and the code that says so."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import msgspec

from .cases import Case, Edit, refused
from .compose import (
    Journal,
    Laptop,
    Office,
    Signer,
    SyncFile,
    age,
    attachment,
    carrying,
    frame,
    frame_without_size,
    line,
    pack,
    part,
    parts,
    receipt,
    sha,
    stretched,
    u32,
    zeros_frame,
)
from .readers import (
    CI,
    CI1,
    LONG,
    MA,
    MA1,
    MA2,
    ML,
    NEWS,
    PAIR,
    SECOND,
    SN,
    SN1,
)

Records = list[tuple[int, bytes]]
STRANGER = Signer("a stranger")


def cases() -> Iterator[Case]:
    yield from _first_lines()
    yield from _cuts_and_damages()
    yield from _outer_limits()
    yield from _header_forms()
    yield from _header_values()
    yield from _senders()
    yield from _addresses()
    yield from _bodies()
    yield from _introductions()
    yield from _segments()
    yield from _commits()
    yield from _heads()
    yield from _audiences()
    yield from _attachments()
    yield from _archives_and_parts()
    yield from _cards()
    yield from _receipts()


# ---------------------------------------------------------------- the outside


def _first_lines() -> Iterator[Case]:
    rest = carrying("plain", NEWS).bytes()[len(line("sync")) :]
    yield refused("file-cut", "an empty file", b"")
    yield refused("file-cut", "half a first line", line("sync")[:20])
    yield refused("newer-format", "the next format", line("sync", 2, "1.4") + rest)
    yield refused("newer-format", "a format far away", line("sync", 9999, "12.0.3") + rest)
    yield refused("file-damaged", "format 0", line("sync", 0) + rest)
    yield refused("file-damaged", "format 01", line("sync").replace(b" 1 ", b" 01 ") + rest)
    yield refused("file-damaged", "format 1 of another version", line("sync", 1, "0.2") + rest)
    yield refused(
        "file-damaged", "a line feed made two by a mail program", line("sync")[:-1] + b"\r\n" + rest
    )
    yield refused("file-damaged", "a kind that is none", line("sink") + rest)
    yield refused("not-a-desk-file", "capital letters", line("sync").upper() + rest)
    yield refused("not-a-desk-file", "a byte before the first line", b"\n" + line("sync") + rest)
    yield refused("not-a-desk-file", "a text", b"Bonjour,\nvoici le fichier.\n")
    yield refused("not-a-desk-file", "a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    yield refused("other-kind", "a card where a sync file was asked for", line("card") + MA.card())
    yield refused("other-kind", "a receipt where a sync file was asked for", receipt(MA1))


def _cuts_and_damages() -> Iterator[Case]:
    whole = carrying("plain", NEWS).bytes()
    header = len(line("sync"))
    body = header + 4 + int.from_bytes(whole[header : header + 4], "big")
    end = len(whole) - 96 - 4

    def edit(code: str, reason: str, *edits: Edit) -> Case:
        return Case("sync", reason, (whole,), "bamako", code, edits=edits)

    for reason, place in (
        ("after the first line", header),
        ("inside the length of the header", header + 2),
        ("inside the header", header + 200),
        ("after the header", body),
        ("inside the length of a piece", body + 3),
        ("inside the first line of age", body + 10),
        ("inside the body", body + 300),
        ("before the end of the body", end),
        ("before the seal", end + 4),
        ("inside the digest", -80),
        ("inside the signature", -10),
        ("before the last byte", -1),
    ):
        yield edit("file-cut", f"cut {reason}", ("cut", place))
    for reason, place in (
        ("the header", header + 100),
        ("the age header of the body", body + 30),
        ("the encrypted body", end - 40),
        ("the digest", -90),
    ):
        yield edit("file-damaged", f"one bit of {reason} turned", ("flip", place, 0x10))
    yield edit("bad-signature", "one bit of the signature turned", ("flip", -20, 1))
    yield edit("file-damaged", "a line feed added at the end", ("append", b"\n"))
    yield edit("file-damaged", "a byte changed to the same letter's capital", ("flip", 70, 0x20))
    yield edit("file-damaged", "zeros where a bad sector was", ("put", body + 64, bytes(64)))
    yield edit("file-damaged", "a byte put in", ("insert", end - 10, b"\0"), ("put", body, u32(0)))
    yield edit("file-cut", "a byte taken out of the body", ("delete", end - 10, 1))
    yield edit("file-damaged", "the file twice in one", ("append", whole))


def _outer_limits() -> Iterator[Case]:
    plain = carrying("plain", NEWS)
    front = plain.front()
    yield refused(
        "over-limit", "a header of 1,048,577 bytes", line("sync") + u32((1 << 20) + 1) + bytes(9)
    )
    yield refused("over-limit", "a header of 4 GiB", line("sync") + u32(0xFFFFFFFF))
    encoded = front[len(line("sync")) :]
    start = line("sync") + u32(len(encoded)) + encoded
    yield refused("over-limit", "a piece of 4,259,841 bytes", start + u32(4_259_841) + bytes(9))
    yield refused("over-limit", "a piece of 4 GiB", start + u32(0xFFFFFFFF))

    def huge(records: Records) -> Records:
        return [*records[:2], (3, b"")]

    short = plain.but(name="long-record", record_change=huge)
    said = b"".join(bytes([kind]) + u32(len(c)) + c for kind, c in short.records()[:2])
    claim = said + b"\x03" + u32(34_603_009)
    piece = age(claim, [ML.box.public], stretched("long-record"))
    yield refused("over-limit", "a record of 34,603,009 bytes", short.bytes([piece]))
    for reason, told in (
        ("an introductions frame of 8 MiB of zeros", zeros_frame(64)),
        ("an introductions frame that states 4,194,305 bytes", frame(b"x", 4_194_305)),
    ):
        yield refused("over-limit", reason, plain.but(name=reason, introductions_frame=told))
    bomb = plain.but(name="bomb", record_change=_instead_of_segment(zeros_frame(512)))
    yield refused("over-limit", "a segment of 64 MiB of zeros", bomb)


def _instead_of_segment(content: bytes) -> Any:
    def change(records: Records) -> Records:
        return [(kind, content if kind == 3 else given) for kind, given in records]

    return change


def _header_forms() -> Iterator[Case]:
    bare = SyncFile("header")
    names = list(bare.header())

    def encoded(reason: str, encode: Any) -> Case:
        file = bare.but(name=reason, header_bytes=encode)
        return refused("file-damaged", f"the header {reason}", file.bytes([]))

    for name in names:
        yield encoded(f"without “{name}”", lambda h, n=name: pack(_without(h, n)))
    yield encoded("with a key that the format does not have", lambda h: pack({**h, "x": 1}))
    yield encoded("in another order", lambda h: pack(dict(reversed(list(h.items())))))
    yield encoded("as an array", lambda h: pack(list(h.values())))
    yield encoded("with something after it", lambda h: pack(h) + b"\xc0")
    yield encoded("cut before its end", lambda h: pack(h)[:-1])
    yield encoded("of no byte", lambda h: b"")
    yield encoded("with a key twice", lambda h: b"\x8f" + pack(h)[1:] + pack("part_size") + b"\0")
    yield encoded(
        "with a number not in its shortest form",
        lambda h: pack(h).replace(pack("schema") + b"\x01", pack("schema") + b"\xcc\x01"),
    )
    yield encoded(
        "with a text that is not UTF-8",
        lambda h: pack(h).replace(pack("0.1"), b"\xa3\xff\xfe\xfd"),
    )


def _header_values() -> Iterator[Case]:
    def changed(reason: str, **change: Any) -> Case:
        file = SyncFile(reason, header_change=change)
        return refused("file-damaged", f"in the header, {reason}", file.bytes([]))

    key = ML.box.public
    yield changed("nobody is named as recipient", recipients=[])
    yield changed("recipients are not sorted", recipients=[["SN", key], ["ML", key]])
    yield changed("a recipient comes twice", recipients=[["ML", key], ["ML", key]])
    many = [[f"A{chr(65 + n)}", key] for n in range(17)]
    yield changed("there are seventeen recipients", recipients=many)
    yield changed("a recipient's key has 31 bytes", recipients=[["ML", key[:31]]])
    yield changed("a recipient is written in small letters", recipients=[["ml", key]])
    yield changed("the identity has 15 bytes", bundle=bytes(15))
    yield changed("the identity is a text", bundle="0123456789abcdef")
    yield changed("the moment has no Z", created_at="2026-05-04T12:00:00")
    yield changed("the moment is in month 13", created_at="2026-13-04T12:00:00Z")
    yield changed("the moment has a line feed after it", created_at="2026-05-04T12:00:00Z\n")
    yield changed("the office has three letters", office="MAR")
    yield changed("the certificate is another office's", certificate=CI1.certificate())
    yield changed("the laptop has the number 0", certificate=MA1.certificate(number=0))
    yield changed("the laptop has the number 9", certificate=MA1.certificate(number=9))
    yield changed("the certificate lacks an element", certificate=MA1.certificate()[:-1])
    yield changed("the certificate has an element more", certificate=[*MA1.certificate(), 1])
    yield changed("a count is below zero", schema=-1)
    yield changed("a count is above 2^62", raw_bytes=(1 << 62) + 1)
    yield changed("a count is a fraction", attachments=1.0)
    yield changed("a count is a truth value", attachments=True)
    yield changed("a count is nothing", part_size=None)
    yield changed("the program's name has 201 characters", program="x" * 201)
    yield changed("a range ends before it begins", streams=[[NEWS.id, 2, 1]])
    yield changed("a range begins at commit 0", streams=[[NEWS.id, 0, 1]])
    one, other = sorted([NEWS.id, LONG.id])
    yield changed("ranges are not sorted", streams=[[other, 1, 1], [one, 1, 1]])
    yield changed("two ranges touch", streams=[[one, 1, 2], [one, 3, 4]])
    yield changed("two ranges overlap", streams=[[one, 1, 3], [one, 2, 4]])
    yield changed("a stream's identity has 17 bytes", streams=[[bytes(17), 1, 1]])
    yield changed("what is held is not sorted", acknowledged=[[other, 1], [one, 1]])
    yield changed("what is held names a stream twice", acknowledged=[[one, 1], [one, 2]])
    yield changed("what is held names commit 0", acknowledged=[[one, 0]])


def _without(header: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in header.items() if key != name}


# ---------------------------------------------------------------- who and for whom


def _senders() -> Iterator[Case]:
    plain = carrying("plain", NEWS)
    whole = plain.bytes()
    other = carrying("other", LONG).bytes()
    yield refused(
        "unknown-office",
        "from an office whose card is not accepted",
        SyncFile("from-dakar", sender=SN1),
    )
    yield refused(
        "unknown-office",
        "from Rabat, for one who has accepted no card",
        whole,
        "bamako, who accepted no card",
    )
    new = Office("MA", 2)
    change = {
        "office_key": new.key.public,
        "certificate": MA1.certificate(new.key),
    }
    rekeyed = plain.but(name="rekeyed", header_change=change)
    yield refused("keys-changed", "from an office with new keys", rekeyed)
    told = rekeyed.but(name="rekeyed-told", introductions={"cards": [new.card()]})
    yield refused("keys-changed", "from an office with new keys, its new card inside", told)
    for reason, certificate in (
        ("certified by a stranger", MA1.certificate(STRANGER)),
        ("certified by itself", MA1.certificate(MA1.key)),
        ("certified by another office", MA1.certificate(CI.key)),
        (
            "whose certificate was given another number",
            [*MA1.certificate()[:2], 5, *MA1.certificate()[3:]],
        ),
        ("whose certificate is signed by nobody", [*MA1.certificate()[:-1], bytes(64)]),
    ):
        file = plain.but(name=reason, header_change={"certificate": certificate})
        yield refused("unknown-laptop", f"from a laptop {reason}", file)
    yield refused(
        "unknown-laptop",
        "from a laptop known with another key",
        whole,
        "bamako, who knows another key of laptop 1",
    )
    lost = carrying("from-lost", SECOND, sender=MA2)
    yield refused(
        "revoked-laptop",
        "from a laptop that is lost",
        lost,
        "bamako, told that laptop 2 of rabat is lost after 2",
    )
    old = SyncFile(
        "old-from-lost", sender=MA2, ranges=(SECOND.range(1, 1),), segments=(SECOND.segment(1, 1),)
    )
    yield refused(
        "revoked-laptop",
        "from a lost laptop, with old commits only",
        old,
        "bamako, told that laptop 2 of rabat is lost after 2",
    )
    own = {"revocations": [MA.revocation(MA2)]}
    yield refused(
        "revoked-laptop",
        "from a laptop that the file itself says is lost",
        lost.but(name="says-lost", introductions=own),
    )
    for reason, signer in (
        ("by another laptop of the office", MA2.key),
        ("by the office in place of the laptop", MA.key),
        ("by a stranger", STRANGER),
    ):
        yield refused("bad-signature", f"sealed {reason}", plain.but(name=reason, sealer=signer))
    yield refused(
        "bad-signature",
        "sealed as a receipt is signed",
        plain.but(name="context", seal_context=b"sscdesk receipt 1"),
    )
    unsigned = whole[:-64] + bytes(64)
    yield refused("bad-signature", "not sealed", unsigned)
    yield refused(
        "header-replaced",
        "the header of one file before the body of another",
        _swapped(plain, other),
    )
    yield refused(
        "header-replaced",
        "a body that was made for another header",
        plain.but(name="other-opening", opening=sha(b"another")),
    )
    yield refused(
        "header-replaced",
        "another's body behind an own header, sealed anew",
        carrying("plain", NEWS, sender=CI1).bytes(plain.pieces()),
    )


def _swapped(one: SyncFile, other: bytes) -> bytes:
    """The front of one file, the rest of another, and a digest that fits both."""
    start = len(line("sync"))
    length = int.from_bytes(other[start : start + 4], "big")
    body = other[start + 4 + length : -96]
    encoded = one.front()[start:]
    covered = line("sync") + u32(len(encoded)) + encoded + body
    return covered + sha(covered) + other[-64:]


def _addresses() -> Iterator[Case]:
    whole = carrying("plain", NEWS).bytes()
    yield refused("not-for-this-office", "for Bamako, opened in Dakar", whole, "dakar")
    yield refused("own-file", "for Bamako, opened on the laptop that made it", whole, "rabat")
    yield refused(
        "not-for-this-office",
        "for Bamako, opened on another laptop of its office",
        whole,
        "rabat's second laptop",
    )
    yield refused("key-not-held", "closed with a former key", whole, "bamako, with new keys only")
    other = carrying("closed", NEWS, sealed_to=(SN.box.public,))
    yield refused("file-damaged", "closed with another key than its header says", other)
    anew = carrying("plain", NEWS, recipients=(ML, SN)).bytes(carrying("plain", NEWS).pieces())
    yield refused("header-replaced", "addressed to one office more, sealed anew", anew)


# ---------------------------------------------------------------- the body


def _bodies() -> Iterator[Case]:
    plain = carrying(
        "plain", NEWS, chunks=tuple(attachment(b"x")), attachments=1, attachment_bytes=1
    )

    def changed(reason: str, change: Any) -> Case:
        return refused(
            "file-damaged", f"a body {reason}", plain.but(name=reason, record_change=change)
        )

    yield refused("file-damaged", "a body without any piece", plain.but(name="none").bytes([]))
    yield changed("without opening", lambda r: r[1:])
    yield changed("with two openings", lambda r: [r[0], *r])
    yield changed("without introductions", lambda r: [r[0], *r[2:]])
    yield changed("with introductions twice", lambda r: [*r[:2], *r[1:]])
    yield changed("with introductions before the opening", lambda r: [r[1], r[0], *r[2:]])
    yield changed("with a record of kind 0", lambda r: [*r[:2], (0, b""), *r[2:]])
    yield changed("with a record of kind 6", lambda r: [*r[:2], (6, b""), *r[2:]])
    yield changed("with a segment after an attachment", lambda r: [*r[:4], r[2], r[4]])
    yield changed("with introductions after a segment", lambda r: [*r[:3], r[1], *r[3:]])
    yield changed("without end", lambda r: r[:-1])
    yield changed("with two ends", lambda r: [*r, r[-1]])
    yield changed("with something in its end", lambda r: [*r[:-1], (5, b"x")])
    yield changed("with a segment after its end", lambda r: [*r, r[2]])
    yield from _pieces(plain)
    yield from _frames(plain)


def _pieces(plain: SyncFile) -> Iterator[Case]:
    raw = b"".join(bytes([kind]) + u32(len(c)) + c for kind, c in plain.records())
    first = age(raw[:90], [ML.box.public], stretched("first"))
    second = age(raw[90:], [ML.box.public], stretched("second"))
    alien = age(raw[90:], [SN.box.public], stretched("alien"))
    for reason, pieces in (
        ("whose last record is cut", [age(raw[:-3], [ML.box.public], stretched("last"))]),
        ("that is not encrypted", [raw]),
        ("with a piece that is cut", [plain.pieces()[0][:-5]]),
        ("with an empty age file only", [age(b"", [ML.box.public], stretched("nothing"))]),
        ("whose second piece is for another office", [first, alien]),
        ("whose pieces changed places", [second, first]),
        ("with a piece twice", [first, first, second]),
        ("of which a piece is missing", [first]),
    ):
        yield refused("file-damaged", f"a body {reason}", plain.bytes(pieces))


def _frames(plain: SyncFile) -> Iterator[Case]:
    segment = pack(NEWS.segment())
    for reason, content in (
        ("that is no Zstandard frame", segment),
        ("of a frame that does not state its size", frame_without_size(segment)),
        ("of a frame that states one byte more", frame(segment, len(segment) + 1)),
        ("of a frame that states one byte less", frame(segment, len(segment) - 1)),
        ("of two frames", frame(segment) + frame(b"")),
        ("of a frame with a byte after it", frame(segment) + b"\0"),
        ("of a frame that is cut", frame(segment)[:-1]),
        ("of no bytes", b""),
    ):
        file = plain.but(name=reason, record_change=_instead_of_segment(content))
        yield refused("file-damaged", f"a segment {reason}", file)


def _introductions() -> Iterator[Case]:
    plain = carrying("plain", NEWS)

    def told(code: str, reason: str, **said: Any) -> Case:
        file = plain.but(name=reason, introductions=said)
        return refused(code, f"introductions with {reason}", file)

    yield told("file-damaged", "a key that the format does not have", more=[])
    yield told("file-damaged", "a card that is no card", cards=[b"card"])
    yield told("file-damaged", "a card as an open structure", cards=[{}])
    yield told("bad-signature", "a card that a stranger signed", cards=[SN.card(STRANGER)])
    low = SN.card(encryption_key=bytes(32))
    yield told("unsafe-keys", "a card whose key keeps no secret", cards=[low])
    alien = SN.card(laptops=[CI1.certificate()])
    yield told("unknown-laptop", "a card with another office's laptop", cards=[alien])
    forged = [MA2.certificate(STRANGER)]
    yield told("unknown-laptop", "a certificate by a stranger", certificates=forged)
    yield told(
        "unknown-laptop",
        "a second key for a known laptop",
        certificates=[Laptop("MA", 2, edition=2).certificate()],
    )
    lost = [MA.revocation(MA2, signer=STRANGER)]
    yield told("bad-signature", "a revocation by a stranger", revocations=lost)
    itself = [MA.revocation(MA2, signer=MA2.key)]
    yield told("bad-signature", "a revocation by a laptop", revocations=itself)
    shape = [MA.revocation(MA2, audience="ML+MA")]
    yield told("bad-signature", "a revocation for an audience out of order", revocations=shape)
    cut = [MA.revocation(MA2, [[SECOND.id, 0, bytes(32)]])]
    yield told("file-damaged", "a revocation from commit 0 on", revocations=cut)
    spelled = frame(pack({"cards": [], "certificates": [], "revocations": []})[:-1] + b"\xdc\0\0")
    yield refused(
        "file-damaged",
        "introductions not in their shortest form",
        plain.but(name="spelled", introductions_frame=spelled),
    )
    yield refused(
        "file-damaged",
        "introductions of no bytes",
        plain.but(name="empty-introductions", introductions_frame=frame(b"")),
    )


# ---------------------------------------------------------------- journals


def _segments() -> Iterator[Case]:
    def file(reason: str, *segments: list[Any], ranges: Any = None) -> SyncFile:
        announced = ranges or (LONG.range(),)
        return SyncFile(reason, ranges=announced, segments=segments)

    def wrong(reason: str, *segments: list[Any], ranges: Any = None) -> Case:
        return refused("wrong-stream", f"journals {reason}", file(reason, *segments, ranges=ranges))

    yield wrong("that are announced and missing")
    yield wrong("of which the last commits are missing", LONG.segment(1, 5))
    yield wrong("of which the first commits are missing", LONG.segment(3, 8))
    yield wrong(
        "with a commit missing between two segments", LONG.segment(1, 4), LONG.segment(6, 8)
    )
    yield wrong("with a commit twice", LONG.segment(1, 4), LONG.segment(4, 8))
    yield wrong(
        "that go on after what is announced", LONG.segment(1, 8), ranges=(LONG.range(1, 6),)
    )
    yield wrong("with a segment more than announced", LONG.segment(), NEWS.segment())
    yield wrong("of another stream than announced", NEWS.segment(), ranges=(LONG.range(1, 3),))
    yield wrong(
        "in another order than announced",
        *(one.segment() for one in sorted([NEWS, LONG], key=lambda j: j.id, reverse=True)),
        ranges=(NEWS.range(), LONG.range()),
    )
    yield wrong(
        "whose second segment says another laptop",
        LONG.segment(1, 4),
        LONG.segment(5, 8, laptop=MA2.id),
    )
    yield wrong(
        "whose second segment says another office",
        LONG.segment(1, 4),
        LONG.segment(5, 8, office="CI"),
    )
    yield wrong(
        "whose second segment says another audience",
        LONG.segment(1, 4),
        LONG.segment(5, 8, audience="MA+ML"),
    )
    yield refused(
        "wrong-stream",
        "commits of another length than announced",
        carrying("raw-bytes", NEWS, header_change={"raw_bytes": 1}),
    )
    held = "bamako, who holds streams"
    yield refused(
        "wrong-stream",
        "a stream that its reader holds with another audience",
        carrying("held-other", PAIR),
        held,
    )
    taken = Journal(MA2, name="taken")
    stolen = SyncFile(
        "held-laptop",
        ranges=([NEWS.id, 1, 3],),
        segments=(taken.segment(stream=NEWS.id, head=taken.head(3, stream=NEWS.id)),),
    )
    yield refused(
        "wrong-stream", "a stream that its reader holds as another laptop's", stolen, held
    )
    for reason, change in (
        ("an element missing", None),
        ("no commits", {"commits": []}),
        ("a stream's identity of 15 bytes", {"stream": bytes(15)}),
        ("a first number of 0", {"first": 0}),
        ("a text for a commit", {"commits": ["text"]}),
        ("a hash of 31 bytes before it", {"before": bytes(31)}),
        ("a signature of 65 bytes", {"head": bytes(65)}),
    ):
        segment = NEWS.segment()[:-1] if change is None else NEWS.segment(**change)
        shaped = carrying("shape", NEWS).but(
            name=reason, record_change=_instead_of_segment(frame(pack(segment)))
        )
        yield refused("file-damaged", f"a segment with {reason}", shaped)


def _commits() -> Iterator[Case]:
    def chain(reason: str, *segments: list[Any], code: str = "broken-chain") -> Case:
        file = SyncFile(reason, ranges=(LONG.range(),), segments=segments)
        return refused(code, f"commits {reason}", file)

    yield chain("that begin after something, at number 1", LONG.segment(before=sha(b"before")))
    yield chain(
        "whose second segment follows something else",
        LONG.segment(1, 4),
        LONG.segment(5, 8, before=sha(b"before")),
    )
    three = list(LONG.commits)
    three[2] = pack([b"h", b"another"])
    yield chain("of which one was altered", LONG.segment(commits=three), code="bad-signature")
    two = [LONG.commits[1], LONG.commits[0], *LONG.commits[2:]]
    yield chain("of which two changed places", LONG.segment(commits=two), code="bad-signature")
    four = list(LONG.commits)
    four[3] = four[2]
    yield chain("of which one stands for another", LONG.segment(commits=four), code="bad-signature")
    leaf = pack([b"h", b"leaf"])
    for reason, commit, code in (
        ("that is no MessagePack", b"\xc1", "file-damaged"),
        ("that is not an array", pack({b"h": b"x"}), "file-damaged"),
        ("without leaves", pack([]), "file-damaged"),
        ("of no bytes", b"", "file-damaged"),
        ("with a text for a leaf", pack([b"h", "text"]), "file-damaged"),
        ("with a number for a leaf", pack([b"h", 7]), "file-damaged"),
        ("with nothing for a leaf", pack([b"h", None]), "file-damaged"),
        ("with a leaf not in its shortest form", b"\x92\xc4\x01h\xc5\x00\x04leaf", "file-damaged"),
        ("in an array not in its shortest form", b"\xdc\x00\x02" + leaf[1:], "file-damaged"),
        ("with a byte after it", leaf + b"\0", "file-damaged"),
        ("that is cut", leaf[:-1], "file-damaged"),
        ("of which a leaf was erased", _erased(sha(b"leaf")), "broken-chain"),
        ("with the hash of nothing for a leaf", _erased(b""), "broken-chain"),
        ("of which the header was erased", pack([_gone(sha(b"h")), b"leaf"]), "broken-chain"),
        ("with an erased leaf that another than was declared", _erased(sha(b"x")), "broken-chain"),
    ):
        journal = Journal(MA1, name=reason, commits=(leaf, commit))
        yield refused(code, f"a commit {reason}", carrying(reason, journal))


def _erased(digest: bytes) -> bytes:
    op = [8, "person", ["owner"], [[bytes(16), "MA"]], [sha(b"declared")], "asked for"]
    return pack([b"h", _gone(digest), pack(op)])


def _gone(digest: bytes) -> msgspec.msgpack.Ext:
    return msgspec.msgpack.Ext(1, digest)


def _heads() -> Iterator[Case]:
    def signed(reason: str, head: bytes, journal: Journal = NEWS) -> Case:
        file = SyncFile(reason, ranges=(journal.range(),), segments=(journal.segment(head=head),))
        return refused("bad-signature", f"a head {reason}", file)

    yield signed("that nobody signed", b"")
    yield signed("with a signature of zeros", bytes(64))
    yield signed("with a signature that is cut", NEWS.head(3)[:63])
    yield signed("signed by another laptop", NEWS.head(3, MA2.key))
    yield signed("signed by the office", NEWS.head(3, MA.key))
    yield signed("signed by another office's laptop", NEWS.head(3, CI1.key))
    yield signed("signed by a stranger", NEWS.head(3, STRANGER))
    yield signed("signed at another number", NEWS.head(3, seq=2))
    yield signed("signed for another stream", NEWS.head(3, stream=LONG.id))
    yield signed("signed for another chain", NEWS.head(3, chain=NEWS.chain(2)))
    yield signed("signed for a narrower audience", NEWS.head(3, to="MA+ML"))
    yield signed("of two offices' stream, signed for all", PAIR.head(3, to="*"), PAIR)
    public = SyncFile(
        "unmarked",
        ranges=(Journal(MA1, "*~").range(),),
        segments=(Journal(MA1, "*~").segment(audience="*"),),
    )
    yield refused("bad-signature", "a stream of personal data without its mark", public)
    wider = SyncFile("relabelled", ranges=(PAIR.range(),), segments=(PAIR.segment(audience="*"),))
    yield refused("bad-signature", "a stream of two offices passed off as one for all", wider)
    claimed = SyncFile(
        "claimed", ranges=(NEWS.range(),), segments=(NEWS.segment(office="CI", laptop=CI1.id),)
    )
    yield refused("bad-signature", "a stream that another laptop claims", claimed)
    first = SyncFile(
        "first-signed",
        ranges=(LONG.range(),),
        segments=(LONG.segment(1, 4), LONG.segment(5, 8, head=b"")),
    )
    yield refused("bad-signature", "a range of which only the first segment is signed", first)
    known = {"cards": [SN.card()], "certificates": [SN1.certificate()]}
    dakar = Journal(SN1)
    forged = carrying("forged-introduced", dakar, introductions=known)
    forged = forged.but(segments=(dakar.segment(head=dakar.head(3, STRANGER)),))
    yield refused("bad-signature", "an introduced office's stream that a stranger signed", forged)
    yield refused(
        "unknown-laptop",
        "a stream of a laptop without certificate",
        carrying("uncertified", Journal(Laptop("CI", 2))),
    )
    other = Laptop("MA", 1, edition=2)
    yield refused(
        "unknown-laptop",
        "a stream of a laptop certified only by a stranger",
        carrying(
            "provisional",
            Journal(Laptop("MA", 3)),
            introductions={"certificates": [Laptop("MA", 3).certificate(STRANGER)]},
        ),
    )
    yield refused(
        "bad-signature",
        "a stream signed with a second key of a known laptop",
        carrying("second-key", Journal(other)),
    )


def _audiences() -> Iterator[Case]:
    def told(code: str, reason: str, journal: Journal, **more: Any) -> Case:
        return refused(code, f"a stream {reason}", carrying(reason, journal, **more))

    yield told("wrong-audience", "that its reader may not read", Journal(MA1, "CI+MA"))
    yield told("wrong-audience", "that never leaves its office", Journal(MA1, "MA"))
    yield told(
        "wrong-audience", "that one of two recipients may not read", PAIR, recipients=(ML, SN)
    )
    yield told("wrong-audience", "that its sender may not read", Journal(CI1, "CI+ML"))
    yield told("wrong-audience", "that its own office may not read", Journal(CI1, "MA+ML"))
    yield told("wrong-audience", "of personal data for others", Journal(MA1, "CI+MA~"))
    yield told("file-damaged", "of personal data for nobody", Journal(MA1, "~"))
    yield told("file-damaged", "marked as personal twice", Journal(MA1, "*~~"))
    yield told("file-damaged", "marked as personal in its middle", Journal(MA1, "MA~+ML"))
    yield told("wrong-stream", "of personal data, out of order", Journal(MA1, "ML+MA~"))
    yield told("wrong-stream", "for offices out of order", Journal(MA1, "ML+MA"))
    yield told("wrong-stream", "for the same office twice", Journal(MA1, "MA+MA+ML"))
    yield told("file-damaged", "for nobody", Journal(MA1, ""))
    yield told("file-damaged", "for all and one more", Journal(MA1, "*+ML"))
    yield told("file-damaged", "for an office in small letters", Journal(MA1, "MA+ml"))
    yield told(
        "file-damaged",
        "for thirty offices",
        Journal(MA1, "+".join(["MA", "ML", *(f"Z{chr(65 + n)}" for n in range(26))])),
    )


# ---------------------------------------------------------------- attachments


def _attachments() -> Iterator[Case]:
    whole = attachment(b"a letter", 3, 5)
    one, two, three = whole
    other = attachment(b"a photograph")[0]

    def sent(
        reason: str,
        *chunks: list[Any],
        count: int = 1,
        size: int = 8,
        code: str = "attachment-damaged",
    ) -> Case:
        file = SyncFile(reason, attachments=count, attachment_bytes=size, chunks=chunks)
        return refused(code, f"an attachment {reason}", file)

    yield sent("with another content", [sha(b"other"), 8, 0, False, b"a letter"])
    yield sent("of which the last chunk is missing", one, two)
    yield sent("of which a chunk between is missing", one, three)
    yield sent("of which the first chunk is missing", two, three)
    yield sent("whose chunks changed places", two, one, three)
    yield sent("with a chunk twice", one, one, two, three)
    yield sent("with an empty chunk between", one, [*one[:2], 3, False, b""], two, three)
    yield sent("that is longer than it says", [sha(b"a letter"), 7, 0, False, b"a letter"])
    yield sent("that is shorter than it says", [sha(b"a letter"), 9, 0, False, b"a letter"])
    yield sent("with another in the middle of it", one, other, two, three, count=2, size=20)
    yield sent("whose second chunk says another size", one, [two[0], 9, *two[2:]], three)
    yield sent("that is not announced", *whole, count=0, size=0)
    yield sent("that is announced and missing")
    yield sent("announced with another size", *whole, size=9)
    yield sent("more than announced", *whole, *whole)
    yield sent(
        "that is larger than any", [sha(b""), (1 << 30) + 1, 0, False, b"x"], code="file-damaged"
    )
    yield sent("compressed, that is no frame", [*one[:3], True, b"x"], code="file-damaged")
    yield sent(
        "compressed, of 2 MiB in one chunk",
        [sha(b""), 2 << 20, 0, True, zeros_frame(16)],
        code="over-limit",
    )
    yield sent("with an element missing", one[:-1], code="file-damaged")
    yield sent("with a number for “compressed”", [*one[:3], 1, one[4]], code="file-damaged")


# ---------------------------------------------------------------- archives, parts


def _archives_and_parts() -> Iterator[Case]:
    whole = carrying("plain", NEWS).bytes()
    yield refused("not-a-desk-file", "an archive without a file of ours", _zip(b"Bonjour", 0))
    archived = _zip(whole, 0)
    hurt = archived[:600] + bytes([archived[600] ^ 1]) + archived[601:]
    yield refused("unreadable-zip", "an archive that was damaged", hurt)
    yield refused("unreadable-zip", "an archive that was cut", archived[:-60])
    yield refused("unreadable-zip", "an archive with a password", _with_password(archived))
    cut = parts(whole, "plain", 3)

    def put(code: str, reason: str, *files: bytes) -> Case:
        return Case("parts", f"parts {reason}", files, "bamako", code)

    yield put("part-missing", "of which the second is missing", cut[0], cut[2])
    yield put("part-missing", "of which only the last is there", cut[2])
    yield put(
        "part-damaged",
        "of which one is damaged",
        cut[0],
        cut[1][:-40] + bytes([cut[1][-40] ^ 1]) + cut[1][-39:],
        cut[2],
    )
    yield put("part-damaged", "of which one is cut", cut[0], cut[1][:-1], cut[2])
    yield put("part-damaged", "of which one has a byte more", cut[0], cut[1] + b"\n", cut[2])
    yield put("part-damaged", "of which one ends in its own header", cut[0], cut[1][:60], cut[2])
    step = -(-len(whole) // 3)
    shares = [whole[:step], whole[step : 2 * step], whole[2 * step :]]
    alien = bytes(len(shares[1]))
    yield put(
        "parts-mixed",
        "of which one is another file's, relabelled",
        cut[0],
        part(whole, "plain", 2, 3, alien),
        cut[2],
    )
    yield put(
        "parts-mixed",
        "of which two changed numbers",
        part(whole, "plain", 2, 3, shares[0]),
        part(whole, "plain", 1, 3, shares[1]),
        cut[2],
    )
    yield put(
        "parts-mixed",
        "that do not agree how many they are",
        cut[0],
        cut[1],
        part(whole, "plain", 3, 4, shares[2]),
    )
    yield put(
        "parts-mixed",
        "that do not agree who made them",
        cut[0],
        cut[1],
        part(whole, "plain", 3, 3, shares[2], office="CI"),
    )
    yield put(
        "part-damaged",
        "of which one has a number above their count",
        part(whole, "plain", 4, 3, shares[2]),
    )
    yield put(
        "part-damaged", "of which one has the number 0", part(whole, "plain", 0, 3, shares[2])
    )
    yield put(
        "part-damaged",
        "of which one has a header of 1,000 bytes",
        part(whole, "plain", 1, 3, shares[0], office="M" * 1000),
    )
    wrong = whole[:-1] + bytes([whole[-1] ^ 1])
    yield put("bad-signature", "that are good, of a file that is forged", *parts(wrong, "plain", 3))
    yield refused(
        "newer-format", "a part of the next format", line("part", 2, "1.0") + b"x", kind="parts"
    )


def _zip(data: bytes, method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        entry = zipfile.ZipInfo("from Rabat.dat", (2026, 5, 4, 12, 0, 0))
        archive.writestr(entry, data)
    return buffer.getvalue()


def _with_password(archived: bytes) -> bytes:
    """Say in both places of the archive that its member is encrypted."""
    central = archived.index(b"PK\x01\x02")
    marked = bytearray(archived)
    marked[6] |= 1
    marked[central + 8] |= 1
    return bytes(marked)


# ---------------------------------------------------------------- cards, receipts


def _cards() -> Iterator[Case]:
    def card(code: str, reason: str, encoded: bytes) -> Case:
        return refused(code, f"a card {reason}", line("card") + encoded, kind="card")

    good = MA.card()
    yield card("file-damaged", "cut before its end", good[:-1])
    yield card("file-damaged", "with a byte after it", good + b"\0")
    yield card("file-damaged", "of no bytes", b"")
    yield card("bad-signature", "of which one bit of a key turned", _flipped(good, MA.key.public))
    yield card("bad-signature", "signed by a stranger", MA.card(STRANGER))
    yield card("bad-signature", "renamed", good.replace(b"Bureau MA", b"Bureau CI"))
    yield card("bad-signature", "of another office", good.replace(b"\xa2MA", b"\xa2CI", 1))
    yield card("unsafe-keys", "whose encryption key is zero", MA.card(encryption_key=bytes(32)))
    order8 = bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")
    yield card("unsafe-keys", "whose encryption key has order 8", MA.card(encryption_key=order8))
    yield card("unsafe-keys", "whose PDF authority is none", MA.card(authority=b"certificate"))
    yield card(
        "unknown-laptop", "with another office's laptop", MA.card(laptops=[CI1.certificate()])
    )
    yield card(
        "unknown-laptop",
        "with a laptop that a stranger certified",
        MA.card(laptops=[MA1.certificate(STRANGER)]),
    )
    yield card("file-damaged", "with names out of order", MA.card(names={"fr": "a", "en": "b"}))
    yield card(
        "file-damaged", "with nine names", MA.card(names={f"a{chr(97 + n)}": "x" for n in range(9)})
    )
    yield card("file-damaged", "with a name of 201 characters", MA.card(names={"fr": "x" * 201}))
    yield card("file-damaged", "with the serial 0", MA.card(serial=0))
    yield card("file-damaged", "with an authority of 8,193 bytes", MA.card(authority=bytes(8193)))
    yield refused(
        "other-kind",
        "a sync file where a card was asked for",
        SyncFile("nothing").bytes(),
        kind="card",
    )
    yield refused("newer-format", "a card of the next format", line("card", 2) + good, kind="card")


def _flipped(data: bytes, part_of: bytes) -> bytes:
    place = data.index(part_of)
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def _receipts() -> Iterator[Case]:
    def told(code: str, reason: str, content: bytes, reader: str = "bamako") -> Case:
        return refused(code, f"a receipt {reason}", content, reader, kind="receipt")

    good = receipt(MA1)
    yield told("file-damaged", "cut before its end", good[:-1])
    yield told("file-damaged", "with a byte after it", good + b"\0")
    yield told("file-damaged", "of its first line only", line("receipt"))
    yield told(
        "bad-signature",
        "of which one number was raised",
        good.replace(b"\xce\x00\x01\x11\x70", b"\xce\x00\x01\x11\x71"),
    )
    yield told("bad-signature", "signed by another laptop", receipt(MA1, signer=MA2.key))
    yield told(
        "bad-signature", "signed as a sync file is", receipt(MA1, context=b"sscdesk sync file 1")
    )
    yield told("receipt-for-another", "for Dakar", receipt(MA1, to="SN"))
    yield told("unknown-office", "of an office whose card is not accepted", receipt(SN1))
    new = Office("MA", 2)
    changed = {"office_key": new.key.public, "certificate": MA1.certificate(new.key)}
    yield told("keys-changed", "of an office with new keys", receipt(MA1, **changed))
    yield told(
        "unknown-laptop",
        "of a laptop that a stranger certified",
        receipt(MA1, certificate=MA1.certificate(STRANGER)),
    )
    yield told(
        "revoked-laptop",
        "of a lost laptop",
        receipt(MA2),
        "bamako, told that laptop 2 of rabat is lost after 2",
    )
    yield told(
        "file-damaged",
        "with streams out of order",
        receipt(MA1, acknowledged=[[bytes([1] * 16), 1], [bytes(16), 1]]),
    )
    yield told(
        "file-damaged", "that asks for the same twice", receipt(MA1, wanted=[bytes(32), bytes(32)])
    )
    yield told(
        "file-damaged",
        "of one office by another's laptop",
        receipt(MA1, certificate=CI1.certificate()),
    )
    yield told("other-kind", "that is a card", line("card") + MA.card())
