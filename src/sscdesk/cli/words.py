"""Reading ``FIELD=VALUE`` words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sscdesk.application.typed import habits_of, value_of
from sscdesk.model.field import Field
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.model.values import Value

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

_WORD = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)([+-]?)=(.*)", re.DOTALL)


@dataclass(slots=True)
class Assignments:
    """What the words say."""

    values: dict[str, Value] = field(default_factory=dict)
    added: dict[str, tuple[str, ...]] = field(default_factory=dict)
    removed: dict[str, tuple[str, ...]] = field(default_factory=dict)


def assignments(w: "Workspace", fields: Mapping[str, Field], words: Iterable[str]) -> Assignments:
    """Read words as values of fields. Raises ``NotFound`` for a wrong word or field."""
    found = Assignments()
    with w.read() as connection:
        habits = habits_of(w, connection)
        for word in words:
            name, sign, text = _parted(word)
            declared = fields.get(name)
            if declared is None:
                raise _no_field(name)
            value = value_of(connection, declared, text, habits)
            if not sign:
                found.values[name] = value
            elif isinstance(value, tuple):
                (found.added if sign == "+" else found.removed)[name] = value
            else:
                raise _not_a_list(name)
    return found


def values_of(
    w: "Workspace", fields: Mapping[str, Field], words: Iterable[str]
) -> dict[str, Value]:
    """Read words that may only set values."""
    found = assignments(w, fields, words)
    for name in (*found.added, *found.removed):
        raise _not_a_list(name)
    return found.values


def _parted(word: str) -> tuple[str, str, str]:
    match = _WORD.fullmatch(word)
    if match is None:
        raise NotFound(
            "not-an-assignment",
            N_("“{word}” is not of the form FIELD=VALUE."),
            hint=N_("Nothing was changed. FIELD= clears a field."),
            params={"word": word[:60]},
        )
    return match[1], match[2], match[3]


def _no_field(name: str) -> NotFound:
    return NotFound(
        "no-such-field",
        N_("There is no field called “{field}”."),
        hint=N_("“sscdesk fields” names the fields of each kind of record."),
        field=name,
        params={"field": name[:60]},
    )


def _not_a_list(name: str) -> NotFound:
    return NotFound(
        "not-a-list",
        N_("“{field}” cannot be added to here."),
        hint=N_("Nothing was changed. FIELD=VALUE sets a field as a whole."),
        field=name,
        params={"field": name[:60]},
    )
