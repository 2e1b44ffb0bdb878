"""When two spellings are the same word: case, accents and Arabic variants folded away."""

import unicodedata

_ARABIC = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ؤ": "و",
        "ئ": "ي",
        "ـ": None,
        "’": "'",
        "‘": "'",
        "–": "-",
        "‑": "-",
    }
)


def folded(text: str) -> str:
    """Return ``text`` without case, accents, Arabic diacritics and double spaces."""
    plain = unicodedata.normalize("NFKC", text).translate(_ARABIC)
    letters = unicodedata.normalize("NFD", plain)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.casefold().translate(_ARABIC).split())
