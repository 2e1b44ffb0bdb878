"""Paper as a stream of strips, and how strips become pages.

A block gives strips for a width; the paginator places them. A page never ends between a strip
and the one it is kept with, unless they are taller than a page together.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sscdesk.reports.ink import Ink

Draw = Callable[[Ink, float, float], None]
"""Draws at (left edge, upper edge)."""


@dataclass(slots=True)
class Strip:
    """A horizontal slice of paper of the full measure."""

    height: float
    draw: Draw
    gap: float = 0.0
    """Space above, dropped at the top of a page."""
    keep: bool = False
    """Never parted from the next strip."""
    head: "tuple[Strip, ...]" = ()
    """Drawn again above this strip where it opens a page (headings of a table)."""
    mark: "Mark | None" = None
    opens_page: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of the document's outline."""

    title: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """What a block may know of its place."""

    width: float
    language: str
    rtl: bool = False


class Block(Protocol):
    """A part of a paper."""

    def strips(self, room: Room) -> list[Strip]:
        """Return the slices of this block, from top to bottom."""
        ...


@dataclass(slots=True)
class Placed:
    """A strip and the height of its upper edge above the page's lower edge."""

    strip: Strip
    top: float


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    placed: list[Placed] = field(default_factory=list)


def strips_of(blocks: Iterable[Block], room: Room) -> list[Strip]:
    """Return the strips of all ``blocks`` in their order."""
    return [strip for block in blocks for strip in block.strips(room)]


def paginate(strips: Sequence[Strip], first_top: float, top: float, bottom: float) -> list[Page]:
    """Place ``strips``; ``first_top`` is the upper edge of the text on the first page."""
    return _Paginator(strips, first_top, top, bottom).pages()


class _Paginator:
    def __init__(
        self, strips: Sequence[Strip], first_top: float, top: float, bottom: float
    ) -> None:
        self._strips = strips
        self._top = top
        self._bottom = bottom
        self._y = first_top
        self._page = Page()
        self._pages = [self._page]

    def pages(self) -> list[Page]:
        place = 0
        while place < len(self._strips):
            end = self._kept_until(place)
            group = self._strips[place:end]
            if group[0].opens_page and self._page.placed:
                self._turn(None)
            if self._page.placed and self._height(group) > self._y - self._bottom:
                self._turn(group[0])
            for strip in group:
                self._put(strip)
            place = end
        return self._pages

    def _kept_until(self, place: int) -> int:
        """Return the end of the group kept together, cut where it would never fit a page."""
        end = place + 1
        height = self._strips[place].height
        while end < len(self._strips) and self._strips[end - 1].keep:
            height += self._strips[end].gap + self._strips[end].height
            if height > self._top - self._bottom:
                return max(end, place + 1)
            end += 1
        return end

    def _height(self, group: Sequence[Strip]) -> float:
        return sum(strip.gap + strip.height for strip in group)

    def _turn(self, opening: Strip | None) -> None:
        self._page = Page()
        self._pages.append(self._page)
        self._y = self._top
        for strip in opening.head if opening else ():
            self._put(strip)

    def _put(self, strip: Strip) -> None:
        if self._page.placed and strip.gap + strip.height > self._y - self._bottom + 0.01:
            self._turn(strip)
        if self._page.placed:
            self._y -= strip.gap
        self._page.placed.append(Placed(strip, self._y))
        self._y -= strip.height
