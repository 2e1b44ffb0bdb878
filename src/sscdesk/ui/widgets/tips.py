"""Tips that show what somebody typed: as text, never as markup.

Qt reads a tip as markup when it looks like it, pictures and links included; what comes
from other offices must not be able to ask for that.
"""

from html import escape

LONGEST = 2_000


def plain_tip(text: str) -> str:
    """Return a tip that shows ``text`` as it is, cut where it is very long."""
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    if "<" not in cut:
        return cut
    return f'<p style="white-space: pre-wrap">{escape(cut)}</p>'
