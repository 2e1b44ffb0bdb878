"""Calls for records: making, changing, acting, listing, searching, documents."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from sscdesk.application import actions, attachments, records, reports, vocabularies
from sscdesk.application import search as searching
from sscdesk.application.views import ListQuery
from sscdesk.cli.call import Calls, Context, arg
from sscdesk.cli.shapes import (
    conflict_json,
    fields_json,
    missing_json,
    part_json,
    plain,
    record_json,
)
from sscdesk.cli.words import assignments, values_of
from sscdesk.i18n import gettext
from sscdesk.model.base import EntityKind, record_kinds
from sscdesk.model.field import Field, fields_of
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.model.values import Value

calls = Calls()
_REF = arg("ref", metavar="REF")
_WORDS = arg("words", metavar="FIELD=VALUE", nargs="*")


def kind_named(name: str) -> EntityKind:
    """Return an entity by name. Raises ``NotFound`` ("no-such-entity")."""
    kind = record_kinds().get(name)
    if kind is None:
        raise NotFound(
            "no-such-entity",
            N_("There is no kind of record called “{name}”."),
            hint=N_("The kinds are: {kinds}."),
            params={"name": name[:40], "kinds": ", ".join(record_kinds())},
        )
    return kind


def _kind_of(context: Context, ref: str) -> EntityKind:
    return record_kinds()[records.view(context.desk, ref).entity]


def _part_fields(kind: EntityKind, part: str) -> dict[str, Field]:
    mapped = kind.parts.get(part)
    if mapped is None:
        raise NotFound(
            "no-such-part",
            N_("A record of this kind has no rows called {part}."),
            hint=N_("It has: {parts}."),
            params={"part": part[:40], "parts": ", ".join(kind.parts)},
        )
    return fields_of(mapped)


@calls.add(
    "new",
    N_("Make a record and print it."),
    "sscdesk new person given=Awa family=Traoré",
    arg("entity", metavar="ENTITY"),
    _WORDS,
)
def new(context: Context, args: Namespace) -> Any:
    """Make a record."""
    kind = kind_named(args.entity)
    values = values_of(context.desk, kind.fields, args.words)
    return record_json(records.create(context.desk, kind.name, values))


@calls.add(
    "set",
    N_("Change fields of a record; FIELD= clears, FIELD+= and FIELD-= for lists."),
    "sscdesk set MA-MIS-2026-0007 returns_on=2026-03-13 fields_of_action+=migrants_rights",
    _REF,
    _WORDS,
)
def set_fields(context: Context, args: Namespace) -> Any:
    """Change fields of a record in one unit of work."""
    w = context.desk
    before = records.view(w, args.ref)
    said = assignments(w, record_kinds()[before.entity].fields, args.words)
    for name in {*said.added, *said.removed}:
        held = said.values.get(name, before.fields.get(name))
        members = set(held if isinstance(held, tuple) else ())
        members |= set(said.added.get(name, ()))
        said.values[name] = tuple(sorted(members - set(said.removed.get(name, ()))))
    return record_json(records.change(w, before.id, said.values))


@calls.add(
    "add",
    N_("Add a row inside a record: leg, meeting, session, participation, post…"),
    "sscdesk add MA-MIS-2026-0007 leg origin=Rabat destination=Bamako",
    _REF,
    arg("part", metavar="PART"),
    _WORDS,
)
def add(context: Context, args: Namespace) -> Any:
    """Add a row inside a record."""
    kind = _kind_of(context, args.ref)
    values = values_of(context.desk, _part_fields(kind, args.part), args.words)
    return part_json(kind.name, records.add_part(context.desk, args.ref, args.part, values))


@calls.add(
    "change",
    N_("Change a row inside a record."),
    "sscdesk change MA-MIS-2026-0007 leg 1 carrier=RAM",
    _REF,
    arg("part", metavar="PART"),
    arg("row", metavar="ID"),
    _WORDS,
)
def change(context: Context, args: Namespace) -> Any:
    """Change a row inside a record."""
    kind = _kind_of(context, args.ref)
    values = values_of(context.desk, _part_fields(kind, args.part), args.words)
    row = records.change_part(context.desk, args.ref, args.part, args.row, values)
    return part_json(kind.name, row)


@calls.add(
    "remove",
    N_("Put a row inside a record into the bin."),
    "sscdesk remove MA-MIS-2026-0007 leg 1",
    _REF,
    arg("part", metavar="PART"),
    arg("row", metavar="ID"),
)
def remove(context: Context, args: Namespace) -> Any:
    """Remove a row inside a record."""
    _part_fields(_kind_of(context, args.ref), args.part)
    return record_json(records.remove_part(context.desk, args.ref, args.part, args.row))


_SIGNING = {"sign": reports.sign, "countersign": reports.countersign}


@calls.add(
    "do",
    N_("Do an act of the record's life: submit, approve, authorise…"),
    "sscdesk do submit MA-MIS-2026-0007",
    arg("action", metavar="ACTION"),
    _REF,
    _WORDS,
    arg("--note", default="", help="the reason, where one is wanted"),
)
def do(context: Context, args: Namespace) -> Any:
    """Do an act."""
    words = [word for word in args.words if not word.startswith("note=")]
    note = next((word[5:] for word in args.words if word.startswith("note=")), args.note)
    kind = _kind_of(context, args.ref)
    if kind.name == "report" and args.action in _SIGNING:
        from sscdesk.cli.main import passphrase

        return record_json(_SIGNING[args.action](context.desk, args.ref, passphrase(), note))
    values = values_of(context.desk, kind.fields, words)
    return record_json(actions.perform(context.desk, args.ref, args.action, note, values))


@calls.add(
    "actions",
    N_("List the acts open to me, and for the others why not."),
    "sscdesk actions MA-MIS-2026-0007",
    _REF,
)
def list_actions(context: Context, args: Namespace) -> Any:
    """List the acts on a record."""
    return {
        "actions": [
            {
                "action": one.action,
                "label": gettext(one.label),
                "target": one.target,
                "allowed": one.allowed,
                "needs_reason": one.needs_reason,
                "inputs": list(one.inputs),
                "missing": [missing_json(missing) for missing in one.missing],
                "warnings": [missing_json(missing) for missing in one.warnings],
            }
            for one in actions.actions(context.desk, args.ref)
        ]
    }


@calls.add(
    "show",
    N_("Show a record, with --history who changed what and when."),
    "sscdesk show MA-MIS-2026-0007 --history",
    _REF,
    arg("--history", action="store_true", help="with its history"),
)
def show(context: Context, args: Namespace) -> Any:
    """Show a record."""
    found = record_json(records.view(context.desk, args.ref))
    if args.history:
        found["history"] = [
            {
                "unit": entry.unit,
                "at": entry.stamp.at,
                "officer": entry.stamp.officer_name,
                "office": entry.stamp.office,
                "label": gettext(entry.label),
                "note": entry.note,
                "changes": [
                    {
                        "row": one.row,
                        "part": one.part,
                        "field": one.field,
                        "from": plain(one.before),
                        "to": plain(one.after),
                    }
                    for one in entry.changes
                ],
            }
            for entry in records.history(context.desk, args.ref)
        ]
    return found


@calls.add(
    "list",
    N_("List records, filtered, searched and sorted, a page at a time."),
    "sscdesk list mission --where state=under_way --sort -departs_on --limit 20",
    arg("entity", metavar="ENTITY"),
    arg("--where", metavar="FIELD=VALUE", action="append", default=[]),
    arg("--search", metavar="TEXT", default=""),
    arg("--sort", metavar="FIELD", default="-updated_at"),
    arg("--limit", type=int, default=50),
    arg("--after", metavar="CURSOR", default=None),
    arg("--bin", action="store_true", help="what is in the bin"),
)
def list_records(context: Context, args: Namespace) -> Any:
    """List records."""
    kind = kind_named(args.entity)
    query = ListQuery(
        kind.name,
        where_of(context, kind, args.where),
        args.search,
        args.sort,
        max(1, min(args.limit, 1_000)),
        args.after,
        in_bin=args.bin,
    )
    page = records.listing(context.desk, query)
    return {
        "items": [
            {
                "ref": row.ref,
                "id": row.id,
                "entity": kind.name,
                "title": row.title,
                "state": row.state,
                "owner": row.owner,
                "fields": fields_json(kind.fields, row.fields),
                "updated": row.updated_at,
                "conflicts": row.conflicts,
            }
            for row in page.items
        ],
        "total": page.total,
        "next": page.cursor,
    }


def where_of(context: Context, kind: EntityKind, words: list[str]) -> Any:
    """Read ``--where`` words as conditions that must all hold."""
    found: list[tuple[str, str, Value]] = []
    for word in words:
        name, equals, text = word.partition("=")
        if equals and name in ("state", "owner", "ref"):
            found.append((name, "is", text))
            continue
        for field, value in values_of(context.desk, kind.fields, [word]).items():
            empty = value is None or value == ()
            found.append((field, "empty" if empty else "is", None if empty else value))
    return tuple(found)


@calls.add(
    "search",
    N_("Search over everything."),
    "sscdesk search traore kayes --limit 5",
    arg("text", metavar="TEXT", nargs="+"),
    arg("--limit", type=int, default=20),
)
def search(context: Context, args: Namespace) -> Any:
    """Search over everything."""
    hits = searching.everything(context.desk, " ".join(args.text), max(1, min(args.limit, 500)))
    return {"items": [plain(hit) for hit in hits]}


@calls.add("delete", N_("Put a record into the bin."), "sscdesk delete MA-PER-2026-0003", _REF)
def delete(context: Context, args: Namespace) -> Any:
    """Put a record into the bin."""
    return record_json(records.delete(context.desk, args.ref))


@calls.add("restore", N_("Take a record out of the bin."), "sscdesk restore MA-PER-2026-0003", _REF)
def restore(context: Context, args: Namespace) -> Any:
    """Take a record out of the bin."""
    return record_json(records.restore(context.desk, args.ref))


@calls.add(
    "attach",
    N_("Keep a file with a record."),
    "sscdesk attach MA-MIS-2026-0007 letter.pdf --title Invitation",
    _REF,
    arg("file", metavar="FILE", type=Path),
    arg("--title", default=""),
    arg("--kind", default=None),
)
def attach(context: Context, args: Namespace) -> Any:
    """Attach a document."""
    found = attachments.attach(context.desk, args.ref, args.file, args.kind, args.title)
    return plain(found)


@calls.add(
    "attachments",
    N_("List the documents of a record."),
    "sscdesk attachments MA-MIS-2026-0007",
    _REF,
)
def list_attachments(context: Context, args: Namespace) -> Any:
    """List the documents of a record."""
    return {"items": [plain(one) for one in attachments.attachments(context.desk, args.ref)]}


@calls.add(
    "detach",
    N_("Put a document of a record into the bin."),
    "sscdesk detach MA-MIS-2026-0007 letter.pdf",
    _REF,
    arg("name", metavar="NAME"),
)
def detach(context: Context, args: Namespace) -> Any:
    """Detach a document."""
    attachments.detach(context.desk, args.ref, args.name)
    return {"detached": args.name}


@calls.add(
    "save-attachment",
    N_("Write a document of a record, in clear, to a file."),
    "sscdesk save-attachment MA-MIS-2026-0007 letter.pdf copy.pdf",
    _REF,
    arg("name", metavar="NAME"),
    arg("file", metavar="FILE", type=Path),
)
def save_attachment(context: Context, args: Namespace) -> Any:
    """Save a document outside."""
    attachments.save(context.desk, args.ref, args.name, args.file)
    return {"file": str(args.file)}


@calls.add(
    "fields",
    N_("List the declared fields of a kind of record."),
    "sscdesk fields mission",
    arg("entity", metavar="ENTITY"),
    arg("part", metavar="PART", nargs="?"),
)
def fields(context: Context, args: Namespace) -> Any:
    """List the fields of an entity, or of a row inside it."""
    kind = kind_named(args.entity)
    declared = _part_fields(kind, args.part) if args.part else kind.fields
    lists = vocabularies.known(context.desk)
    return {
        "entity": kind.name,
        "parts": list(kind.parts),
        "fields": [
            {
                "name": one.name,
                "label": gettext(one.label),
                "type": str(one.type),
                "required": one.required,
                "codes": list(lists.codes(one.vocabulary)) if one.vocabulary else None,
                "entity": one.entity,
                "personal": one.personal,
                "audience": str(one.audience),
                "help": gettext(one.help),
                "many": one.is_set,
            }
            for one in declared.values()
        ],
    }


__all__ = ["calls", "conflict_json", "kind_named", "where_of"]
