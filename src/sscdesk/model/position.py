"""Places in an ordered list, as texts between which another always fits.

Two laptops may insert at the same place without knowing of each other; both rows stay,
and their order is settled the same way everywhere (position, then identifier).
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_MIDDLE = DIGITS[len(DIGITS) // 2]


def between(before: str | None, after: str | None) -> str:
    """Return a text that sorts after ``before`` and before ``after``; None is an end.

    Raises ``ValueError`` when ``before`` does not sort before ``after``.
    """
    low, high = before or "", after
    if high is not None and low >= high:
        raise ValueError("positions out of order")
    shared = _shared(low, high)
    if shared:
        rest = high[len(shared) :] if high is not None else None
        return shared + between(low[len(shared) :], rest)
    first = DIGITS.index(low[0]) if low else 0
    last = DIGITS.index(high[0]) if high else len(DIGITS)
    if last - first > 1:
        step = first + 1 if high is None and low else (first + last) // 2
        return DIGITS[step]
    if high is not None and len(high) > 1 and not low:
        return high[0] + between(None, high[1:]) if set(high[1:]) != {"0"} else _before(high)
    return DIGITS[first] + between(low[1:], None)


def _shared(low: str, high: str | None) -> str:
    """The beginning that both share, a missing digit counting as the smallest."""
    if high is None:
        return ""
    count = 0
    while count < len(high) and (low[count] if count < len(low) else DIGITS[0]) == high[count]:
        count += 1
    return high[:count]


def _before(high: str) -> str:
    raise ValueError(f"nothing sorts before {high!r}")
