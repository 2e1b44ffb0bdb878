"""Bringing lists in: a rehearsal that changes nothing, then all of it as one step.

**Taking over a register.** A file whose rows carry reference numbers and states comes
from a register that was kept before the desk. Its numbers are kept; a record's office
is the one that its number begins with, or the column "office" names. States are taken
as they are, since the acts that led to them were done on paper, but only while nobody
has yet acted on a record of that kind at this desk, and only by an administrator, focal
point or head of office. Afterwards a state changes by its actions alone, and a row that
brings another state than the first is refused. Every takeover is entered in the audit.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application import auditing
from sscdesk.application.import_lookup import Lookup
from sscdesk.application.import_plans import plans_among
from sscdesk.application.import_reading import Context
from sscdesk.application.import_rows import rows_of
from sscdesk.application.import_settling import settle
from sscdesk.application.import_views import (
    Decision,
    ImportOptions,
    ImportPreview,
    ImportReport,
    ImportRequest,
    Progress,
)
from sscdesk.application.import_writing import Writer
from sscdesk.application.rules import recorded_vocabularies
from sscdesk.application.sheet_shapes import Shape, SheetColumn, part_shapes, shape_of
from sscdesk.interop import spreadsheet, vcard
from sscdesk.interop.columns import Guess, guessed
from sscdesk.interop.sheet import Kind, Remark, Sheet
from sscdesk.interop.sniffing import form_of
from sscdesk.model.authority import check_right
from sscdesk.model.offices import CURRENCY_OF
from sscdesk.model.reference_number import is_reference
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.text import N_

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

_TAKES_OVER = frozenset({"admin", "focal_point", "head"})


def preview(
    w: "Workspace",
    path: Path,
    entity: str,
    mapping: Mapping[str, str | None] | None = None,
    update_by: str | None = None,
    *,
    options: ImportOptions = ImportOptions(),  # noqa: B008 - frozen
) -> ImportPreview:
    """Rehearse an import: what each row would do, and why not.

    ``mapping`` says for a heading which column it is (None: leave it out); headings not
    named are guessed. ``update_by`` is a column (``ref``, ``email``) by which rows find
    the record that they change.

    Raises ``FileRefused`` for what is no list, ``NotFound`` for a column or kind that
    does not exist, ``Refused`` without the right.
    """
    request = ImportRequest(path, entity, dict(mapping or {}), update_by, options)
    check_right(w.actor, "import_list")
    with _uncollected():
        return _rehearsed(w, request, _read(path, options.sheet))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the search for circles among millions of cells that have none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(path: Path, sheet: str | None) -> Sheet:
    if form_of(path, vcard.LIMITS) == "vcf":
        return vcard.read_cards(path)
    return spreadsheet.read(path, sheet)


def _rehearsed(w: "Workspace", request: ImportRequest, sheet: Sheet) -> ImportPreview:
    shape, guesses = _understood(request, sheet)
    taken = _taken(shape, guesses)
    for name in (*request.options.fixed, *filter(None, [request.update_by])):
        _require_column(shape, name)
    with w.read() as connection:
        takeover = _may_take_over(w, connection, shape)
        context = Context(
            Lookup(connection, takeover=takeover),
            recorded_vocabularies(connection, w.office),
            w.clock().date(),
            w.office,
            CURRENCY_OF[w.office],
            request.options.year,
        )
        rows = rows_of(sheet, shape, taken, request.options.fixed, context)
        rows = plans_among(shape, rows)
        settle(w, connection, shape, request, rows, takeover=takeover)
        known_to = _known_to(connection)
    return ImportPreview(
        request,
        shape.mapped.entity,
        sheet.name,
        sheet.headings,
        guesses,
        rows,
        (*sheet.remarks, *_unread_columns(sheet, taken)),
        sheet.broken,
        takeover and any(row.state or row.ref or row.owner for row in rows),
        known_to,
    )


# ---------------------------------------------------------------- columns


def _understood(request: ImportRequest, sheet: Sheet) -> tuple[Shape, tuple[Guess, ...]]:
    """The shape that the headings fit: the kind asked for, or rows inside such records."""
    shape = shape_of(request.entity)
    found = [(shape, _guesses(shape, request, sheet))]
    if shape.part is None:
        found += [
            (inside, _guesses(inside, request, sheet))
            for inside in part_shapes(shape.kind)
            if any(_is_parent(inside, heading) for heading in sheet.headings)
        ]
    return max(found, key=lambda pair: _exact(pair[1]))


def _is_parent(shape: Shape, heading: str) -> bool:
    return heading.strip().lower() == shape.kind.name


def _exact(guesses: Iterable[Guess]) -> int:
    return sum(guess.confidence == 100 for guess in guesses)


def _guesses(shape: Shape, request: ImportRequest, sheet: Sheet) -> tuple[Guess, ...]:
    free = [heading for heading in sheet.headings if heading not in request.mapping]
    chosen = {name for name in request.mapping.values() if name}
    columns = {name: c for name, c in shape.columns.items() if name not in chosen}
    found = {
        guess.heading: guess
        for guess in guessed(
            free,
            {name: column.label for name, column in columns.items()},
            {name: column.synonyms or name for name, column in columns.items()},
        )
    }
    for heading, name in request.mapping.items():
        if heading not in sheet.headings:
            raise _no_heading(heading, sheet)
        named = _require_column(shape, name).name if name else None
        found[heading] = Guess(heading, named, 100)
    guesses = tuple(found[heading] for heading in sheet.headings)
    return _by_content(sheet, request, guesses)


def _by_content(
    sheet: Sheet, request: ImportRequest, guesses: tuple[Guess, ...]
) -> tuple[Guess, ...]:
    """A column headed "N°" that holds no reference numbers holds something else."""
    settled = []
    for at, guess in enumerate(guesses):
        if guess.field == "ref" and guess.heading not in request.mapping:
            cells = [str(row[at]) for row in sheet.rows[:200] if row[at] != ""]
            if cells and not any(map(is_reference, cells)):
                taken = {other.field for other in guesses}
                other = next((a for a in guess.alternatives if a not in taken), None)
                settled.append(Guess(guess.heading, other, 60 if other else 0))
                continue
        settled.append(guess)
    return tuple(settled)


def _taken(shape: Shape, guesses: Sequence[Guess]) -> dict[int, SheetColumn]:
    return {
        at: shape.columns[guess.field]
        for at, guess in enumerate(guesses)
        if guess.field is not None
    }


def _require_column(shape: Shape, name: str) -> SheetColumn:
    found = shape.column(name)
    if found is None:
        raise NotFound(
            "no-such-field",
            N_("There is no column “{name}” in this kind of list."),
            hint=N_("Columns are: {names}."),
            field=name[:60],
            params={"name": name[:60], "names": ", ".join(shape.columns)},
        )
    return found


def _no_heading(heading: str, sheet: Sheet) -> NotFound:
    return NotFound(
        "no-such-heading",
        N_("The file has no column headed “{name}”."),
        hint=N_("Its headings are: {names}."),
        params={"name": heading[:60], "names": ", ".join(sheet.headings)},
    )


def _unread_columns(sheet: Sheet, taken: Mapping[int, SheetColumn]) -> Iterable[Remark]:
    for at, heading in enumerate(sheet.headings):
        cells = [str(row[at]) for row in sheet.rows if row[at] != ""] if at not in taken else []
        if cells:
            yield Remark(
                Kind.LEFT_OUT,
                "column-left-out",
                N_("The column “{column}” was not taken ({count} cells): {content}"),
                column=heading,
                content=" | ".join(cells[:20]),
                params={"count": len(cells)},
            )


# ---------------------------------------------------------------- what becomes of each row


def _may_take_over(w: "Workspace", connection: Connection, shape: Shape) -> bool:
    if not w.actor.roles & _TAKES_OVER:
        return False
    acted = connection.exec_driver_sql(
        f'SELECT 1 FROM act JOIN "{shape.kind.name}" r ON r.id = act.record LIMIT 1'
    ).first()
    return acted is None


def _known_to(connection: Connection) -> str:
    found = connection.exec_driver_sql(
        "SELECT count(*), coalesce(sum(head_seq), 0) FROM stream"
    ).one()
    return f"{found[0]}:{found[1]}"


# ---------------------------------------------------------------- taking it


def accept(
    w: "Workspace",
    found: ImportPreview,
    decisions: Mapping[int, Decision] | None = None,
    *,
    progress: Progress = lambda _done, _all: None,
) -> ImportReport:
    """Take the rows of a rehearsal, as one step that Undo takes back.

    ``decisions`` are by row number; without one, new and changed rows are taken, and
    what seems to be here already, or is refused, is not. Raises ``Refused``
    ("changed-meanwhile") when the desk was changed so that the rehearsal no longer holds.
    """
    check_right(w.actor, "import_list")
    found = _still_holding(w, found)
    decided = decisions or {}
    with _uncollected(), w.unit(N_("Import of a list")) as unit:
        writer = Writer(unit, found, progress)
        for row in found.rows:
            writer.take(row, decided.get(row.number))
        report = writer.finish()
        detail = f"{report.entity}: +{report.created} ~{report.changed}"
        action = "takeover" if found.takeover else "import"
        auditing.note(unit.connection, w.actor, auditing.now_text(w), action, "", detail)
    return report


def _still_holding(w: "Workspace", found: ImportPreview) -> ImportPreview:
    with w.read() as connection:
        if _known_to(connection) == found.known_to:
            return found
    again = _rehearsed(w, found.request, _read(found.request.path, found.request.options.sheet))
    if [row.status for row in again.rows] != [row.status for row in found.rows]:
        raise Refused(
            "changed-meanwhile",
            N_("Records were changed since the rehearsal, and some rows would now do otherwise."),
            hint=N_("Nothing was changed. Look at the rehearsal again, then accept it."),
        )
    return again
