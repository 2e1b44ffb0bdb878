"""Which colour stands for which state, beside its word and never instead of it."""

from collections.abc import Mapping

_COMMON: Mapping[str, str] = {
    "draft": "neutral",
    "idea": "neutral",
    "proposed": "info",
    "open": "info",
    "submitted": "info",
    "planned": "info",
    "claimed": "info",
    "confirmed": "good",
    "approved": "good",
    "authorised": "good",
    "agreed": "good",
    "adopted": "good",
    "accepted": "good",
    "in_force": "good",
    "signed": "good",
    "countersigned": "good",
    "validated": "good",
    "published": "good",
    "done": "good",
    "verified": "good",
    "ongoing": "warn",
    "under_way": "warn",
    "in_progress": "warn",
    "returned": "warn",
    "under_revision": "warn",
    "postponed": "warn",
    "suspended": "warn",
    "reported": "reported",
    "reviewed": "reported",
    "held": "reported",
    "fulfilled": "reported",
    "settled": "reported",
    "rejected": "bad",
    "contested": "bad",
}
_BY_ENTITY: Mapping[tuple[str, str], str] = {("report", "returned"): "bad"}


def tone_of(entity: str, state: str) -> str:
    """Return the tone of a state; one that is over or unknown is neutral."""
    return _BY_ENTITY.get((entity, state)) or _COMMON.get(state, "neutral")
