"""Finds the records that cells name: by number, by name in any script, by acronym.

Read once for all rows of a file. A name that fits two records is never guessed.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from sqlalchemy import Connection

from sscdesk.application.reading import person_name, title_of
from sscdesk.interop.columns import folded
from sscdesk.interop.names import read_name
from sscdesk.interop.reading import Doubt, Reading, Unreadable
from sscdesk.model.base import record_kinds
from sscdesk.model.reference_number import is_reference
from sscdesk.model.text import N_

_NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "organisation": ("name_fr", "name_en", "name_ar", "acronym", "former_names"),
    "person": ("name_ar", "emails"),
    "officer": ("name_ar", "email"),
    "indicator": ("code", "title_fr", "title_en", "title_ar"),
}


def identifier_of(ref: str) -> str:
    """Return the identifier of a record that an older register numbered ``ref``.

    The same number gives the same identifier in every office, so that registers taken
    over separately meet when files are exchanged, and may refer to each other before.
    A UUID of version 8 (RFC 9562, section 5.8).
    """
    digest = bytearray(sha256(f"sscdesk register {ref.upper()}".encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return digest.hex()


class Lookup:
    """Records of this desk by what people call them."""

    def __init__(self, connection: Connection, *, takeover: bool = False) -> None:
        self._connection = connection
        self._takeover = takeover
        self._refs: dict[str, dict[str, str]] = {}
        self._names: dict[str, dict[str, set[str]]] = {}
        self._ref_of: dict[str, dict[str, str]] = {}
        self._read: dict[tuple[str, str], Reading | Unreadable] = {}
        self._coming: dict[str, str] = {}

    def expect(self, refs: Mapping[str, str]) -> None:
        """Make numbers known that the file itself brings, with their identifiers."""
        self._coming.update(refs)

    def refs(self, entity: str) -> Mapping[str, str]:
        """Return identifiers by reference number."""
        self._load(entity)
        return self._refs[entity]

    def ref_of(self, entity: str, identifier: str) -> str:
        """Return the reference number of a record, empty when it is not here."""
        self._load(entity)
        return self._ref_of[entity].get(identifier, "")

    def find(self, text: str, entities: str) -> Reading:
        """Return the identifier that ``text`` means among ``entities`` (joined by ``|``).

        Raises Unreadable: ``unknown-record``, ``ambiguous-record``.
        """
        key = (entities, text)
        if key not in self._read:
            try:
                self._read[key] = self._found(text.strip(), entities.split("|"))
            except Unreadable as refusal:
                self._read[key] = refusal
        found = self._read[key]
        if isinstance(found, Unreadable):
            raise found
        return found

    def _found(self, text: str, entities: list[str]) -> Reading:
        if is_reference(text):
            return self._by_ref(text.upper(), entities)
        matches = {
            (entity, identifier)
            for entity in entities
            for identifier in self._by_name(text, entity)
        }
        if len(matches) == 1:
            return Reading(matches.pop()[1])
        if not matches:
            raise Unreadable("unknown-record", N_("nothing called “{text}” is here"), text=text)
        refs = sorted(self.ref_of(entity, identifier) for entity, identifier in matches)
        raise Unreadable(
            "ambiguous-record",
            N_("“{text}” may be {refs}; write the number"),
            text=text,
            refs=", ".join(refs[:5]),
        )

    def _by_ref(self, ref: str, entities: list[str]) -> Reading:
        for entity in entities:
            identifier = self.refs(entity).get(ref)
            if identifier is not None:
                return Reading(identifier)
        if ref in self._coming:
            return Reading(self._coming[ref])
        codes = {record_kinds()[entity].mapped.ref_code for entity in entities}
        if self._takeover and ref[3:6] in codes:
            return Reading(identifier_of(ref), _awaited(ref))
        raise Unreadable("unknown-record", N_("nothing called “{text}” is here"), text=ref)

    def _by_name(self, text: str, entity: str) -> set[str]:
        self._load(entity)
        names = self._names[entity]
        found = names.get(folded(text))
        if found is None and entity in ("person", "officer"):
            name = read_name(text)
            found = names.get(folded(f"{name.given} {name.family}"))
        return found or set()

    def _load(self, entity: str) -> None:
        if entity in self._refs:
            return
        mapped = record_kinds()[entity].mapped
        named_by = _NAMED_BY.get(entity, mapped.title_fields)
        columns = dict.fromkeys(("id", "ref", *mapped.title_fields, *named_by))
        quoted = ", ".join(f'"{name}"' for name in columns)
        rows = self._connection.exec_driver_sql(
            f'SELECT {quoted} FROM "{entity}" WHERE deleted = 0'
        ).mappings()
        self._refs[entity], self._names[entity], self._ref_of[entity] = {}, {}, {}
        for row in rows:
            self._refs[entity][row["ref"]] = row["id"]
            self._ref_of[entity][row["id"]] = row["ref"]
            for name in _texts(entity, dict(row), named_by):
                self._names[entity].setdefault(folded(name), set()).add(row["id"])
        self._names[entity].pop("", None)


def _texts(entity: str, row: Mapping[str, object], named_by: Iterable[str]) -> Iterable[str]:
    if entity in ("person", "officer"):
        yield person_name(row)
        yield f"{row.get('family') or ''} {row.get('given') or ''}"
        yield f"{row.get('given') or ''} {row.get('family') or ''}"
    else:
        yield title_of(record_kinds()[entity].mapped, row)
    for name in named_by:
        value = row.get(name)
        if isinstance(value, str) and value.startswith("["):
            yield from map(str, json.loads(value))
        elif value:
            yield str(value)


def _awaited(ref: str) -> Doubt:
    return Doubt(
        "not-here-yet", N_("{ref} is not here yet; the link holds once it is"), {"ref": ref}
    )
