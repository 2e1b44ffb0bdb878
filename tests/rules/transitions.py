"""The table of all transitions, as the offices agreed on it; nothing here is the program's.

Columns: entity; states from which; action; state reached; who (W an author or officer of
the office, F focal point, H head of office); which office (owner, keeper, party, owed_by,
owed_to, responsible, second); four eyes: who may not do it (the author of these acts);
both: the fields that name the offices whose acts are all wanted; whether a reason is
wanted; what must hold, by the code of what is said to be missing.
"""

from dataclasses import dataclass

TABLE = """
exchange    | -                               | propose  | idea        | W  | owner | -             | - | -      | field-missing:title_fr field-missing:kind field-missing:step
exchange    | idea                            | plan     | planned     | W  | owner | -             | - | -      | field-missing:starts_on field-missing:place field-missing:partner_offices dates-reversed
exchange    | planned postponed               | confirm  | confirmed   | F  | owner | -             | - | -      | date-not-full field-missing:objectives field-missing:budget partners-not-told
exchange    | planned confirmed               | postpone | postponed   | F  | owner | -             | - | reason | -
exchange    | confirmed                       | open     | ongoing     | W  | owner | -             | - | -      | day-not-reached
exchange    | confirmed ongoing               | hold     | held        | W  | owner | -             | - | -      | nobody-attended
exchange    | held                            | report   | reported    | F  | owner | -             | - | -      | report-not-signed recommendation-without-follow-up
exchange    | reported                        | close    | closed      | H  | owner | -             | - | -      | field-missing:costs_settled_on follow-up-open
exchange    | closed                          | reopen   | reported    | H  | owner | -             | - | reason | -
exchange    | idea planned confirmed postponed| cancel   | cancelled   | H  | owner | -             | - | reason | mission-still-linked
mission     | -                               | prepare  | draft       | W  | owner | -             | - | -      | field-missing:purpose_fr field-missing:departs_on field-missing:returns_on
mission     | draft                           | submit   | submitted   | W  | owner | -             | - | -      | field-missing:tor_context field-missing:funding_source no-traveller no-leg no-budget-line itinerary-gap itinerary-overlap leg-outside-mission traveller-elsewhere
mission     | submitted                       | return   | draft       | FH | owner | -             | - | reason | -
mission     | submitted                       | approve  | approved    | F  | owner | create submit | - | -      | no-budget-line budget-exceeded
mission     | approved                        | authorise| authorised  | H  | owner | create submit | - | -      | order-not-signed
mission     | authorised                      | depart   | under_way   | W  | owner | -             | - | -      | day-not-reached
mission     | authorised under_way            | amend    | submitted   | W  | owner | -             | - | reason | -
mission     | under_way                       | come_back| returned    | W  | owner | -             | - | -      | dates-reversed day-not-reached
mission     | returned                        | report   | reported    | F  | owner | -             | - | -      | report-not-signed
mission     | reported                        | settle   | settled     | F  | owner | -             | - | -      | expense-undecided advance-not-balanced
mission     | settled                         | close    | closed      | H  | owner | -             | - | -      | recommendation-without-follow-up
mission     | draft submitted approved authorised | cancel | cancelled | H  | owner | -             | - | reason | advance-not-refunded
commitment  | -                               | propose  | proposed    | W  | owner | -             | - | -      | field-missing:due_on field-missing:owner_organisation
commitment  | proposed                        | agree    | agreed      | H  | party | -             | owed_by owed_to | - | -
commitment  | agreed                          | start    | in_progress | W  | owed_by | -           | - | -      | -
commitment  | in_progress                     | fulfil   | fulfilled   | H  | owed_by | -           | - | -      | no-evidence
commitment  | fulfilled                       | verify   | verified    | H  | owed_to | fulfil      | - | -      | -
commitment  | fulfilled                       | contest  | in_progress | FH | owed_to | -           | - | reason | -
commitment  | agreed in_progress              | suspend  | suspended   | H  | party | -             | - | reason | -
commitment  | suspended                       | resume   | in_progress | H  | party | -             | - | reason | -
commitment  | proposed agreed in_progress fulfilled suspended | drop | dropped | H | party | -     | owed_by owed_to | reason | -
follow_up   | -                               | propose  | open        | W  | owner | -             | - | -      | field-missing:due_on field-missing:responsible
follow_up   | open                            | start    | in_progress | W  | responsible | -       | - | -      | -
follow_up   | open in_progress                | finish   | done        | W  | responsible | -       | - | -      | day-not-reached
follow_up   | done                            | verify   | verified    | F  | owner | finish        | - | -      | -
follow_up   | done                            | contest  | in_progress | F  | owner | -             | - | reason | -
follow_up   | open in_progress                | cancel   | cancelled   | F  | owner | -             | - | reason | -
report      | -                               | build    | draft       | W  | owner | -             | - | -      | subject-state
report      | draft returned                  | submit   | submitted   | W  | owner | -             | - | -      | section-empty
report      | submitted                       | review   | reviewed    | F  | owner | create submit | - | -      | -
report      | submitted reviewed              | return   | returned    | FH | owner | -             | - | reason | -
report      | reviewed                        | sign     | signed      | FH | owner | create submit | - | -      | not-your-role
report      | signed                          | countersign | countersigned | H | second | -        | second_offices | - | kind-not-countersigned
report      | signed                          | contest  | signed      | H  | second | -            | - | reason | -
report      | signed countersigned            | archive  | archived    | F  | owner | -             | - | -      | -
report      | signed countersigned archived   | revise   | =           | W  | owner | -             | - | reason | -
practice    | -                               | describe | draft       | W  | owner | -             | - | -      | field-missing:owner_organisation
practice    | draft                           | validate | validated   | F  | keeper | -            | - | -      | field-missing:agreed_on field-missing:problem
practice    | validated                       | publish  | published   | H  | keeper | -            | - | -      | -
practice    | published                       | archive  | archived    | F  | keeper | -            | - | -      | -
practice    | validated published archived    | revise   | draft       | W  | keeper | -            | - | reason | -
agreement   | -                               | draft    | draft       | W  | owner | -             | - | -      | field-missing:parties
agreement   | draft                           | sign     | signed      | H  | party | -             | - | -      | field-missing:signed_on
agreement   | signed                          | enter_into_force | in_force | FH | party | -        | - | -      | dates-reversed
agreement   | in_force                        | expire   | expired     | FH | party | -             | - | -      | -
agreement   | in_force                        | terminate| terminated  | H  | party | -             | - | reason | -
action_plan | -                               | propose  | draft       | W  | owner | -             | - | -      | field-missing:agreement
action_plan | draft under_revision            | adopt    | adopted     | H  | party | -             | offices | - | dates-reversed
action_plan | adopted                         | revise   | under_revision | FH | party | -          | - | reason | -
action_plan | adopted under_revision          | close    | closed      | H  | party | -             | offices | - | -
expense     | -                               | claim    | claimed     | W  | owner | -             | - | -      | field-missing:traveller field-missing:amount
expense     | claimed rejected                | accept   | accepted    | F  | owner | create        | - | -      | four-eyes
expense     | claimed                         | reject   | rejected    | F  | owner | create        | - | reason | four-eyes
"""  # noqa: E501

