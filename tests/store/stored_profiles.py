"""One real desk for each schema that was released, kept as that program wrote it.

When the schema gets a new number, run this file *before* the change, once:
``python -m tests.store.stored_profiles``. It writes a small backup with an office, an
organisation, a person, a mission and a document beside it, named after today's schema; it
is committed with the migration, and ``test_stored_profiles`` upgrades it from then on.
"""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sscdesk.application import attachments, records
from sscdesk.store.backup import backup
from sscdesk.store.schema import SCHEMA_VERSION
from tests.desks import DeskMaker, a_mission, an_organisation

FOLDER = Path(__file__).with_name("profiles")
DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SENTENCE = "Direction de la coopération"


def write_profile(path: Path) -> Path:
    """Write a backup of a small desk of this program's schema."""
    with tempfile.TemporaryDirectory() as folder:
        desks = DeskMaker(Path(folder))
        try:
            w = desks.office("MA")
            ministry = an_organisation(w, SENTENCE)
            records.create(w, "person", {"given": "Khadija", "family": "El Fassi"})
            a_mission(w)
            attachments.attach_bytes(w, ministry.ref, "Lettre.pdf", b"%PDF-1.7 lettre")
            backup(w.database, w.blobs, w.profile.vault, path, lambda: DAY)
        finally:
            desks.close()
    return path


def stored() -> dict[int, Path]:
    """Return the stored profiles by the number of their schema."""
    return {int(path.stem.split("-")[1]): path for path in FOLDER.glob("schema-*.sscbackup")}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    print(write_profile(FOLDER / f"schema-{SCHEMA_VERSION}.sscbackup"))
