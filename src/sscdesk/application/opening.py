"""Founding an office's desk, opening it again, and the keys that this takes."""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from sscdesk.application import auditing, card_book, indexing, settings
from sscdesk.application.card_book import keep_secret, secret
from sscdesk.application.identity import new_identifier
from sscdesk.application.reading import person_name, read_row
from sscdesk.application.safekeeping import begin_new_streams
from sscdesk.application.unit_of_work import Laptop
from sscdesk.application.workspace import Workspace, system_clock
from sscdesk.model.lifecycle import Actor
from sscdesk.model.offices import CURRENCY_OF, LANGUAGES_OF, OFFICES, TIME_ZONE_OF
from sscdesk.model.refusal import DeskError, Locked, NotFound, Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.model.vocabulary_seed import Vocabularies
from sscdesk.search.index import is_current
from sscdesk.store.blobs import Blobs
from sscdesk.store.database import Database
from sscdesk.store.derivation import Cost
from sscdesk.store.migrations import bring_up_to_date
from sscdesk.store.profile import Profile
from sscdesk.sync.cards import make_card
from sscdesk.sync.certificates import certify_laptop
from sscdesk.sync.keys import EncryptionKey, SigningKey

Clock = Callable[[], datetime]
Random = Callable[[int], bytes]
FOUNDERS_ROLES = {
    "officer": ("admin", "officer"),
    "focal_point": ("admin", "focal_point", "officer"),
    "head": ("head", "officer"),
    "admin": ("admin",),
}
"""The roles of an office's first officer; ``admin`` and ``head`` are never one person's."""


def found_office(
    folder: Path,
    office: str,
    officer: Mapping[str, Value],
    login: str,
    passphrase: str,
    *,
    cost: Cost,
    name: str = "",
    clock: Clock = system_clock,
    random: Random = os.urandom,
) -> Workspace:
    """Make the desk of an office on its first laptop, with its first officer, and open it.

    ``officer`` holds the fields of the officer's record: names and roles at least.
    Raises ``Refused`` ("no-such-office"), and what ``Profile.create`` raises.
    """
    if office not in OFFICES:
        raise Refused(
            "no-such-office",
            N_("There is no office called {office}."),
            hint=N_("The offices are MA, CI, ML and SN."),
            field="office",
            params={"office": office},
        )
    profile, master = Profile.create(folder, login, passphrase, cost, clock, random)
    try:
        database = Database(profile.database_path, master)
        database.create()
        actor = _founder(office, officer, clock, random)
        laptop = Laptop(random(16), 1, SigningKey.generate(random))
        with database.write() as connection:
            _keep_laptop(connection, laptop, office)
            settings.put(connection, settings.DESK, f"officer:{login}", actor.officer)
        blobs = Blobs(profile.blobs_folder, master)
        w = Workspace(profile, database, blobs, actor, login, laptop, clock, random, master)
        _make_office_keys(w, name)
        _enter_office(w, officer, name)
    except BaseException:
        profile.close()
        raise
    return w


def _founder(office: str, officer: Mapping[str, Value], clock: Clock, random: Random) -> Actor:
    roles = officer.get("roles") or ()
    assert isinstance(roles, tuple)
    return Actor(new_identifier(clock(), random), person_name(officer), office, frozenset(roles))


def _keep_laptop(connection: Connection, laptop: Laptop, office: str) -> None:
    settings.put(connection, settings.DESK, "office", office)
    settings.put(connection, settings.DESK, "laptop", laptop.id.hex())
    settings.put(connection, settings.DESK, "laptop-number", str(laptop.number))
    keep_secret(connection, "laptop", laptop.key.secret)


def _make_office_keys(w: Workspace, name: str) -> None:
    """Make the office's keys on its first laptop, certify that laptop, write the first card."""
    from sscdesk.reports.authority import make_office_authority

    signing = SigningKey.generate(w.random)
    encryption = EncryptionKey.generate(w.random)
    authority = make_office_authority(w.office, office_name(w.office, "fr"), w.clock(), w.random)
    issued_at = auditing.now_text(w)
    certificate = certify_laptop(
        w.office,
        signing,
        laptop=w.laptop.id,
        number=w.laptop.number,
        public_key=w.laptop.key.public,
        issued_at=issued_at,
    )
    card = make_card(
        w.office,
        signing,
        encryption,
        serial=1,
        names={code: name or office_name(w.office, code) for code in ("ar", "en", "fr")},
        authority=authority.certificate,
        laptops=(certificate,),
        issued_at=issued_at,
    )
    with w.exclusive() as connection:
        keep_secret(connection, "office-signing", signing.secret)
        keep_secret(connection, "office-encryption", encryption.secret)
        keep_secret(connection, "pdf-authority", authority.key)
        card_book.keep_card(connection, card, verified=True, at=issued_at)
        card_book.keep_certificate(connection, certificate)


