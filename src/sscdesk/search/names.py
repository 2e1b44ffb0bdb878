"""How alike two names are, in one script or across two."""

from collections.abc import Sequence

from sscdesk.search.normalise import words
from sscdesk.search.sound import ARTICLES, is_arabic, skeletons

MISSING_WORD = 8
"""Points taken for each word that only the longer name has."""

_LONGEST = 200
_SINGLE_WORD = 75
"""A given name alone is never enough to say that it is the same person."""
_ACROSS = 95
"""What two scripts can prove at most: most vowels are not written in Arabic."""
_VOWELS = str.maketrans({"e": "i", "y": "i", "o": "u", "w": "u"})
_LONG = {"ا": "a", "و": "u", "ي": "i"}


def likeness(one: str, other: str) -> int:
    """Return from 0 to 100 how alike two names are; the order of words does not matter."""
    one, other = one[:_LONGEST], other[:_LONGEST]
    if is_arabic(one) != is_arabic(other):
        return _across_scripts(one, other)
    return _aligned(_words_of(one), _words_of(other))


def _words_of(name: str) -> list[str]:
    return [word.replace("'", "") for word in words(name) if word not in ARTICLES]


def _across_scripts(one: str, other: str) -> int:
    keys, other_keys = skeletons(one), skeletons(other)
    score = min(_aligned(list(keys), list(other_keys)), _ACROSS)
    if min(sum(map(len, keys)), sum(map(len, other_keys))) < 3:
        score = min(score, 70)
    arabic, latin = (one, other) if is_arabic(one) else (other, one)
    return max(score - 5 * _unheard_vowels(arabic, latin), 0)


def _unheard_vowels(arabic: str, latin: str) -> int:
    """Count the long vowels of the Arabic name that the Latin one does not have in order."""
    heard = [_collapsed("".join(word).translate(_VOWELS)) for word in words(latin)]
    sounds = "".join(heard)
    missing, place = 0, 0
    for word in words(arabic):
        for letter in word.removeprefix("ال")[1:]:
            vowel = _LONG.get(letter)
            if vowel is None:
                continue
            found = sounds.find(vowel, place)
            if found < 0:
                missing += 1
            else:
                place = found + 1
    return missing


def _collapsed(word: str) -> str:
    kept = ""
    for letter in word:
        if letter in "aiu" and kept[-1:] != letter:
            kept += letter
    return kept


def _aligned(one: Sequence[str], other: Sequence[str]) -> int:
    """Compare word by word, each with its best partner, and the whole; the better counts."""
    from rapidfuzz import fuzz

    if not one or not other:
        return 0
    shorter, longer = sorted((list(one), list(other)), key=len)
    whole = fuzz.ratio(" ".join(sorted(shorter)), " ".join(sorted(longer)))
    joined = fuzz.ratio("".join(shorter), "".join(longer))
    rest, points, letters = list(longer), 0.0, 0
    for word in sorted(shorter, key=len, reverse=True):
        scores = [fuzz.ratio(word, candidate) for candidate in rest]
        best = max(range(len(scores)), key=scores.__getitem__)
        points += scores[best] * len(word)
        letters += len(word)
        rest.pop(best)
    by_word = points / letters - MISSING_WORD * len(rest)
    best_score = max(whole, joined, by_word, 0)
    if len(shorter) == 1 and len(longer) > 1 and joined < 95:
        best_score = min(best_score, _SINGLE_WORD)
    return round(best_score)
