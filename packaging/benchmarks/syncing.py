"""Files between two offices: a whole desk, then a thousand changes, against the bare rows.

The floor of an import is the driver's executemany of the same rows in an encrypted table of
the same shape; the floor of an export is reading the same rows and compressing them.
"""

import json
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import zstandard
from benchmarking import Comparison, Figure, Setting, group
from desks import BareTable, found, organisations, seconds

from sscdesk.application import synchronise
from sscdesk.application.workspace import Workspace

CHANGED = 1_000


def trust_each_other(one: Workspace, other: Workspace, folder: Path) -> None:
    """Let two offices exchange cards, as over the telephone."""
    for giver, taker in ((one, other), (other, one)):
        card = folder / f"{giver.office}-{taker.office}.ssccard"
        words = synchronise.export_card(giver, card).fingerprint
        synchronise.trust_card(taker, card, words)


def copied_rows(w: Workspace, rows: int | None = None) -> float:
    """Read the rows and compress them: what any export must do at least."""
    began = time.perf_counter()
    with w.read() as connection:
        limit = f" LIMIT {rows}" if rows else ""
        taken = connection.exec_driver_sql(f"SELECT * FROM organisation{limit}")
        encoded = json.dumps([tuple(row) for row in taken], ensure_ascii=False).encode()
    zstandard.ZstdCompressor(level=3).compress(encoded)
    return time.perf_counter() - began


def change_some(w: Workspace) -> None:
    """Change one field of a thousand organisations, each in the same unit of work."""
    with w.read() as connection:
        own = f"SELECT id FROM organisation WHERE owner = 'MA' LIMIT {CHANGED}"
        chosen = connection.exec_driver_sql(own)
        identifiers = [row[0] for row in chosen]
    with w.unit("Change", undoable=False) as unit:
        for number, identifier in enumerate(identifiers):
            unit.change("organisation", identifier, {"city": f"Ville {number}"})


def _exported(w: Workspace, path: Path) -> Path:
    synchronise.export(w, ["ML"], path)
    return path


@group("sync")
def sync(setting: Setting) -> Iterator[Comparison | Figure]:
    """Rabat writes for Bamako; Bamako accepts."""
    rabat = found(setting.folder / "rabat", "MA")
    with rabat.unit("Import", undoable=False) as unit:
        unit.create_many("organisation", organisations(setting.size), checked=True)
    bare = BareTable(rabat, "organisation", setting.folder)
    numbers = count()

    def bamako() -> Workspace:
        w = found(setting.folder / f"bamako-{next(numbers)}", "ML")
        trust_each_other(rabat, w, setting.folder)
        return w

    bamako().close()
    whole = setting.folder / "whole.sscsync"
    all_of_it = f"{setting.size:,} records"

    def export_whole() -> float:
        whole.unlink(missing_ok=True)
        return seconds(lambda: synchronise.export(rabat, ["ML"], whole))

    yield Comparison(
        f"export {all_of_it}", export_whole, lambda: copied_rows(rabat), "select, JSON and zstd"
    )

    def accept_whole() -> float:
        w = bamako()
        fresh = _exported(rabat, setting.folder / f"{next(numbers)}.sscsync")
        took = seconds(lambda: synchronise.accept(w, [fresh]))
        w.close()
        return took

    yield Comparison(
        f"import {all_of_it}", accept_whole, bare.insert, "executemany, encrypted, same shape"
    )
    yield Figure(f"size of the file, {all_of_it}", lambda: whole.stat().st_size / 1e6, "MB")

    # Made last: Rabat knows only the keys of the Bamako that it met last.
    last = bamako()
    synchronise.accept(last, [_exported(rabat, setting.folder / "for-the-last.sscsync")])
    few = f"{CHANGED:,} changes among {all_of_it}"
    files: list[Path] = []

    def export_changes() -> float:
        change_some(rabat)
        path = setting.folder / f"changes-{next(numbers)}.sscsync"
        files.append(path)
        return seconds(lambda: synchronise.export(rabat, ["ML"], path))

    yield Comparison(
        f"export {few}", export_changes, lambda: copied_rows(rabat, CHANGED), "select, JSON, zstd"
    )
    waiting = iter(files)
    yield Comparison(
        f"import {few}",
        lambda: seconds(lambda: synchronise.accept(last, [next(waiting)])),
        lambda: bare.replace(CHANGED),
        "executemany of the rows",
    )
