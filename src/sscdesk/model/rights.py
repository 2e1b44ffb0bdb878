"""What the roles of an officer allow (domain.md, section 2)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sscdesk.model.base import record_kinds
from sscdesk.model.field import Audience, FieldType
from sscdesk.model.lifecycle import Actor
from sscdesk.model.refusal import Coded, Refused
from sscdesk.model.text import N_

WRITERS = frozenset({"officer", "focal_point", "head"})
"""Focal points do all that officers do; heads write too: they travel and report."""
FOCAL_POINT = frozenset({"focal_point"})
HEAD = frozenset({"head"})
_READERS = WRITERS | {"reader"}
_ADMIN = frozenset({"admin"})
_EVERYBODY = _READERS | _ADMIN

_RIGHTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "read": _READERS,
        "create": WRITERS,
        "edit": WRITERS,
        "delete": WRITERS,
        "export_report": _READERS,
        "export_list": _READERS,
        "import_list": WRITERS,
        "merge_duplicates": WRITERS,
        "narrow_audience": WRITERS,
        "widen_audience": FOCAL_POINT,
        "export_file": FOCAL_POINT,
        "import_file": FOCAL_POINT,
        "resolve_conflict": FOCAL_POINT,
        "decide_suggestion": FOCAL_POINT,
        "trust_card": FOCAL_POINT | _ADMIN,
        "personal_data": FOCAL_POINT | HEAD,
        "approve_erasure": HEAD,
        "manage_officers": _ADMIN,
        "manage_laptops": _ADMIN,
        "revoke_laptop": _ADMIN,
        "backup": _EVERYBODY,
        "check": _EVERYBODY,
        "audit": FOCAL_POINT | HEAD | _ADMIN,
    }
)
"""Verb to the roles any of which gives it."""

_KEPT_BY_ADMIN = frozenset({"office", "officer", "vocabulary"})
_OPEN_TO_ADMIN = _KEPT_BY_ADMIN | {"attachment"}

_NOT_TOGETHER = frozenset({"admin", "head"})


def roles_with(verb: str, entity: str = "") -> frozenset[str]:
    """Return the roles that may do ``verb``, on ``entity`` where it matters.

    Raises ``KeyError`` for a verb that is not in the table: a defect of ours.
    """
    roles = _RIGHTS[verb]
    if entity in _KEPT_BY_ADMIN:
        return _EVERYBODY if verb == "read" else _ADMIN
    if verb == "read" and entity in _OPEN_TO_ADMIN:
        return _EVERYBODY
    return roles


def may(role: str, verb: str, entity: str = "") -> bool:
    """Whether ``role`` alone allows ``verb``."""
    return role in roles_with(verb, entity)


def check_right(actor: Actor, verb: str, entity: str = "") -> None:
    """Raise ``Refused`` unless one of the officer's roles allows ``verb``."""
    wanted = roles_with(verb, entity)
    if not actor.roles & wanted:
        raise not_your_role(wanted)


def not_your_role(wanted: Iterable[str]) -> Refused:
    """Return the refusal of an act that wants another role."""
    roles = sorted(wanted, key=_RANK.index)
    return Refused(
        "not-your-role",
        N_("This is for the role “{role}”."),
        hint=N_("Nothing was changed. Ask an officer who has this role."),
        params={"role": Coded("desk_role", roles[0])},
    )


_RANK = ["officer", "focal_point", "head", "admin", "reader"]


def check_roles(roles: Iterable[str]) -> None:
    """Raise ``Refused`` where one person may not hold these roles together."""
    held = frozenset(roles)
    if held >= _NOT_TOGETHER:
        raise Refused(
            "roles-not-together",
            N_("One person cannot be both administrator and head of office."),
            hint=N_("Give one of the two roles to another officer."),
            field="roles",
        )
    if not held:
        raise Refused(
            "field-missing",
            N_("An officer needs at least one role."),
            hint=N_("Choose a role."),
            field="roles",
        )


def hidden_fields(roles: frozenset[str], entity: str) -> frozenset[str]:
    """Return the fields of a record that an officer with only these roles never sees.

    A reader sees no private contact data of persons; what an administrator may not
    read at all is a matter of ``check_right``.
    """
    if roles & WRITERS or entity not in ("person", "officer"):
        return frozenset()
    return frozenset(
        field.name
        for field in record_kinds()[entity].fields.values()
        if field.personal
        and (
            field.type in (FieldType.EMAIL, FieldType.PHONE)
            or field.masked
            or field.audience is Audience.OFFICE
        )
    )
