"""Keys under which a name meets itself in another script or spelling.

A key is the skeleton of consonants of a word, in classes that French and English
transliterations of Arabic, Wolof and Bambara names exchange: *Khadija*, *Khadidja* and
خديجة are all ``kdj``; *Abdelkader* and عبد القادر are ``bd kdr``. Keys only find
candidates: they are broad by intention, and a score decides.
"""

import re
from functools import lru_cache
from itertools import pairwise

from sscdesk.search.normalise import MARK, words

MOST_JOINED = 6
"""Beyond so many words it is no person's name, and words are not run together."""

SOUND = "0"
"""What keys of sound begin with in the index."""

ARTICLES = frozenset(("el", "al", "ould", "ben", "bin", "ibn", "bint", "de", "du", "des", "la"))
_REFERENCE = re.compile(r"[a-z]{2}-[a-z]{3}-\d{4}-\d+")
_SERVANT = re.compile(r"^(abd)(?:e|a|ou|u|oo)l(?=\w{3})")
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_DOUBLED = re.compile(r"(.)\1+")

_ARABIC = {
    "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "k", "د": "d", "ذ": "d",
    "ر": "r", "ز": "z", "س": "s", "ش": "x", "ص": "s", "ض": "d", "ط": "t", "ظ": "d",
    "غ": "k", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
    "و": "w", "ي": "y",
}  # fmt: skip
"""Letters that are not here (alef, ain, ta marbuta) are vowels or silent in Latin script."""

_LATIN = (
    (re.compile(r"sch|ch|sh"), "x"),
    (re.compile(r"kh|gh|ck|qu|q|gu(?=[eiy])"), "k"),
    (re.compile(r"th"), "t"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"dj|g(?=[eiy])"), "j"),
    (re.compile(r"ph|v"), "f"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"gn|ny"), "n"),
    (re.compile(r"[cg]"), "k"),
    (re.compile(r"p"), "b"),
    (re.compile(r"^ou(?=[aeiy])"), "w"),
)
_SOUNDING = frozenset("bdfjklmnrstxz")


def skeleton(word: str) -> str:
    """Return the key of one folded word; empty when nothing in it tells it from others."""
    sounds = _DOUBLED.sub(r"\1", _sounds(word))
    # At the beginning h, w and y sound; further on they come and go with the spelling.
    first = sounds[:1] if sounds[:1] in ("h", "w", "y") else ""
    key = first + "".join([letter for letter in sounds if letter in _SOUNDING])
    if len(key) > 1 or sounds[:1] not in "aeiou":
        return key
    # Short names are told by the vowel before: Awa, Ali, Aïcha.
    return f"a{key}" if key else "a" + "".join([c for c in sounds if c in "wyh"][:1])


def _sounds(word: str) -> str:
    if any("\u0600" <= letter <= "\u06ff" for letter in word):
        return "".join(_ARABIC.get(letter, "a") for letter in _without_article(word))
    sounds = word.replace(MARK, "")
    for pattern, sound in _LATIN:
        sounds = pattern.sub(sound, sounds)
    return sounds


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


@lru_cache(maxsize=65_536)
def _keys_of(word: str) -> tuple[str, ...]:
    if word in ARTICLES or word.isdigit():
        return ()
    return tuple(filter(None, map(skeleton, _SERVANT.sub(r"\1 ", word).split())))


def skeletons(name: str) -> tuple[str, ...]:
    """Return the keys of a name's words, in order, without articles."""
    keys: list[str] = []
    for word in words(name):
        keys.extend(_keys_of(word))
    return tuple(keys)


def sound_words(name: str) -> str:
    """Return the words under which the index finds a name by its sound."""
    return " ".join([SOUND + key for key in sound_keys(name)])


def sound_keys(name: str) -> list[str]:
    """Return the keys of a name's words and, of a short name, of its neighbouring words."""
    keys = skeletons(name)
    if len(keys) <= MOST_JOINED:
        keys = (*keys, *map("".join, pairwise(keys)))
    return [key for key in keys if len(key) > 1]


def names_in(entity: str, title: str) -> list[str]:
    """Return the names in the lines of a folded title, without its reference number.

    A person's lines are parts of one name in each script, an organisation's are names.
    """
    lines = [line for line in title.split("\n") if line and not _REFERENCE.fullmatch(line)]
    if entity == "organisation":
        return lines
    by_script: dict[bool, list[str]] = {}
    for line in lines:
        by_script.setdefault(is_arabic(line), []).append(line)
    return [" ".join(parts) for parts in by_script.values()]


def is_arabic(text: str) -> bool:
    """Say whether a text is written in Arabic letters."""
    return _ARABIC_LETTER.search(text) is not None
