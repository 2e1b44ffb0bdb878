"""Recording many rows at once: with validation, journal, versions and search index."""

import csv
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarking import Comparison, Figure, Setting, group
from desks import BareTable, found, organisations, seconds

from sscdesk.application import importing
from sscdesk.application.workspace import Workspace


def _recorded(w: Workspace, size: int) -> float:
    rows = organisations(size)

    def record() -> None:
        with w.unit("Import", undoable=False) as unit:
            unit.create_many("organisation", rows)

    return seconds(record)


def _written(path: Path, size: int) -> Path:
    rows = organisations(size)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


@group("import")
def spreadsheets(setting: Setting) -> Iterator[Comparison | Figure]:
    """New organisations against the driver's executemany of the same rows."""
    numbers = count()

    def desk() -> Workspace:
        return found(setting.folder / f"desk-{next(numbers)}")

    first = desk()
    _recorded(first, setting.size)
    bare = BareTable(first, "organisation", setting.folder)
    first.close()

    def record() -> float:
        w = desk()
        took = _recorded(w, setting.size)
        w.close()
        return took

    yield Comparison(
        f"record {setting.size:,} organisations, validated",
        record,
        bare.insert,
        "executemany, encrypted, same shape",
    )
    sheet = _written(setting.folder / "organisations.csv", setting.size)

    def import_sheet() -> float:
        w = desk()
        took = seconds(lambda: importing.accept(w, importing.preview(w, sheet, "organisation")))
        w.close()
        return took

    yield Comparison(
        f"rehearse and import a sheet of {setting.size:,} rows",
        import_sheet,
        bare.insert,
        "executemany, encrypted, same shape",
    )
