"""The lists of codes, kept by the secretariat and known to every office.

What comes with the desk is data of the program; what is added, relabelled or retired
later is a record that travels with the files. A code is never used again: it is retired,
stays readable wherever it stands, and may be brought back.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application.reading import part_rows, read_row
from sscdesk.application.rules import code_taken, recorded_vocabularies
from sscdesk.application.unit_of_work import UnitOfWork
from sscdesk.model.base import record_kinds
from sscdesk.model.field import Field, fields_of
from sscdesk.model.offices import SECRETARIAT
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.model.vocabulary import identity_of_term
from sscdesk.model.vocabulary_rules import FIXED_LISTS, LIST_NAMES
from sscdesk.model.vocabulary_seed import Term, Vocabularies, seed_vocabularies

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

Labels = Mapping[str, str]
"""Labels by language: ``{"fr": "Atelier", "en": "Workshop"}``."""

_COLUMNS = {"en": "label_en", "fr": "label_fr", "ar": "label_ar"}


@dataclass(frozen=True, slots=True)
class ListView:
    """One list of codes."""

    name: str
    label: str
    """Msgid."""
    count: int
    """Codes that may be chosen."""
    retired: int
    unknown: int
    """Codes that stand in records and that no list here knows: of a newer desk."""
    fixed: bool
    """The desk itself works with its codes: labels may change, codes may not."""


@dataclass(frozen=True, slots=True)
class CountryLabel:
    """What a country calls a term."""

    office: str
    en: str
    fr: str
    ar: str


@dataclass(frozen=True, slots=True)
class TermView:
    """One code with its common labels, and what the countries call it."""

    list_name: str
    code: str
    position: int
    en: str
    fr: str
    ar: str
    retired: bool
    known: bool
    """False for a code that records hold and no list here knows; its labels are empty."""
    seeded: bool
    """Whether it comes with the desk."""
    record: str
    """Identifier of its record; empty while nobody changed what comes with the desk."""
    ref: str
    countries: tuple[CountryLabel, ...]

    def label(self, language: str, office: str = "") -> str:
        """Return the label in ``language``, that of the office's country first."""
        for one in self.countries:
            own = {"en": one.en, "fr": one.fr, "ar": one.ar}.get(language)
            if one.office == office and own:
                return own
        wanted = {"en": self.en, "fr": self.fr, "ar": self.ar}
        return wanted.get(language) or self.fr or self.en or self.ar or self.code


# ---------------------------------------------------------------- reading


def known(w: "Workspace") -> Vocabularies:
    """Return every list as this office reads it, with its country's labels."""
    with w.read() as connection:
        return recorded_vocabularies(connection, w.office)


def lists(w: "Workspace") -> tuple[ListView, ...]:
    """Return every list, in the order of the settings."""
    with w.read() as connection:
        here = recorded_vocabularies(connection, w.office)
        return tuple(_list_view(connection, here, name) for name in LIST_NAMES)


def _list_view(connection: Connection, here: Vocabularies, name: str) -> ListView:
    offered, every = here.terms(name), here.terms(name, retired=True)
    unknown = [code for code in _held_codes(connection, name) if not here.knows(name, code)]
    return ListView(
        name,
        LIST_NAMES[name],
        len(offered),
        len(every) - len(offered),
        len(unknown),
        name in FIXED_LISTS,
    )


def terms(w: "Workspace", list_name: str) -> tuple[TermView, ...]:
    """Return every code of a list: those offered in order, then retired and unknown ones.

    Raises ``NotFound`` ("no-such-list").
    """
    _require_list(list_name)
    with w.read() as connection:
        common = recorded_vocabularies(connection)
        every = sorted(
            common.terms(list_name, retired=True), key=lambda t: (t.retired, t.position, t.code)
        )
        unknown = sorted(set(_held_codes(connection, list_name)) - {one.code for one in every})
        return (
            *(_view(connection, one) for one in every),
            *(_view(connection, Term(list_name, c, 0, "", "", ""), known=False) for c in unknown),
        )


def term(w: "Workspace", list_name: str, code: str) -> TermView:
    """Return one code. Raises ``NotFound`` ("no-such-list", "no-such-code")."""
    for one in terms(w, list_name):
        if one.code == code:
            return one
    raise NotFound(
        "no-such-code",
        N_("The list has no code “{code}”."),
        hint=N_("List its codes to see them."),
        field="code",
        params={"code": code[:60]},
    )


