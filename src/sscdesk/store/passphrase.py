"""How good a passphrase is, and the printable key for the day when it is forgotten."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable

from sscdesk.model.refusal import Locked
from sscdesk.model.text import N_

STRENGTHS = ("too-short", "common", "weak", "fair", "strong")
"""From worst to best; below ``fair`` a first start should ask again."""

_COMMON = frozenset(
    re.findall(
        r"\w+",
        "password passphrase motdepasse secret bonjour azerty qwerty letmein welcome admin "
        "administrateur administrator iloveyou jetaime soleil marseille maroc morocco "
        "casablanca rabat abidjan bamako dakar mali senegal cotedivoire migration ministere "
        "ministry cooperation sscdesk office bureau monkey dragon football master princess",
    )
)
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "azertyuiop", "qwertyuiop", "qsdfghjklm")


def strength(passphrase: str, known: Iterable[str] = ()) -> str:
    """Return one of ``STRENGTHS``; ``known`` are words a colleague would try first.

    A rough count of guesses: words that are common, known, repeated or a row of the
    keyboard count for little, other characters for what their kind allows.
    """
    folded = _folded(passphrase)
    if len(folded.replace(" ", "")) < 8:
        return "too-short"
    obvious = _COMMON | {_folded(word) for word in known if len(word) > 2}
    rest = _without(folded, sorted(obvious, key=len, reverse=True))
    if len(re.sub(r"[\W\d_]", "", rest)) < 3 and rest != folded:
        return "common"
    bits = _bits(rest, passphrase)
    return "weak" if bits < 40 else "fair" if bits < 64 else "strong"


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text


def _bits(rest: str, original: str) -> float:
    varied = _varied(rest)
    letters = sum(c.isalpha() for c in varied)
    digits = sum(c.isdigit() for c in varied)
    others = len(varied) - letters - digits
    mixed = original != original.lower() and original != original.upper()
    return letters * (3.0 if letters > 12 else 3.8) + digits * 3.0 + others * 3.0 + mixed * 3.0


def _varied(text: str) -> str:
    kept = ""
    for character in text:
        pair = kept[-1:] + character
        repeated = len(pair) == 2 and (
            pair[0] == pair[1] or any(pair in row or pair[::-1] in row for row in _ROWS)
        )
        recent = kept[-8:].count(character) > 1
        if not (repeated or recent):
            kept += character
    return kept


def recovery_key(randomness: Callable[[int], bytes]) -> str:
    """Return a new key to print: 144 random bits and a check, in eight groups of four."""
    secret = randomness(18)
    number = int.from_bytes(secret + _check(secret), "big")
    letters = "".join(_ALPHABET[number >> (5 * place) & 31] for place in reversed(range(32)))
    return "-".join(letters[start : start + 4] for start in range(0, 32, 4))


def read_recovery_key(text: str) -> str:
    """Return a typed recovery key in its one form. Raises ``Locked`` when mistyped."""
    letters = re.sub(r"[\s\-–—_.]", "", text).upper().translate(_READ_AS)
    if len(letters) == 32 and all(letter in _ALPHABET for letter in letters):
        number = 0
        for letter in letters:
            number = number << 5 | _ALPHABET.index(letter)
        content = number.to_bytes(20, "big")
        if _check(content[:18]) == content[18:]:
            return letters
    raise Locked(
        "recovery-key-mistyped",
        N_("This is not a recovery key as it was printed: 32 letters and digits in 8 groups."),
        hint=N_("Nothing was changed. Compare each group with the sheet, then try again."),
    )


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"sscdesk recovery key" + secret).digest()[:2]
