"""Conflicts and suggestions as sentences: who, where, when, what, and what was there before."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sscdesk.application.reconcile import SuggestionView
from sscdesk.application.views import ConflictView, ValueBy
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.field import Field, FieldType, fields_of
from sscdesk.model.values import Value
from sscdesk.ui.pages.sync_words import field_label, person_words
from sscdesk.ui.places import city
from sscdesk.ui.wording import Wording

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

BIN = "!"
"""Stands in the place of a field where one office removed what another changed."""


def declared(entity: str, part: str | None, name: str) -> Field | None:
    """Return the declared field of a conflict or suggestion, None for a removal."""
    kind = record_kinds()[entity]
    if part is None:
        return kind.fields.get(name.partition(":")[0])
    mapped = kind.parts.get(part)
    return fields_of(mapped).get(name.partition(":")[0]) if mapped is not None else None


def is_long(field: Field | None) -> bool:
    """Whether a field holds texts, whose words are compared."""
    return field is not None and field.type in (FieldType.LONG_TEXT, FieldType.TEXT)


def heading(conflict: ConflictView) -> str:
    """Return the words above a conflict."""
    if conflict.field != BIN:
        return field_label(conflict.entity, conflict.part, conflict.field)
    if conflict.part is None:
        return _("The whole record")
    kind = record_kinds()[conflict.entity]
    return _(kind.parts[conflict.part].label) if conflict.part in kind.parts else conflict.part


def value_words(
    wording: Wording, field: Field | None, value: Value, titles: Mapping[str, str]
) -> str:
    """Return a value as it is read; text whole, with its lines."""
    if value is None or value in ("", ()):
        return _("(nothing)")
    if field is None:
        return str(value)
    if is_long(field):
        return str(value)
    return wording.value(field, value, titles)


def wrote_words(side: ValueBy) -> str:
    """Say who wrote: "Ana Idrissi (Rabat, 4 May 2026) wrote"."""
    return _("{person} wrote").format(person=person_words(side.stamp))


def side_words(side: ValueBy) -> str:
    """Say what was done where one removed what another changed."""
    if side.value is True:
        return _("{person} put it into the bin").format(person=person_words(side.stamp))
    return _("{person} changed it").format(person=person_words(side.stamp))


def keep_words(side: ValueBy, sides: Iterable[ValueBy]) -> str:
    """Return the words of the button that keeps a value, by the office that wrote it.

    Two people of one office are told apart by their names.
    """
    offices = [one.stamp.office for one in sides]
    if offices.count(side.stamp.office) > 1:
        return _("Keep what {who} wrote").format(who=side.stamp.officer_name or _("somebody"))
    return _("Keep {office}'s").format(office=city(side.stamp.office))


def sentence(wording: Wording, conflict: ConflictView, titles: Mapping[str, str]) -> str:
    """Tell a conflict in one line, for a list or a screen reader."""
    field = declared(conflict.entity, conflict.part, conflict.field)
    if conflict.field == BIN:
        return "; ".join(side_words(side) for side in conflict.values)
    parts = [
        _("{person} wrote “{value}”").format(
            person=person_words(side.stamp), value=value_words(wording, field, side.value, titles)
        )
        for side in conflict.values
    ]
    before = value_words(wording, field, conflict.before, titles)
    parts.append(_("before: “{value}”").format(value=before))
    return "; ".join(parts)


def suggestion_words(one: SuggestionView) -> str:
    """Say what somebody suggests: to change a field, to add a row, to remove one."""
    person = person_words(one.stamp)
    if one.kind == "bin":
        return _("{person} suggests to put it into the bin").format(person=person)
    if one.kind == "create":
        return _("{person} suggests to add a line").format(person=person)
    if one.kind == "orphan":
        return _("{person} wrote in a line that is not here").format(person=person)
    return _("{person} suggests another value").format(person=person)


def titles_for(
    w: "Workspace", asked: Iterable[tuple[Field | None, Iterable[Value]]]
) -> dict[str, str]:
    """Return the titles of the records that values name (in a worker)."""
    from sscdesk.application.reading import titles_of

    wanted: dict[str, list[str]] = {}
    for field, values in asked:
        if field is None or not field.entity:
            continue
        for value in values:
            members = value if isinstance(value, tuple) else (value,)
            wanted.setdefault(field.entity, []).extend(str(one) for one in members if one)
    if not wanted:
        return {}
    with w.read() as connection:
        return titles_of(connection, wanted)


def conflict_titles(w: "Workspace", conflicts: Iterable[ConflictView]) -> dict[str, str]:
    """Return the titles of the records that values in conflict name (in a worker)."""
    return titles_for(
        w,
        (
            (
                declared(one.entity, one.part, one.field),
                [one.before, *(side.value for side in one.values)],
            )
            for one in conflicts
        ),
    )
