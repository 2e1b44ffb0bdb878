"""The officers of this desk: who works here, with which roles, and who can open it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sscdesk.application import auditing, settings
from sscdesk.application.opening import actor_of, login_for
from sscdesk.application.reading import person_name, require_row, resolve
from sscdesk.model.codec import read_set
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.rights import check_right, check_roles
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.store.derivation import Cost
from sscdesk.sync.words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sscdesk.application.workspace import Workspace


@dataclass(frozen=True, slots=True)
class OfficerView:
    """One officer as the settings show him."""

    id: str
    ref: str
    name: str
    office: str
    function: str
    roles: tuple[str, ...]
    login: str
    """Empty where the officer cannot open the desk on this laptop."""
    active: bool


def listing(w: "Workspace", office: str | None = None) -> tuple[OfficerView, ...]:
    """Return the officers of an office, this one unless another is named."""
    with w.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT * FROM officer WHERE owner = ? AND deleted = 0 ORDER BY family, given",
            (office or w.office,),
        ).mappings()
        logins = _logins(w, connection)
        return tuple(_view(dict(row), logins) for row in rows.all())


def _logins(w: "Workspace", connection: "Connection") -> dict[str, str]:
    return {
        settings.get(connection, settings.DESK, f"officer:{login}"): login
        for login in w.profile.logins
    }


def _view(row: Mapping[str, object], logins: Mapping[str, str]) -> OfficerView:
    return OfficerView(
        id=str(row["id"]),
        ref=str(row["ref"]),
        name=person_name(row),
        office=str(row["owner"]),
        function=str(row["function_fr"] or row["function_en"] or ""),
        roles=read_set(row["roles"]),
        login=logins.get(str(row["id"]), ""),
        active=not row["active_to"],
    )


def first_passphrase(w: "Workspace") -> str:
    """Return words for a new officer's first passphrase, to be changed at once."""
    words = words_of(hashlib.sha256(w.random(32)).digest(), 5)
    return "-".join(words)


def add(
    w: "Workspace", fields: Mapping[str, Value], passphrase: str, *, cost: Cost, login: str = ""
) -> OfficerView:
    """Enter an officer and let him open this desk with a first passphrase.

    Raises ``Refused``: not the role, "roles-not-together", a login that is taken.
    """
    _require_administrator(w)
    roles = fields.get("roles") or ()
    check_roles(roles if isinstance(roles, tuple) else ())
    given, family = str(fields.get("given") or ""), str(fields.get("family") or "")
    login = login or login_for(given, family, w.profile.logins)
    with w.unit(N_("Add an officer"), undoable=False) as unit:
        unit.rules.founding = True
        identifier = unit.create("officer", fields)
        settings.put(unit.connection, settings.DESK, f"officer:{login}", identifier)
        auditing.note(unit.connection, w.actor, auditing.now_text(w), "officer-added", login)
        w.profile.vault.add_officer(w.master, login, passphrase, cost)
    return _one(w, identifier)


def set_roles(w: "Workspace", ref: str, roles: Iterable[str]) -> OfficerView:
    """Give an officer other roles."""
    _require_administrator(w)
    wanted = tuple(sorted(set(roles)))
    check_roles(wanted)
    with w.unit(N_("Change of roles"), undoable=False) as unit:
        unit.rules.founding = True
        _, identifier = resolve(unit.connection, _ref_of(w, ref), "officer")
        unit.change("officer", identifier, {"roles": wanted})
        auditing.note(
            unit.connection, w.actor, auditing.now_text(w), "roles-changed", ref, " ".join(wanted)
        )
    if identifier == w.actor.officer:
        with w.read() as connection:
            w.actor = actor_of(connection, require_row(connection, "officer", identifier))
    return _one(w, identifier)


def disable(w: "Workspace", ref: str) -> OfficerView:
    """Close the desk to an officer; what he wrote stays his.

    The vault's slot goes first: after that no passphrase of his opens this laptop.
    """
    _require_administrator(w)
    with w.unit(N_("Close the desk to an officer"), undoable=False) as unit:
        unit.rules.founding = True
        _, identifier = resolve(unit.connection, _ref_of(w, ref), "officer")
        if identifier == w.actor.officer:
            raise Refused(
                "not-yourself",
                N_("You cannot close the desk to yourself."),
                hint=N_("Ask another administrator."),
            )
        login = _logins(w, unit.connection).get(identifier, "")
        unit.change("officer", identifier, {"active_to": w.clock().date().isoformat()})
        auditing.note(unit.connection, w.actor, auditing.now_text(w), "officer-disabled", login)
    if login:
        w.profile.vault.remove_officer(login)
    return _one(w, identifier)


def change_passphrase(w: "Workspace", old: str, new: str, cost: Cost) -> None:
    """Give the officer at work another passphrase; the old one stops working last."""
    w.profile.vault.change_passphrase(w.login, old, new, cost)
    with w.exclusive() as connection:
        auditing.note(connection, w.actor, auditing.now_text(w), "passphrase-changed", w.login)


def give_passphrase(w: "Workspace", ref: str, new: str, cost: Cost) -> tuple[str, ...]:
    """Give another officer a new first passphrase when the old one is forgotten.

    Returns the names of the officer's own secrets that only the old passphrase opened and
    that are lost: a signing key is made anew at the next signature. Raises ``Refused``
    ("own-passphrase") for one's own, ``NotFound`` for who cannot open this laptop.
    """
    _require_administrator(w)
    with w.read() as connection:
        _, identifier = resolve(connection, _ref_of(w, ref), "officer")
        login = _logins(w, connection).get(identifier, "")
    if identifier == w.actor.officer:
        raise Refused(
            "own-passphrase",
            N_("You change your own passphrase under My account."),
            hint=N_("Nothing was changed. There your signing key is kept."),
        )
    if not login:
        raise NotFound(
            "no-login",
            N_("This officer cannot open the desk on this laptop."),
            hint=N_("Nothing was changed."),
        )
    lost = w.profile.vault.set_passphrase(w.master, login, new, cost)
    with w.exclusive() as connection:
        auditing.note(connection, w.actor, auditing.now_text(w), "passphrase-given", login)
    return lost


def why_not_manage(w: "Workspace") -> Refused | None:
    """Return why the officer at work may not manage officers, None where that is allowed."""
    try:
        _require_administrator(w)
    except Refused as refusal:
        return refusal
    return None


def _ref_of(w: "Workspace", text: str) -> str:
    """An officer may be named by login as well."""
    with w.read() as connection:
        return settings.get(connection, settings.DESK, f"officer:{text}") or text


def _one(w: "Workspace", identifier: str) -> OfficerView:
    with w.read() as connection:
        row = require_row(connection, "officer", identifier)
        return _view(row, _logins(w, connection))


def _require_administrator(w: "Workspace") -> None:
    """Administrators manage officers; the head does while an office has none."""
    if "head" in w.actor.roles and not any("admin" in o.roles and o.active for o in listing(w)):
        return
    check_right(w.actor, "manage_officers")
