"""A second laptop of the office: invited by a file, and the files between the two.

An invitation is a whole copy of the desk, encrypted as a backup is and opened with the
same passphrases, that holds besides a number, a key and a certificate for one new laptop.
The laptop that joins writes streams of its own from the first day on.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application import auditing, card_book, settings
from sscdesk.application.workspace import system_clock
from sscdesk.model.refusal import FileRefused, Refused
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.store import backup as backups
from sscdesk.store import restoring
from sscdesk.store.copying import renewed
from sscdesk.store.database import Database
from sscdesk.store.migrations import bring_up_to_date
from sscdesk.store.profile import Profile
from sscdesk.sync.cards import Card, make_card
from sscdesk.sync.certificates import LaptopCertificate, certify_laptop
from sscdesk.sync.keys import SigningKey
from sscdesk.sync.trust import CardBook

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

Progress = Callable[[int, int], None]
INVITED = "invited-laptop"
"""Names the key of the laptop that is invited, and the setting that describes it."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A file for a laptop that is to join."""

    path: str
    number: int
    """The number of the laptop within its office."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A desk that was made from an invitation."""

    folder: Path
    office: str
    number: int


# ---------------------------------------------------------------- inviting


def invite(w: "Workspace", path: Path, progress: Progress = backups.no_progress) -> Invitation:
    """Write an invitation for one more laptop of this office.

    Raises ``Refused`` ("no-more-laptops", "not-your-role") and what a backup raises.
    """
    check_right(w.actor, "manage_laptops")
    former, number, identity = _admit(w)
    try:
        facts = backups.backup(w.database, w.blobs, w.profile.vault, path, w.clock, progress)
    except BaseException:
        _take_back(w, former, identity)
        raise
    with w.exclusive() as connection:
        _forget_invited(connection)
        at = auditing.now_text(w)
        auditing.note(connection, w.actor, at, "laptop-invited", str(number), identity.hex()[:8])
    return Invitation(str(path), number, facts.size)


def _admit(w: "Workspace") -> tuple[Card, int, bytes]:
    """Give the new laptop its number, key and certificate; they leave with the file alone."""
    at = auditing.now_text(w)
    with w.exclusive() as connection:
        book = card_book.load_book(connection)
        number = book.free_number()
        if number is None:
            raise Refused(
                "no-more-laptops",
                N_("This office has had eight laptops already, lost ones included."),
                hint=N_("Nothing was changed. No ninth one can be given a number."),
            )
        key, identity = SigningKey.generate(w.random), w.random(16)
        signing = card_book.office_keys(connection).signing
        certificate = certify_laptop(
            w.office,
            signing,
            laptop=identity,
            number=number,
            public_key=key.public,
            issued_at=at,
        )
        former = book.cards[w.office]
        card_book.keep_certificate(connection, certificate)
        _reissue(w, connection, book, (*former.laptops, certificate), at)
        card_book.keep_secret(connection, INVITED, key.secret)
        told = json.dumps({"laptop": identity.hex(), "number": number, "by": w.laptop.id.hex()})
        settings.put(connection, settings.DESK, INVITED, told)
        know_alike(connection, w.office, identity)
    return former, number, identity


def _reissue(
    w: "Workspace",
    connection: Connection,
    book: CardBook,
    laptops: tuple[LaptopCertificate, ...],
    at: str,
) -> None:
    keys = card_book.office_keys(connection)
    former = book.cards[w.office]
    card = make_card(
        w.office,
        keys.signing,
        keys.encryption,
        serial=former.serial + 1,
        names=dict(former.names),
        authority=former.authority,
        laptops=laptops,
        issued_at=at,
    )
    card_book.keep_card(connection, card, verified=True, at=at)


def _take_back(w: "Workspace", former: Card, identity: bytes) -> None:
    with w.exclusive() as connection:
        _forget_invited(connection)
        connection.exec_driver_sql("DELETE FROM laptop WHERE id = ?", (identity,))
        connection.exec_driver_sql(
            "DELETE FROM acknowledged WHERE office = ?", (own_laptop(w.office, identity),)
        )
        card_book.keep_card(connection, former, verified=True, at=auditing.now_text(w))