def office_name(office: str, language: str) -> str:
    """Return the country's name, the default name of its office."""
    return Vocabularies().label("country", office, language)


def _enter_office(w: Workspace, officer: Mapping[str, Value], name: str) -> None:
    with w.unit(N_("Open the office"), undoable=False) as unit:
        unit.rules.founding = True
        unit.create("officer", officer, identifier=w.actor.officer)
        unit.create(
            "office",
            {
                "country": w.office,
                "name_fr": name or office_name(w.office, "fr"),
                "name_en": name or office_name(w.office, "en"),
                "name_ar": name or office_name(w.office, "ar"),
                "currency": CURRENCY_OF[w.office],
                "languages": tuple(sorted(LANGUAGES_OF[w.office])),
                "time_zone": TIME_ZONE_OF[w.office],
            },
            ref=w.office,
        )
        auditing.note(unit.connection, w.actor, auditing.now_text(w), "office-founded", w.office)


# ---------------------------------------------------------------- opening again


def open_workspace(
    folder: Path,
    login: str | None,
    passphrase: str,
    *,
    clock: Clock = system_clock,
    random: Random = os.urandom,
) -> Workspace:
    """Open a desk for one of its officers.

    Raises ``NotFound`` ("no-profile"), ``Locked`` ("wrong-passphrase", "which-officer",
    "profile-in-use", "newer-version", "officer-disabled"), ``FileRefused``
    ("database-damaged", "vault-damaged").
    """
    profile = Profile.open(folder, clock, random)
    try:
        return unlock(profile, login, passphrase, clock=clock, random=random)
    except BaseException:
        profile.close()
        raise


def unlock(
    profile: Profile,
    login: str | None,
    passphrase: str,
    *,
    clock: Clock = system_clock,
    random: Random = os.urandom,
) -> Workspace:
    """Unlock an open profile; it stays open where this is refused."""
    master = profile.unlock(login, passphrase)
    chosen = login or profile.logins[0]
    database = Database(profile.database_path, master)
    try:
        bring_up_to_date(database, profile.restore_points)
        with database.read() as connection:
            actor = _actor(connection, chosen)
            laptop = Laptop(
                bytes.fromhex(settings.get(connection, settings.DESK, "laptop")),
                int(settings.get(connection, settings.DESK, "laptop-number")),
                SigningKey(secret(connection, "laptop") or b""),
            )
    except BaseException:
        database.close()
        raise
    blobs = Blobs(profile.blobs_folder, master)
    w = Workspace(profile, database, blobs, actor, chosen, laptop, clock, random, master)
    begin_new_streams(w)
    _renew_index(w)
    return w


def _renew_index(w: Workspace) -> None:
    """Build the search index of another version, or one that is lost, before it is missed.

    Where even that fails the desk opens without it: the records are whole, and "Check" tells.
    """
    with suppress(DeskError):
        with w.read() as connection:
            if is_current(connection):
                return
        with w.exclusive() as connection:
            indexing.rebuild(connection)


def _actor(connection: Connection, login: str) -> Actor:
    identifier = settings.get(connection, settings.DESK, f"officer:{login}")
    row = read_row(connection, "officer", identifier) if identifier else None
    if row is None:
        raise NotFound(
            "unknown-officer",
            N_("No officer of this desk is called “{login}”."),
            hint=N_("Ask your administrator to add you."),
            params={"login": login},
        )
    return actor_of(connection, row)


def actor_of(connection: Connection, row: Mapping[str, object]) -> Actor:
    """Return an officer as the one who acts. Raises ``Locked`` ("officer-disabled")."""
    import json

    office = settings.get(connection, settings.DESK, "office")
    if row["deleted"] or row["active_to"]:
        raise Locked(
            "officer-disabled",
            N_("This officer no longer works at this desk."),
            hint=N_("What was written is kept. Ask your administrator."),
        )
    roles = frozenset(json.loads(str(row["roles"] or "[]")))
    return Actor(str(row["id"]), person_name(row), office, roles)


def login_for(given: str, family: str, taken: Iterable[str]) -> str:
    """Return a short login from a name: ``n.alaoui``, numbered where it is taken."""
    import unicodedata

    plain = (
        unicodedata.normalize("NFKD", f"{given[:1]}.{family}").encode("ascii", "ignore").decode()
    )
    base = "".join(c for c in plain.lower() if c.isalnum() or c == ".").strip(".") or "officer"
    login, count = base[:24], 1
    while login in set(taken):
        count += 1
        login = f"{base[:22]}{count}"
    return login
