"""The type of a file, read from its content and never from its name alone."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from itertools import islice
from pathlib import PurePath

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"{\\rtf", "application/rtf"),
)
_ZIPPED = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_TEXTS = {".csv": "text/csv", ".vcf": "text/vcard", ".ics": "text/calendar"}
_HEAD_BLOCKS = 32
"""Blocks read at most to look for the parts of an office document."""


def media_type_of(blocks: Iterable[bytes], name: str) -> str:
    """Return the media type (RFC 6838) of a content; the name only tells texts apart."""
    head = b"".join(islice(iter(blocks), _HEAD_BLOCKS))
    for signature, media in _SIGNATURES:
        if head.startswith(signature):
            return media
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head)
    if b"\x00" not in head:
        try:
            head.decode("utf-8", "strict")
        except UnicodeDecodeError as error:
            if error.start < len(head) - 4:
                return "application/octet-stream"
        return _TEXTS.get(PurePath(name).suffix.lower(), "text/plain")
    return "application/octet-stream"


def _zipped(head: bytes) -> str:
    try:
        names = zipfile.ZipFile(BytesIO(head)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        names = []
    if not names:
        names = [part for part in _ZIPPED if part.encode() in head]
    for part, media in _ZIPPED.items():
        if any(name.startswith(part) for name in names):
            return media
    if head[30:38] == b"mimetype" and b"opendocument" in head[:120]:
        return "application/vnd.oasis.opendocument"
    return "application/zip"