def _view(connection: Connection, one: Term, *, known: bool = True) -> TermView:
    identifier, _ = identity_of_term(one.list_name, one.code)
    row = read_row(connection, "vocabulary", identifier)
    return TermView(
        one.list_name,
        one.code,
        one.position,
        one.en,
        one.fr,
        one.ar,
        one.retired,
        known,
        seed_vocabularies().knows(one.list_name, one.code),
        identifier if row else "",
        str(row["ref"]) if row else "",
        tuple(_country_labels(connection, identifier)),
    )


def _country_labels(connection: Connection, identifier: str) -> Iterator[CountryLabel]:
    for row in part_rows(connection, "vocabulary_local_label", identifier):
        if row["country"] == row["owner"]:
            labels = (str(row[_COLUMNS[name]] or "") for name in ("en", "fr", "ar"))
            yield CountryLabel(str(row["owner"]), *labels)


def _held_codes(connection: Connection, list_name: str) -> set[str]:
    """Return the codes of a list that records or rows inside them hold."""
    return {
        code for table, field in _holders(list_name) for code in _held(connection, table, field)
    }


def _holders(list_name: str) -> Iterator[tuple[str, Field]]:
    for kind in record_kinds().values():
        for mapped in (kind.mapped, *kind.parts.values()):
            for field in fields_of(mapped).values():
                if field.vocabulary == list_name:
                    yield mapped.__tablename__, field


def _held(connection: Connection, table: str, field: Field) -> Iterator[str]:
    name = field.name
    statement = (
        f'SELECT DISTINCT m.value FROM "{table}" t, json_each(t."{name}") m WHERE t.deleted = 0'
        if field.is_set
        else f'SELECT DISTINCT "{name}" FROM "{table}" WHERE deleted = 0'
    )
    return (str(code) for code in connection.exec_driver_sql(statement).scalars() if code)


def usage(w: "Workspace", list_name: str, code: str) -> int:
    """Return how many records and rows inside records hold a code."""
    _require_list(list_name)
    with w.read() as connection:
        return sum(_count(connection, table, field, code) for table, field in _holders(list_name))


def _count(connection: Connection, table: str, field: Field, code: str) -> int:
    holds = (
        f'EXISTS (SELECT 1 FROM json_each("{field.name}") WHERE value = ?)'
        if field.is_set
        else f'"{field.name}" = ?'
    )
    return int(
        connection.exec_driver_sql(
            f'SELECT count(*) FROM "{table}" WHERE deleted = 0 AND {holds}', (code,)
        ).scalar_one()
    )


def _require_list(name: str) -> None:
    if name not in LIST_NAMES:
        raise NotFound(
            "no-such-list",
            N_("There is no list called “{name}”."),
            hint=N_("Choose one of the lists of the desk."),
            field="list_name",
            params={"name": name[:40]},
        )


# ---------------------------------------------------------------- the secretariat


def add(
    w: "Workspace", list_name: str, code: str, labels: Labels, position: int | None = None
) -> TermView:
    """Add a code with its labels in three languages, at the end of its list by default.

    Raises ``Refused`` ("not-your-office", "code-taken", "list-is-fixed", "not-a-code",
    "field-missing").
    """
    _require_list(list_name)
    with w.unit(N_("Add a term"), undoable=False) as unit:
        here = unit.rules.vocabularies
        if here.knows(list_name, code):
            raise code_taken(list_name, code)
        last = max((one.position for one in here.terms(list_name, retired=True)), default=0)
        values: dict[str, Value] = {"list_name": list_name, "code": code, **_filled(labels)}
        unit.create("vocabulary", {**values, "position": position or last + 1})
    return term(w, list_name, code)


def change(
    w: "Workspace",
    list_name: str,
    code: str,
    labels: Labels,
    position: int | None = None,
) -> TermView:
    """Translate a code or give it another label or place; its meaning stays.

    Languages that ``labels`` does not name keep theirs.
    """
    values: dict[str, Value] = dict(_filled(labels))
    if position is not None:
        values["position"] = position
    return _write(w, N_("Change a term"), list_name, code, values)


