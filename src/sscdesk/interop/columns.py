"""Guesses which field a column holds, from its heading, in three languages.

A guess comes with a confidence and its alternatives: the officer sees and corrects it.
Labels are those declared on the model, in every language of the desk, and what people
commonly write instead (``synonyms``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from sscdesk.i18n import LANGUAGES, gettext, language
from sscdesk.interop.synonyms import SYNONYMS
from sscdesk.model import folding

SURE = 90
"""A guess of this confidence needs no second look."""
_NAMED, _SAID, _LEAF, _GROUP = 100, 95, 92, 70
_ALIKE = 84


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to hold; ``field`` is None where nothing fits."""

    heading: str
    field: str | None
    confidence: int
    """0 to 100."""
    alternatives: tuple[str, ...] = ()


def guessed(
    headings: Iterable[str],
    labels: Mapping[str, str],
    synonyms: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Guess, ...]:
    """Guess the field of each heading; ``labels`` holds the msgid of each field by name.

    ``synonyms`` names the entry of the synonyms for fields that have another one than
    their own name. No field is guessed twice: the more certain heading has it.
    """
    names = list(headings)
    words = _words(labels, synonyms)
    scores = {heading: _scored(heading, words) for heading in names}
    ranked = sorted(
        (
            (score, -names.index(heading), heading, target)
            for heading, found in scores.items()
            for target, score in found.items()
        ),
        reverse=True,
    )
    chosen: dict[str, tuple[str, int]] = {}
    taken: set[str] = set()
    for score, _at, heading, target in ranked:
        if heading not in chosen and target not in taken:
            chosen[heading] = (target, score)
            taken.add(target)
    return tuple(_guess(heading, chosen.get(heading), scores[heading]) for heading in names)


def _guess(heading: str, chosen: tuple[str, int] | None, scores: Mapping[str, int]) -> Guess:
    target, score = chosen or (None, 0)
    others = sorted(scores, key=lambda name: -scores[name])
    return Guess(heading, target, score, tuple(name for name in others if name != target)[:4])


class _Words(dict[int, str]):
    """What each letter becomes: marks and punctuation part words, accents are nothing."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = folding.folded(letter)
        if not bare and not letter.isspace():
            self[code] = found = ""
        else:
            self[code] = found = "".join(c if c.isalnum() else " " for c in bare) or " "
        return found


_WORDS = _Words()


def folded(text: str) -> str:
    """Return ``text`` as headings are compared: no case, accents, marks or punctuation."""
    return " ".join(text.translate(_WORDS).split())


def is_known_heading(text: str) -> bool:
    """Say whether people write ``text`` above a column, whatever the column holds."""
    leaf = text.rpartition("/")[2]
    return folded(text) in _known() or folded(leaf) in _known()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    said = {folded(text) for texts in SYNONYMS.values() for text in texts}
    names = {folded(name) for name in SYNONYMS}
    return frozenset(said | names | {folded(name) for name in _NAMES_OF_LISTS})


_NAMES_OF_LISTS = (
    "list",
    "position",
    "en",
    "fr",
    "ar",
    "origin_kind",
    "definition_en",
    "unit",
    "aggregation",
    "disaggregated_by",
    "baseline",
    "summary_en",
    "practices",
    "participants_reported",
    "email",
    "phone",
    "budget",
    "status",
)


def _words(labels: Mapping[str, str], synonyms: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """All texts that stand for each field, folded; its own name first."""
    return {
        name: tuple(
            dict.fromkeys(
                [
                    folded(name),
                    *_labels(label),
                    *map(folded, SYNONYMS.get(synonyms.get(name, name), ())),
                ]
            )
        )
        for name, label in labels.items()
    }


def _labels(msgid: str) -> Iterable[str]:
    yield folded(msgid)
    for code in LANGUAGES:
        with language(code):
            yield folded(gettext(msgid))


def _scored(heading: str, words: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    whole = folded(heading)
    found = _exact(whole, words)
    if "/" in heading:
        *groups, leaf = map(folded, heading.split("/"))
        for target, score in _exact(leaf, words).items():
            found.setdefault(target, score - _NAMED + _LEAF)
        for group in groups:
            for target in _exact(group, words):
                found.setdefault(target, _GROUP)
    return found or _alike(whole, words)


def _exact(text: str, words: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    found = {}
    for target, texts in words.items():
        if text == texts[0]:
            found[target] = _NAMED
        elif text in texts:
            found[target] = _SAID - min(texts.index(text), 20) // 4
    return found


def _alike(text: str, words: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    if len(text) < 3:
        return {}
    found = {}
    for target, texts in words.items():
        best = process.extractOne(text, texts, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
        if best is not None:
            found[target] = int(best[1] * 0.9)
    return found
