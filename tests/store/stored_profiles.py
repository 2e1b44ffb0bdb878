"""One real desk for each schema that was released, kept as that program wrote it.

When the schema gets a new number, run this file *before* the change, once:
``python -m tests.store.stored_profiles``. It writes a small desk with an office, an
organisation, a person, a mission and a document, named after today's schema; it is
committed with the migration, and ``test_stored_profiles`` upgrades it from then on.

The desk's file lies in it without its encryption, since two hundred encrypted pages that
are nearly empty cannot be packed; it is encrypted again under its own key when unpacked.
"""

import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from sscdesk.application import attachments, records
from sscdesk.store.schema import SCHEMA_VERSION
from sscdesk.store.vault import Vault
from tests.desks import PASSPHRASE, DeskMaker, a_mission, an_organisation

FOLDER = Path(__file__).with_name("profiles")
SENTENCE = "Direction de la coopération"
DATABASE, VAULT = "sscdesk.db", "vault.json"


def write_profile(folder: Path) -> None:
    """Write a small desk of this program's schema into a folder that is not there yet."""
    desks = DeskMaker(folder.parent)
    try:
        w = desks.office("MA")
        ministry = an_organisation(w, SENTENCE)
        records.create(w, "person", {"given": "Khadija", "family": "El Fassi"})
        a_mission(w)
        attachments.attach_bytes(w, ministry.ref, "Lettre.pdf", b"%PDF-1.7 lettre")
    finally:
        desks.close()
    (folder.parent / "MA").rename(folder)


def pack(folder: Path, path: Path) -> None:
    """Pack a closed desk."""
    plain = folder.parent / "plain.db"
    _export(folder / DATABASE, _key(folder), plain, b"")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, DATABASE)
        for one in sorted(folder.rglob("*")):
            if one.is_file() and not one.name.startswith((DATABASE, "lock")):
                archive.write(one, one.relative_to(folder).as_posix())


def unpack(path: Path, folder: Path) -> None:
    """Unpack a desk, its file under its own key again."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    plain = folder.parent / "plain.db"
    shutil.move(folder / DATABASE, plain)
    _export(plain, b"", folder / DATABASE, _key(folder))


def stored() -> dict[int, Path]:
    """Return the stored profiles by the number of their schema."""
    return {int(path.stem.split("-")[1]): path for path in FOLDER.glob("schema-*.zip")}


def _key(folder: Path) -> bytes:
    return Vault.open(folder / VAULT).unlock(None, PASSPHRASE)


def _export(source: Path, key: bytes, target: Path, new_key: bytes) -> None:
    connection = sqlcipher.connect(str(source), isolation_level=None)
    if key:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    wanted = f"\"x'{new_key.hex()}'\"" if new_key else "''"
    connection.execute(f"ATTACH DATABASE ? AS target KEY {wanted}", (str(target),))
    connection.execute("SELECT sqlcipher_export('target')")
    version = connection.execute("PRAGMA main.user_version").fetchone()[0]
    connection.execute(f"PRAGMA target.user_version = {version}")
    connection.execute("DETACH DATABASE target")
    connection.close()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        written = Path(temporary) / "desk"
        write_profile(written)
        pack(written, FOLDER / f"schema-{SCHEMA_VERSION}.zip")
    sys.stdout.write(f"{FOLDER}\n")
