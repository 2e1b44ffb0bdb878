"""Finds pages of the help: every word wanted, in the title first; accents do not matter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from sscdesk.model.folding import folded
from sscdesk.ui.pages.help_contents import HelpPage

WORDS_BEFORE, WORDS_AROUND = 4, 14
"""How many words of the text are shown with what was found."""
LIKE_ENOUGH = 75
"""Of 100: below this, two words are not taken for each other."""

_BETWEEN = re.compile(r"[\s'\"«»“”()\[\].,;:!?،؛؟…/\-]+")
_JOINED = ("وال", "بال", "فال", "كال", "ال", "لل", "و", "ب", "ل")


@dataclass(frozen=True, slots=True)
class Found:
    """A page that answers, with the words around what was found."""

    name: str
    title: str
    around: str


def find_pages(pages: Mapping[str, HelpPage], wanted: str) -> list[Found]:
    """Return the pages that hold every word of ``wanted``, best first.

    A word is found by its beginning; one that stands nowhere, by the word most like it.
    Titles count before headings, headings before text.
    """
    words = folded(wanted).split()
    if not words:
        return []
    return _found(pages, words) or _found(pages, _corrected(pages, words))


def _found(pages: Mapping[str, HelpPage], words: list[str]) -> list[Found]:
    scored = [
        (-score, place, page)
        for place, page in enumerate(pages.values())
        if (score := _score(page, words))
    ]
    return [Found(page.name, page.title, _around(page, words)) for _s, _p, page in sorted(scored)]


def _corrected(pages: Mapping[str, HelpPage], words: list[str]) -> list[str]:
    """Put the most similar word of the help in the place of one that stands nowhere."""
    known = {one for page in pages.values() for one in _words(page.text) if len(one) > 2}
    corrected = []
    for word in words:
        likest = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
        stands = any(one.startswith(word) for one in known)
        corrected.append(likest[0] if likest and not stands else word)
    return corrected


def _score(page: HelpPage, words: list[str]) -> int:
    """Return how well a page answers; 0 where a word is missing."""
    total = 0
    for word in words:
        best = max((_weight(block.kind, block.text, word) for block in page.blocks), default=0)
        if not best:
            return 0
        total += best
    return total


def _weight(kind: str, text: str, word: str) -> int:
    if not _holds(text, word):
        return 0
    return {"title": 12, "heading": 5}.get(kind, 1)


def _holds(text: str, word: str) -> bool:
    return any(one.startswith(word) for one in _words(text))


def _words(text: str) -> set[str]:
    """Return the words of a text, those with an Arabic article or conjunction also bare."""
    words = set(_BETWEEN.split(folded(text)))
    bare = {one[len(begin) :] for one in words for begin in _JOINED if one.startswith(begin)}
    return words | bare


def _around(page: HelpPage, words: list[str]) -> str:
    for block in page.blocks:
        if block.kind != "title" and _holds(block.text, words[0]):
            return _cut(block.text, words[0])
    first = next((block.text for block in page.blocks if block.kind == "words"), "")
    return _cut(first, "")


def _cut(text: str, word: str) -> str:
    """Return the part of a text around a word, whole words only."""
    pieces = text.split()
    at = next((n for n, one in enumerate(pieces) if word and _holds(one, word)), 0)
    first = max(0, at - WORDS_BEFORE)
    last = min(len(pieces), first + WORDS_AROUND)
    cut = " ".join(pieces[first:last])
    return f"{'…' if first else ''}{cut}{'…' if last < len(pieces) else ''}"
