"""Who may write what: the one table that screens, command line and import all read.

Which office (this module, domain.md section 6), which role of an officer
(``model/rights.py``, section 2), in which state (``model/freezing.py``, section 5); the
latter two are offered from here as well.

Import must decide alike on every laptop, in whatever order files arrive. So a rule
looks only at what never changes (the office that owns or recorded a row) or at fields
that stop changing once the record has been sent (``FROZEN_ONCE_SENT``); where a rule
depends on a list that the owner may go on changing (hosts, partners), ``arriving=True``
accepts any office for its own rows, and the list is enforced where the officer acts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from types import MappingProxyType

from sscdesk.model.base import Part, Record, record_kinds
from sscdesk.model.field import Audience, Field, fields_of
from sscdesk.model.freezing import WORDING, frozen_fields, frozen_parts, may_change_now
from sscdesk.model.offices import OFFICES, SECRETARIAT, office_name
from sscdesk.model.refusal import Msg, Refused
from sscdesk.model.rights import check_right, hidden_fields, may, roles_with
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.model.vocabulary_rules import is_as_seeded

__all__ = [
    "FIXED_ONCE_RECORDED",
    "FROZEN_ONCE_SENT",
    "OFFICE_OF_ROW",
    "RULES",
    "WORDING",
    "RowFacts",
    "check_own_row",
    "check_right",
    "check_write",
    "frozen_fields",
    "frozen_parts",
    "hidden_fields",
    "is_fixed",
    "may",
    "may_change_now",
    "may_write",
    "offices_of",
    "owner_of_new",
    "roles_with",
    "writer_rule",
]


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What a rule may look at: the record, and the row inside it where there is one."""

    entity: str
    owner: str
    """The office that owns the record."""
    ref: str
    """Its reference number, which begins with the office that recorded it."""
    fields: Mapping[str, Value] = dataclass_field(default_factory=dict)
    """The record's values, also when the row is one of its parts."""
    part_owner: str | None = None
    """The office that recorded the row inside the record, None for the record itself."""

    @property
    def recorder(self) -> str:
        """The office that recorded the record: the first letters of its number."""
        return self.ref.partition("-")[0] or self.owner


@dataclass(frozen=True, slots=True)
class Rule:
    """Which offices may write, and how a refusal says it."""

    name: str
    offices: Callable[[RowFacts], frozenset[str]]
    sentence: str
    """Msgid: who may write, with ``{office}`` for the owner."""
    open_to_arriving: bool = False
    """Import lets any office through: the rule looks at what may still change."""


_ALL = frozenset(OFFICES)


def _values(row: RowFacts, *names: str) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        value = row.fields.get(name)
        found.update(value if isinstance(value, tuple) else [str(value)])
    return frozenset(found) & _ALL


def _party(row: RowFacts) -> frozenset[str]:
    kind = record_kinds()[row.entity]
    return _values(row, *kind.mapped.partner_fields) | {row.owner}


def keeper_of(row: RowFacts) -> str:
    """Return the office that keeps an organisation or practice: that of its country.

    Those of other countries are kept by the office that recorded them.
    """
    country = row.fields.get("country")
    return country if isinstance(country, str) and country in OFFICES else row.owner


def _recorder(row: RowFacts) -> frozenset[str]:
    return frozenset([row.part_owner or row.recorder])


def _host(row: RowFacts) -> frozenset[str]:
    return _values(row, "host_offices")


