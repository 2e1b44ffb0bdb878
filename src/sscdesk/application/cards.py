"""The cards by which offices know each other, compared by telephone in eight words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sscdesk.application import auditing, card_book
from sscdesk.model.offices import office_name
from sscdesk.model.refusal import FileRefused, NotFound
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.sync.cards import Card, decode_card, read_card, write_card
from sscdesk.sync.certificates import Cut, revoke_laptop
from sscdesk.sync.trust import CardChange, Laptop, compare_card, confirm_card

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LaptopView:
    """One laptop of an office."""

    id: str
    number: int
    issued_at: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class CardView:
    """An office as its card shows it."""

    office: str
    names: dict[str, str]
    fingerprint: str
    """Eight words."""
    verified: bool
    accepted: bool
    """False for a card that only came along with a file."""
    laptops: tuple[LaptopView, ...]
    change: str = ""
    """What accepting it would change: ``new``, ``same``, ``updated``, ``keys-changed``."""


def own_card(w: "Workspace") -> CardView:
    """Return the card of this office."""
    return next(card for card in cards(w) if card.office == w.office)


def cards(w: "Workspace") -> tuple[CardView, ...]:
    """Return the cards of all offices known, this one first."""
    with w.read() as connection:
        book = card_book.load_book(connection)
        offered = {
            row.office: bytes(row.offered)
            for row in connection.exec_driver_sql(
                "SELECT office, offered FROM card WHERE offered IS NOT NULL AND data IS NULL"
            )
        }
    known = [
        _view(card, book.is_verified(code), book.is_revoked) for code, card in book.cards.items()
    ]
    known += [
        _view(decode_card(data), False, book.is_revoked, accepted=False)
        for data in offered.values()
    ]
    return tuple(sorted(known, key=lambda card: (card.office != w.office, card.office)))


def _view(
    card: Card, verified: bool, is_revoked: Callable[[Laptop], bool], accepted: bool = True
) -> CardView:
    return CardView(
        office=card.office,
        names=dict(card.names),
        fingerprint=" ".join(card.fingerprint),
        verified=verified,
        accepted=accepted,
        laptops=tuple(
            LaptopView(
                one.laptop.hex(), one.number, one.issued_at, is_revoked((one.office, one.laptop))
            )
            for one in card.laptops
        ),
    )


def export_card(w: "Workspace", path: Path) -> CardView:
    """Write this office's card to a file for the others."""
    with w.read() as connection:
        card = card_book.load_book(connection).cards[w.office]
    write_card(path, card)
    with w.exclusive() as connection:
        auditing.note(connection, w.actor, auditing.now_text(w), "card-exported", w.office)
    return own_card(w)


def inspect_card(w: "Workspace", path: Path) -> CardView:
    """Read a card file and say what accepting it would change; changes nothing."""
    card = read_card(path)
    with w.read() as connection:
        book = card_book.load_book(connection)
    change = compare_card(book, card)
    found = _view(card, book.is_verified(card.office), book.is_revoked)
    return CardView(
        found.office,
        found.names,
        found.fingerprint,
        found.verified,
        card.office in book.cards,
        found.laptops,
        change.value,
    )


def trust_card(w: "Workspace", path: Path, words: str) -> CardView:
    """Accept a card whose eight words the officer heard from that office itself.

    Raises ``FileRefused`` ("fingerprint-differs", "own-card", "older-card", ...).
    """
    check_right(w.actor, "trust_card")
    return _trust(w, read_card(path), words)


def offered_cards(w: "Workspace") -> tuple[CardView, ...]:
    """Return the cards that came with files and wait for their words to be compared.

    Their ``change`` is ``new`` or ``keys-changed``: the office announces other keys.
    """
    with w.read() as connection:
        book = card_book.load_book(connection)
        offered = [
            decode_card(bytes(data))
            for data in connection.exec_driver_sql(
                "SELECT offered FROM card WHERE offered IS NOT NULL ORDER BY office"
            ).scalars()
        ]
    return tuple(
        replace(_view(card, False, book.is_revoked, accepted=False), change=change.value)
        for card in offered
        if (change := compare_card(book, card)) in (CardChange.NEW, CardChange.KEYS_CHANGED)
    )


def trust_offered(w: "Workspace", office: str, words: str) -> CardView:
    """Accept a card that came with a file, once its eight words were heard.

    Raises ``NotFound`` ("no-card-offered") and what ``trust_card`` raises.
    """
    check_right(w.actor, "trust_card")
    with w.read() as connection:
        data = connection.exec_driver_sql(
            "SELECT offered FROM card WHERE office = ? AND offered IS NOT NULL", (office,)
        ).scalar()
    if data is None:
        raise NotFound(
            "no-card-offered",
            N_("No card of {office} waits to be accepted."),
            hint=N_("Ask that office for its card, then compare the eight words."),
            params={"office": office_name(office)},
        )
    return _trust(w, decode_card(bytes(data)), words)


def _trust(w: "Workspace", card: Card, words: str) -> CardView:
    at = auditing.now_text(w)
    with w.exclusive() as connection:
        confirm_card(card_book.load_book(connection), card, words)
        connection.exec_driver_sql("DELETE FROM laptop WHERE office = ?", (card.office,))
        card_book.keep_card(connection, card, verified=True, at=at)
        auditing.note(connection, w.actor, at, "card-trusted", card.office)
    return next(one for one in cards(w) if one.office == card.office)


def revoke(w: "Workspace", laptop: str) -> None:
    """Report a laptop of this office as lost: what it signs after now is refused everywhere.

    Raises ``FileRefused`` ("unknown-laptop") and ``Refused`` without the role.
    """
    check_right(w.actor, "revoke_laptop")
    at = auditing.now_text(w)
    with w.exclusive() as connection:
        book = card_book.load_book(connection)
        found = [
            one
            for (office, identity), one in book.certificates.items()
            if office == w.office and identity.hex().startswith(laptop.lower())
        ]
        if len(found) != 1 or found[0].laptop == w.laptop.id:
            raise FileRefused(
                "unknown-laptop",
                N_("This office has no other laptop called “{laptop}”."),
                hint=N_("Nothing was changed. The settings list the laptops."),
                params={"laptop": laptop},
            )
        keys = card_book.office_keys(connection)
        heads = connection.exec_driver_sql(
            "SELECT id, audience, head_seq, head_hash FROM stream WHERE office = ? AND laptop = ?",
            (w.office, found[0].laptop),
        ).all()
        for audience in {"*", *(head.audience for head in heads)}:
            cuts = tuple(
                Cut(bytes(head.id), head.head_seq, bytes(head.head_hash))
                for head in heads
                if head.audience == audience and head.head_seq
            )
            statement = revoke_laptop(
                found[0], keys.signing, audience=audience, cuts=cuts, issued_at=at
            )
            card_book.keep_revocation(connection, statement)
        auditing.note(connection, w.actor, at, "laptop-revoked", found[0].laptop.hex()[:8])
