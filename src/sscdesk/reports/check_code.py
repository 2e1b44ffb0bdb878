"""The short code at the foot of each page: known before anybody signs, printed, typed, compared.

Twelve hexadecimal digits of a hash over the kind of report, its language and its data. It finds a
mistake or a swapped page; what proves authenticity is the signature.
"""

import re
from hashlib import sha256

from sscdesk.reports.snapshot import encoded

_LABEL = b"sscdesk report check 1"
_TYPED = re.compile(r"[0-9A-F]{12}")


def check_code(kind: str, language: str, snapshot: object) -> str:
    """Return a code such as ``7F3A-91C2-04DE``."""
    parts = (_LABEL, kind.encode(), language.encode(), encoded(snapshot))
    return grouped(sha256(b"\x00".join(parts)).hexdigest()[:12])


def grouped(digits: str) -> str:
    """Write twelve hexadecimal digits as a check code."""
    upper = digits.upper()
    return "-".join(upper[place : place + 4] for place in range(0, 12, 4))


def typed(text: str) -> str | None:
    """Return the code that somebody typed from paper in canonical form, None if it is none.

    Spaces, hyphens and case do not count, and the letter O stands for the digit zero.
    """
    digits = re.sub(r"[\s\-\u2010-\u2015\u202f\u00a0]", "", text.upper()).replace("O", "0")
    return grouped(digits) if _TYPED.fullmatch(digits) else None
