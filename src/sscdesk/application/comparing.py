"""Two texts beside each other: which words changed, and whether two changes can stand together.

Pure functions. Nothing is ever joined silently: what ``joined`` returns is a proposal.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 6_000
"""Longer texts are compared by line: comparing words grows with the square of their number."""

_WORD = re.compile(r"\S+|\s+")


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one mark."""

    mark: Mark
    text: str


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """Return the texts as one, piece by piece: what stayed, what went, what came."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return tuple(_pieces(old, new))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Yield the pieces; a gap between two changed words is part of one change."""
    gone = came = ""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        same = "".join(new[c:d]) if kind == "equal" else ""
        if kind != "equal" or ((gone or came) and same.isspace() and d < len(new)):
            gone += "".join(old[a:b])
            came += "".join(new[c:d])
            continue
        yield from _change(gone, came)
        gone = came = ""
        yield Piece(Mark.SAME, same)
    yield from _change(gone, came)


def _change(gone: str, came: str) -> Iterator[Piece]:
    gap = _common_gap(gone, came)
    end = len(gap)
    if gone[: len(gone) - end]:
        yield Piece(Mark.GONE, gone[: len(gone) - end])
    if came[: len(came) - end]:
        yield Piece(Mark.NEW, came[: len(came) - end])
    if gap:
        yield Piece(Mark.SAME, gap)


def _common_gap(gone: str, came: str) -> str:
    """Return the blanks with which both sides of a change end."""
    gap = gone[len(gone.rstrip()) :]
    return gap if came.endswith(gap) else ""


@dataclass(frozen=True, slots=True)
class _Edit:
    """Paragraphs ``start`` to ``end`` of the text before are replaced by ``lines``."""

    start: int
    end: int
    lines: tuple[str, ...]


def joined(before: str, versions: Sequence[str]) -> str | None:
    """Return a text with the changes of all ``versions``, None where two of them touch.

    Changes are compared by paragraph. Where only one version differs from ``before``, it
    is what is returned.
    """
    edits = [set(_edits(before, version)) for version in versions]
    every: list[_Edit] = sorted(set().union(*edits), key=lambda edit: (edit.start, edit.end))
    if any(_touch(one, other) for one, other in _neighbours(every)):
        return None
    lines = before.split("\n") if before else []
    for edit in reversed(every):
        lines[edit.start : edit.end] = edit.lines
    return "\n".join(lines)


def _edits(before: str, after: str) -> Iterator[_Edit]:
    old = before.split("\n") if before else []
    new = after.split("\n") if after else []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield _Edit(a, b, tuple(new[c:d]))


def _neighbours(edits: Sequence[_Edit]) -> Iterator[tuple[_Edit, _Edit]]:
    for place, one in enumerate(edits):
        for other in edits[place + 1 :]:
            if other.start > one.end:
                break
            yield one, other


def _touch(one: _Edit, other: _Edit) -> bool:
    """Whether two changes meet: in a paragraph, or by adding in the same place."""
    if one.start == other.start and (one.start == one.end or other.start == other.end):
        return True
    return one.start < other.end and other.start < one.end
