"""Calls for the desk as a whole: founding it, officers, import and export, backup, check."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from sscdesk.application import auditing, exporting, importing, laptops, officers, safekeeping
from sscdesk.application.import_views import ImportOptions, told
from sscdesk.application.opening import FOUNDERS_ROLES, found_office, login_for
from sscdesk.application.sheet_shapes import shape_of
from sscdesk.application.views import ListQuery
from sscdesk.cli.call import Calls, Context, Needs, arg
from sscdesk.cli.records import where_of
from sscdesk.cli.shapes import plain
from sscdesk.cli.words import values_of
from sscdesk.i18n import gettext
from sscdesk.model.base import record_kinds
from sscdesk.model.offices import OFFICES
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.store.derivation import calibrate

calls = Calls()
_FILE = arg("file", metavar="FILE", type=Path)
_OFFICER = arg("officer", metavar="OFFICER", help="login, reference number or identifier")


@calls.add(
    "init",
    N_("Make the desk of an office, with its keys and its first officer."),
    'sscdesk init --office MA --officer "Nadia Alaoui" --role focal_point',
    arg("--office", required=True, choices=OFFICES),
    arg("--name", default="", metavar="TEXT"),
    arg("--officer", required=True, metavar='"GIVEN FAMILY"'),
    arg("--role", default="focal_point", choices=tuple(FOUNDERS_ROLES)),
    needs=Needs.NOTHING,
)
def init(context: Context, args: Namespace) -> Any:
    """Found an office's desk."""
    from sscdesk.cli.main import clock, passphrase

    given, family = _name(args.officer)
    login = login_for(given, family, ())
    officer: dict[str, Value] = {
        "given": given,
        "family": family,
        "roles": tuple(sorted(FOUNDERS_ROLES[args.role])),
    }
    w = found_office(
        context.profile,
        args.office,
        officer,
        login,
        passphrase(),
        cost=calibrate(),
        name=args.name,
        clock=clock(),
    )
    try:
        from sscdesk.application.cards import own_card

        return {
            "office": w.office,
            "officer": w.actor.name,
            "login": login,
            "roles": sorted(w.actor.roles),
            "profile": str(context.profile),
            "fingerprint": own_card(w).fingerprint,
        }
    finally:
        w.close()


def _name(text: str) -> tuple[str, str]:
    given, _, family = text.strip().partition(" ")
    if not given:
        raise NotFound(
            "no-name",
            N_("An officer needs a name."),
            hint=N_('Write it as "GIVEN FAMILY".'),
            field="officer",
        )
    return given, family.strip()


@calls.add(
    "demo",
    N_("Make four offices with the sample data, a finished mission, a signed report."),
    "sscdesk demo demonstration",
    arg("folder", metavar="DIR", type=Path),
    needs=Needs.NOTHING,
)
def demo(context: Context, args: Namespace) -> Any:
    """Make the demonstration."""
    from sscdesk.application.demo import make_demo
    from sscdesk.cli.main import clock

    return plain(make_demo(args.folder, clock=clock()))


@calls.add(
    "officer add",
    N_("Enter an officer and print how he sets his passphrase."),
    'sscdesk officer add "Awa Diop" --role officer',
    arg("officer", metavar='"GIVEN FAMILY"'),
    arg("--role", action="append", required=True, choices=(*FOUNDERS_ROLES, "reader")),
    arg("words", metavar="FIELD=VALUE", nargs="*"),
)
def officer_add(context: Context, args: Namespace) -> Any:
    """Enter an officer."""
    w = context.desk
    given, family = _name(args.officer)
    fields = values_of(w, record_kinds()["officer"].fields, args.words)
    fields |= {"given": given, "family": family, "roles": tuple(sorted(set(args.role)))}
    first = officers.first_passphrase(w)
    made = officers.add(w, fields, first, cost=calibrate())
    advice = gettext(
        N_("First passphrase: {passphrase}. It is changed with “sscdesk officer passphrase”.")
    )
    return {**plain(made), "first_passphrase": first, "next": advice.format(passphrase=first)}


@calls.add("officer list", N_("List the officers of this office."), "sscdesk officer list")
def officer_list(context: Context, args: Namespace) -> Any:
    """List the officers."""
    return {"items": [plain(one) for one in officers.listing(context.desk)]}


@calls.add(
    "officer disable",
    N_("Close the desk to an officer."),
    "sscdesk officer disable a.diop",
    _OFFICER,
)
def officer_disable(context: Context, args: Namespace) -> Any:
    """Close the desk to an officer."""
    return plain(officers.disable(context.desk, args.officer))


@calls.add(
    "officer role",
    N_("Give an officer other roles."),
    "sscdesk officer role a.diop focal_point officer",
    _OFFICER,
    arg("roles", metavar="ROLE", nargs="+"),
)
def officer_role(context: Context, args: Namespace) -> Any:
    """Give an officer other roles."""
    return plain(officers.set_roles(context.desk, args.officer, args.roles))


@calls.add(
    "officer passphrase",
    N_("Change my own passphrase."),
    "sscdesk officer passphrase",
)
def officer_passphrase(context: Context, args: Namespace) -> Any:
    """Change the passphrase of the officer at work."""
    from sscdesk.cli.main import new_passphrase, passphrase

    officers.change_passphrase(context.desk, passphrase(), new_passphrase(), calibrate())
    return {"changed": context.desk.login}


