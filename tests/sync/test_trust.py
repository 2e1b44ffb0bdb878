from dataclasses import replace

import msgspec
import pytest

from sscdesk.model.refusal import FileRefused
from sscdesk.sync.cards import encode_card
from sscdesk.sync.certificates import certify_laptop
from sscdesk.sync.trust import (
    CardChange,
    Introductions,
    check_sender,
    compare_card,
    confirm_card,
    introduce,
    learn,
)
from sscdesk.sync.words import spoken

from .offices import (
    NOON,
    Office,
    a_book,
    a_laptop,
    a_revocation,
    a_stream,
    an_office,
    with_revocations,
)

MA, CI, ML, SN = (an_office(code, laptops=2) for code in ("MA", "CI", "ML", "SN"))
NEW_MA = an_office("MA", laptops=2, edition=2)


def refused(call: object, *arguments: object) -> str:
    with pytest.raises(FileRefused) as refusal:
        call(*arguments)  # type: ignore[operator]
    assert refusal.value.message
    assert refusal.value.hint
    return refusal.value.code


# ---------------------------------------------------------------- senders


def test_a_laptop_certified_by_a_known_office_is_believed() -> None:
    check_sender(a_book(ML, MA), MA.card.signing_key, MA.laptops[1].certificate)


def test_an_office_without_card_is_unknown() -> None:
    code = refused(check_sender, a_book(ML), MA.card.signing_key, MA.laptops[0].certificate)

    assert code == "unknown-office"


def test_other_keys_of_a_known_office_are_announced_as_such() -> None:
    changed = NEW_MA.card.signing_key, NEW_MA.laptops[0].certificate

    assert refused(check_sender, a_book(ML, MA), *changed) == "keys-changed"


def test_a_laptop_cannot_certify_another() -> None:
    laptop = MA.laptops[0]
    forged = certify_laptop(
        "MA", laptop.key, laptop=b"x" * 16, number=3, public_key=b"k" * 32, issued_at=NOON
    )

    assert refused(check_sender, a_book(ML, MA), MA.card.signing_key, forged) == "unknown-laptop"


def test_a_lost_laptop_is_refused_as_sender() -> None:
    lost = MA.laptops[1]
    book = with_revocations(a_book(ML, MA), a_revocation(MA, lost))

    code = refused(check_sender, book, MA.card.signing_key, lost.certificate)

    assert code == "revoked-laptop"
    check_sender(book, MA.card.signing_key, MA.laptops[0].certificate)


def test_no_office_can_revoke_a_laptop_of_another() -> None:
    in_its_name = a_revocation(CI, MA.laptops[1])
    claimed = msgspec.structs.replace(MA.laptops[1].certificate, office="CI")
    told = a_revocation(CI, replace(MA.laptops[1], certificate=claimed))

    said = Introductions(revocations=(in_its_name,))
    assert refused(learn, a_book(ML, MA, CI), said) == "bad-signature"
    book = learn(a_book(ML, MA, CI), Introductions(revocations=(told,))).book

    check_sender(book, MA.card.signing_key, MA.laptops[1].certificate)

    assert not book.is_revoked(("MA", MA.laptops[1].id))


def test_a_number_of_a_laptop_outside_one_to_eight_is_a_defect() -> None:
    with pytest.raises(ValueError):
        certify_laptop(
            "MA", MA.keys.signing, laptop=b"x" * 16, number=9, public_key=b"k" * 32, issued_at=NOON
        )


# ---------------------------------------------------------------- cards by hand


def test_a_new_card_is_accepted_with_its_words() -> None:
    book = confirm_card(a_book(ML), MA.card, spoken(MA.card.fingerprint))

    assert book.is_verified("MA")
    check_sender(book, MA.card.signing_key, MA.laptops[0].certificate)


def test_a_card_is_not_accepted_with_the_words_of_another() -> None:
    code = refused(confirm_card, a_book(ML), MA.card, spoken(CI.card.fingerprint))

    assert code == "fingerprint-differs"


