"""Reads codes, yes and no, telephone numbers and e-mail addresses from their words."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from sscdesk.interop.columns import folded
from sscdesk.interop.reading import Doubt, Reading, Unreadable, western
from sscdesk.interop.sheet import Cell
from sscdesk.model.text import N_

_ALSO = {
    "country": {
        "royaume du maroc": "MA",
        "mar": "MA",
        "rci": "CI",
        "civ": "CI",
        "ivory coast": "CI",
        "republique de cote d ivoire": "CI",
        "sen": "SN",
        "republique du senegal": "SN",
        "mli": "ML",
        "republique du mali": "ML",
    },
    "sex": {
        "h": "m",
        "homme": "m",
        "masculin": "m",
        "male": "m",
        "femme": "f",
        "feminin": "f",
        "female": "f",
        "ذكر": "m",
        "انثي": "f",
    },
    "exchange_kind": {
        "visite d etude": "study_visit",
        "voyage d etude": "study_visit",
        "formation": "training",
        "comite": "steering_committee",
    },
    "mission_status": {"cloturee": "closed", "terminee": "closed", "en cours": "under_way"},
    "exchange_status": {"cloture": "closed", "realise": "held"},
    "follow_up_status": {"ouverte": "open", "termine": "done", "clos": "verified"},
}
_YES = {"oui", "yes", "vrai", "true", "1", "x", "o", "y", "نعم"}
_NO = {"non", "no", "faux", "false", "0", "n", "لا"}
_NEARLY = 80


class Codes:
    """The codes of one vocabulary with the words that stand for them in three languages."""

    def __init__(self, vocabulary: str, labels: Mapping[str, Iterable[str]]) -> None:
        self.vocabulary = vocabulary
        self._codes = dict(_said(vocabulary, labels))
        self._read: dict[Cell, Reading] = {code: Reading(code) for code in labels}

    def read(self, cell: Cell) -> Reading:
        """Return the code meant; Unreadable ``unknown-code`` when nothing is like it."""
        found = self._read.get(cell)
        if found is None:
            found = self._read[cell] = self._meant(str(cell).strip())
        return found

    def read_all(self, cell: Cell) -> Reading:
        """Return the set of codes meant, separated by ``;``, ``,`` or new lines."""
        readings = [self.read(part) for part in members(cell)]
        codes = tuple(sorted({str(reading.value) for reading in readings}))
        doubts = [reading.doubt for reading in readings if reading.doubt]
        return Reading(codes, doubts[0] if doubts else None)

    def _meant(self, text: str) -> Reading:
        word = folded(text)
        if word in self._codes:
            code = self._codes[word]
            return Reading(code, _asked(text, code) if text.endswith("?") else None)
        near = len(word) > 3 and process.extractOne(
            word, list(self._codes), scorer=fuzz.ratio, score_cutoff=_NEARLY
        )
        if not near:
            raise Unreadable("unknown-code", N_("“{text}” is not in the list"), text=text)
        code = self._codes[near[0]]
        return Reading(code, _nearly(text, code))


def _said(vocabulary: str, labels: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, str]]:
    """Words and their codes; what comes later counts more: the code itself most of all."""
    for word, code in _ALSO.get(vocabulary, {}).items():
        if code in labels:
            yield folded(word), code
    for code, words in labels.items():
        yield from ((folded(word), code) for word in words if word)
    yield from ((folded(code), code) for code in labels)


def _asked(text: str, code: str) -> Doubt:
    return Doubt("asked", N_("“{text}” carries a question mark"), {"text": text, "code": code})


def _nearly(text: str, code: str) -> Doubt:
    return Doubt("nearly", N_("“{text}” was read as {code}"), {"text": text, "code": code})


def members(cell: Cell) -> list[str]:
    """Cut a cell that holds several values."""
    text = str(cell)
    mark = ";" if ";" in text else "\n" if "\n" in text else ","
    return [part.strip() for part in text.split(mark) if part.strip()]


def read_boolean(cell: Cell) -> Reading:
    """Read yes or no in three languages; Unreadable ``no-yes-or-no``."""
    word = str(cell).strip().casefold().rstrip(".")
    if word in _YES or word in "✓✔":
        return Reading(True)
    if word in _NO:
        return Reading(False)
    raise Unreadable("no-yes-or-no", N_("“{text}” is neither yes nor no"), text=str(cell))


CALLING_CODES = {"MA": "212", "CI": "225", "ML": "223", "SN": "221"}
"""Telephone codes of the four countries (ITU-T E.164)."""
_NATIONAL_DIGITS = {"212": 9, "225": 10, "223": 8, "221": 9}
_PHONE = re.compile(r"[+(]?[\d][\d\s().-]*")


def read_phone(cell: Cell, country: str | None = None) -> Reading:
    """Read a telephone number, written internationally where its country is certain.

    A number that already is international stays as it was typed. Words beside it are
    told as a doubt. Raises Unreadable ``no-phone``.
    """
    text = western(str(cell)).strip()
    found = _PHONE.search(text)
    if found is None or sum(map(str.isdigit, found[0])) < 4:
        raise Unreadable("no-phone", N_("“{text}” is not a telephone number"), text=str(cell))
    number = _international(found[0].strip(" .-"), country)
    beside = (text[: found.start()] + text[found.end() :]).strip(" /:;,.")
    return Reading(number, _beside(beside) if beside else None)


@lru_cache(maxsize=10_000)
def _international(number: str, country: str | None) -> str:
    if re.fullmatch(r"\+[\d ]+", number):
        return _spaced(number)
    digits = re.sub(r"\D", "", number)
    if number.startswith("+") or digits.startswith("00"):
        return _spaced("+" + digits.removeprefix("00"))
    for code, length in _NATIONAL_DIGITS.items():
        if digits.startswith(code) and len(digits) == len(code) + length:
            return _spaced("+" + digits)
    code = CALLING_CODES.get(country or "", "")
    if code and digits.startswith("0") and len(digits) == _NATIONAL_DIGITS[code] + 1:
        return f"+{code} {digits[1:]}"
    if code and len(digits) == _NATIONAL_DIGITS[code]:
        return f"+{code} {digits}"
    return " ".join(number.split())


def _spaced(number: str) -> str:
    """Set the country's code apart, when nothing is set apart yet."""
    if " " in number:
        return " ".join(number.split())
    code = next((code for code in _NATIONAL_DIGITS if number.startswith("+" + code)), "")
    return f"+{code} {number[len(code) + 1 :]}" if code else number


def _beside(text: str) -> Doubt:
    return Doubt("beside-phone", N_("left beside the telephone number: {text}"), {"text": text})


_EMAIL = re.compile(r"[^\s@<>;,\"]+@[^\s@<>;,\"]+\.[^\s@<>;,.\"]{2,}")


def read_email(cell: Cell) -> Reading:
    """Read an e-mail address; Unreadable ``no-email``."""
    text = str(cell).strip().removeprefix("mailto:").strip("<>")
    if not _EMAIL.fullmatch(text):
        raise Unreadable("no-email", N_("“{text}” is not an e-mail address"), text=str(cell))
    return Reading(text.lower() if text.upper() == text else text)
