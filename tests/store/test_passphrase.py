import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.model.refusal import Locked
from sscdesk.store.passphrase import STRENGTHS, read_recovery_key, recovery_key, strength


@pytest.mark.parametrize(
    "passphrase,expected",
    [
        ("", "too-short"),
        ("abc 1", "too-short"),
        ("password123", "common"),
        ("Motdepasse2026!", "common"),
        ("Rabat2026!", "common"),
        ("azertyuiop12", "weak"),
        ("aaaaaaaaaaaaaaaa", "weak"),
        ("quatre chevaux mangent une pomme", "strong"),
        ("كلمة السر الطويلة جدا هنا", "strong"),
    ],
)
def test_a_passphrase_is_judged_in_words(passphrase: str, expected: str) -> None:
    assert strength(passphrase) == expected


def test_what_colleagues_would_guess_first_counts_for_nothing() -> None:
    assert strength("Khadija Alaoui 1980", known=["Khadija", "Alaoui"]) == "common"


@given(st.text(max_size=200))
def test_any_text_has_a_strength(passphrase: str) -> None:
    assert strength(passphrase) in STRENGTHS


@given(st.binary(min_size=18, max_size=18))
def test_a_printed_recovery_key_reads_back_however_it_is_typed(secret: bytes) -> None:
    printed = recovery_key(lambda size: secret)

    typed = printed.lower().replace("0", "o").replace("1", "l").replace("-", " ")

    assert read_recovery_key(typed) == read_recovery_key(printed) == printed.replace("-", "")


@pytest.mark.parametrize("place", range(32))
def test_a_mistyped_letter_is_told_before_any_work(place: int) -> None:
    letters = recovery_key(lambda size: b"eighteen bytes, so").replace("-", "")
    other = "A" if letters[place] != "A" else "B"

    with pytest.raises(Locked) as refusal:
        read_recovery_key(letters[:place] + other + letters[place + 1 :])

    assert refusal.value.code == "recovery-key-mistyped"


def test_a_recovery_key_is_eight_groups_of_four() -> None:
    groups = recovery_key(os.urandom).split("-")

    assert [len(group) for group in groups] == [4] * 8


@pytest.mark.parametrize("typed", ["", "ABCD", "é" * 32, "U" * 32])
def test_what_is_no_recovery_key_is_refused(typed: str) -> None:
    with pytest.raises(Locked):
        read_recovery_key(typed)
