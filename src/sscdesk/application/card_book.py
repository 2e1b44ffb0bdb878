"""Keeping the cards, certificates and private keys of offices in this desk's file."""

from sqlalchemy import Connection, insert

from sscdesk.application import settings
from sscdesk.store import schema
from sscdesk.sync import wire
from sscdesk.sync.cards import Card, decode_card, encode_card
from sscdesk.sync.certificates import LaptopCertificate, Revocation
from sscdesk.sync.erasing import erased_digests
from sscdesk.sync.keys import EncryptionKey, SigningKey
from sscdesk.sync.trust import CardBook, Learned, OfficeKeys, StreamOwner


def keep_secret(connection: Connection, name: str, value: bytes) -> None:
    """Keep a private key inside the encrypted file."""
    connection.execute(
        insert(schema.secret).prefix_with("OR REPLACE").values(name=name, value=value)
    )


def secret(connection: Connection, name: str) -> bytes | None:
    """Return a private key, None when this laptop does not hold it."""
    found = connection.exec_driver_sql("SELECT value FROM secret WHERE name = ?", (name,)).scalar()
    return None if found is None else bytes(found)


def office_keys(connection: Connection) -> OfficeKeys:
    """Return the private keys of this office."""
    signing = secret(connection, "office-signing") or b""
    encryption = secret(connection, "office-encryption") or b""
    return OfficeKeys(SigningKey(signing), EncryptionKey(encryption))


def load_book(connection: Connection) -> CardBook:
    """Read what this office knows and believes."""
    office = settings.get(connection, settings.DESK, "office")
    cards, verified = {}, set()
    for row in connection.exec_driver_sql(
        "SELECT office, data, verified FROM card WHERE data IS NOT NULL"
    ):
        cards[row.office] = decode_card(bytes(row.data))
        if row.verified:
            verified.add(row.office)
    certificates = {}
    for data in connection.exec_driver_sql("SELECT certificate FROM laptop").scalars():
        one = wire.unpack(bytes(data), LaptopCertificate)
        certificates[one.office, one.laptop] = one
    revocations = tuple(
        wire.unpack(bytes(data), Revocation)
        for data in connection.exec_driver_sql("SELECT statement FROM revocation").scalars()
    )
    streams = {
        bytes(row.id): StreamOwner(row.office, bytes(row.laptop), row.audience)
        for row in connection.exec_driver_sql("SELECT id, office, laptop, audience FROM stream")
    }
    return CardBook(
        office=office,
        laptop=bytes.fromhex(settings.get(connection, settings.DESK, "laptop")),
        cards=cards,
        verified=frozenset(verified),
        certificates=certificates,
        revocations=revocations,
        streams=streams,
        erased=erased_digests(connection),
    )


def keep_card(connection: Connection, card: Card, *, verified: bool, at: str) -> None:
    """Accept a card; one that was offered by a file is settled by that."""
    connection.execute(
        insert(schema.card)
        .prefix_with("OR REPLACE")
        .values(office=card.office, data=encode_card(card), verified=int(verified), since=at)
    )
    for certificate in card.laptops:
        keep_certificate(connection, certificate)


def offer_card(connection: Connection, card: Card, offered_by: str, at: str) -> None:
    """Keep a card that came with a file until an officer compares its words."""
    connection.exec_driver_sql(
        "INSERT INTO card (office, verified, since, offered, offered_by) VALUES (?, 0, ?, ?, ?) "
        "ON CONFLICT (office) DO UPDATE SET offered = excluded.offered, "
        "offered_by = excluded.offered_by",
        (card.office, at, encode_card(card), offered_by),
    )


def keep_certificate(connection: Connection, certificate: LaptopCertificate) -> None:
    """Keep the certificate of a laptop."""
    connection.execute(
        insert(schema.laptop)
        .prefix_with("OR IGNORE")
        .values(
            office=certificate.office,
            id=certificate.laptop,
            number=certificate.number,
            certificate=wire.pack(certificate),
        )
    )


def keep_revocation(connection: Connection, revocation: Revocation) -> None:
    """Keep what an office says of a lost laptop."""
    connection.execute(
        insert(schema.revocation)
        .prefix_with("OR IGNORE")
        .values(statement=wire.pack(revocation), office=revocation.office, at=revocation.issued_at)
    )


def keep_learned(connection: Connection, learned: Learned, sender: str, at: str) -> None:
    """Keep what a file told of offices and laptops; nothing unproved is accepted."""
    for card in (*learned.introduced.values(), *learned.key_changes.values()):
        offer_card(connection, card, sender, at)
    for office, card in learned.updated.items():
        keep_card(connection, card, verified=office in learned.book.verified, at=at)
    for certificate in learned.certificates:
        keep_certificate(connection, certificate)
    for revocation in learned.revocations:
        keep_revocation(connection, revocation)
