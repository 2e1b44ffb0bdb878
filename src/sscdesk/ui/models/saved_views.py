"""A list's filters, order and columns under a name, kept in the encrypted file.

They may hold what an officer typed, so they never go into the preferences in clear.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sscdesk.model.values import Value
from sscdesk.ui.models.conditions import Condition

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

MOST_VIEWS = 50


@dataclass(frozen=True, slots=True)
class SavedView:
    """One way to look at a list."""

    name: str
    conditions: tuple[Condition, ...] = ()
    sort: str = ""
    columns: tuple[str, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    """Words of the records that its filters name."""


def encoded(views: Sequence[SavedView]) -> str:
    """Return views as the text that is kept."""
    return json.dumps([_plain(view) for view in views], ensure_ascii=False)


def _plain(view: SavedView) -> dict[str, Any]:
    return {
        "name": view.name,
        "conditions": [list(condition) for condition in view.conditions],
        "sort": view.sort,
        "columns": list(view.columns),
        "titles": view.titles,
    }


def decoded(text: str) -> tuple[SavedView, ...]:
    """Return the views kept in a text; what cannot be understood is left out."""
    try:
        found = json.loads(text) if text else []
    except ValueError:
        return ()
    plain = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return tuple(view for one in plain[:MOST_VIEWS] if (view := _view(one)) is not None)


def _view(plain: dict[str, Any]) -> SavedView | None:
    try:
        return SavedView(
            str(plain["name"]),
            tuple(
                Condition(str(name), str(operator), _value(value))
                for name, operator, value in plain.get("conditions", [])
            ),
            str(plain.get("sort", "")),
            tuple(str(name) for name in plain.get("columns", [])),
            {str(key): str(words) for key, words in plain.get("titles", {}).items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _value(plain: Any) -> Value:
    if isinstance(plain, list):
        return tuple(str(member) for member in plain)
    return plain if isinstance(plain, str | int | bool) or plain is None else str(plain)


def _key(entity: str) -> str:
    return f"views:{entity}"


def read_views(w: "Workspace", entity: str) -> tuple[SavedView, ...]:
    """Return the officer's views of an entity's list (in a worker)."""
    from sscdesk.application import settings

    return decoded(settings.read(w, _key(entity)))


def keep_view(w: "Workspace", entity: str, view: SavedView) -> tuple[SavedView, ...]:
    """Keep a view, in the place of one of the same name; return all (in a worker)."""
    others = [one for one in read_views(w, entity) if one.name != view.name]
    return _write(w, entity, (*others, view))


def forget_view(w: "Workspace", entity: str, name: str) -> tuple[SavedView, ...]:
    """Forget a view; return the others (in a worker)."""
    return _write(w, entity, [one for one in read_views(w, entity) if one.name != name])


def _write(w: "Workspace", entity: str, views: Sequence[SavedView]) -> tuple[SavedView, ...]:
    from sscdesk.application import settings

    kept = tuple(views)[-MOST_VIEWS:]
    settings.write(w, _key(entity), encoded(kept))
    return kept
