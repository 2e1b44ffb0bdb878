"""Finds in which encoding a text file was written; never trusts its name or a guess alone.

UTF-8 and UTF-16 prove themselves. The single-byte encodings of older programs (Windows
Western and Arabic, DOS, old Mac) can only be weighed: each is decoded and judged by
whether its letters stand where French, English or Arabic words have them.
"""

import codecs
import re
from dataclasses import dataclass

from sscdesk.interop.refusing import not_a_spreadsheet
from sscdesk.model.text import N_

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1252", "cp1256", "mac_roman", "cp850")
_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "cp1256": "Windows-1256",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850",
}
_JUDGED = 200_000
"""Bytes that are weighed; the rest of a file is written like its beginning."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that it was written in, as people call it."""

    text: str
    encoding: str
    mended: bool = False
    """Whether letters garbled by an earlier wrong decoding were put right."""


def decoded(data: bytes) -> Decoded:
    """Return the text of ``data``; FileRefused ``not-a-spreadsheet`` for what is no text."""
    for encoding in (_marked(data), _unmarked_utf16(data), "utf-8"):
        text = encoding and _tried(data, encoding)
        if text is not None and encoding:
            return _ungarbled(text, _NAMES[encoding])
    if _is_binary(data):
        raise not_a_spreadsheet(N_("it holds no text"))
    encoding = max(_SINGLE_BYTE, key=lambda name: _plausibility(data[:_JUDGED], name))
    return Decoded(data.decode(encoding, "replace"), _NAMES[encoding])


def _marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    return None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    sample = data[:2_000]
    if len(sample) < 4 or len(data) % 2:
        return None
    zeros = (sample[::2].count(0), sample[1::2].count(0))
    if max(zeros) < len(sample) // 5 or min(zeros) > max(zeros) // 8:
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_binary(data: bytes) -> bool:
    """Text has almost no control bytes."""
    sample = data[:8_000]
    controls = sum(sample.count(byte) for byte in range(32) if byte not in (9, 10, 13))
    return controls > len(sample) // 50 + 1


_FRENCH = re.compile(
    "(?<=[A-Za-z])[éèêëàâçîïôûùüœæ’ñ](?=[A-Za-zéèêç ;,.\r\n\t]|$)"
    "|(?<![A-Za-z])[ÉÀÊÈÇŒÎéàêôâ](?=[A-Za-zÉÈ ])|[«»–—°€’]"
)
_ARABIC = re.compile("[\u0621-\u064a]{2,}")
_ODD = re.compile("[\u2500-\u259f\u02c6-\u02dd†‡‰¬¯¤¦¨¸¶ƒ∂∑∏π∫Ω√≈∆◊ÐÞðþ\x80-\x9f\ufffd]")


def _plausibility(data: bytes, encoding: str) -> int:
    text = data.decode(encoding, "replace")
    arabic = sum(len(word) for word in _ARABIC.findall(text))
    return 2 * len(_FRENCH.findall(text)) + 2 * arabic - 5 * len(_ODD.findall(text))


_GARBLED = re.compile("Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ\x9d“”˜¦]|[ØÙ][\x80-\xbf§±…†„]")


def _ungarbled(text: str, encoding: str) -> Decoded:
    """Put right UTF-8 that an earlier program took for Windows-1252 (``Ã©`` for ``é``)."""
    if len(_GARBLED.findall(text[:_JUDGED])) < 3:
        return Decoded(text, encoding)
    try:
        return Decoded(text.encode("cp1252").decode("utf-8"), encoding, mended=True)
    except UnicodeError:
        return Decoded(text, encoding)