def test_the_refusal_names_the_first_word_that_differs() -> None:
    words = MA.card.fingerprint
    heard = spoken((*words[:4], "zebre", *words[5:]))

    with pytest.raises(FileRefused) as refusal:
        confirm_card(a_book(ML), MA.card, heard)

    assert refusal.value.params["number"] == 5
    assert refusal.value.field == "fingerprint"


def test_ones_own_card_is_not_to_be_accepted() -> None:
    assert refused(compare_card, a_book(ML), ML.card) == "own-card"


def test_what_a_card_would_change_is_said_before() -> None:
    book = a_book(ML, MA)
    later = replace(MA, serial=2)

    assert compare_card(book, CI.card) is CardChange.NEW
    assert compare_card(book, MA.card) is CardChange.SAME
    assert compare_card(book, later.card) is CardChange.UPDATED
    assert compare_card(book, NEW_MA.card) is CardChange.KEYS_CHANGED


def test_an_older_card_is_refused() -> None:
    later = replace(MA, serial=2)

    assert refused(compare_card, a_book(ML, later), MA.card) == "older-card"


def test_new_keys_replace_the_former_only_with_their_words() -> None:
    book = a_book(ML, MA)

    assert refused(confirm_card, book, NEW_MA.card, spoken(MA.card.fingerprint)) == (
        "fingerprint-differs"
    )
    changed = confirm_card(book, NEW_MA.card, spoken(NEW_MA.card.fingerprint))
    check_sender(changed, NEW_MA.card.signing_key, NEW_MA.laptops[0].certificate)
    former = MA.card.signing_key, MA.laptops[0].certificate
    assert refused(check_sender, changed, *former) == "keys-changed"


def test_what_the_former_keys_certified_is_forgotten_with_them() -> None:
    only_one = replace(NEW_MA, laptops=NEW_MA.laptops[:1])
    book = confirm_card(a_book(ML, MA), only_one.card, spoken(only_one.card.fingerprint))

    assert ("MA", MA.laptops[1].id) not in book.certificates


def test_a_revocation_stays_when_keys_change() -> None:
    book = with_revocations(a_book(ML, MA), a_revocation(MA, MA.laptops[1]))

    changed = confirm_card(book, NEW_MA.card, spoken(NEW_MA.card.fingerprint))

    lost = NEW_MA.card.signing_key, NEW_MA.laptops[1].certificate
    assert refused(check_sender, changed, *lost) == "revoked-laptop"


def test_the_own_office_is_verified_without_words() -> None:
    book = a_book(ML, MA, verified=False)

    assert book.is_verified("ML")
    assert not book.is_verified("MA")


def test_a_lost_laptops_number_is_not_given_again() -> None:
    book = with_revocations(a_book(MA), a_revocation(MA, MA.laptops[1]))
    full = an_office("MA", laptops=8)

    assert book.free_number() == 3
    assert a_book(full).free_number() is None


# ---------------------------------------------------------------- introductions


def test_cards_of_unknown_offices_are_offered_and_not_accepted() -> None:
    learned = learn(a_book(ML, MA), introduce(a_book(MA, SN), "ML", ["SN"]))

    assert set(learned.introduced) == {"SN"}
    assert "SN" not in learned.book.cards
    assert ("SN", SN.laptops[0].id) in learned.provisional
    assert ("SN", SN.laptops[0].id) not in learned.book.certificates


def test_changed_keys_are_announced_and_not_accepted() -> None:
    learned = learn(a_book(ML, MA), Introductions(cards=(encode_card(NEW_MA.card),)))

    assert set(learned.key_changes) == {"MA"}
    assert learned.book.cards["MA"] == MA.card


def test_an_older_card_with_other_keys_is_no_announcement() -> None:
    learned = learn(a_book(ML, NEW_MA), Introductions(cards=(encode_card(MA.card),)))

    assert not learned.key_changes
    assert not learned.updated