WHO = {"W": ("officer", "focal_point", "head"), "F": ("focal_point",), "H": ("head",)}


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    entity: str
    sources: tuple[str, ...]
    action: str
    target: str
    """``=``: the record stays in its state."""
    who: str
    office: str
    four_eyes: tuple[str, ...]
    both: tuple[str, ...]
    reason: bool
    must_hold: tuple[str, ...]

    @property
    def roles(self) -> frozenset[str]:
        """The roles any of which may act."""
        return frozenset(role for letter in self.who for role in WHO[letter])

    def reached_from(self, source: str) -> str:
        """The state after the act."""
        return source if self.target == "=" else self.target

    def name(self, source: str) -> str:
        """How the row is called in the names of tests."""
        return f"{self.entity}: {source or 'new'} {self.action}"


def _words(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split())


def _row(line: str) -> Row:
    cells = [cell.strip() for cell in line.split("|")]
    entity, sources, action, target, who, office, eyes, both, reason, must = cells
    return Row(
        entity, _words(sources), action, target, who, office, _words(eyes), _words(both),
        reason == "reason", _words(must),
    )  # fmt: skip


ROWS = tuple(_row(line) for line in TABLE.strip().splitlines())
CREATIONS = tuple(row for row in ROWS if not row.sources)
ACTS = tuple(row for row in ROWS if row.sources)


def states_of(entity: str) -> tuple[str, ...]:
    """Every state that the table reaches."""
    found: dict[str, None] = {}
    for row in ROWS:
        if row.entity == entity:
            found.update(dict.fromkeys((*row.sources, *({row.target} - {"="}))))
    return (*found, "superseded") if entity == "report" else tuple(found)
