"""The lists of codes that come with the desk, in three languages.

Data of the program, equal in every office; what the secretariat adds or retires later
are records (``model/vocabulary.py``). ``Vocabularies`` holds both.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sscdesk.model.folding import folded


@dataclass(frozen=True, slots=True)
class Term:
    """One code of one list with its labels."""

    list_name: str
    code: str
    position: int
    en: str
    fr: str
    ar: str
    retired: bool = False
    also: tuple[str, ...] = ()
    """Other names by which it is found: the common labels where a country has its own."""

    def label(self, language: str) -> str:
        """Return the label in ``language``, else in one that exists, else the code."""
        wanted = {"en": self.en, "fr": self.fr, "ar": self.ar}
        return wanted.get(language) or self.fr or self.en or self.ar or self.code


@cache
def seed_terms() -> tuple[Term, ...]:
    """Return the terms that come with the desk, list by list, in the order of each."""
    text = (
        files("sscdesk")
        .joinpath("resources", "vocabularies", "vocabularies.csv")
        .read_text("utf-8")
    )
    return tuple(
        Term(row["list"], row["code"], int(row["position"]), row["en"], row["fr"], row["ar"])
        for row in csv.DictReader(io.StringIO(text))
    )


class Vocabularies:
    """Every list as an office knows it: the seed, overridden by recorded terms.

    Immutable; made anew when a term is recorded. A code that no list knows (of a newer
    version, or not yet received) is shown as it is.
    """

    def __init__(self, recorded: Iterable[Term] = ()) -> None:
        self._lists: dict[str, dict[str, Term]] = {}
        for term in (*seed_terms(), *recorded):
            self._lists.setdefault(term.list_name, {})[term.code] = term
        self._by_name: dict[str, dict[str, str]] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of all lists."""
        return tuple(self._lists)

    def terms(self, list_name: str, *, retired: bool = False) -> tuple[Term, ...]:
        """Return the terms of a list in order, retired ones only when asked for."""
        found = self._lists.get(list_name, {}).values()
        return tuple(
            sorted(
                (term for term in found if retired or not term.retired),
                key=lambda term: (term.position, term.code),
            )
        )

    def codes(self, list_name: str) -> tuple[str, ...]:
        """Return the codes that may be chosen, in order."""
        return tuple(term.code for term in self.terms(list_name))

    def knows(self, list_name: str, code: str) -> bool:
        """Whether the code is of the list, retired or not."""
        return code in self._lists.get(list_name, {})

    def term(self, list_name: str, code: str) -> Term | None:
        """Return the term of a code, None where the list does not know it."""
        return self._lists.get(list_name, {}).get(code)

    def offers(self, list_name: str, code: str) -> bool:
        """Whether the code may be chosen for something new: known and not retired."""
        term = self.term(list_name, code)
        return term is not None and not term.retired

    def label(self, list_name: str, code: str, language: str) -> str:
        """Return the label of a code, the code itself where it is not known."""
        term = self._lists.get(list_name, {}).get(code)
        return term.label(language) if term else code

    def find(self, list_name: str, typed: str) -> str | None:
        """Return the code that somebody means by a code or a label in any language.

        Case, accents and Arabic diacritics do not matter; a text that could mean two
        codes means none.
        """
        if self.knows(list_name, typed):
            return typed
        return self._names(list_name).get(folded(typed)) or None

    def _names(self, list_name: str) -> Mapping[str, str]:
        if list_name not in self._by_name:
            self._by_name[list_name] = _unambiguous(
                (folded(name), term.code)
                for term in self.terms(list_name, retired=True)
                for name in {term.code, term.en, term.fr, term.ar, *term.also}
            )
        return self._by_name[list_name]


@cache
def seed_vocabularies() -> Vocabularies:
    """Return the lists as they come with the desk, made once."""
    return Vocabularies()


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map each name to its code; names of two codes map to the empty text."""
    found: dict[str, str] = {}
    for name, code in _named(pairs):
        found[name] = code if found.get(name, code) == code else ""
    return found


def _named(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((name, code) for name, code in pairs if name)


def term_of(fields: Mapping[str, object]) -> Term:
    """Return the term that a recorded vocabulary row holds."""
    position = fields.get("position")
    return Term(
        list_name=str(fields.get("list_name") or ""),
        code=str(fields.get("code") or ""),
        position=position if isinstance(position, int) else 1_000,
        en=str(fields.get("label_en") or ""),
        fr=str(fields.get("label_fr") or ""),
        ar=str(fields.get("label_ar") or ""),
        retired=fields.get("retired") is True,
    )
