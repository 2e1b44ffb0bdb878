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


class _Folds(dict[int, str]):
    """What each letter becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).translate(_ARABIC)
        letters = unicodedata.normalize("NFD", plain)
        bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
        self[code] = found = bare.casefold().translate(_ARABIC)
        return found


_FOLDS = _Folds()


def folded(text: str) -> str:
    """Return ``text`` without case, accents, Arabic diacritics and double spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(text.translate(_FOLDS).split())
