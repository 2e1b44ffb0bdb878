"""What an officer typed, taken apart into words that are only ever data.

Every word goes to FTS5 inside quotes, so that no text that anybody types is syntax.
"""

from dataclasses import dataclass

from sscdesk.search.normalise import MARK, PHONE_NUMBER, fold, phone_key, without_article, words
from sscdesk.search.sound import SOUND, skeletons

LONGEST = 200
MOST_WORDS = 8

_SMALL = frozenset(
    ("de", "du", "des", "la", "le", "les", "et", "en", "aux", "the", "of", "and", "for", "في", "من")
)
_TEXTS = "{title body}"


@dataclass(frozen=True, slots=True)
class Question:
    """The words of a search, folded; the last one may still be unfinished."""

    words: tuple[str, ...]
    phones: tuple[str, ...] = ()
    finished: bool = False
    """Whether a space follows the last word."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.words and not self.phones

    def expression(self, columns: str = _TEXTS) -> str:
        """Return what FTS5 is asked: every word, the last one as a beginning."""
        asked = [self.word_expression(place, columns) for place in range(len(self.words))]
        asked.extend(f"sound : {_quoted(phone)}" for phone in self.phones)
        return " AND ".join(asked)

    def word_expression(self, place: int, columns: str = _TEXTS) -> str:
        """Return what FTS5 is asked for one word alone."""
        beginning = place == len(self.words) - 1
        return f"{columns} : ({_any_of(_forms(self.words[place]), beginning)})"

    def sound_expression(self) -> str | None:
        """Return what finds names that sound so, in any script; None for what is no name."""
        if self.phones or any(not word.replace(MARK, "").isalpha() for word in self.words):
            return None
        keys = [key for word in self.words for key in skeletons(word) if len(key) > 1]
        if not keys:
            return None
        return "sound : (" + " AND ".join(_quoted(SOUND + key) for key in keys) + ")"


def asked(text: str) -> Question:
    """Take apart what was typed. Any text is a valid question."""
    folded = fold(text[:LONGEST])
    phones = PHONE_NUMBER.findall(folded)
    for found in phones:
        folded = folded.replace(found, " ")
    found_words = _telling(words(folded))[:MOST_WORDS]
    # A single letter after other words is the beginning of one: it would say nothing yet.
    if len(found_words) > 1 and len(found_words[-1]) == 1 and not folded.endswith(" "):
        found_words.pop()
    return Question(tuple(found_words), tuple(map(phone_key, phones)), folded[-1:].isspace())


def _telling(found: list[str]) -> list[str]:
    """Leave out small words, unless the last one, which may be the beginning of another."""
    return [word for word in found[:-1] if word not in _SMALL] + found[-1:]


def _forms(word: str) -> list[str]:
    """Return the ways in which the index may know a word."""
    forms = [word.replace(MARK, "")]
    if MARK in word:
        forms.extend(part for part in word.split(MARK) if len(part) > 2)
    forms.extend(without_article(word))
    return list(dict.fromkeys(forms))


def _any_of(forms: list[str], beginning: bool) -> str:
    return " OR ".join(
        _quoted(form) + ("*" if beginning and len(form) > 1 else "") for form in forms
    )


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
