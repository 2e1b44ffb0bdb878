"""A word as an outline: a watermark that no reader takes for text of the paper."""

from functools import lru_cache

from sscdesk.reports.fonts import face_of

Point = tuple[float, float]


class _Path:
    """Receives a glyph's outline, quadratic curves made cubic, and keeps it as operators."""

    def __init__(self, shift: float, rise: float) -> None:
        self._shift = shift
        self._rise = rise
        self._at: Point = (0.0, 0.0)
        self.operators: list[str] = []

    def moveTo(self, point: Point) -> None:  # noqa: N802 - the names that the library calls
        self._put("m", point)

    def lineTo(self, point: Point) -> None:  # noqa: N802
        self._put("l", point)

    def curveTo(self, first: Point, second: Point, end: Point) -> None:  # noqa: N802
        self._put("c", first, second, end)

    def qCurveTo(self, control: Point, end: Point) -> None:  # noqa: N802
        self._put("c", _towards(self._at, control), _towards(end, control), end)

    def closePath(self) -> None:  # noqa: N802
        self.operators.append("h")

    def _put(self, operator: str, *points: Point) -> None:
        told = " ".join(f"{x + self._shift:.0f} {y + self._rise:.0f}" for x, y in points)
        self.operators.append(f"{told} {operator}")
        self._at = points[-1]


def _towards(point: Point, control: Point) -> Point:
    """Return the cubic control point that lies two thirds of the way to the quadratic one."""
    return tuple(a + (b - a) * 2 / 3 for a, b in zip(point, control, strict=True))  # type: ignore[return-value]


@lru_cache(maxsize=32)
def outline(word: str, rtl: bool) -> tuple[str, float]:
    """Return the path of a word in bold, 1000 units to the em, and its width."""
    face = face_of(word[0], "bold")
    if face is None:
        return "", 0.0
    operators: list[str] = []
    x = 0.0
    for glyph in face.shape(word, rtl).glyphs:
        path = _Path(x + glyph.dx, glyph.dy)
        face.draw(glyph.number, path)
        operators += path.operators
        x += glyph.advance
    return " ".join(operators) + " f", x
