"""Reads the sheets of a workbook (.xlsx, .ods, .xls) through calamine."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import python_calamine as calamine

from sscdesk.interop.archive import Unpacked, looked_into
from sscdesk.interop.refusing import damaged, too_large
from sscdesk.interop.sheet import Cell, Kind, Limits, Merge, RawSheet, Remark
from sscdesk.model.refusal import FileRefused
from sscdesk.model.text import N_


def sheets_of(path: Path, form: str, limits: Limits) -> list[RawSheet]:
    """Read all sheets; FileRefused when damaged, locked or above the limits."""
    unpacked = looked_into(path, limits) if form == "zip" else Unpacked("xls", {})
    with _opened(path, unpacked.form) as book:
        described = [entry for entry in book.sheets_metadata if _holds_cells(entry)]
        return [_raw_sheet(book, entry, unpacked, limits) for entry in described]


def _holds_cells(entry: calamine.SheetMetadata) -> bool:
    return bool(entry.typ == calamine.SheetTypeEnum.WorkSheet)


class _opened:  # noqa: N801 - reads as a verb in the with statement
    """Open a workbook and translate whatever the library says, its panics included."""

    def __init__(self, path: Path, form: str) -> None:
        self._path, self._form = path, form

    def __enter__(self) -> calamine.CalamineWorkbook:
        try:
            self._book = calamine.CalamineWorkbook.from_path(self._path)
        except BaseException as error:
            raise self._translated(error) from error
        return self._book

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._book.close()
        if error is not None and not isinstance(error, FileRefused):
            raise self._translated(error) from error

    def _translated(self, error: BaseException) -> BaseException:
        if isinstance(error, calamine.PasswordError):
            return _locked()
        # A panic of the Rust library is a BaseException of its own.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            return damaged(self._form)
        return error


def _locked() -> FileRefused:
    return FileRefused(
        "spreadsheet-locked",
        N_("This workbook is protected by a password."),
        hint=N_("Open it in Excel, take the password away (File, Info), save it and import it."),
    )


def _raw_sheet(
    book: calamine.CalamineWorkbook,
    entry: calamine.SheetMetadata,
    unpacked: Unpacked,
    limits: Limits,
) -> RawSheet:
    sheet = book.get_sheet_by_name(entry.name)
    rows, columns = sheet.total_height, sheet.total_width
    if rows > limits.rows:
        raise too_large(N_("rows"), rows, limits.rows)
    if columns > limits.columns:
        raise too_large(N_("columns"), columns, limits.columns)
    values = sheet.to_python(skip_empty_area=False)
    hidden = entry.visible != calamine.SheetVisibleEnum.Visible
    position = book.sheet_names.index(entry.name)
    return RawSheet(
        entry.name,
        unpacked.form,
        [list(map(_cell, row)) for row in values],
        _merges(sheet),
        tuple(_unanswered(unpacked, position)),
        hidden,
    )


def _merges(sheet: calamine.CalamineSheet) -> tuple[Merge, ...]:
    return tuple(sorted(sheet.merged_cell_ranges or ()))


def _cell(value: object) -> Cell:
    """Numbers come as binary floats: whole ones become integers, others their short decimal."""
    kind = type(value)
    if kind is str or kind is bool:
        return value  # type: ignore[return-value]
    if kind is float:
        return _number(value)  # type: ignore[arg-type]
    if isinstance(value, datetime):
        return value.date() if value.time() == time(0) else value
    if isinstance(value, date | int):
        return value
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return _hours(value)
    return "" if value is None else str(value)


def _number(value: float) -> int | Decimal | str:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if value.is_integer() and abs(value) < 2**53:
        return int(value)
    return Decimal(repr(value))


def _hours(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _unanswered(unpacked: Unpacked, position: int) -> Iterator[Remark]:
    """Formulas saved without their result, which would read as empty cells."""
    cells = unpacked.unanswered.get(f"xl/worksheets/sheet{position + 1}.xml", ())
    for name in cells:
        column = name.rstrip("0123456789")
        yield Remark(
            Kind.LEFT_OUT,
            "formula-without-result",
            N_(
                "Row {row}, column {column}: a formula was saved without its result and "
                "reads as empty; open the file in Excel and save it to have it"
            ),
            row=int(name[len(column) :]),
            column=column,
        )