RULES = {
    rule.name: rule
    for rule in (
        Rule(
            "owner",
            lambda row: frozenset([row.owner]),
            N_("Only {office}, which owns it, may change this."),
        ),
        Rule(
            "keeper",
            lambda row: frozenset([keeper_of(row)]),
            N_("Only {office}, which keeps it, may change this."),
        ),
        Rule("party", _party, N_("Only the offices that are party to it may change this.")),
        Rule(
            "owed_by",
            lambda row: _values(row, "owed_by"),
            N_("Only the office that owes the commitment may do this."),
        ),
        Rule(
            "owed_to",
            lambda row: _values(row, "owed_to"),
            N_("Only the office to which the commitment is owed may do this."),
        ),
        Rule("recorder", _recorder, N_("Only the office that recorded this line may change it.")),
        Rule(
            "responsible",
            lambda row: _values(row, "responsible_office"),
            N_("Only the office responsible for the follow-up may do this."),
        ),
        Rule("host", _host, N_("Only the host office may do this."), open_to_arriving=True),
        Rule(
            "partner",
            lambda row: _values(row, "lead_office", "partner_offices") | {row.owner},
            N_("Only the lead office and its partners may do this."),
            open_to_arriving=True,
        ),
        Rule(
            "commenter",
            lambda row: frozenset([row.part_owner]) if row.part_owner else _party(row),
            N_("Only the offices that share it may comment on it."),
            open_to_arriving=True,
        ),
        Rule(
            "second",
            lambda row: _values(row, "second_offices") - {row.owner},
            N_("Only the second office may do this."),
            open_to_arriving=True,
        ),
        Rule(
            "secretariat",
            lambda _row: frozenset([SECRETARIAT]),
            N_("Only {office}, which keeps the common lists, may change this."),
        ),
        Rule("any", lambda _row: _ALL, N_("Every office may do this.")),
        Rule(
            "any_adds",
            lambda row: frozenset([row.owner]),
            N_("Every office may add to this; only {office} may take away."),
        ),
    )
}
"""The rules by name; fields and parts name theirs, transitions as well."""

_RECORD_RULE = {"organisation": "keeper", "practice": "keeper", "vocabulary": "secretariat"}
_BOTH_PARTIES = frozenset({"agreement", "action_plan", "commitment"})

FROZEN_ONCE_SENT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "agreement": frozenset({"countries"}),
        "action_plan": frozenset({"offices"}),
        "commitment": frozenset({"owed_by", "owed_to"}),
        "exchange": frozenset({"lead_office"}),
        "follow_up": frozenset({"origin", "responsible_office"}),
        "organisation": frozenset({"country"}),
        "practice": frozenset({"country"}),
        "office": frozenset({"country"}),
    }
)
"""Fields on which rights depend: they may change only until the record is first sent."""

FIXED_ONCE_RECORDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {"vocabulary": frozenset({"list_name", "code"})}
)
"""Fields that never change: a code keeps its meaning for every record that holds it."""


def is_fixed(entity: str, field: str, *, sent: bool) -> bool:
    """Whether a field can no longer change whoever writes it."""
    once_sent = sent and field in FROZEN_ONCE_SENT.get(entity, ())
    return once_sent or field in FIXED_ONCE_RECORDED.get(entity, ())


def record_rule(entity: str) -> str:
    """Return the rule for the record as a whole: state, deletion, narrowing."""
    return "party" if entity in _BOTH_PARTIES else _RECORD_RULE.get(entity, "owner")


def writer_rule(mapped: type[Record] | type[Part], field: str | None = None) -> str:
    """Return the name of the rule for a field, or for adding and removing the whole row.

    A field that never leaves the office is written by every office for itself.
    """
    declared: Field | None = fields_of(mapped).get(field) if field else None
    if declared is not None and declared.audience is Audience.OFFICE:
        return "any"
    if issubclass(mapped, Part):
        return _part_rule(mapped)
    if declared is not None and declared.writer != "owner":
        return declared.writer
    if declared is not None and mapped.entity in _BOTH_PARTIES:
        return "owner"
    return record_rule(mapped.entity)


def _part_rule(mapped: type[Part]) -> str:
    if mapped.audience is Audience.OFFICE:
        return "any"
    if mapped.writer != "owner":
        return mapped.writer
    return _RECORD_RULE.get(mapped.parent_entity, "owner")


def offices_of(rule: str, row: RowFacts) -> frozenset[str]:
    """Return the offices that ``rule`` names for this row."""
    return RULES[rule].offices(row)


