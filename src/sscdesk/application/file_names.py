"""File names that every office's machine accepts, Windows above all."""

import re
import unicodedata

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Device names that Windows reserves, with any ending (Microsoft, Naming Files)."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
MOST_LETTERS = 120


def safe_name(name: str) -> str:
    """Return a name without folders, forbidden letters, hidden direction marks or device names."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    plain = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", plain)).strip(" .")
    if _RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 10 and len(plain) > MOST_LETTERS:
        return f"{stem[: MOST_LETTERS - len(ending) - 1].rstrip()}.{ending}"
    return plain[:MOST_LETTERS].rstrip(" .") or "document"
