"""Text without what nobody can see.

Control characters, overrides of the direction of writing and the like change what a
reader sees without showing themselves. Marks that Arabic and Latin need side by side
(U+200E, U+200F, U+061C, the joiners U+200C and U+200D) stay.
"""

import re
import unicodedata

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"
    "\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def cleaned_lines(text: str) -> str:
    """Return several paragraphs composed (NFC), on plain line ends, without unseen characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = plain.replace("\u2028", "\n").replace("\u2029", "\n\n")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", plain)).strip()


def cleaned_line(text: str) -> str:
    """Return the same as one line: breaks and tabs become spaces."""
    return " ".join(re.split(r"[\n\t]+", cleaned_lines(text))).strip()


def has_unseen(text: str) -> bool:
    """Whether a text holds something that ``cleaned_lines`` takes out."""
    return not (text.isascii() and text.isprintable()) and _UNSEEN.search(text) is not None


_DIGITS = {ord(zero) + n: str(n) for zero in "٠۰" for n in range(10)}


def western_digits(text: str) -> str:
    """Return ``text`` with Arabic-Indic and Persian digits written 0 to 9."""
    return text.translate(_DIGITS)
