import hashlib
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.sync.words import (
    FINGERPRINT_WORDS,
    corrected,
    fingerprint,
    first_difference,
    spoken,
    word_list,
    words_of,
)

EIGHT = ("accent", "bateau", "cactus", "dauphin", "eclair", "fougere", "girafe", "hublot")


def distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
    return row[-1]


def test_there_are_1024_words_of_four_to_seven_letters() -> None:
    words = word_list()

    assert len(set(words)) == len(words) == 1024
    assert list(words) == sorted(words)
    assert all(word.isascii() and word.islower() and 4 <= len(word) <= 7 for word in words)


def test_the_list_never_changes() -> None:
    content = "".join(f"{word}\n" for word in word_list()).encode()

    assert hashlib.sha256(content).hexdigest() == (
        "f1d00ebb5dbc526af6c36d2415988dede739693f1abafabc3d7cb7d55c568f63"
    )


def test_four_letters_tell_each_word_from_all_others() -> None:
    assert len({word[:4] for word in word_list()}) == 1024


def test_no_two_words_differ_by_one_letter() -> None:
    by_length: dict[int, list[str]] = {}
    for word in word_list():
        by_length.setdefault(len(word), []).append(word)

    close = [
        (one, other)
        for length, words in by_length.items()
        for one, other in [
            *combinations(words, 2),
            *((a, b) for a in words for b in by_length.get(length + 1, [])),
        ]
        if sum(a != b for a, b in zip(one, other, strict=False)) < 4 and distance(one, other) < 2
    ]

    assert close == []


def test_words_follow_the_bits_from_the_highest() -> None:
    first, last = word_list()[0], word_list()[-1]

    assert words_of(b"\x00\x00\x00\x00\x00", 4) == (first,) * 4
    assert words_of(b"\xff\xc0\x00\x00\x00", 2) == (last, first)


def test_a_fingerprint_has_eight_words_and_depends_on_all_of_its_parts() -> None:
    parts = ("MA", b"\x01" * 32, b"\x02" * 32, b"\x03" * 32)
    others = [
        ("ML", *parts[1:]),
        ("MA", b"\x09" * 32, *parts[2:]),
        ("MA", parts[1], b"\x09" * 32, parts[3]),
        (*parts[:3], b"\x09" * 32),
    ]

    words = fingerprint(*parts)

    assert len(words) == FINGERPRINT_WORDS
    assert all(fingerprint(*other) != words for other in others)


@pytest.mark.parametrize(
    "heard",
    [
        "accent bateau cactus dauphin eclair fougere girafe hublot",
        "ACCENT Bateau cactus DAUPHIN Éclair fougère girafe hublot",
        " accent, bateau; cactus - dauphin / éclair\nfougère\tgirafe. hublot !",
        "1. accent 2. bateau 3. cactus 4. dauphin 5. eclair 6. fougere 7. girafe 8. hublot",
        "acce bate cact daup ecla foug gira hubl",
        "e\u0301clair".join(["accent bateau cactus dauphin ", " fougere girafe hublot"]),
    ],
)
def test_case_accents_separators_and_long_endings_do_not_count(heard: str) -> None:
    assert first_difference(EIGHT, heard) is None


@pytest.mark.parametrize(
    ("heard", "number"),
    [
        ("", 1),
        ("bateau accent cactus dauphin eclair fougere girafe hublot", 1),
        ("accent bateau cactus dauphin eclair fougere girafe", 8),
        ("accent bateau cactus dauphin eclair fougere girafe hublot accent", 9),
        ("accent bateau cactus dauphin eclair fougere giraffe hublot", 7),
        ("accent bat cactus dauphin eclair fougere girafe hublot", 2),
        ("accent bateaux cactus dauphin eclair fougere girafe hublot", 2),
        ("accent" * 200, 1),
    ],
)
def test_the_first_word_that_differs_is_named(heard: str, number: int) -> None:
    assert first_difference(EIGHT, heard) == number


@given(st.binary(min_size=32, max_size=32), st.integers(0, 7), st.integers(0, 1023))
def test_one_other_word_is_always_noticed(digest: bytes, place: int, number: int) -> None:
    words = words_of(digest, 8)
    other = word_list()[number]
    heard = spoken((*words[:place], other, *words[place + 1 :]))

    expected = None if other == words[place] else place + 1

    assert first_difference(words, heard) == expected


@given(st.text())
def test_anything_may_be_typed(heard: str) -> None:
    assert first_difference(EIGHT, heard) is None or heard != spoken(EIGHT)


def test_words_are_completed_from_their_first_letters() -> None:
    assert corrected("acce BATEAU zzzz cact") == ("accent", "bateau", "cactus")
