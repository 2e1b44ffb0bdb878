"""Is it the same person or organisation? Candidates through the index, reasons in words.

Works while one types, and across scripts: candidates share a telephone, an e-mail or the
sound of a name, and are then compared name by name. Nothing is ever merged here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy import Connection

from sscdesk.model.text import N_
from sscdesk.search.index import PART_BITS, is_current, kind_range, kinds
from sscdesk.search.names import likeness
from sscdesk.search.normalise import EMAIL, PHONE, email_key, fold, phone_key, words
from sscdesk.search.sound import SOUND, names_in, skeletons, sound_keys

ALIKE = 86
"""From this likeness of names on, a name alone is worth a question."""
ALIKE_WITH_EVIDENCE = 45
"""With the same telephone, which colleagues share, the names must be this alike."""

_MOST_CANDIDATES = 150
_MOST_ROWS = 12_000
_LARGEST_GROUP = 40

_MATCH = "FROM search_text WHERE search_text MATCH ? AND rowid >= ? AND rowid < ?"
_COUNT = f"SELECT count(*) {_MATCH}"
_NEWEST = f"SELECT rowid {_MATCH} ORDER BY rowid DESC LIMIT ?"
_BY_RAREST = f"SELECT rowid {_MATCH} ORDER BY bm25(search_text, 0.0, 0.0, 1.0) LIMIT ?"
"""Those first that have the keys which few others have."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two records may be one; ``message`` is a msgid with placeholders."""

    code: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A record that may be the same."""

    record: str
    title: str
    """As it was indexed, one text a line."""
    score: int
    """From 0 to 100."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one."""

    one: str
    other: str
    score: int
    reasons: tuple[Reason, ...]


SAME_EMAIL = Reason("same-email", N_("same e-mail"))
SAME_PHONE = Reason("same-phone", N_("same telephone"))


def similar(
    connection: Connection,
    entity: str,
    names: Sequence[str],
    *,
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    limit: int = 5,
    exclude: str | None = None,
) -> list[Likeness]:
    """Return the records that may be the one that is being entered, the likeliest first.

    ``names`` are whole names, in any script ("Awa Traoré", "أوا تراوري"); for an
    organisation also its acronym. ``exclude`` is the record itself when it exists already.
    """
    code = kinds(connection).get(entity) if is_current(connection) else None
    if code is None:
        return []
    names = [name for name in names if name.strip()]
    look = _Lookup(connection, kind_range(code))
    with_email = look.with_keys(email_key(email) for email in emails if "@" in email)
    with_phone = look.with_keys(filter(None, map(phone_key, phones)))
    candidates = with_email | with_phone | look.by_names(names)
    found = []
    for number, record, title in look.titles(candidates):
        alike = _best(names, names_in(entity, fold(title)))
        told = _judged(alike, number in with_email, number in with_phone)
        if told and record != exclude:
            found.append(Likeness(record, title, *told))
    return sorted(found, key=lambda one: (-one.score, one.title))[:limit]


def pairs(connection: Connection, entity: str, limit: int = 200) -> list[Pair]:
    """Return the pairs of existing records that may be one, the likeliest first.

    Records are compared only within groups that share a telephone, an e-mail or the sound
    of a whole name, so that the work grows with the number of records and not its square.
    """
    code = kinds(connection).get(entity) if is_current(connection) else None
    if code is None:
        return []
    look = _Lookup(connection, kind_range(code))
    titles = look.all_titles()
    names = {number: names_in(entity, fold(title)) for number, (_, title) in titles.items()}
    shared = {EMAIL: look.pairs_sharing(EMAIL), PHONE: look.pairs_sharing(PHONE)}
    found = []
    for one, other in {*shared[EMAIL], *shared[PHONE], *_pairs_sounding_alike(names)}:
        if one in names and other in names:
            alike = _best(names[one], names[other])
            told = _judged(alike, (one, other) in shared[EMAIL], (one, other) in shared[PHONE])
            if told:
                found.append(Pair(titles[one][0], titles[other][0], *told))
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))[:limit]


