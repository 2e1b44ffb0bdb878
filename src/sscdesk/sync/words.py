"""Fingerprints and codes in words that two officers can compare by telephone.

The list holds 1,024 words (ten bits each) that French and English speakers read aloud
alike enough: four to seven letters, the first four of each are its own, and no two are
less than two letters apart, written or (roughly) spoken. It is part of the file format
and must never change: another list would make other words of the same key.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

BITS = 10
"""Bits that one word stands for."""

FINGERPRINT_WORDS = 8
"""80 bits: finding another key with the same words costs 2**80 tries."""

LETTERS = 4
"""As many letters tell one word of the list from all others; more may be left out."""

_SEPARATORS = re.compile(r"[^a-z]+")


@lru_cache(maxsize=1)
def word_list() -> tuple[str, ...]:
    """Return the 1,024 words, sorted."""
    text = files("sscdesk").joinpath("resources", "words", "telephone.txt")
    return tuple(text.read_text("ascii").split())


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {word[:LETTERS]: number for number, word in enumerate(word_list())}


def words_of(digest: bytes, count: int) -> tuple[str, ...]:
    """Return the first ``count`` times ten bits of ``digest`` as words."""
    bits = int.from_bytes(digest, "big")
    total = len(digest) * 8
    listed = word_list()
    return tuple(
        listed[(bits >> (total - BITS * (place + 1))) & (2**BITS - 1)] for place in range(count)
    )


def fingerprint(
    office: str, signing_key: bytes, encryption_key: bytes, authority_digest: bytes
) -> tuple[str, ...]:
    """Return the eight words of an office's keys.

    ``authority_digest`` is the SHA-256 of the certificate (DER) of the office's PDF
    authority, zeros where it has none yet.
    """
    whole = b"sscdesk fingerprint 1" + office.encode("ascii")
    whole += signing_key + encryption_key + authority_digest
    return words_of(hashlib.sha256(whole).digest(), FINGERPRINT_WORDS)


def spoken(words: tuple[str, ...]) -> str:
    """Return the words as they are shown and read out."""
    return " ".join(words)


def first_difference(expected: tuple[str, ...], heard: str) -> int | None:
    """Compare words with what was heard or typed; return the number of the first that differs.

    Capitals, accents and whatever stands between words do not count; of a word, its
    first four letters are enough, but a letter too many or another one is a difference.
    None means that all agree. Counting begins at 1.
    """
    typed = _split(heard)
    for number, word in enumerate(expected, start=1):
        if number > len(typed) or not _is_same(word, typed[number - 1]):
            return number
    return len(expected) + 1 if len(typed) > len(expected) else None


def _split(heard: str) -> list[str]:
    # 400 characters hold eight long words several times over.
    plain = unicodedata.normalize("NFKD", heard[:400].casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return [word for word in _SEPARATORS.split(bare) if word]


def _is_same(word: str, typed: str) -> bool:
    return len(typed) >= LETTERS and word.startswith(typed)


def corrected(heard: str) -> tuple[str, ...]:
    """Return the words of the list that were heard or typed, unknown ones left out."""
    numbers = _numbers()
    listed = word_list()
    found = (numbers.get(typed[:LETTERS]) for typed in _split(heard))
    return tuple(listed[number] for number in found if number is not None)
