"""Giving lists out: exactly what is shown, as a sheet, as contact cards, as a calendar.

What the officer may not see is not written; what is masked on the screen (passport, bank
account) never is. Each export is entered in the audit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sscdesk.application import auditing
from sscdesk.application.export_calendar import CALENDARS, events_of
from sscdesk.application.export_cards import cards_of
from sscdesk.application.export_rows import SheetRows, sheet_columns
from sscdesk.application.listing import list_rows
from sscdesk.application.sheet_shapes import Shape, shape_of
from sscdesk.application.views import ListQuery, ListRow
from sscdesk.i18n import gettext, is_right_to_left
from sscdesk.interop.sheet import Cell
from sscdesk.interop.writing import write_csv
from sscdesk.model.authority import check_right
from sscdesk.model.base import Record
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sscdesk.application.workspace import Workspace

Progress = Callable[[int, int], None]
"""Told (rows written, rows in all); may raise to stop, and then there is no file."""
_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written."""

    path: Path
    written: int
    left_out: tuple[str, ...] = ()
    """Sentences on what the form of the file could not hold."""


def export(
    w: "Workspace",
    entity: str,
    path: Path,
    query: ListQuery | None = None,
    *,
    progress: Progress = lambda _done, _all: None,
) -> ExportReport:
    """Write the records that ``query`` lists, in the form that the name of ``path`` ends with.

    .csv holds reference numbers, codes and names of fields, for programs and to be
    imported again; .xlsx holds titles and labels in the current language; .vcf persons
    and organisations; .ics whatever has dates. ``query.columns`` limits the columns.

    Raises ``NotFound`` ("no-such-form", "no-such-entity"), ``Refused`` without the right,
    ``MachineFailed`` when the file cannot be written.
    """
    check_right(w.actor, "export_list")
    shape = shape_of(entity)
    asked = replace(query or ListQuery(shape.kind.name, sort="ref"), entity=shape.kind.name)
    form = path.suffix.lower()
    with w.read() as connection:
        if form in (".csv", ".xlsx"):
            report = _sheet(w, connection, shape, path, asked, progress)
        elif form == ".vcf" and shape.kind.name in ("person", "organisation"):
            report = _cards(w, connection, shape, path, asked)
        elif form == ".ics" and shape.kind.name in CALENDARS and shape.part is None:
            report = _calendar(w, connection, shape, path, asked)
        else:
            raise _no_such_form(shape, form)
    with w.exclusive() as connection:
        at = auditing.now_text(w)
        detail = f"{shape.mapped.entity}{form}: {report.written}"
        auditing.note(connection, w.actor, at, "export-list", "", detail)
    return report


def forms_of(entity: str) -> tuple[str, ...]:
    """Return the endings of files in which a kind of record can be exported."""
    shape = shape_of(entity)
    forms = [".xlsx", ".csv"]
    if shape.part is None and shape.kind.name in ("person", "organisation"):
        forms.append(".vcf")
    if shape.part is None and shape.kind.name in CALENDARS:
        forms.append(".ics")
    return tuple(forms)


def _no_such_form(shape: Shape, form: str) -> NotFound:
    return NotFound(
        "no-such-form",
        N_("This list cannot be exported as “{form}”."),
        hint=N_("Choose a name that ends with one of: {forms}."),
        params={"form": form[:20], "forms": ", ".join(forms_of(shape.mapped.entity))},
    )


def _pages(
    w: "Workspace", connection: "Connection", query: ListQuery, columns: tuple[str, ...]
) -> Iterator[tuple[tuple[ListRow, ...], int]]:
    """The rows listed, page by page, with their number in all."""
    asked = replace(query, limit=_PAGE, after=None, columns=columns)
    while True:
        page = list_rows(w, connection, asked)
        yield page.items, page.total
        if page.cursor is None:
            return
        asked = replace(asked, after=page.cursor)


def _sheet(
    w: "Workspace",
    connection: "Connection",
    shape: Shape,
    path: Path,
    query: ListQuery,
    progress: Progress,
) -> ExportReport:
    for_people = path.suffix.lower() == ".xlsx"
    columns = sheet_columns(shape, query.columns)
    source = SheetRows(w, connection, shape, columns, for_people=for_people)
    total = 0

    def rows() -> Iterator[list[Cell]]:
        nonlocal total
        for items, in_all in _pages(w, connection, query, source.fields):
            total = in_all
            yield from source.rows(items)

    def report(done: int) -> None:
        progress(done, total)

    heads = source.headings()
    if not for_people:
        write_csv(path, heads, rows(), report)
        return ExportReport(path, source.count)

    from sscdesk.interop.workbook_writing import write_xlsx

    plural = shape.kind.mapped.plural if shape.part is None else shape.part.plural
    cut = write_xlsx(
        path,
        heads,
        rows(),
        title=gettext(plural),
        right_to_left=is_right_to_left(),
        progress=report,
    )
    return ExportReport(path, source.count, tuple(_cut(row, name) for row, name in cut))


def _cut(row: int, name: str) -> str:
    said = gettext(
        "Row {row}, “{column}”: longer than a workbook allows; it is whole in a .csv file"
    )
    return said.format(row=row + 1, column=name)


def _cards(
    w: "Workspace", connection: "Connection", shape: Shape, path: Path, query: ListQuery
) -> ExportReport:
    from sscdesk.interop.vcard import write_cards

    assert issubclass(shape.mapped, Record)
    names = tuple(shape.kind.fields)
    found = [row for items, _ in _pages(w, connection, query, names) for row in items]
    cards, kept_back = cards_of(connection, shape.kind.name, found)
    count = write_cards(path, cards)
    left_out = (
        (gettext("{count} persons may not be shared and were left out").format(count=kept_back),)
        if kept_back
        else ()
    )
    return ExportReport(path, count, left_out)


def _calendar(
    w: "Workspace", connection: "Connection", shape: Shape, path: Path, query: ListQuery
) -> ExportReport:
    from sscdesk.interop.icalendar import write_calendar

    names = tuple(shape.kind.fields)
    found = [row for items, _ in _pages(w, connection, query, names) for row in items]
    events, undated = events_of(connection, shape.kind, found)
    count = write_calendar(path, events, gettext(shape.kind.mapped.plural))
    left_out = (
        (gettext("{count} records have no full date and were left out").format(count=undated),)
        if undated
        else ()
    )
    return ExportReport(path, count, left_out)