def _judged(alike: int, email: bool, phone: bool) -> tuple[int, tuple[Reason, ...]] | None:
    """Return the score and its reasons, None when it is not worth a question."""
    evidence = [*[SAME_EMAIL] * email, *[SAME_PHONE] * phone]
    if not (alike >= ALIKE or email or (phone and alike >= ALIKE_WITH_EVIDENCE)):
        return None
    name = Reason("name", N_("name {percent} %"), {"percent": alike})
    score = (alike + 100 * len(evidence)) // (1 + len(evidence))
    return score, (*evidence, name)


def _best(names: Iterable[str], others: Sequence[str]) -> int:
    return max((likeness(one, other) for one in names for other in others), default=0)


def _pairs_sounding_alike(names: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, int]]:
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for number, all_names in names.items():
        for name in all_names:
            key = "".join(sorted(skeletons(name)))
            if len(key) > 2:
                groups[key].add(number)
    for group in groups.values():
        if len(group) <= _LARGEST_GROUP:
            yield from combinations(sorted(group), 2)


class _Lookup:
    """Questions to the index about one kind of record."""

    def __init__(self, connection: Connection, numbers: tuple[int, int]) -> None:
        self.connection = connection
        self.range = numbers

    def with_keys(self, keys: Iterable[str]) -> set[int]:
        """Return the records with one of these telephones or e-mails."""
        wanted = list(keys)
        return self._rows("sound : (" + _any(wanted) + ")") if wanted else set()

    def by_names(self, names: Iterable[str]) -> set[int]:
        """Return records whose names sound like these or have all of their words."""
        found: set[int] = set()
        for name in names:
            keys = [SOUND + key for key in sound_keys(name)]
            if keys:
                found |= self._by_sound(keys)
            name_words = [word.replace("'", "") for word in words(name)]
            if name_words:
                found |= self._rows("title : (" + " AND ".join(map(_quoted, name_words)) + ")")
        return found

    def _by_sound(self, keys: Sequence[str]) -> set[int]:
        expression = f"sound : ({_any(keys)})"
        count = self.connection.exec_driver_sql(_COUNT, (expression, *self.range)).scalar_one()
        if count > _MOST_ROWS:
            expression = "sound : (" + " AND ".join(map(_quoted, keys[: len(keys) // 2 + 1])) + ")"
        return self._rows(expression, _BY_RAREST)

    def _rows(self, expression: str, statement: str = _NEWEST) -> set[int]:
        rows = self.connection.exec_driver_sql(
            statement, (expression, *self.range, _MOST_CANDIDATES)
        ).scalars()
        return {row >> PART_BITS for row in rows.all()}

    def titles(self, numbers: Iterable[int]) -> list[tuple[int, str, str]]:
        """Return number, record and title of those that are not in the bin."""
        wanted = tuple(numbers)
        marks = ", ".join("?" * len(wanted))
        rows = self.connection.exec_driver_sql(
            f"SELECT num, record, title FROM search_record WHERE num IN ({marks}) AND hidden = 0",  # noqa: S608
            wanted,
        )
        return [(int(n), str(record), str(title)) for n, record, title in rows.all()]

    def all_titles(self) -> dict[int, tuple[str, str]]:
        """Return record and title of the whole kind, without what is in the bin."""
        first, beyond = (number >> PART_BITS for number in self.range)
        rows = self.connection.exec_driver_sql(
            "SELECT num, record, title FROM search_record "
            "WHERE num >= ? AND num < ? AND hidden = 0",
            (first, beyond),
        )
        return {int(n): (str(record), str(title)) for n, record, title in rows.all()}

    def pairs_sharing(self, begin: str) -> set[tuple[int, int]]:
        """Return the pairs of records that share a telephone, or an e-mail."""
        terms = self.connection.exec_driver_sql(
            "SELECT term FROM search_word WHERE term >= ? AND term < ? AND doc BETWEEN 2 AND ?",
            (begin, chr(ord(begin) + 1), _LARGEST_GROUP),
        ).scalars()
        found: set[tuple[int, int]] = set()
        for term in terms.all():
            found.update(combinations(sorted(self._rows(f"sound : {_quoted(term)}")), 2))
        return found


def _any(keys: Sequence[str]) -> str:
    return " OR ".join(map(_quoted, dict.fromkeys(keys)))


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
