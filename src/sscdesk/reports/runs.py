"""What a line of text consists of: spans before it is broken, runs once it is."""

from dataclasses import dataclass

from sscdesk.reports.fonts import Face, Shape
from sscdesk.reports.styles import TextStyle


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style; line ends and double spaces are already gone."""

    text: str
    style: TextStyle


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one face and direction, ``x`` points from the start of its line."""

    x: float
    width: float
    face: Face
    size: float
    colour: str
    text: str
    shapes: tuple[Shape, ...] | None = None
    """Its words from left to right, where its letters are shaped."""


@dataclass(frozen=True, slots=True)
class Line:
    """Runs from left to right."""

    runs: tuple[Run, ...]
    width: float
    missing: str = ""
    """Characters that no face has, drawn as U+FFFD."""
