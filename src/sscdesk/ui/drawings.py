"""The drawings behind the icons (Lucide, ISC), as text in a colour."""

from functools import lru_cache
from importlib.resources import files

STROKE = 1.75


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    path = files("sscdesk").joinpath("resources", "icons", f"{name}.svg")
    return path.read_text("utf-8").replace('stroke-width="2"', f'stroke-width="{STROKE}"')


def svg(name: str, colour: str) -> bytes:
    """Return the drawing of an icon in ``colour`` (``#RRGGBB``)."""
    return _drawing(name).replace("currentColor", colour).encode()
