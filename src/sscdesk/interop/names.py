"""Takes the names of people apart as lists write them, in Latin and Arabic script."""

import re
from dataclasses import dataclass

from sscdesk.interop.reading import Doubt
from sscdesk.model.text import N_

_SALUTATIONS = {
    "m": "M.",
    "mr": "M.",
    "monsieur": "M.",
    "mme": "Mme",
    "madame": "Mme",
    "mlle": "Mlle",
    "mrs": "Mrs",
    "ms": "Ms",
    "dr": "Dr",
    "pr": "Pr",
    "prof": "Pr",
    "son excellence": "S.E.",
    "السيد": "السيد",
    "السيدة": "السيدة",
    "الدكتور": "الدكتور",
    "الدكتورة": "الدكتورة",
}
_ARABIC = re.compile("[\u0600-\u06ff]")
_BOUND = ("عبد", "أبو", "ابو", "فاطمة", "نور", "بن")
"""First words that make one given name with the next: Abd el-Kader, Fatima-Zahra."""

_PARTICLE = re.compile(r"(?<=[- ])(?:Du|De|Des|La|Le|El|Al|D)(?=[- '])")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart; ``arabic`` is the whole name where it is written in Arabic."""

    given: str
    family: str
    salutation: str = ""
    arabic: str = ""
    doubt: Doubt | None = None


def is_arabic(text: str) -> bool:
    """Say whether a text is written in Arabic letters."""
    return _ARABIC.search(text) is not None


def read_name(text: str) -> Name:
    """Take a full name apart: ``NOM Prénom``, ``Nom, Prénom``, ``M. Prénom Nom``."""
    salutation, words = _without_salutation(" ".join(text.split()))
    if is_arabic(words):
        return _arabic_name(words, salutation)
    if "," in words:
        family, _, given = words.partition(",")
        return _named(given.strip(), family.strip(), salutation)
    parts = words.split(" ")
    capitals = [part for part in parts if _is_in_capitals(part)]
    if capitals and len(capitals) < len(parts):
        others = [part for part in parts if part not in capitals]
        return _named(" ".join(others), " ".join(capitals), salutation)
    return _named(parts[0], " ".join(parts[1:]), salutation)


def _without_salutation(text: str) -> tuple[str, str]:
    first, _, rest = text.partition(" ")
    word = first.rstrip(".").lower()
    # "M. Sow" is a salutation, "M Sow" and "A. Sow" are initials.
    if rest and word in _SALUTATIONS and (len(word) > 1 or first.endswith(".")):
        return _SALUTATIONS[word], rest
    return "", text


def _is_in_capitals(word: str) -> bool:
    return len(word.strip(".-")) > 1 and word.upper() == word and word.lower() != word


def _arabic_name(words: str, salutation: str) -> Name:
    parts = words.split(" ")
    length = 2 if len(parts) > 2 and parts[0] in _BOUND else 1
    return Name(" ".join(parts[:length]), " ".join(parts[length:]), salutation, arabic=words)


def _named(given: str, family: str, salutation: str) -> Name:
    given, family = _as_written(given), _as_written(family)
    if not family:
        return Name(given, family, salutation, doubt=_one_word())
    if re.fullmatch(r"[^\W\d]\.?", given):
        return Name(given, family, salutation, doubt=_initial())
    return Name(given, family, salutation)


def _as_written(name: str) -> str:
    """Give capitals or small letters throughout back their usual form."""
    if not name or (name.upper() != name and name.lower() != name) or len(name.strip(".")) < 2:
        return name
    capitalised = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
    return re.sub(
        r"(?<=[- ])(Du|De|Des|La|Le|El|Al|D)(?=[- '])", lambda p: p[0].lower(), capitalised
    )


def _one_word() -> Doubt:
    return Doubt("one-word-name", N_("only one word of a name"))


def _initial() -> Doubt:
    return Doubt("initial-only", N_("the given name is only an initial"))