def _forget_invited(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM secret WHERE name = ?", (INVITED,))
    connection.exec_driver_sql(
        "DELETE FROM setting WHERE scope = ? AND key = ?", (settings.DESK, INVITED)
    )


# ---------------------------------------------------------------- joining


def join(
    path: Path,
    folder: Path,
    login: str | None,
    passphrase: str,
    *,
    clock: Callable[[], datetime] = system_clock,
    progress: Progress = backups.no_progress,
) -> Joined:
    """Make the desk of a second laptop in an empty folder, from an invitation.

    The passphrase is the officer's own, as on the first laptop. Raises ``FileRefused``
    ("not-an-invitation") and what restoring a backup raises; nothing is left then.
    """
    there = folder.exists()
    restoring.restore_backup(path, folder, login, passphrase, clock, progress=progress)
    try:
        return _become(folder, login, passphrase, clock)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if there:
            folder.mkdir(exist_ok=True)
        raise


def _become(
    folder: Path, login: str | None, passphrase: str, clock: Callable[[], datetime]
) -> Joined:
    profile = Profile.open(folder, clock)
    try:
        database = Database(profile.database_path, profile.unlock(login, passphrase))
        try:
            bring_up_to_date(database, profile.restore_points)
            with database.write() as connection:
                return Joined(folder, *_take_identity(connection, clock))
        finally:
            database.close()
    finally:
        profile.close()


def _take_identity(connection: Connection, clock: Callable[[], datetime]) -> tuple[str, int]:
    """Be the laptop that was invited, with nothing of the one that invited."""
    key = card_book.secret(connection, INVITED)
    told = settings.get(connection, settings.DESK, INVITED)
    if key is None or not told:
        raise FileRefused(
            "not-an-invitation",
            N_("This file is a backup, not an invitation for another laptop."),
            hint=N_("Nothing was made. Let an administrator invite this laptop on the first one."),
        )
    invited = json.loads(told)
    office = settings.get(connection, settings.DESK, "office")
    settings.put(connection, settings.DESK, "laptop", invited["laptop"])
    settings.put(connection, settings.DESK, "laptop-number", str(invited["number"]))
    card_book.keep_secret(connection, "laptop", key)
    _forget_invited(connection)
    connection.exec_driver_sql("UPDATE stream SET mine = 0")
    connection.exec_driver_sql("DELETE FROM number")
    connection.exec_driver_sql(
        "DELETE FROM setting WHERE scope = ? AND key IN ('last-backup', 'restore-point')",
        (settings.DESK,),
    )
    connection.exec_driver_sql(
        "DELETE FROM acknowledged WHERE office = ?",
        (own_laptop(office, bytes.fromhex(invited["laptop"])),),
    )
    know_alike(connection, office, bytes.fromhex(invited["by"]))
    renewed(connection)
    connection.exec_driver_sql(
        "INSERT INTO audit (at, officer, officer_name, action, ref, detail) "
        "VALUES (?, '', '', 'laptop-joined', ?, '')",
        (clock().strftime("%Y-%m-%dT%H:%M:%SZ"), str(invited["number"])),
    )
    return office, int(invited["number"])


# ---------------------------------------------------------------- between the two


def own_laptop(office: str, laptop: bytes) -> str:
    """Return under what is kept which commits another laptop of this office holds."""
    return f"{office}#{laptop.hex()}"


def know_alike(connection: Connection, office: str, laptop: bytes) -> None:
    """Note that another laptop of this office holds all that this one holds."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO acknowledged (office, stream_id, seq, at) "
        "SELECT ?, id, head_seq, '' FROM stream WHERE head_seq > 0",
        (own_laptop(office, laptop),),
    )


def other_laptops(book: CardBook) -> tuple[bytes, ...]:
    """Return the other laptops of this office that were not reported lost."""
    return tuple(
        sorted(
            laptop
            for office, laptop in book.certificates
            if office == book.office
            and laptop != book.laptop
            and not book.is_revoked((office, laptop))
        )
    )
