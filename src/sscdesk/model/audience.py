"""Who receives a record, from what it holds and what it belongs to.

An audience is written ``*`` (all offices) or as sorted office codes joined by ``+``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sscdesk.model.base import Record
from sscdesk.model.field import Audience
from sscdesk.model.offices import OFFICES
from sscdesk.model.values import Value

ALL = "*"

_KINDS_KEPT_IN_OFFICE = frozenset({"receipt", "host_visa"})
"""Attachments of these kinds never leave the office (domain.md, section 6)."""
_BILATERAL_RECORDS = frozenset({"agreement", "action_plan", "commitment"})
"""What is attached to these goes to the parties only, even where the record is shared."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who receives the shared fields of a record, and who its bilateral ones."""

    audience: str
    circle: str


def audience_text(offices: Iterable[str]) -> str:
    """Write a set of offices as an audience."""
    return "+".join(sorted(set(offices) & set(OFFICES)))


def readers(audience: str) -> frozenset[str]:
    """Return the codes of the offices of an audience."""
    return frozenset(OFFICES) if audience == ALL else frozenset(audience.split("+")) - {""}


def circle_of(mapped: type[Record], owner: str, values: Mapping[str, Value]) -> str:
    """Return who receives the bilateral fields: the owner and the partners named."""
    offices = {owner}
    for name in mapped.partner_fields:
        value = values.get(name)
        offices.update(value if isinstance(value, tuple) else [str(value)])
    return audience_text(offices)


def sharing_of_new(
    mapped: type[Record],
    owner: str,
    values: Mapping[str, Value],
    followed: tuple[str, Sharing] | None = None,
) -> Sharing:
    """Return who receives a new record.

    ``followed`` is the entity and the sharing of the record that it belongs to, for
    classes with ``follows`` (a follow-up's origin, an attachment's record); without it,
    because that record is not here, what follows stays with its circle.
    """
    circle = circle_of(mapped, owner, values)
    if _stays(mapped, values):
        return Sharing(owner, circle)
    if mapped.follows is not None:
        return _following(mapped, owner, circle, followed)
    return Sharing(ALL if mapped.default_audience is Audience.SHARED else circle, circle)


def _stays(mapped: type[Record], values: Mapping[str, Value]) -> bool:
    return (
        mapped.default_audience is Audience.OFFICE
        or values.get("may_be_shared") is False
        or (mapped.entity == "attachment" and values.get("kind") in _KINDS_KEPT_IN_OFFICE)
    )


def _following(
    mapped: type[Record], owner: str, circle: str, followed: tuple[str, Sharing] | None
) -> Sharing:
    if followed is None:
        return Sharing(circle, circle)
    entity, sharing = followed
    joined = audience_text(readers(sharing.circle) | readers(circle) | {owner})
    if mapped.entity == "attachment":
        joined = audience_text(readers(sharing.circle) | {owner})
    wide = sharing.audience
    if entity in _BILATERAL_RECORDS or (mapped.entity == "follow_up" and entity != "exchange"):
        wide = joined
    return Sharing(wide if wide == ALL else audience_text(readers(wide) | {owner}), joined)


def is_wider(new: str, old: str) -> bool:
    """Whether ``new`` reaches an office that ``old`` does not: widening wants a focal point."""
    return not readers(new) <= readers(old)
