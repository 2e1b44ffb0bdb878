"""Takes out of cells what nobody can see, and says so.

Controls, invisible letters and overrides of the direction of writing change what a
reader sees without showing themselves; no name needs them. Letters are composed (NFC), so
that the same name is the same text. Nothing else of a cell is touched.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sscdesk.interop.sheet import BrokenRow, Cell, Kind, Limits, Remark, shortened
from sscdesk.interop.table import Table
from sscdesk.model.cleaning import cleaned_lines, has_unseen
from sscdesk.model.text import N_

_NEUTRALISED = re.compile("'+[=+\\-@\t\r]")
_LOOK_ALIKES = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_BETWEEN = "\x1f"
"""Set between cells when all are looked at together; itself never kept in a cell."""
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


def cleaned(text: str) -> str:
    """Return ``text`` composed, on plain line ends, without what nobody can see."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return cleaned_lines(text)


def hidden_letters(text: str) -> str:
    """Name what ``cleaned`` takes out of ``text``: ``U+202E, U+0000``."""
    found = dict.fromkeys(letter for letter in text if has_unseen(letter))
    return ", ".join(f"U+{ord(letter):04X}" for letter in found)


def mixes_scripts(text: str) -> bool:
    """Say whether one word mixes Latin with look-alike Cyrillic or Greek letters."""
    if not _LOOK_ALIKES.search(text):
        return False
    return any(len(_scripts(word)) > 1 for word in re.findall(r"\w+", text))


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(letter, "") for letter in word)
    return {script for name in names for script in _SCRIPTS if name.startswith(script)}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The rows of a table after cleaning, and the rows with a cell beyond the limit."""

    rows: list[tuple[Cell, ...]]
    numbers: list[int]
    remarks: list[Remark]
    broken: list[BrokenRow]


def cleaned_rows(table: Table, limits: Limits, *, neutralised: bool) -> Cleaned:
    """Clean every cell; ``neutralised`` undoes the apostrophe put before formulas."""
    text = _joined(table.rows)
    marks = neutralised and any(mark in text for mark in ("'=", "'+", "'-", "'@", "'\t"))
    if not marks and not _needs_cleaning(set(text)):
        rows = [_stripped(row) for row in table.rows]
        cleaned_table = Cleaned(rows, table.numbers, [], [])
    else:
        cleaned_table = _one_by_one(table, neutralised)
    return _without_overlong(cleaned_table, text, limits)


def _joined(rows: Sequence[Sequence[Cell]]) -> str:
    try:
        return _BETWEEN.join(map(_BETWEEN.join, rows))  # type: ignore[arg-type]
    except TypeError:
        return _BETWEEN.join(cell for row in rows for cell in row if type(cell) is str)


def _needs_cleaning(letters: set[str]) -> bool:
    return any(
        has_unseen(letter)
        or _LOOK_ALIKES.match(letter)
        or unicodedata.combining(letter)
        or not unicodedata.is_normalized("NFC", letter)
        for letter in letters.difference("\t\n", _BETWEEN)
    )


def _stripped(row: Sequence[Cell]) -> tuple[Cell, ...]:
    try:
        return tuple(map(str.strip, row))  # type: ignore[arg-type]
    except TypeError:
        return tuple(cell.strip() if type(cell) is str else cell for cell in row)


def _one_by_one(table: Table, neutralised: bool) -> Cleaned:
    remarks: list[Remark] = []
    rows = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        if _is_plain(row):
            rows.append(_stripped(row))
            continue
        cells = [_original(cell) if neutralised else cell for cell in row]
        plain = tuple(cleaned(cell) if type(cell) is str else cell for cell in cells)
        for heading, before, after in zip(table.headings, cells, plain, strict=True):
            if before != after or not str(after).isascii():
                remarks += _said(number, heading, before, after)
        rows.append(plain)
    return Cleaned(rows, table.numbers, remarks, [])


_SUSPECT = re.compile(f"{_LOOK_ALIKES.pattern}|\r|(?:^|\n){_NEUTRALISED.pattern}")


def _is_plain(row: Sequence[Cell]) -> bool:
    text = "\n".join(cell for cell in row if type(cell) is str)
    if _SUSPECT.search(text) or has_unseen(text):
        return False
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def _original(cell: Cell) -> Cell:
    if type(cell) is str and _NEUTRALISED.match(cell):
        return cell[1:]
    return cell


def _said(number: int, heading: str, before: Cell, after: Cell) -> Iterable[Remark]:
    hidden = hidden_letters(str(before).replace("\r", ""))
    if hidden:
        yield Remark(
            Kind.MENDED,
            "hidden-letters",
            N_(
                "Row {row}, column {column}: letters that cannot be seen were taken out ({letters})"
            ),
            row=number,
            column=heading,
            content=str(after),
            params={"letters": hidden},
        )
    if mixes_scripts(str(after)):
        yield Remark(
            Kind.DOUBTFUL,
            "look-alike-letters",
            N_(
                "Row {row}, column {column}: a word mixes letters of two scripts that look "
                "alike: {content}"
            ),
            row=number,
            column=heading,
            content=str(after),
        )


def _without_overlong(found: Cleaned, text: str, limits: Limits) -> Cleaned:
    if max(map(len, text.split(_BETWEEN))) <= limits.cell_letters:
        return found
    overlong = {
        at: longest
        for at, row in enumerate(found.rows)
        if (longest := max(len(cell) if type(cell) is str else 0 for cell in row))
        > limits.cell_letters
    }
    if not overlong:
        return found
    broken = [_overlong(found, at, letters, limits) for at, letters in overlong.items()]
    return Cleaned(
        [row for at, row in enumerate(found.rows) if at not in overlong],
        [number for at, number in enumerate(found.numbers) if at not in overlong],
        found.remarks,
        broken,
    )


def _overlong(found: Cleaned, at: int, letters: int, limits: Limits) -> BrokenRow:
    cells = tuple(shortened(c) if type(c) is str else c for c in found.rows[at])
    remark = Remark(
        Kind.LEFT_OUT,
        "cell-too-long",
        N_("Row {row}: a cell of {letters} letters; {allowed} are read at most"),
        row=found.numbers[at],
        content=" | ".join(map(str, cells)),
        params={"letters": letters, "allowed": limits.cell_letters},
    )
    return BrokenRow(found.numbers[at], cells, remark)
