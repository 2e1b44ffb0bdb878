"""Words of the index near to one that it does not have: typing errors forgiven.

Only words that begin with the same letter, or with the second one (a letter left out or
exchanged at the beginning), are compared, so that it stays within a key stroke.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

SHORTEST = 4
"""Shorter words have too many neighbours to guess one."""
MOST_COMPARED = 15_000
_RARE = 3


def nearby(connection: Connection, word: str, beginning: bool, limit: int = 3) -> list[str]:
    """Return the words that ``word`` may have been meant for, the likeliest first.

    ``beginning`` compares with the beginnings of longer words too. Empty where the index
    has the word often enough, where the word is short, and for a number or a code: of
    those, a near one is another one.
    """
    if len(word) < SHORTEST or any(letter.isdigit() for letter in word):
        return []
    if _count(connection, word, beginning) >= _RARE:
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    allowed = 1 if len(word) < 8 else 2
    terms = _comparable(connection, word, allowed, beginning)
    near: dict[str, int] = {}
    for cut in (None, len(word), len(word) + 1) if beginning else (None,):
        compared = [term[:cut] for term in terms] if cut else terms
        found = process.extract_iter(word, compared, scorer=OSA.distance, score_cutoff=allowed)
        for _, distance, place in found:
            near[terms[place]] = min(int(distance), near.get(terms[place], 9))
    near.pop(word, None)
    ranked = sorted(near, key=lambda term: (near[term], abs(len(term) - len(word)), term))
    return _most_used(connection, near, ranked[:20])[:limit]


def _comparable(connection: Connection, word: str, allowed: int, beginning: bool) -> list[str]:
    """Return the words that may be near: of a like length, with two of its first letters."""
    most = 60 if beginning else len(word) + allowed
    lengths = (len(word) - allowed, most)
    terms: list[str] = []
    # The first letter holds; or it was exchanged with the second, or is one too many.
    for begin in dict.fromkeys((word[0], word[1] + word[0], word[1] + word[2])):
        found = connection.exec_driver_sql(
            "SELECT term FROM search_word WHERE term >= ? AND term < ? "
            "AND length(term) BETWEEN ? AND ? LIMIT ?",
            (begin, begin[:-1] + chr(ord(begin[-1]) + 1), *lengths, MOST_COMPARED),
        )
        terms.extend(found.scalars().all())
    early = set(word[1:4])
    return [term for term in dict.fromkeys(terms) if early & set(term[1:4])]


def _count(connection: Connection, word: str, beginning: bool) -> int:
    """Return the number of rows with a word, counted up to ``_RARE``."""
    quoted = '"' + word.replace('"', '""') + '"' + ("*" if beginning else "")
    return len(
        connection.exec_driver_sql(
            "SELECT rowid FROM search_text WHERE search_text MATCH ? LIMIT ?", (quoted, _RARE)
        ).all()
    )


def _most_used(connection: Connection, near: dict[str, int], terms: Iterable[str]) -> list[str]:
    uses = {}
    for term in terms:
        found = connection.exec_driver_sql(
            "SELECT doc FROM search_word WHERE term = ?", (term,)
        ).scalar()
        uses[term] = int(found or 0)
    return sorted(uses, key=lambda term: (near[term], -uses[term], term))
