"""One form for words that people write in many ways.

``fold`` takes case, accents, Arabic vowel signs and the letters that Arabic writers
exchange (hamza on alef, ta marbuta, alef maqsura) out of a text; digits of every script
become Latin ones. It works letter by letter, so that it is quick and idempotent.
"""

import re
import unicodedata
from collections.abc import Iterator

MARK = "'"
"""The one apostrophe that folded text has."""

PHONE, EMAIL = "1", "2"
"""What keys begin with in the index, so that no word is taken for one."""

_SPECIAL = {
    # Letters that Unicode does not take apart.
    "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h",
    "ı": "i", "ŋ": "ng", "ɲ": "ny", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɛ": "e", "ɔ": "o",
    "ə": "e", "ƴ": "y", "ɣ": "gh", "ʔ": MARK,
    # Arabic: forms that are one letter to a reader, and letters of neighbouring languages.
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "گ": "ك", "ڭ": "ك", "ڤ": "ف",
    "پ": "ب", "چ": "ج", "ژ": "ز", "ہ": "ه", "ھ": "ه", "ء": "", "ـ": "",
    # What stands for an apostrophe.
    "’": MARK, "‘": MARK, "ʼ": MARK, "ʻ": MARK, "ʾ": MARK, "ʿ": MARK, "`": MARK, "´": MARK,
    "＇": MARK, "′": MARK,
}  # fmt: skip


class _Folding(dict[int, str]):
    """Folds one character, and remembers it; for ``str.translate``."""

    def __missing__(self, point: int) -> str:
        folded = _folded(chr(point))
        self[point] = folded
        return folded


def _folded(character: str) -> str:
    before, folded = None, character
    while folded != before:
        before = folded
        folded = "".join(_folded_once(part) for part in _decomposed(folded))
    return folded


def _decomposed(text: str) -> str:
    # A spacing accent decomposes into a space and a mark: it is told by its own name first.
    kept = "".join(_SPECIAL.get(character, character) for character in text)
    return unicodedata.normalize("NFKD", kept).casefold()


def _folded_once(character: str) -> str:
    special = _SPECIAL.get(character)
    if special is not None:
        return special
    kind = unicodedata.category(character)
    if kind in {"Mn", "Me", "Cf", "Cs"}:
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    return character


_FOLDING = _Folding()
_ELIDED = re.compile(r"[^\W_]+(?:'[^\W_]+)+")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ARABIC_WORD = re.compile("[\u0621-\u064a]{5,}")
# These begin with what is rare, and look back from there: many times as quick.
_ZEROS = re.compile(r"0(?<!\w0)0*([1-9]\d*)(?!\w)")
PHONE_NUMBER = re.compile(
    r"\d(?<![\w\-/]\d)(?!\d{3}-\d\d-\d\d(?!\d))(?:[ .\-/()]{0,2}\d){7,14}(?!\w)"
)
_EMAIL = re.compile(r"[^\s@<>,;:()\"]+@[^\s@<>,;:()\"]+\.[^\s@<>,;:()\".]+")


def _latin_table() -> tuple[bytes, bytes]:
    """Return how the 256 letters of Latin-1 fold, and those that do not fold into one."""
    table, hard = bytearray(range(256)), bytearray()
    for point in range(256):
        folded = _FOLDING[point]
        if len(folded) == 1 and ord(folded) < 256:
            table[point] = ord(folded)
        else:
            hard.append(point)
    return bytes(table), bytes(hard)


_LATIN, _HARD = _latin_table()


def fold(text: str) -> str:
    """Return ``text`` in its one form. ``fold(fold(t)) == fold(t)``."""
    # Most texts are Latin-1: folded as bytes they take a fifth of the time.
    try:
        letters = text.encode("latin-1")
    except UnicodeEncodeError:
        return text.translate(_FOLDING)
    if len(letters.translate(None, _HARD)) != len(letters):
        return text.translate(_FOLDING)
    return letters.translate(_LATIN).decode("latin-1")


def words(text: str) -> list[str]:
    """Return the words of a text, folded; an elided one keeps its apostrophe."""
    return _WORD.findall(fold(text))


def indexed(folded: str) -> str:
    """Return what the index takes in of a folded text: itself and further forms of its words.

    ``N'Diaye`` is found as ``ndiaye`` too, ``والتعاون`` as ``تعاون``, ``0007`` as ``7``.
    """
    further = list(_further(folded))
    return f"{folded} {' '.join(further)}" if further else folded


def _further(folded: str) -> Iterator[str]:
    if MARK in folded:
        for piece in folded.split():
            if MARK in piece:
                for elided in _ELIDED.findall(piece):
                    yield elided.replace(MARK, "")
    if not folded.isascii():
        for word in _ARABIC_WORD.findall(folded):
            yield from without_article(word)
    if "0" in folded:
        yield from _ZEROS.findall(folded)


def without_article(word: str) -> Iterator[str]:
    """Yield a folded Arabic word without its conjunction, and without its article."""
    bare = word
    if len(bare) > 4 and bare[0] in "وفبكل" and (bare[1:3] == "ال" or bare[0] == "و"):
        bare = bare[1:]
        yield bare
    if len(bare) > 4 and bare.startswith("ال"):
        yield bare[2:]


def phones_in(text: str) -> list[str]:
    """Return the telephone numbers in a text, in the form of ``phone_key``."""
    return [phone_key(found) for found in PHONE_NUMBER.findall(text)]


def phone_key(number: str) -> str:
    """Return what two ways of writing one telephone number have in common.

    Morocco, Mali and Senegal write 9, 8 and 9 digits after the country code, Côte d'Ivoire
    10; a trunk ``0`` comes and goes. The last eight digits are what always stays.
    """
    digits = "".join(filter(str.isdecimal, fold(number)))
    return f"{PHONE}{digits[-8:]}" if len(digits) >= 8 else ""


def emails_in(text: str) -> list[str]:
    """Return the e-mail addresses in a text, in the form of ``email_key``."""
    if "@" not in text:
        return []
    pieces = (piece for piece in text.split() if "@" in piece)
    return [email_key(found) for piece in pieces for found in _EMAIL.findall(piece)]


def email_key(address: str) -> str:
    """Return one word for an e-mail address, whatever its case and dots are taken for."""
    return EMAIL + "".join(filter(str.isalnum, fold(address)))
