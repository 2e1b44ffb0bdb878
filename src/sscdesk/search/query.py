"""Finding records by what is typed, within a key stroke at a hundred thousand records.

First what has all the words, best title first; then records whose words stand in
different rows (a person of the mission, a town of its itinerary); then, when little was
found, names that sound so in the other script, and words with a typing error.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from sscdesk.search.index import KIND_BITS, PART_BITS, is_current, kind_range, kinds
from sscdesk.search.names import likeness
from sscdesk.search.normalise import fold, words
from sscdesk.search.question import Question, asked
from sscdesk.search.references import referred
from sscdesk.search.sound import names_in
from sscdesk.search.spelling import nearby

FEW = 5
"""Below so many results, other spellings are tried."""

MOST_RANKED = 8_000
"""Rows that are ranked by relevance; of more, the newest with the words in the title."""

_FEW_ROWS = 50
_MOST_ACROSS = 4
_MOST_JOINED = 20_000
_MOST_PROBED = 100
_MOST_HEARD = 50
_SOUNDS_ALIKE = 70
MATCH = "FROM search_text WHERE search_text MATCH ? AND rowid >= ? AND rowid < ? "
_EVERYTHING = (0, 1 << 62)


@dataclass(frozen=True, slots=True)
class Found:
    """One record found."""

    record: str
    entity: str
    title: str
    """As it was indexed, one text a line."""
    exact: bool
    """False when the words were taken for others (``results`` come after exact ones)."""


def search(
    connection: Connection, text: str, *, entity: str | None = None, limit: int = 20
) -> list[Found]:
    """Return the records that ``text`` finds, the best first; any text may be asked."""
    question = asked(text)
    if question.is_empty or not is_current(connection):
        return []
    by_reference = referred(connection, text, entity, limit)
    if by_reference:
        return _titled(connection, by_reference)
    codes = kinds(connection)
    if entity is not None and entity not in codes:
        return []
    return _Search(connection, question, codes, entity, limit).found()


def _titled(connection: Connection, records: Sequence[tuple[str, str]]) -> list[Found]:
    marks = ", ".join("?" * len(records))
    titles = connection.exec_driver_sql(
        f"SELECT record, title FROM search_record WHERE record IN ({marks})",  # noqa: S608
        tuple(record for _, record in records),
    ).all()
    known = {str(record): str(title) for record, title in titles}
    return [Found(record, entity, known.get(record, ""), True) for entity, record in records]


def further_numbers(
    connection: Connection, text: str, entity: str, exact: int, limit: int
) -> list[int]:
    """Return the numbers of records of a kind that no single row of theirs has shown.

    Those whose words stand in different rows, and, where with ``exact`` others little was
    found, those whose names sound so or whose words were misspelt.
    """
    codes = kinds(connection)
    return _Search(connection, asked(text), codes, entity, limit).further(exact)


def _records_of(rows: Sequence[int]) -> list[int]:
    """Return the records of entries, each once, in their order."""
    return list(dict.fromkeys(row >> PART_BITS for row in rows))


class _Search:
    def __init__(
        self,
        connection: Connection,
        question: Question,
        codes: dict[str, int],
        entity: str | None,
        limit: int,
    ) -> None:
        self.connection = connection
        self.question = question
        self.entities = {code: name for name, code in codes.items()}
        self.range = kind_range(codes[entity]) if entity else _EVERYTHING
        self.limit = limit
        self.seen: dict[int, bool] = {}

    def found(self) -> list[Found]:
        self._take(self._ranked(self.question.expression()), exact=True)
        self.further(0)
        return self._told()

    def further(self, exact: int) -> list[int]:
        """Go on to less obvious answers; ``exact`` are known to the caller alone."""
        few = min(FEW, self.limit) - exact
        if exact + len(self.seen) < self.limit and 1 < len(self.question.words) <= _MOST_ACROSS:
            self._take(self._across_rows(), exact=True)
        if len(self.seen) < few:
            self._take(self._by_sound(), exact=False)
        if len(self.seen) < few:
            self._take(self._respelled(), exact=False)
        return list(self.seen)

    def _take(self, numbers: Iterator[int], *, exact: bool) -> None:
        # Some may be in the bin: a few more than wanted are looked at.
        for number in numbers:
            self.seen.setdefault(number, exact)
            if len(self.seen) >= self.limit + 20:
                return

    def _ranked(self, expression: str) -> Iterator[int]:
        """Yield the numbers of records, by relevance or, of very many, the newest."""
        newest = self._newest(expression)
        if self._can_be_ranked(expression, newest):
            yield from self._best(expression, newest)
            return
        in_title = expression.replace("{title body}", "title")
        titled = self._newest(in_title)
        if self._can_be_ranked(in_title, titled):
            yield from self._best(in_title, titled)
        else:
            yield from _records_of(titled)
        yield from _records_of(newest)

    def _newest(self, expression: str) -> list[int]:
        rows = self.connection.exec_driver_sql(
            f"SELECT rowid {MATCH} ORDER BY rowid DESC LIMIT ?",
            (expression, *self.range, self._enough()),
        ).scalars()
        return list(rows.all())

    def _can_be_ranked(self, expression: str, newest: list[int]) -> bool:
        if len(newest) < min(self._enough(), MOST_RANKED):
            return True
        counted = self.connection.exec_driver_sql(
            f"SELECT count(*) FROM (SELECT 1 {MATCH} LIMIT ?)",  # noqa: S608 - ours
            (expression, *self.range, MOST_RANKED + 1),
        )
        return int(counted.scalar_one()) <= MOST_RANKED

    def _best(self, expression: str, newest: list[int]) -> Iterator[int]:
        # Relevance counts every row of every word: a few are told apart by their titles.
        if len(newest) <= _FEW_ROWS:
            yield from self._by_title(_records_of(newest))
        else:
            yield from self._by_relevance(expression)

    def _by_relevance(self, expression: str) -> Iterator[int]:
        rows = self.connection.exec_driver_sql(
            f"SELECT rowid {MATCH} ORDER BY bm25(search_text, 10.0, 1.0, 0.0) LIMIT ?",
            (expression, *self.range, self._enough()),
        ).scalars()
        numbers = _records_of(rows.all())
        yield from self._by_title(numbers[:_FEW_ROWS])
        yield from numbers[_FEW_ROWS:]

    def _by_title(self, numbers: list[int]) -> list[int]:
        titles = self._titles(numbers)
        return sorted(numbers, key=lambda number: -self._closeness(titles.get(number, "")))

    def _enough(self) -> int:
        # Several rows may belong to one record.
        return 4 * self.limit + 40

    def _closeness(self, title: str) -> float:
        """Return how well a title answers: whole words first, then words at its beginning."""
        title_words = words(title)
        asked_for = self.question.words
        whole = sum(word in title_words for word in asked_for)
        first = bool(title_words) and title_words[0].startswith(asked_for[:1])
        begun = any(word.startswith(asked_for[-1:]) for word in title_words)
        return whole + 0.5 * first + 0.25 * begun

    def _across_rows(self) -> Iterator[int]:
        """Yield records that have every word, though not in one row."""
        if not self._has_parts():
            return
        expressions = [
            self.question.word_expression(place) for place in range(len(self.question.words))
        ]
        counted = sorted((self._count(expression), expression) for expression in expressions)
        records = self._records(counted[0][1])
        for count, expression in counted[1:]:
            if not records:
                return
            if count <= _MOST_JOINED:
                records &= self._records(expression)
            else:
                newest = sorted(records, reverse=True)[:_MOST_PROBED]
                records = {number for number in newest if self._has(number, expression)}
        yield from sorted(records, reverse=True)

    def _has_parts(self) -> bool:
        found = self.connection.exec_driver_sql(
            "SELECT 1 FROM search_part WHERE num >= ? AND num < ? LIMIT 1", self.range
        )
        return found.first() is not None

    def _has(self, number: int, expression: str) -> bool:
        first = number << PART_BITS
        found = self.connection.exec_driver_sql(
            f"SELECT 1 {MATCH} LIMIT 1", (expression, first, first + (1 << PART_BITS))
        )
        return found.first() is not None

    def _count(self, expression: str) -> int:
        return int(
            self.connection.exec_driver_sql(
                f"SELECT count(*) {MATCH}", (expression, *self.range)
            ).scalar_one()
        )

    def _records(self, expression: str) -> set[int]:
        rows = self.connection.exec_driver_sql(
            f"SELECT rowid {MATCH} ORDER BY rowid DESC LIMIT ?",
            (expression, *self.range, _MOST_JOINED),
        ).scalars()
        return {row >> PART_BITS for row in rows.all()}

    def _by_sound(self) -> Iterator[int]:
        """Yield names that sound so, in this script or the other, the most alike first."""
        expression = self.question.sound_expression()
        if expression is None:
            return
        typed = " ".join(self.question.words)
        rows = self.connection.exec_driver_sql(
            f"SELECT rowid {MATCH} ORDER BY bm25(search_text, 0.0, 0.0, 1.0) LIMIT ?",
            (expression, *self.range, _MOST_HEARD),
        ).scalars()
        titles = self._titles([row >> PART_BITS for row in rows.all()])
        scores = {
            number: max((likeness(typed, name) for name in names_in("", fold(title))), default=0)
            for number, title in titles.items()
        }
        near = [number for number, score in scores.items() if score >= _SOUNDS_ALIKE]
        yield from sorted(near, key=lambda number: -scores[number])

    def _respelled(self) -> Iterator[int]:
        """Yield what is found with the words that were probably meant."""
        meant = []
        last = len(self.question.words) - 1
        for place, word in enumerate(self.question.words):
            beginning = place == last and not self.question.finished
            meant.append([*nearby(self.connection, word, beginning), word][:3])
        changed = [options for options in meant if len(options) > 1]
        if not changed:
            return
        for choice in range(3):
            chosen = tuple(options[min(choice, len(options) - 1)] for options in meant)
            if chosen != self.question.words and len(self.seen) < self.limit:
                yield from self._ranked(replace(self.question, words=chosen).expression())

    def _titles(self, numbers: Sequence[int]) -> dict[int, str]:
        marks = ", ".join("?" * len(numbers))
        found = self.connection.exec_driver_sql(
            f"SELECT num, title FROM search_record WHERE num IN ({marks})",  # noqa: S608
            tuple(numbers),
        )
        return {int(number): str(title) for number, title in found.all()}

    def _told(self) -> list[Found]:
        numbers = list(self.seen)
        told: dict[int, tuple[str, str]] = {}
        for start in range(0, len(numbers), 900):
            some = numbers[start : start + 900]
            marks = ", ".join("?" * len(some))
            rows = self.connection.exec_driver_sql(
                f"SELECT num, record, title FROM search_record WHERE num IN ({marks}) "  # noqa: S608
                "AND hidden = 0",
                tuple(some),
            )
            told.update({int(n): (str(record), str(title)) for n, record, title in rows.all()})
        return [
            Found(told[n][0], self.entities[n >> KIND_BITS], told[n][1], self.seen[n])
            for n in numbers
            if n in told
        ][: self.limit]


_LETTERS = r"[\w\u0300-\u036f\u0640\u064b-\u065f\u0670]+"
_PIECE = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*|\s+|[^\w\s]+")
_OPEN, _CLOSE = "\x02", "\x03"


def snippet(text: str, query: str, width: int = 90) -> str:
    """Return the words of ``text`` around what ``query`` finds in it.

    U+0002 and U+0003 stand around each match; ``…`` where text was left out. The text's
    beginning where it has none of the words.
    """
    question = asked(query)
    flat = " ".join(text.translate({2: None, 3: None}).split())
    pieces = [(found.group(), found.start()) for found in _PIECE.finditer(flat)]
    matches = [place for place, (piece, _) in enumerate(pieces) if _matches(piece, question)]
    start = pieces[matches[0]][1] - width // 3 if matches else 0
    return _cut(flat, pieces, set(matches), max(start, 0), width)


def _matches(piece: str, question: Question) -> bool:
    folded = fold(piece)
    parts = {folded, *words(folded), folded.replace("'", "")}
    if folded.startswith("ال"):
        parts.add(folded[2:])
    last = question.words[-1:]
    return any(
        part in question.words or (last and len(last[0]) > 1 and part.startswith(last[0]))
        for part in parts
    )


def _cut(
    flat: str, pieces: Sequence[tuple[str, int]], matches: set[int], start: int, width: int
) -> str:
    shown: list[str] = []
    end = start
    for place, (piece, at) in enumerate(pieces):
        if at < start:
            continue
        if at + len(piece) > start + width and shown:
            break
        shown.append(f"{_OPEN}{piece}{_CLOSE}" if place in matches else piece)
        end = at + len(piece)
    before = "…" if start > 0 else ""
    return before + "".join(shown).strip() + ("…" if end < len(flat) else "")
