"""The sample data: rows of a real register with invented people, office by office.

Each row belongs to the office that recorded it; nobody in it exists, and every paper made
of it says that it is a sample.
"""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sscdesk.application import importing
from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

GROUPS = (
    ("organisations",),
    ("people",),
    ("agreements", "indicators", "practices"),
    ("commitments", "exchanges"),
    ("participants", "missions"),
    ("expenses", "follow_ups", "indicator_values"),
)
"""Files of the sample in an order in which references resolve; offices meet in between."""
ENTITY_OF = {
    "organisations": "organisation",
    "people": "person",
    "agreements": "agreement",
    "indicators": "indicator",
    "practices": "practice",
    "commitments": "commitment",
    "exchanges": "exchange",
    "participants": "exchange",
    "missions": "mission",
    "expenses": "expense",
    "follow_ups": "follow_up",
    "indicator_values": "indicator",
}
_FOUNDING = frozenset({"admin", "focal_point", "officer"})
KEY_OF = {"participants": "exchange", "indicator_values": "indicator"}
"""Columns whose reference number says which office recorded the row; else ``ref``."""


def load_sample(
    w: "Workspace", progress: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Import this office's rows of the sample; return how many records were made.

    A part of founding an office, so whoever founds it may, whatever the roles. Raises
    ``Refused`` ("desk-not-empty") where something was recorded already.
    """
    _require_empty(w)
    founder = replace(w, actor=replace(w.actor, roles=w.actor.roles | _FOUNDING))
    names = [name for group in GROUPS for name in group]
    made = 0
    with TemporaryDirectory() as scratch:
        for place, name in enumerate(names):
            path = Path(scratch) / f"{name}.csv"
            if own_rows(name, w.office, path, alone=True):
                found = importing.preview(founder, path, ENTITY_OF[name])
                report = importing.accept(founder, found)
                made += report.created
            progress(place + 1, len(names))
    return made


def _require_empty(w: "Workspace") -> None:
    with w.read() as connection:
        for entity in set(ENTITY_OF.values()):
            # The names of tables are the model's own.
            if connection.exec_driver_sql(f'SELECT 1 FROM "{entity}" LIMIT 1').first():  # noqa: S608
                raise Refused(
                    "desk-not-empty",
                    N_("The sample data go into an empty desk only."),
                    hint=N_("Nothing was changed. Make a new desk in another folder to try."),
                )


def own_rows(name: str, office: str, path: Path, *, alone: bool = False) -> bool:
    """Write the rows of a sample file that an office recorded; say whether there are any.

    ``alone`` leaves out rows inside records of offices that this one has not met.
    """
    text = files("sscdesk").joinpath("resources", "sample", f"{name}.csv").read_text("utf-8")
    reader = csv.DictReader(io.StringIO(text))
    key = KEY_OF.get(name, "ref")
    rows = [
        row
        for row in reader
        if _recorder(name, row, key) == office and not (alone and _holder(row, key) != office)
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, reader.fieldnames or ())
        writer.writeheader()
        writer.writerows(rows)
    return bool(rows)


def _recorder(name: str, row: Mapping[str, str], key: str) -> str:
    return row["recorded_by"] if name == "participants" else _holder(row, key)


def _holder(row: Mapping[str, str], key: str) -> str:
    return row[key].partition("-")[0]
