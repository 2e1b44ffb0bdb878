"""Asking the model's rules about rows of this desk: rights, ownership, validity."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from sscdesk.model.base import EntityKind, Part
from sscdesk.model.field import Field, fields_of
from sscdesk.model.lifecycle import Actor
from sscdesk.model.values import Value


class Rules:
    """The questions that a unit of work asks before it writes (TEMPORARY, permissive)."""

    def __init__(self, connection: Connection, actor: Actor, *, today: str) -> None:
        self._connection = connection
        self._actor = actor
        self._today = today
        self.founding = False

    def require_read(self, kind: EntityKind) -> None: ...
    def require_create(self, kind: EntityKind) -> None: ...
    def require_valid(
        self,
        kind: EntityKind,
        values: Mapping[str, Value],
        state: str,
        *,
        only: set[str] | None = None,
        row: Mapping[str, Any] | None = None,
    ) -> None: ...
    def require_change(
        self, kind: EntityKind, row: Mapping[str, Any], changed: Mapping[str, Value]
    ) -> None: ...
    def require_part(
        self, kind: EntityKind, mapped: type[Part], row: Mapping[str, Any]
    ) -> None: ...
    def require_valid_part(
        self,
        mapped: type[Part],
        values: Mapping[str, Value],
        *,
        only: set[str] | None = None,
        part_id: str | None = None,
    ) -> None: ...
    def require_change_part(
        self,
        kind: EntityKind,
        mapped: type[Part],
        row: Mapping[str, Any],
        holder: Mapping[str, Any],
        changed: Mapping[str, Value],
    ) -> None: ...
    def require_delete(self, kind: EntityKind, row: Mapping[str, Any]) -> None: ...
    def require_share(self, entity: str, identifier: str, audience: str) -> None: ...
    def may_see(self, field: Field) -> bool:
        return True

    def writable(self, kind: EntityKind, row: Mapping[str, Any]) -> frozenset[str]:
        return frozenset(kind.fields)

    def writable_part(
        self,
        kind: EntityKind,
        mapped: type[Part],
        row: Mapping[str, Any],
        holder: Mapping[str, Any],
    ) -> frozenset[str]:
        return frozenset(fields_of(mapped))


class MergeAuthority:
    """The same rules as the merge asks them."""

    def may_create(
        self, layout: Any, row: Mapping[str, Any], parent: Mapping[str, Any] | None, office: str
    ) -> bool:
        return str(row["owner"]) == office

    def may_update(
        self,
        layout: Any,
        column: str,
        row: Mapping[str, Any],
        parent: Mapping[str, Any] | None,
        office: str,
    ) -> bool:
        return True
