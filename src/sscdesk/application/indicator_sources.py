"""The facts that indicators count, each laid out once as a temporary table of plain columns.

A fact has the day on which it happened (ISO, perhaps partial, empty where no record dates
it), what is counted (``unit``), the record that proves it, and the sides by which it may
be told apart. One statement makes each table, over sets: nothing is read row by row.

Which day counts (domain.md, 5 and 8):

- an exchange that was held: the day on which it ended, else began;
- a participation: the day of its exchange, when it is recorded as attended;
- a practice: from the act that validated it until the one that took it back; one taken over
  from an older register without acts counts from its owner's written agreement, else from
  the day it was recorded;
- a practice adapted elsewhere: its first transfer that has evidence;
- a commitment: agreed when the second of the two heads has acted; taken over without acts,
  when its plan was adopted, else when it was recorded; verified on the day of that act;
- a mission: the day of return; its report: the day it was first handed in;
- what was closed: the day of that act. Without one no day is known: it counts in the whole,
  in no period.
"""

# ruff: noqa: S608 - the names in these statements are the program's own

from dataclasses import dataclass

HELD_STATES = ("held", "reported", "closed")
RETURNED_STATES = ("returned", "reported", "settled", "closed")
PUBLIC_KINDS = (
    "ministry",
    "directorate",
    "public_agency",
    "deconcentrated_service",
    "regional_authority",
    "local_authority",
    "regulator",
)
"""Organisations whose staff are public officials: ministries, agencies and authorities."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table of facts: the entities read for it, the tables, the statement that makes it."""

    name: str
    entities: tuple[str, ...]
    """Records that an officer must be allowed to read to count it."""
    tables: tuple[str, ...]
    select: str
    after: tuple[str, ...] = ()
    """Sources that must be laid out before."""
    walk: str = ""
    """A recursive table expression that the statement reads."""


