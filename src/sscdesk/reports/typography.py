"""From an officer's text to a text that may be set: cleaned, and glued where it must not break.

Pure functions on strings. Letters are never changed, only spaces: what the reader copies out of
the paper is what the officer wrote.
"""

import re
import unicodedata
from functools import lru_cache

NO_BREAK = "\u00a0"
NARROW = "\u202f"
REPLACEMENT = "\ufffd"
PARAGRAPH = "\n"

_DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = "\u00ad\u200b\u2060\ufeff\ufff9\ufffa\ufffb"
_DROPPED = dict.fromkeys(map(ord, _DIRECTION_MARKS + _INVISIBLE))
_SUSPECT = re.compile(
    r"[\x00-\x1f\x7f-\xa0\u00ad\u061c\u1680\u2000-\u200b\u200e\u200f\u2028-\u202e\u205f-\u206f"
    r"\u3000\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U0001fffe-\U0010ffff]"
)
_SPACES = re.compile(r"[ \t]{2,}")
_GLUED = re.compile(f"[{NO_BREAK}{NARROW}]")
_REFERENCE = re.compile(r"^[^\w]*[A-Z]{2,}(?:-[A-Z0-9]+)+[^\w]*$")

_GLUE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NARROW),
    (re.compile(r"(?<=\d) (?=[%‰])"), NARROW),
    (re.compile(r"(?<=\d) (?=(?:MAD|XOF|EUR|€|km|kg|m²|ha|h|min|p\.|pages?|jours?)\b)"), NO_BREAK),
    (re.compile(r"(?<=\bh) (?=\d\d\b)"), NO_BREAK),
    (re.compile(r"(?<=[€$]) (?=\d)"), NO_BREAK),
    (re.compile(r"(?<!\w)(n°|nos|No\.|no\.|art\.|p\.|§|№) (?=\w)"), rf"\1{NO_BREAK}"),
    (re.compile(r"\b(M\.|MM\.|Mme|Mmes|Mlle|Dr|Pr|Mr|Mrs|Ms) (?=\w)"), rf"\1{NO_BREAK}"),
    (re.compile(r"(?<=\s)([A-ZÉ]\.) (?=[A-ZÉ]\w)"), rf"\1{NO_BREAK}"),
    (
        re.compile(
            r"\b(\d{1,2}(?:er)?) (?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre"
            r"|octobre|novembre|décembre|January|February|March|April|May|June|July|August"
            r"|September|October|November|December)\b)"
        ),
        rf"\1{NO_BREAK}",
    ),
)
_FRENCH: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r" (?=[;:!?»](?:\s|$|[)\]»”]))"), NARROW),
    (re.compile(r"(?<=«) "), NARROW),
    (re.compile(r" (?=[–—] )"), NO_BREAK),
)


def cleaned(text: str) -> str:
    """Return ``text`` composed (NFC), without controls, invisible and direction characters.

    Line ends of every kind become ``\\n``; a lone surrogate or a code that is no character
    becomes U+FFFD. Direction characters go because they let a text read differently from what
    it says; the paragraph's own order is computed from its letters.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text)
    if not _SUSPECT.search(text):
        return text
    text = text.replace("\r\n", "\n").translate(_DROPPED)
    return "".join(map(_safe, text))


def _safe(char: str) -> str:
    if char in "\r\n\x0b\x0c\x85\u2028\u2029":
        return PARAGRAPH
    if char in (NO_BREAK, NARROW, "\u2007"):
        return char
    category = unicodedata.category(char)
    if category == "Zs" or char == "\t":
        return " "
    if category in ("Cc", "Cf"):
        return char if char in "\u200c\u200d" else ""
    return REPLACEMENT if category in ("Cs", "Cn") else char


@lru_cache(maxsize=4096)
def typeset(text: str, language: str) -> str:
    """Return ``text`` cleaned, with the no-break spaces that ``language`` wants."""
    text = _SPACES.sub(" ", cleaned(text)).strip(" ")
    if " " not in text:
        return text
    for pattern, glued in _GLUE:
        text = pattern.sub(glued, text)
    if language == "fr":
        for pattern, glued in _FRENCH:
            text = pattern.sub(glued, text)
    return text


def paragraphs(text: str, language: str) -> tuple[str, ...]:
    """Cut a text of several paragraphs at its line ends, leaving out empty ones."""
    parts = (typeset(part, language) for part in cleaned(text).split(PARAGRAPH))
    return tuple(part for part in parts if part)


def one_line(text: str, language: str) -> str:
    """Return ``text`` as one paragraph, whatever line ends it holds."""
    return typeset(cleaned(text).replace(PARAGRAPH, " "), language)


def breakable(word: str) -> list[str]:
    """Cut a word where a line may end inside it: after a hyphen or stroke between letters.

    A reference number (``MA-FUP-2026-0041``), a number or a date is never cut, nor what is
    glued to a reference (``n° MA-RAP-2026-0001``); an address is cut before its ``@``.
    """
    if _ADDRESS.fullmatch(word):
        name, _at, host = word.partition("@")
        return [name, f"@{host}"]
    if not _MARK.search(word) or any(map(_REFERENCE.match, _GLUED.split(word))):
        return [word]
    return _INSIDE.split(word)


_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MARK = re.compile(r"[-‐–—/]")
_INSIDE = re.compile(r"(?<=[^\W\d_][^\W\d_][-‐–—/])(?=[^\W\d_]{2})")