def test_a_newer_card_with_the_same_keys_brings_its_laptops() -> None:
    third = a_laptop("MA", MA.keys.signing, 3)
    later = replace(MA, serial=2, laptops=(*MA.laptops, third))

    learned = learn(a_book(ML, MA), Introductions(cards=(encode_card(later.card),)))

    assert set(learned.updated) == {"MA"}
    assert learned.book.certificates["MA", third.id] == third.certificate
    assert learned.certificates == (third.certificate,)


def test_nobody_tells_an_office_which_keys_are_its_own() -> None:
    forged = an_office("ML", edition=9)

    learned = learn(a_book(ML, MA), Introductions(cards=(encode_card(forged.card),)))

    assert not learned.key_changes
    assert not learned.introduced


def test_what_is_known_already_is_not_news() -> None:
    revocation = a_revocation(CI, CI.laptops[1])
    book = with_revocations(a_book(ML, MA, CI), revocation)

    learned = learn(book, introduce(with_revocations(a_book(MA, CI, ML), revocation), "ML"))

    assert (learned.certificates, learned.revocations) == ((), ())
    assert learned.book == book


def test_a_revocation_is_learned_from_anybody_who_passes_it_on() -> None:
    revocation = a_revocation(CI, CI.laptops[1])
    sender = with_revocations(a_book(MA, CI), revocation)

    learned = learn(a_book(ML, MA, CI), introduce(sender, "ML"))

    assert learned.revocations == (revocation,)
    assert learned.book.is_revoked(("CI", CI.laptops[1].id))


def test_a_revocation_is_told_only_to_its_audience() -> None:
    wide = a_revocation(MA, MA.laptops[1])
    narrow = a_revocation(MA, MA.laptops[1], audience="MA+ML")
    book = with_revocations(a_book(MA), wide, narrow)

    assert introduce(book, "ML").revocations == (wide, narrow)
    assert introduce(book, "SN").revocations == (wide,)
    assert introduce(book, ["ML", "SN"]).revocations == (wide,)


def test_the_cut_that_reaches_farthest_counts() -> None:
    stream = a_stream(MA.laptops[1], commits=5)
    early = a_revocation(MA, MA.laptops[1], stream.cut(2))
    late = a_revocation(MA, MA.laptops[1], stream.cut(4))
    laptop = ("MA", MA.laptops[1].id)

    for order in ((early, late), (late, early)):
        book = with_revocations(a_book(ML, MA), *order)
        assert book.cut_of(laptop, stream.id) == stream.cut(4)
    assert with_revocations(a_book(ML, MA), early).cut_of(laptop, b"other stream 123") is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (
            Introductions(certificates=(a_laptop("MA", CI.keys.signing, 5).certificate,)),
            "unknown-laptop",
        ),
        (
            Introductions(
                revocations=(
                    msgspec.structs.replace(a_revocation(MA, MA.laptops[1]), audience="MA"),
                )
            ),
            "bad-signature",
        ),
        (Introductions(cards=(b"no card",)), "file-damaged"),
        (
            Introductions(cards=(encode_card(CI.card)[:-1] + b"\0",)),
            "bad-signature",
        ),
    ],
)
def test_a_forged_introduction_refuses_the_file(said: Introductions, code: str) -> None:
    assert refused(learn, a_book(ML, MA), said) == code


def test_statements_under_new_keys_wait_until_these_are_confirmed() -> None:
    said = Introductions(
        cards=(encode_card(NEW_MA.card),),
        certificates=(a_laptop("MA", NEW_MA.keys.signing, 5).certificate,),
        revocations=(a_revocation(NEW_MA, NEW_MA.laptops[1]),),
    )

    learned = learn(a_book(ML, MA), said)

    assert learned.revocations == ()
    assert set(learned.key_changes) == {"MA"}
    assert ("MA", a_laptop("MA", NEW_MA.keys.signing, 5).id) in learned.provisional


def test_an_office_is_built_the_same_in_every_run() -> None:
    assert Office("MA", MA.keys, MA.laptops).card == MA.card