def _among(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def _day(column: str) -> str:
    """The day of an instant, or a date as it is."""
    return f"substr({column}, 1, 10)"


def _last(column: str) -> str:
    """The last day that a date may mean."""
    return (
        f"CASE length({column}) WHEN 4 THEN {column} || '-12-31' "
        f"WHEN 7 THEN date({column} || '-01', '+1 month', '-1 day') ELSE {column} END"
    )


def _identities(entity: str) -> Source:
    """Which record a merged duplicate stands for: the end of its chain of "same as".

    Two offices may each have merged one into the other: of such a ring the lowest
    identifier is taken, everywhere the same.
    """
    walk = (
        f'reach(id, who) AS (SELECT id, same_as FROM "{entity}" '
        "WHERE coalesce(same_as, '') <> '' "
        f'UNION SELECT r.id, e.same_as FROM reach r JOIN "{entity}" e ON e.id = r.who '
        "WHERE coalesce(e.same_as, '') <> '')"
    )
    select = (
        "SELECT r.id AS id, coalesce(max(CASE WHEN coalesce(e.same_as, '') = '' THEN r.who END), "
        f'min(r.who)) AS who FROM reach r LEFT JOIN "{entity}" e ON e.id = r.who GROUP BY r.id'
    )
    return Source(f"same_{entity}", (), (entity,), select, walk=walk)


_EXCHANGE_DAY = "coalesce(nullif(e.ends_on, ''), e.starts_on, '')"

_HELD = f"""
SELECT e.id AS record, e.id AS unit, {_EXCHANGE_DAY} AS day, e.kind AS kind, e.step AS step,
  coalesce(e.country, '') AS country, coalesce(e.fields_of_action, '[]') AS field
FROM exchange e
WHERE e.deleted = 0 AND e.state IN ({_among(HELD_STATES)})
"""

_ATTENDED = f"""
SELECT f.record AS record, f.who AS who, f.record || ' ' || f.who AS unit, f.day AS day,
  f.kind AS kind, f.step AS step, f.field AS field,
  coalesce(o.country, '') AS country, coalesce(o.kind, '') AS organisation_kind,
  coalesce(o.id, '') AS organisation, f.sex AS sex, f.sex = 'f' AS woman
FROM (
  SELECT r.*, row_number() OVER (
      PARTITION BY r.record, r.who ORDER BY r.organisation IS NULL, r.id) AS place,
    coalesce(k.sex, CASE WHEN min(r.told) OVER pair = max(r.told) OVER pair
      THEN max(r.told) OVER pair END, 'u') AS sex
  FROM (
    SELECT p.id, p.parent AS record, coalesce(m.who, p.person) AS who,
      {_EXCHANGE_DAY} AS day, e.kind, e.step, coalesce(e.fields_of_action, '[]') AS field,
      coalesce(nullif(n.sex, 'u'), nullif(p.sex, 'u')) AS told,
      coalesce(nullif(p.organisation, ''), (
        SELECT post.organisation FROM person_post post
        WHERE post.parent IN (p.person, coalesce(m.who, p.person)) AND post.deleted = 0
          AND coalesce(post.organisation, '') <> ''
        ORDER BY (coalesce(post.since, '') <= {_EXCHANGE_DAY} || '~'
            AND coalesce(nullif(post.until, ''), '9999') || '~' >= {_EXCHANGE_DAY}) DESC,
          post.parent = p.person DESC, coalesce(post.until, '') = '' DESC,
          coalesce(post.since, '') DESC, post.id LIMIT 1)) AS organisation
    FROM exchange_participation p
    JOIN exchange e ON e.id = p.parent
    LEFT JOIN temp.{{same_person}} m ON m.id = p.person
    LEFT JOIN person n ON n.id = p.person
    WHERE p.deleted = 0 AND p.attendance = 'attended' AND coalesce(p.person, '') <> ''
      AND e.deleted = 0 AND e.state IN ({_among(HELD_STATES)})
  ) r
  LEFT JOIN (SELECT id, nullif(sex, 'u') AS sex FROM person) k ON k.id = r.who
  WINDOW pair AS (PARTITION BY r.record, r.who)
) f
LEFT JOIN temp.{{same_organisation}} s ON s.id = f.organisation
LEFT JOIN organisation o ON o.id = coalesce(s.who, f.organisation)
WHERE f.place = 1
"""

_STRENGTHENED = f"""
SELECT organisation AS unit, record, day, country, organisation_kind AS kind, 1 AS weight
FROM temp.{{attended}} WHERE organisation <> ''
UNION ALL
SELECT o.id, e.id, {_EXCHANGE_DAY}, coalesce(o.country, ''), coalesce(o.kind, ''), 2
FROM exchange e LEFT JOIN temp.{{same_organisation}} s ON s.id = e.host_organisation
JOIN organisation o ON o.id = coalesce(s.who, e.host_organisation)
WHERE e.deleted = 0 AND e.kind = 'expert_mission' AND e.state IN ({_among(HELD_STATES)})
"""

_VALID = f"""
SELECT p.id AS record, p.id AS unit, v.since AS day, v.until AS until,
  coalesce(p.country, '') AS country, coalesce(p.field, '') AS field
FROM practice p JOIN (
  SELECT a.record AS id, {_day("a.at")} AS since, a.target AS state,
    lead({_day("a.at")}) OVER steps AS until
  FROM act a JOIN practice q ON q.id = a.record WHERE a.source <> a.target
  WINDOW steps AS (PARTITION BY a.record ORDER BY a.hlc, a.stream, a.seq)
  UNION ALL
  SELECT q.id, coalesce({_last("nullif(q.agreed_on, '')")}, {_day("q.created_at")}), q.state, NULL
  FROM practice q WHERE NOT EXISTS (
    SELECT 1 FROM act a WHERE a.record = q.id AND a.source <> a.target)
) v ON v.id = p.id
WHERE p.deleted = 0 AND v.state IN ('validated', 'published')
"""

_ADAPTED = """
SELECT p.id AS record, p.id AS unit, min(t.date) AS day,
  json_group_array(DISTINCT t.receiving_office) AS country, coalesce(p.field, '') AS field
FROM practice p JOIN practice_transfer t ON t.parent = p.id
WHERE p.deleted = 0 AND t.deleted = 0 AND coalesce(t.date, '') <> ''
  AND coalesce(t.receiving_office, '') NOT IN ('', coalesce(p.country, ''))
  AND (coalesce(t.evidence, '') <> '' OR coalesce(t.evidence_files, '[]') <> '[]')
GROUP BY p.id
"""

_PROMISED = f"""
SELECT c.id AS record, c.id AS unit, c.state AS state,
  c.state <> 'proposed' AND (c.state <> 'dropped' OR coalesce(g.offices, 0) > 1) AS agreed_by_both,
  coalesce(g.day, {_last("nullif(l.adopted_on, '')")}, {_day("c.created_at")}) AS agreed,
  CASE WHEN c.state = 'dropped' THEN coalesce(d.day, '') END AS dropped,
  coalesce(v.day, '') AS verified,
  CASE WHEN c.state IN ('fulfilled', 'verified') THEN coalesce(f.day, '')
    WHEN c.state = 'dropped' THEN coalesce(d.day, '') END AS done,
  date({_last("c.due_on")}, '+1 day') AS overdue,
  coalesce(c.owed_by, '') AS country, coalesce(c.action_plan, '') AS plan,
  coalesce(c.field, '') AS field
FROM commitment c LEFT JOIN action_plan l ON l.id = c.action_plan
LEFT JOIN (SELECT record, max(day) AS day, count(*) AS offices FROM (
    SELECT record, min({_day("at")}) AS day FROM act WHERE action = 'agree' GROUP BY record, office)
  GROUP BY record) g ON g.record = c.id
LEFT JOIN (SELECT record, max({_day("at")}) AS day FROM act WHERE action = 'drop'
  GROUP BY record) d ON d.record = c.id
LEFT JOIN (SELECT record, max({_day("at")}) AS day FROM act WHERE action = 'fulfil'
  GROUP BY record) f ON f.record = c.id
LEFT JOIN (SELECT record, max({_day("at")}) AS day FROM act WHERE action = 'verify'
  GROUP BY record) v ON v.record = c.id
WHERE c.deleted = 0
"""

_TRAVELLED = f"""
SELECT m.id AS record, m.id AS unit, coalesce(nullif(m.returned_on, ''), m.returns_on, '') AS day,
  m.owner AS country, coalesce(nullif(m.country, ''), CASE
    WHEN json_array_length(coalesce(m.host_offices, '[]')) = 1 THEN m.host_offices ->> 0 END, '')
    AS destination, r.day AS reported,
  julianday(r.day) - julianday(coalesce(nullif(m.returned_on, ''), m.returns_on)) AS days
FROM mission m LEFT JOIN (
  SELECT p.subject AS id, min(coalesce({_day("a.at")}, {_day("p.submitted_on")})) AS day
  FROM report p LEFT JOIN act a ON a.record = p.id AND a.action = 'submit'
  WHERE p.deleted = 0 AND p.kind = 'mission_report' AND coalesce(a.at, p.submitted_on, '') <> ''
  GROUP BY p.subject
) r ON r.id = m.id
WHERE m.deleted = 0 AND m.state IN ({_among(RETURNED_STATES)})
"""

_FOLLOWED = f"""
SELECT f.id AS record, f.id AS unit, coalesce(f.due_on, '') AS day, {_last("f.due_on")} AS due_by,
  f.state IN ('done', 'verified') AS num, 1 AS den, coalesce(f.responsible_office, '') AS country,
  CASE WHEN e.id IS NOT NULL THEN 'exchange' WHEN m.id IS NOT NULL THEN 'mission'
    WHEN c.id IS NOT NULL THEN 'commitment' WHEN r.id IS NOT NULL THEN 'report'
    WHEN l.id IS NOT NULL THEN 'action_plan' ELSE '' END AS origin
FROM follow_up f LEFT JOIN exchange e ON e.id = f.origin LEFT JOIN mission m ON m.id = f.origin
LEFT JOIN commitment c ON c.id = f.origin LEFT JOIN report r ON r.id = f.origin
LEFT JOIN action_plan l ON l.id = f.origin
WHERE f.deleted = 0 AND f.state <> 'cancelled'
"""


def _minor(money: str) -> str:
    """An amount in minor units of ``:currency``; nothing where no rate is known.

    The euro and the CFA franc have a fixed parity (BCEAO): 1 EUR = 655.957 XOF.
    """
    code = f"substr({money}, instr({money}, ' ') + 1)"
    return (
        f"CASE WHEN {code} = :currency THEN CAST({money} AS INTEGER) "
        f"WHEN {code} = 'EUR' AND :currency = 'XOF' THEN CAST({money} AS INTEGER) * 6.55957 "
        f"WHEN {code} = 'XOF' AND :currency = 'EUR' THEN CAST({money} AS INTEGER) / 6.55957 END"
    )


_SPENT = f"""
SELECT b.record AS record, b.record AS unit, b.entity AS entity, b.day AS day,
  b.owner AS country, s.line AS budget_line, s.num AS num, s.den AS den
FROM (
  SELECT m.id AS record, 'mission' AS entity, m.owner AS owner, m.budget AS budget,
    coalesce({_day("max(a.at)")}, '') AS day
  FROM mission m LEFT JOIN act a ON a.record = m.id AND a.action = 'close'
  WHERE m.deleted = 0 AND m.state = 'closed' AND m.owner = :office GROUP BY m.id
  UNION ALL
  SELECT e.id, 'exchange', e.owner, e.budget,
    coalesce({_day("max(a.at)")}, nullif(e.costs_settled_on, ''), '')
  FROM exchange e LEFT JOIN act a ON a.record = e.id AND a.action = 'close'
  WHERE e.deleted = 0 AND e.state = 'closed' AND e.owner = :office GROUP BY e.id
) b JOIN (
  SELECT coalesce(nullif(x.mission, ''), x.exchange) AS record, CASE WHEN EXISTS (
      SELECT 1 FROM mission_budget_line l WHERE l.parent = x.mission AND l.deleted = 0)
    THEN x.kind ELSE '' END AS line,
    coalesce({_minor("x.amount")}, {_minor("x.office_amount")}) AS num, 0 AS den
  FROM expense x WHERE x.deleted = 0 AND x.state = 'accepted'
  UNION ALL
  SELECT l.parent, l.kind, 0, {_minor("l.amount")} FROM mission_budget_line l WHERE l.deleted = 0
  UNION ALL
  SELECT m.id, '', 0, {_minor("m.budget")} FROM mission m WHERE coalesce(m.budget, '') <> ''
    AND NOT EXISTS (SELECT 1 FROM mission_budget_line l WHERE l.parent = m.id AND l.deleted = 0)
  UNION ALL
  SELECT e.id, '', 0, {_minor("e.budget")} FROM exchange e WHERE coalesce(e.budget, '') <> ''
) s ON s.record = b.record
"""

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        _identities("person"),
        _identities("organisation"),
        Source("held", ("exchange",), ("exchange",), _HELD),
        Source(
            "attended",
            ("exchange", "person", "organisation"),
            ("exchange", "exchange_participation", "person", "person_post", "organisation"),
            _ATTENDED,
            ("same_person", "same_organisation"),
        ),
        Source(
            "strengthened",
            ("exchange", "organisation"),
            ("exchange", "organisation"),
            _STRENGTHENED,
            ("same_organisation", "attended"),
        ),
        Source("valid", ("practice",), ("practice", "act"), _VALID),
        Source("adapted", ("practice",), ("practice", "practice_transfer"), _ADAPTED),
        Source(
            "promised",
            ("commitment", "action_plan"),
            ("commitment", "action_plan", "act"),
            _PROMISED,
        ),
        Source("travelled", ("mission", "report"), ("mission", "report", "act"), _TRAVELLED),
        Source(
            "followed",
            ("follow_up",),
            ("follow_up", "exchange", "mission", "commitment", "report", "action_plan"),
            _FOLLOWED,
        ),
        Source(
            "spent",
            ("expense", "mission", "exchange"),
            ("expense", "mission", "mission_budget_line", "exchange", "act"),
            _SPENT,
        ),
    )
}
"""Every source by name."""