@calls.add(
    "laptop invite",
    N_("Write an invitation for a second laptop of this office; use it once."),
    "sscdesk laptop invite second.sscbackup",
    _FILE,
)
def laptop_invite(context: Context, args: Namespace) -> Any:
    """Invite a laptop."""
    return plain(laptops.invite(context.desk, args.file))


@calls.add(
    "laptop join",
    N_("Make this laptop's desk from an invitation."),
    "sscdesk --profile new laptop join second.sscbackup",
    _FILE,
    needs=Needs.NOTHING,
)
def laptop_join(context: Context, args: Namespace) -> Any:
    """Join an office."""
    import os

    from sscdesk.cli.main import clock, passphrase

    login = os.environ.get("SSCDESK_OFFICER") or None
    return plain(laptops.join(args.file, context.profile, login, passphrase(), clock=clock()))


# ---------------------------------------------------------------- import and export


@calls.add(
    "import",
    N_("Take over a spreadsheet or cards as records."),
    "sscdesk import contacts.xlsx --as person --dry-run",
    _FILE,
    arg("--as", dest="entity", metavar="ENTITY", required=True),
    arg("--map", metavar="COLUMN=FIELD", action="append", default=[]),
    arg("--dry-run", action="store_true"),
    arg("--update-by", metavar="FIELD", default=None),
    arg("--set", metavar="FIELD=VALUE", action="append", default=[], help="for rows without it"),
    arg("--year", type=int, default=None, help="of dates that have none"),
    arg("--sheet", metavar="NAME", default=None, help="of a workbook"),
    arg("--own", action="store_true", help="only the rows of this office"),
)
def import_file(context: Context, args: Namespace) -> Any:
    """Import a file, or say what importing it would do."""
    mapping = {column: field or None for column, field in map(_mapped, args.map)}
    options = ImportOptions(dict(map(_mapped, args.set)), args.sheet, args.year, args.own)
    preview = importing.preview(
        context.desk, args.file, args.entity, mapping, args.update_by, options=options
    )
    if args.dry_run:
        return plain(told(preview))
    return plain(importing.accept(context.desk, preview))


def _mapped(word: str) -> tuple[str, str]:
    column, equals, field = word.rpartition("=")
    if not equals:
        raise NotFound(
            "not-an-assignment",
            N_("“{word}” is not of the form FIELD=VALUE."),
            params={"word": word[:60]},
        )
    return column, field


@calls.add(
    "export",
    N_("Write records to a spreadsheet, cards or a calendar."),
    "sscdesk export organisation organisations.xlsx --where country=ML",
    arg("entity", metavar="ENTITY"),
    _FILE,
    arg("--where", metavar="FIELD=VALUE", action="append", default=[]),
    arg("--search", metavar="TEXT", default=""),
)
def export_file(context: Context, args: Namespace) -> Any:
    """Export records."""
    kind = shape_of(args.entity).kind
    query = ListQuery(kind.name, where_of(context, kind, args.where), args.search, "ref")
    return plain(exporting.export(context.desk, args.entity, args.file, query))


# ---------------------------------------------------------------- safekeeping


@calls.add(
    "backup", N_("Save everything as one encrypted file."), "sscdesk backup desk.sscbackup", _FILE
)
def backup(context: Context, args: Namespace) -> Any:
    """Make a backup."""
    return plain(safekeeping.backup(context.desk, args.file))


@calls.add(
    "restore-backup",
    N_("Restore a backup into the profile's folder."),
    "sscdesk --profile new restore-backup desk.sscbackup",
    _FILE,
    arg("--over", action="store_true", help="over the profile that it was made of"),
    needs=Needs.NOTHING,
)
def restore_backup(context: Context, args: Namespace) -> Any:
    """Restore a backup."""
    import os

    from sscdesk.cli.main import clock, passphrase

    restored = safekeeping.restore_backup(
        args.file,
        context.profile,
        os.environ.get("SSCDESK_OFFICER") or None,
        passphrase(),
        clock=clock(),
        over_its_profile=args.over,
    )
    return plain(restored)


@calls.add(
    "check",
    N_("Look through the whole desk; with --repair mend what needs nobody's decision."),
    "sscdesk check",
    arg("--repair", action="store_true"),
)
def check(context: Context, args: Namespace) -> Any:
    """Check the desk."""
    found = safekeeping.check(context.desk, repair=args.repair)
    return {
        "clean": found.clean,
        "records": found.records,
        "commits": found.commits,
        "repaired": list(found.repaired),
        "findings": [
            {
                "code": one.code,
                "message": gettext(one.message).format(**one.params),
                "repair": gettext(safekeeping.label_of(one)),
                "serious": one.serious,
            }
            for one in found.findings
        ],
    }


@calls.add(
    "audit",
    N_("Tell what was signed, exported, imported, erased, revoked, by whom."),
    "sscdesk audit --since 2026-01-01",
    arg("--since", metavar="DATE", default=""),
)
def audit(context: Context, args: Namespace) -> Any:
    """Print the trail."""
    return {"items": [plain(one) for one in auditing.audit(context.desk, args.since)]}


@calls.add(
    "batch",
    N_("Run calls from standard input, one JSON array of words a line."),
    """echo '["new","person","given=Awa","family=Diop"]' | sscdesk batch""",
)
def batch(context: Context, args: Namespace) -> Any:
    """Run calls from standard input; ``main`` does it."""
    raise AssertionError("batch is run by main")
