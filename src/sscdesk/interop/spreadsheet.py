"""Reads a file of rows: .csv, .txt, .xlsx, .xls, .ods, by its content.

What comes out is a ``Sheet``: headings, rows with their numbers, and a remark for
everything that was left out, mended or looks doubtful. Limits are checked before memory
is taken.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from sscdesk.interop.cleaning import cleaned, cleaned_rows
from sscdesk.interop.columns import is_known_heading
from sscdesk.interop.delimited import Delimited, rows_of
from sscdesk.interop.encoding import decoded
from sscdesk.interop.messages import messages_table
from sscdesk.interop.refusing import not_a_spreadsheet, too_large
from sscdesk.interop.sheet import BrokenRow, Cell, Kind, Limits, RawSheet, Remark, Sheet, filled
from sscdesk.interop.sniffing import form_of
from sscdesk.interop.table import Table, found_table
from sscdesk.model.refusal import FileRefused, NotFound
from sscdesk.model.text import N_

LIMITS = Limits()


def read(path: Path, sheet: str | None = None, limits: Limits = LIMITS) -> Sheet:
    """Read the table of a file; of a workbook, the sheet named or the one that holds most.

    Raises FileRefused: ``not-a-spreadsheet``, ``spreadsheet-damaged``,
    ``spreadsheet-locked``, ``file-too-large``, ``no-table``; NotFound ``no-such-sheet``,
    ``no-such-file``.
    """
    form = form_of(path, limits)
    if form == "vcf":
        raise not_a_spreadsheet(N_("it is a file of contact cards"))
    if form == "text":
        return _read_text(path, limits)
    return _read_workbook(path, form, sheet, limits)


def sheet_names(path: Path, limits: Limits = LIMITS) -> tuple[str, ...]:
    """Return the names of the sheets of a workbook, none for a text file."""
    form = form_of(path, limits)
    if form in ("text", "vcf"):
        return ()
    from sscdesk.interop.workbook import sheets_of

    return tuple(raw.name for raw in sheets_of(path, form, limits))


def _read_text(path: Path, limits: Limits) -> Sheet:
    text = decoded(path.read_bytes())
    mended = [_ungarbled()] if text.mended else []
    table = messages_table(text.text)
    if table is not None:
        return _sheet(("", text.encoding), table, mended, (), limits)
    found = rows_of(text.text, limits)
    _check_columns(found.rows, limits)
    table = found_table(_closed_rows(found), known=is_known_heading)
    if table is None or not (table.rows or found.unclosed or _is_empty_list(table)):
        raise _no_table()
    table, shifted = _without_shifted_rows(table)
    return _sheet(("", text.encoding), table, mended, [*_unclosed(found), *shifted], limits)


def _is_empty_list(table: Table) -> bool:
    """Headings of ours with nothing below: a list that was exported empty."""
    return all(map(is_known_heading, table.headings))


def _closed_rows(found: Delimited) -> list[list[Cell]]:
    rows: list[list[Cell]] = list(found.rows)  # type: ignore[arg-type]
    for index in found.unclosed:
        rows[index] = []
    return rows


def _unclosed(found: Delimited) -> list[BrokenRow]:
    return [
        BrokenRow(index + 1, tuple(found.rows[index]), remark)
        for index, remark in zip(sorted(found.unclosed), found.remarks, strict=True)
    ]


def _check_columns(rows: list[list[str]], limits: Limits) -> None:
    width = max(map(len, rows), default=0)
    if width > limits.columns:
        raise too_large(N_("columns"), width, limits.columns)


def _no_table() -> FileRefused:
    return FileRefused(
        "no-table",
        N_("No table was found in this file: no row looks like headings with rows below."),
        hint=N_(
            "Nothing was changed. Put one row of headings above the data, for example "
            "“Name;Function;Organisation”, and import the file again."
        ),
    )


def _ungarbled() -> Remark:
    return Remark(
        Kind.MENDED,
        "garbled-letters",
        N_("Letters garbled by another program (“Ã©” for “é”) were put right in the whole file"),
    )


def _without_shifted_rows(table: Table) -> tuple[Table, list[BrokenRow]]:
    """In a text file, a row with more cells than headings has its values out of place."""
    width = len(table.headings)
    while width - 1 in table.unnamed:
        width -= 1
    shifted = {at for at, row in enumerate(table.rows) if filled(row[width:])}
    if not shifted or 10 * len(shifted) > len(table.rows) + 10:
        return table, []
    broken = [_shifted(table, at) for at in sorted(shifted)]
    kept = [at for at in range(len(table.rows)) if at not in shifted]
    return _part_of(table, kept, width), broken


def _part_of(table: Table, kept: list[int], width: int) -> Table:
    return Table(
        table.headings[:width],
        [table.rows[at][:width] for at in kept],
        [table.numbers[at] for at in kept],
        table.remarks,
        tuple(at for at in table.unnamed if at < width),
    )


def _shifted(table: Table, at: int) -> BrokenRow:
    cells = tuple(table.rows[at])
    remark = Remark(
        Kind.LEFT_OUT,
        "more-cells-than-headings",
        N_(
            "Row {row}: more cells than headings, so that values may be out of place; the "
            "row was not taken: {content}"
        ),
        row=table.numbers[at],
        content=" | ".join(map(str, cells)),
    )
    return BrokenRow(table.numbers[at], cells, remark)


def _read_workbook(path: Path, form: str, wanted: str | None, limits: Limits) -> Sheet:
    from sscdesk.interop.workbook import sheets_of

    sheets = sheets_of(path, form, limits)
    candidates = [raw for raw in sheets if wanted in (None, raw.name)]
    if not candidates:
        raise _no_such_sheet(str(wanted), sheets)
    tables = [(raw, found_table(raw.rows, raw.merges, is_known_heading)) for raw in candidates]
    found = [
        (raw, table) for raw, table in tables if table and (table.rows or _is_empty_list(table))
    ]
    if not found:
        raise _no_table()
    raw, table = max(found, key=lambda pair: _worth(*pair))
    remarks = [*raw.remarks, *(_other_sheet(other) for other in sheets if other is not raw)]
    return _sheet((raw.name, raw.form), table, remarks, (), limits)


def _no_such_sheet(wanted: str, sheets: Sequence[RawSheet]) -> NotFound:
    return NotFound(
        "no-such-sheet",
        N_("This workbook has no sheet {name}."),
        hint=N_("Its sheets are: {sheets}."),
        params={"name": wanted, "sheets": ", ".join(raw.name for raw in sheets)},
    )


def _worth(raw: RawSheet, table: Table) -> tuple[bool, int, int]:
    known = sum(map(is_known_heading, table.headings))
    return not raw.hidden, known * len(table.rows), len(table.rows)


def _other_sheet(raw: RawSheet) -> Remark:
    cells = [cell for row in raw.rows for cell in filled(row)]
    return Remark(
        Kind.LEFT_OUT,
        "other-sheet",
        N_("The sheet “{name}” was left out ({count} cells): {content}"),
        content=" | ".join(map(str, cells[:20])),
        params={"name": raw.name, "count": len(cells)},
    )


def _sheet(
    source: tuple[str, str],
    table: Table,
    remarks: Iterable[Remark],
    broken: Iterable[BrokenRow],
    limits: Limits,
) -> Sheet:
    name, form = source
    plain = cleaned_rows(table, limits, neutralised=not name)
    return Sheet(
        name=name,
        form=form,
        headings=_distinct(map(cleaned, table.headings)),
        rows=plain.rows,
        numbers=plain.numbers,
        remarks=(*remarks, *table.remarks, *plain.remarks),
        broken=tuple(sorted([*broken, *plain.broken], key=lambda row: row.number)),
    )


def _distinct(headings: Iterable[str]) -> tuple[str, ...]:
    """Give a second column of the same name a number, so that each can be chosen."""
    seen: dict[str, int] = {}
    names = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        names.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return tuple(names)
