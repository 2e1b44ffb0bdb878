"""Tells by its first bytes what a file is, whatever its name says."""

import re
from pathlib import Path

from sscdesk.interop.refusing import not_a_spreadsheet, too_large
from sscdesk.interop.sheet import Limits
from sscdesk.model.refusal import MachineFailed, NotFound
from sscdesk.model.text import N_

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"%PDF", N_("it is a PDF document")),
    (b"\x89PNG", N_("it is a picture")),
    (b"\xff\xd8\xff", N_("it is a picture")),
    (b"GIF8", N_("it is a picture")),
    (b"{\\rtf", N_("it is a text document")),
    (b"MZ", N_("it is a program")),
    (b"\x7fELF", N_("it is a program")),
    (b"SQLite format 3", N_("it is a database")),
    (b"age-encryption.org/", N_("it is an encrypted file")),
    (b"BEGIN:VCALENDAR", N_("it is a calendar")),
)
_WEB_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml|<table|<style)", re.IGNORECASE)
_CARDS = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*B\x00?E\x00?G\x00?I\x00?N\x00?:"
    rb"\x00?V\x00?C\x00?A\x00?R\x00?D",
    re.IGNORECASE,
)


def form_of(path: Path, limits: Limits) -> str:
    """Return ``text``, ``zip``, ``xls`` or ``vcf``.

    Raises FileRefused ``not-a-spreadsheet`` or ``file-too-large``, NotFound
    ``no-such-file``, MachineFailed ``file-unreadable``.
    """
    start = _start(path, limits)
    if not start.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise not_a_spreadsheet(N_("it is empty"))
    if start.startswith(_ZIP):
        return "zip"
    if start.startswith(_OLE):
        return "xls"
    if _CARDS.match(start):
        return "vcf"
    for mark, kind in _OTHERS:
        if start.startswith(mark):
            raise not_a_spreadsheet(kind)
    if _WEB_PAGE.match(start):
        raise not_a_spreadsheet(N_("it is a web page under the name of a workbook"))
    return "text"


def _start(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise too_large(N_("bytes"), size, limits.file_bytes)
        with path.open("rb") as stream:
            return stream.read(4_096)
    except FileNotFoundError as error:
        raise _no_such_file(path) from error
    except OSError as error:
        raise _unreadable(path) from error


def _no_such_file(path: Path) -> NotFound:
    return NotFound(
        "no-such-file",
        N_("There is no file {name}."),
        hint=N_("Check the name and the folder, and whether the stick is plugged in."),
        params={"name": path.name},
    )


def _unreadable(path: Path) -> MachineFailed:
    return MachineFailed(
        "file-unreadable",
        N_("The file {name} cannot be read."),
        hint=N_("Close it in other programs, or copy it to this computer, and try again."),
        params={"name": path.name},
    )