def retire(w: "Workspace", list_name: str, code: str) -> TermView:
    """Offer a code no longer; records that hold it keep it and show its label."""
    return _write(w, N_("Retire a term"), list_name, code, {"retired": True})


def bring_back(w: "Workspace", list_name: str, code: str) -> TermView:
    """Offer a retired code again."""
    return _write(w, N_("Bring a term back"), list_name, code, {"retired": False})


def _write(
    w: "Workspace", label: str, list_name: str, code: str, values: Mapping[str, Value]
) -> TermView:
    held = term(w, list_name, code)
    if not held.known:
        raise _unknown_here(code)
    with w.unit(label, undoable=False) as unit:
        if held.record:
            unit.change("vocabulary", held.record, values)
        else:
            unit.create("vocabulary", {**_as_recorded(held), **values})
    return term(w, list_name, code)


def _as_recorded(held: TermView) -> dict[str, Value]:
    """What a term of the program holds once it is a record."""
    return {
        "list_name": held.list_name,
        "code": held.code,
        "position": held.position,
        "label_en": held.en,
        "label_fr": held.fr,
        "label_ar": held.ar,
    }


def _filled(labels: Labels) -> dict[str, Value]:
    wrong = set(labels) - set(_COLUMNS)
    if wrong:
        raise NotFound(
            "no-such-language",
            N_("“{language}” is not a language of the desk."),
            hint=N_("The languages are fr, en and ar."),
            params={"language": min(wrong)[:20]},
        )
    return {_COLUMNS[name]: text.strip() or None for name, text in labels.items()}


def _unknown_here(code: str) -> Refused:
    return Refused(
        "code-not-here-yet",
        N_("The code “{code}” stands in records, but its term has not been received."),
        hint=N_("It comes with the next file of the secretariat, or with a newer desk."),
        field="code",
        params={"code": code[:60]},
    )


# ---------------------------------------------------------------- every office


def label_here(w: "Workspace", list_name: str, code: str, labels: Labels) -> TermView:
    """Give a code the label by which this office's country knows it.

    It is shown in this office; the other offices receive it and keep the common one.
    Empty labels take it away again.
    """
    held = term(w, list_name, code)
    if not held.known:
        raise _unknown_here(code)
    values = _filled(labels)
    with w.unit(N_("Label in this country"), undoable=False) as unit:
        record = held.record or unit.create("vocabulary", _as_recorded(held))
        _write_label(unit, record, values)
    return term(w, list_name, code)


def _write_label(unit: UnitOfWork, record: str, values: Mapping[str, Value]) -> None:
    office = unit.w.office
    own = [
        row
        for row in part_rows(unit.connection, "vocabulary_local_label", record)
        if row["owner"] == row["country"] == office
    ]
    if not own:
        if any(values.values()):
            unit.add_part("vocabulary", record, "local_label", {"country": office, **values})
        return
    held = {name: own[0][name] for name in _COLUMNS.values()}
    if any({**held, **values}.values()):
        unit.change_part("vocabulary", record, "local_label", own[0]["id"], values)
    else:
        unit.remove_part("vocabulary", record, "local_label", own[0]["id"])


def suggest(w: "Workspace", list_name: str, code: str, labels: Labels) -> None:
    """Propose a new code, or other labels for one, to the secretariat.

    It decides with the other suggestions; nothing changes here until its file arrives.
    """
    _require_list(list_name)
    check_right(w.actor, "edit", "vocabulary")
    if w.office == SECRETARIAT:
        raise Refused(
            "own-office",
            N_("This office keeps the lists itself."),
            hint=N_("Add the term, or change its labels."),
        )
    values = _filled(labels)
    with w.unit(N_("Suggest a term"), undoable=False) as unit:
        identifier, ref = identity_of_term(list_name, code)
        if read_row(unit.connection, "vocabulary", identifier) is not None:
            for name, value in values.items():
                unit.suggest("vocabulary", identifier, name, value)
            return
        here = unit.rules.vocabularies.term(list_name, code)
        held = {} if here is None else _as_recorded(_view(unit.connection, here))
        whole: dict[str, Value] = {"list_name": list_name, "code": code, **held, **values}
        unit.rules.require_valid(record_kinds()["vocabulary"], whole, "active")
        unit.suggest_new("vocabulary", identifier, ref, SECRETARIAT, whole)