def may_write(
    rule: str,
    row: RowFacts,
    office: str,
    *,
    arriving: bool = False,
    adding: bool = False,
    sent: bool = True,
) -> bool:
    """Whether ``office`` may write by ``rule``.

    ``arriving``: a change that came by file, which must be decided alike everywhere.
    ``adding``: a new row inside the record, or new members of a set.
    ``sent``: whether the record has left the office that recorded it; until then that
    office may correct it even where another one will keep it.
    """
    if arriving and RULES[rule].open_to_arriving:
        return row.part_owner in (None, office)
    if adding and rule in ("recorder", "any_adds"):
        return row.part_owner in (None, office)
    if rule == "keeper" and office == row.recorder != keeper_of(row):
        return arriving or not sent
    if rule == "host" and not adding and row.part_owner is not None:
        return row.part_owner == office
    return office in offices_of(rule, row)


def owner_of_new(entity: str, values: Mapping[str, Value], office: str) -> str:
    """Return the office that will own a record made by ``office`` with ``values``.

    Organisations and practices belong to the office of their country, those of other
    countries to the office that records them (domain.md, section 6).
    """
    if entity in ("organisation", "practice"):
        country = values.get("country")
        return country if isinstance(country, str) and country in OFFICES else office
    return SECRETARIAT if entity == "vocabulary" else office


def may_create(entity: str, owner: str, ref: str, fields: Mapping[str, Value], office: str) -> bool:
    """Whether ``office`` may have made this record: import asks it of every new one."""
    if entity == "vocabulary" and office != SECRETARIAT:
        return owner == SECRETARIAT and is_as_seeded(fields)
    recorded_here = ref.partition("-")[0] in (office, "")
    return recorded_here and owner in (office, owner_of_new(entity, fields, office))


def _named_office(rule: str, row: RowFacts) -> str:
    return min(offices_of(rule, row) or {row.owner}) if rule != "owner" else row.owner


OFFICE_OF_ROW: Mapping[str, str] = MappingProxyType({"practice_transfer": "receiving_office"})
"""The field of a row that names the only office that may write it (domain.md, section 6)."""


def check_own_row(mapped: type[Part], values: Mapping[str, Value], office: str) -> None:
    """Raise ``Refused`` where a row speaks for another office than the one that writes it."""
    name = OFFICE_OF_ROW.get(mapped.__tablename__)
    named = values.get(name) if name else None
    if isinstance(named, str) and named != office:
        raise Refused(
            "not-your-office",
            N_("Only {office} writes this: it says what that office took over."),
            hint=N_("Nothing was changed. Comment on the record, or ask that office."),
            field=name,
            params={"office": office_name(named)},
        )


def check_write(
    mapped: type[Record] | type[Part],
    row: RowFacts,
    office: str,
    field: str | None = None,
    *,
    adding: bool = False,
    sent: bool = True,
) -> None:
    """Raise ``Refused`` where ``office`` may not write the field (or the whole row)."""
    rule = writer_rule(mapped, field)
    if not may_write(rule, row, office, adding=adding, sent=sent):
        raise Refused(
            "not-your-office",
            RULES[rule].sentence,
            hint=N_("Nothing was changed. Suggest the change, or comment on the record."),
            field=field,
            params={"office": office_name(_named_office(rule, row))},
        )
    if field and field in FIXED_ONCE_RECORDED.get(row.entity, ()):
        raise Refused(
            "fixed-once-recorded",
            N_("“{field}” of a term never changes: records hold it."),
            hint=N_("Retire the term and add another one."),
            field=field,
            params={"field": Msg(fields_of(mapped)[field].label)},
        )
    if field and is_fixed(row.entity, field, sent=sent):
        raise Refused(
            "fixed-once-sent",
            N_("“{field}” can no longer change: other offices have received the record."),
            hint=N_("Cancel or delete this record and make a new one."),
            field=field,
            params={"field": Msg(fields_of(mapped)[field].label)},
        )
