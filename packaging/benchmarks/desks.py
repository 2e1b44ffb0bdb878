"""Full desks for the measurements, and what the bare driver needs for the same rows.

Keys are derived at the cheap cost of the tests: the unlock is measured by itself.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from sscdesk.application.opening import found_office
from sscdesk.application.workspace import Workspace
from sscdesk.model.values import Value
from sscdesk.store.vault import TEST_COST

LOGIN = "awa"
PASSPHRASE = "quatre mots tenus bien secrets"
TOWNS = ("Rabat", "Bamako", "Dakar", "Abidjan", "Kayes", "Saint-Louis", "Bouaké", "Fès")
SUBJECTS = ("coopération", "migration", "diaspora", "formation", "statistique", "intégration")
GIVEN = ("Awa", "Moussa", "Fatima", "Ibrahima", "Nadia", "Cheikh", "Aminata", "Youssef")


def organisations(count: int, first: int = 0) -> list[dict[str, Value]]:
    """Return rows of twelve fields, all different, of the kind that a ministry sends."""
    return [
        {
            "name_fr": f"Direction de la {SUBJECTS[n % 6]} de {TOWNS[n % 8]} n° {n}",
            "name_en": f"Directorate of {SUBJECTS[n % 6]} {n}",
            "name_ar": f"مديرية التعاون {n}",
            "acronym": f"D{SUBJECTS[n % 6][0].upper()}{n}",
            "country": ("MA", "CI", "ML", "SN")[n % 4],
            "kind": "directorate",
            "level": "national",
            "city": TOWNS[n % 8],
            "region": f"Région {n % 12}",
            "address": f"{n} avenue de l'Indépendance",
            "email": f"contact{n}@example.org",
            "website": f"https://example.org/{n}",
        }
        for n in range(first, first + count)
    ]


def people(count: int) -> list[dict[str, Value]]:
    """Return rows of contacts."""
    return [
        {
            "given": GIVEN[n % 8],
            "family": f"Plateau-{n}",
            "emails": (f"personne{n}@example.org",),
            "legal_basis": "public_task",
            "may_be_shared": True,
            "source": "carte de visite",
        }
        for n in range(count)
    ]


def found(folder: Path, office: str = "MA") -> Workspace:
    """Make the desk of an office and open it."""
    officer: dict[str, Value] = {
        "given": "Awa",
        "family": "Benali",
        "roles": ("admin", "focal_point", "officer"),
    }
    return found_office(folder, office, officer, LOGIN, PASSPHRASE, cost=TEST_COST)


def fill(w: Workspace, size: int) -> None:
    """Record ``size`` organisations and people, half of each, in two units of work."""
    with w.unit("Import", undoable=False) as unit:
        unit.create_many("organisation", organisations(size // 2), checked=True)
    with w.unit("Import", undoable=False) as unit:
        unit.create_many("person", people(size - size // 2), checked=True)


class BareTable:
    """The same rows in a table of the same shape in an encrypted file, with the driver alone."""

    def __init__(self, w: Workspace, table: str, folder: Path) -> None:
        self.folder = folder
        self.table = table
        with w.read() as connection:
            found = connection.exec_driver_sql(f"SELECT * FROM {table}")
            self.columns = tuple(found.keys())
            self.rows = [tuple(row) for row in found]
            self.shape = [
                row[0]
                for row in connection.exec_driver_sql(
                    "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL "
                    "AND type IN ('table', 'index')",
                    (table,),
                )
            ]

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        connection = sqlcipher.connect(
            str(self.folder / f"bare-{secrets.token_hex(4)}.db"), isolation_level=None
        )
        connection.execute(f"PRAGMA key = \"x'{secrets.token_hex(32)}'\"")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        for statement in self.shape:
            connection.execute(statement)
        yield connection
        connection.close()

    def insert(self, rows: int | None = None) -> float:
        """Insert the first ``rows`` and return the seconds from BEGIN to the end of COMMIT."""
        places = ", ".join("?" * len(self.columns))
        chosen = self.rows[:rows]
        with self._opened() as connection:
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(f"INSERT INTO {self.table} VALUES ({places})", chosen)
            connection.execute("COMMIT")
            return time.perf_counter() - began

    def replace(self, rows: int) -> float:
        """Write ``rows`` rows of a full table anew and return the seconds."""
        places = ", ".join("?" * len(self.columns))
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(f"INSERT INTO {self.table} VALUES ({places})", self.rows)
            connection.execute("COMMIT")
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                f"INSERT OR REPLACE INTO {self.table} VALUES ({places})", self.rows[:rows]
            )
            connection.execute("COMMIT")
            return time.perf_counter() - began


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
