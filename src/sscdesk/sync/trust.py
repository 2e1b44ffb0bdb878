"""Whom this office believes: cards, laptops' certificates, revocations, and what follows.

Pure functions over a frozen ``CardBook``, which the application fills from the database
and writes back. No clock decides anything here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from sscdesk.sync import limits, refusing, wire
from sscdesk.sync.cards import Card, decode_card, encode_card
from sscdesk.sync.certificates import LAPTOP_NUMBERS, Cut, LaptopCertificate, Revocation
from sscdesk.sync.keys import EncryptionKey, Randomness, SigningKey
from sscdesk.sync.words import first_difference


@dataclass(frozen=True, slots=True)
class OfficeKeys:
    """The two private keys of an office."""

    signing: SigningKey
    encryption: EncryptionKey

    @classmethod
    def generate(cls, randomness: Randomness) -> "OfficeKeys":
        """Make the keys of a new office."""
        return cls(SigningKey.generate(randomness), EncryptionKey.generate(randomness))


Laptop = tuple[str, bytes]
"""A laptop's office and identity. Both: no office can certify or revoke another's."""


@dataclass(frozen=True, slots=True)
class StreamOwner:
    """Whose stream it is and who may read it."""

    office: str
    laptop: bytes
    audience: str


@dataclass(frozen=True)
class CardBook:
    """What one office knows and believes at one moment."""

    office: str
    """The office that looks."""
    laptop: bytes
    """The laptop that looks, 16 bytes."""
    cards: Mapping[str, Card]
    """Accepted cards by office, the own one too."""
    verified: frozenset[str] = frozenset()
    """Offices whose eight words were compared."""
    certificates: Mapping[Laptop, LaptopCertificate] = field(default_factory=dict)
    """Of offices whose card is accepted; lost laptops' too."""
    revocations: tuple[Revocation, ...] = ()
    streams: Mapping[bytes, StreamOwner] = field(default_factory=dict)
    """The streams already held."""
    erased: frozenset[bytes] = frozenset()
    """Hashes of leaves that offices declared erased."""

    def is_verified(self, office: str) -> bool:
        """Say whether the words of an office were compared; the own office always is."""
        return office == self.office or office in self.verified

    def is_revoked(self, laptop: Laptop) -> bool:
        """Say whether a laptop was reported lost by its office."""
        return any((one.office, one.laptop) == laptop for one in self.revocations)

    def cut_of(self, laptop: Laptop, stream: bytes) -> Cut | None:
        """Return the last commit of a lost laptop's stream that its office stands by.

        None where the office stands by none of it. Of several statements the one that
        reaches farthest counts: a commit found later is given back by a new statement.
        """
        cuts = [
            cut
            for one in self.revocations
            if (one.office, one.laptop) == laptop
            for cut in one.cuts
            if cut.stream == stream
        ]
        return max(cuts, key=lambda cut: cut.last, default=None)

    def disowns(self, laptop: Laptop, stream: bytes, seq: int) -> bool:
        """Say whether a commit is of a lost laptop and beyond what its office stands by."""
        if not self.is_revoked(laptop):
            return False
        cut = self.cut_of(laptop, stream)
        return cut is None or seq > cut.last

    def free_number(self) -> int | None:
        """Return the lowest number that no laptop of this office has, lost ones included.

        None when all eight are taken: a lost laptop's number gave reference numbers too.
        """
        taken = {c.number for c in self.certificates.values() if c.office == self.office}
        return next((number for number in LAPTOP_NUMBERS if number not in taken), None)


# ---------------------------------------------------------------- senders


def check_sender(book: CardBook, office_key: bytes, certificate: LaptopCertificate) -> None:
    """Check that a file's laptop is certified by an office that this one knows.

    ``office_key`` is the signing key that the file names as its office's. Raises
    ``FileRefused`` ("unknown-office", "keys-changed", "unknown-laptop", "revoked-laptop").
    """
    card = book.cards.get(certificate.office)
    if card is None:
        raise refusing.unknown_office(certificate.office)
    if office_key != card.signing_key:
        raise refusing.keys_changed(certificate.office)
    laptop = laptop_of(certificate)
    known = book.certificates.get(laptop, certificate)
    if not certificate.is_by(card.signing_key) or known.public_key != certificate.public_key:
        raise refusing.unknown_laptop(certificate.office)
    if book.is_revoked(laptop):
        raise refusing.revoked_laptop(certificate.office, certificate.number)


def laptop_of(certificate: LaptopCertificate) -> Laptop:
    """Return under what a certificate is kept."""
    return (certificate.office, certificate.laptop)


# ---------------------------------------------------------------- cards by hand


class CardChange(StrEnum):
    """What accepting a card would change."""

    NEW = "new"
    SAME = "same"
    UPDATED = "updated"
    """The same keys; names or laptops changed."""
    KEYS_CHANGED = "keys-changed"
    """Other keys: only a comparison of the words may accept them."""


def compare_card(book: CardBook, card: Card) -> CardChange:
    """Say what a card would change. Raises ``FileRefused`` ("own-card", "older-card")."""
    if card.office == book.office:
        raise refusing.own_card()
    known = book.cards.get(card.office)
    if known is None:
        return CardChange.NEW
    if not known.has_same_keys(card):
        return CardChange.KEYS_CHANGED
    if card.serial < known.serial:
        raise refusing.older_card(card.office)
    return CardChange.SAME if card.serial == known.serial else CardChange.UPDATED


def confirm_card(book: CardBook, card: Card, heard: str) -> CardBook:
    """Accept a card as verified after its eight words were heard from the office itself.

    Raises ``FileRefused`` ("fingerprint-differs", "own-card", "older-card").
    """
    change = compare_card(book, card)
    differing = first_difference(card.fingerprint, heard)
    if differing is not None:
        raise refusing.other_words(card.office, differing)
    if change is CardChange.KEYS_CHANGED:
        book = _without_office(book, card.office)
    laptops = {laptop_of(one): one for one in card.laptops}
    return replace(
        book,
        cards={**book.cards, card.office: card},
        verified=book.verified | {card.office},
        certificates={**laptops, **book.certificates},
    )


def _without_office(book: CardBook, office: str) -> CardBook:
    """Forget what was certified with the former keys; revocations stay."""
    kept = {key: c for key, c in book.certificates.items() if c.office != office}
    return replace(book, certificates=kept, verified=book.verified - {office})


# ---------------------------------------------------------------- introductions


class Introductions(Struct, frozen=True, forbid_unknown_fields=True):
    """What a sender passes on of offices and laptops, for its reader to check."""

    cards: Annotated[tuple[bytes, ...], Meta(max_length=limits.CARDS)] = ()
    """Encoded cards (``encode_card``)."""
    certificates: Annotated[
        tuple[LaptopCertificate, ...], Meta(max_length=limits.CERTIFICATES)
    ] = ()
    revocations: Annotated[tuple[Revocation, ...], Meta(max_length=limits.REVOCATIONS)] = ()


@dataclass(frozen=True, slots=True)
class Learned:
    """What the introductions of a file add; the application stores and announces it."""

    book: CardBook
    """The book of before with the certificates and revocations that hold."""
    introduced: Mapping[str, Card]
    """Cards of offices that are not known: offered to the officer, not accepted."""
    updated: Mapping[str, Card]
    """Newer cards with the keys already accepted."""
    key_changes: Mapping[str, Card]
    """Cards with other keys than those accepted: announced, and blocked until confirmed."""
    provisional: Mapping[Laptop, LaptopCertificate]
    """Laptops vouched for by a card that is not accepted."""
    certificates: tuple[LaptopCertificate, ...]
    """Those that were new."""
    revocations: tuple[Revocation, ...]
    """Those that were new."""


def introduce(
    book: CardBook, offices: str | Iterable[str], cards: Iterable[str] = ()
) -> Introductions:
    """Gather what a file to ``offices`` should carry of this office's book.

    All certificates and revocations of accepted offices travel (a revocation only when
    all recipients are in its audience); cards only of the offices named, since they are
    large and seldom new.
    """
    readers = [offices] if isinstance(offices, str) else list(offices)
    return Introductions(
        cards=tuple(encode_card(book.cards[code]) for code in sorted(set(cards))),
        certificates=tuple(book.certificates[key] for key in sorted(book.certificates)),
        revocations=tuple(
            one
            for one in book.revocations
            if all(wire.may_read(one.audience, office) for office in readers)
        ),
    )


def learn(book: CardBook, said: Introductions) -> Learned:
    """Check introductions against the book; nothing unproved enters it.

    Raises ``FileRefused`` ("bad-signature", "unknown-laptop", "file-damaged", ...) when a
    statement of a known office is not by that office.
    """
    cards = {card.office: card for card in map(decode_card, said.cards)}
    # Nobody tells an office which keys are its own.
    cards.pop(book.office, None)
    unknown = {code: card for code, card in cards.items() if code not in book.cards}
    same = {
        code: card
        for code, card in cards.items()
        if code in book.cards and book.cards[code].has_same_keys(card)
    }
    changed = {
        code: card
        for code, card in cards.items()
        if code not in unknown and code not in same and card.serial > book.cards[code].serial
    }
    offered = [*said.certificates, *(one for card in cards.values() for one in card.laptops)]
    proved, provisional = _sort_certificates(book, cards, offered)
    revoked = _sort_revocations(book, cards, said.revocations)
    return Learned(
        book=replace(
            book,
            certificates={**book.certificates, **proved},
            revocations=(*book.revocations, *revoked),
        ),
        introduced=unknown,
        updated={c: card for c, card in same.items() if card.serial > book.cards[c].serial},
        key_changes=changed,
        provisional=provisional,
        certificates=tuple(proved.values()),
        revocations=revoked,
    )


def _sort_certificates(
    book: CardBook, cards: Mapping[str, Card], offered: Iterable[LaptopCertificate]
) -> tuple[dict[Laptop, LaptopCertificate], dict[Laptop, LaptopCertificate]]:
    """Part certificates into those by accepted offices and those by offices introduced."""
    proved: dict[Laptop, LaptopCertificate] = {}
    provisional: dict[Laptop, LaptopCertificate] = {}
    for one in offered:
        known, shown = book.cards.get(one.office), cards.get(one.office)
        laptop = laptop_of(one)
        if known and one.is_by(known.signing_key):
            held = book.certificates.get(laptop) or proved.setdefault(laptop, one)
            if held.public_key != one.public_key:
                raise refusing.unknown_laptop(one.office)
        elif shown and one.is_by(shown.signing_key):
            provisional[laptop] = one
        elif known:
            raise refusing.unknown_laptop(one.office)
    return proved, provisional


def _sort_revocations(
    book: CardBook, cards: Mapping[str, Card], said: Iterable[Revocation]
) -> tuple[Revocation, ...]:
    fresh: list[Revocation] = []
    for one in said:
        known, shown = book.cards.get(one.office), cards.get(one.office)
        if known is None or one in book.revocations or one in fresh:
            continue
        if one.is_by(known.signing_key):
            fresh.append(one)
        elif shown is None or not one.is_by(shown.signing_key):
            raise refusing.forged(one.office)
    return tuple(fresh)
