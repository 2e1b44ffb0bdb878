"""What a report begins with: its title, the period it covers, the offices that countersign."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application.reading import Row, title_of
from sscdesk.i18n import gettext
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.refusal import Refused
from sscdesk.model.reporting import ReportKind, second_offices_wanted
from sscdesk.model.text import N_
from sscdesk.model.values import Value

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


def title(declared: ReportKind, subject: Row | None, given: Mapping[str, Value]) -> str:
    """Return "Mission report – …": the kind, and the record or the period that it is about."""
    from sscdesk.reports.registry import kind as kind_of
    from sscdesk.reports.words import day, period

    kind = gettext(kind_of(declared.code).label)
    begins, ends = (str(given.get(name) or "") for name in ("period_from", "period_until"))
    if subject is not None and declared.subject:
        name = title_of(record_kinds()[declared.subject].mapped, subject)
        name = f"{name}, {day(begins)}" if declared.period == "day" and begins else name
    else:
        name = period(begins, ends)
    return gettext(N_("{kind} – {title}")).format(kind=kind, title=name) if name else kind


def check_period(declared: ReportKind, subject: Row | None, given: Mapping[str, Value]) -> None:
    """Raise ``Refused`` where a period is turned round, or a day is none of the record's."""
    begins, ends = (str(given.get(name) or "") for name in ("period_from", "period_until"))
    if declared.period == "span" and begins and ends and begins > ends:
        raise Refused(
            "period-turned",
            N_("The period ends before it begins."),
            hint=N_("Nothing was changed. Give the earlier date first."),
            field="period_until",
        )
    if declared.period != "day" or not begins or subject is None:
        return
    first = str(subject["starts_on"] or "")
    last = str(subject["ends_on"] or first)
    if first and not first <= begins <= last:
        raise Refused(
            "day-outside",
            N_("That day is not one of the exchange."),
            hint=N_("Nothing was changed. Give a day from its first to its last."),
            field="period_from",
        )


def second_offices(
    w: "Workspace", connection: Connection, declared: ReportKind, subject: Row | None
) -> tuple[str, ...]:
    """Return the offices that a report proposes for countersigning.

    Of an exchange, the partners that were there (domain.md, section 7).
    """
    owner = w.office
    wanted = second_offices_wanted(declared.code, owner, _values(declared, subject))
    if declared.code != "exchange_report" or subject is None:
        return wanted
    present = _present(connection, str(subject["id"]))
    return tuple(office for office in wanted if office in present)


def _values(declared: ReportKind, subject: Row | None) -> dict[str, Value]:
    """Return the values of the record reported on, as the model reads them."""
    if subject is None or declared.subject is None:
        return {}
    fields = record_kinds()[declared.subject].fields
    return {name: from_sql(field, subject.get(name)) for name, field in fields.items()}


def _present(connection: Connection, exchange: str) -> frozenset[str]:
    """Return the offices from whose country somebody attended."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT p.owner, o.country FROM exchange_participation p "
        "LEFT JOIN organisation o ON o.id = p.organisation "
        "WHERE p.parent = ? AND p.deleted = 0 AND p.attendance = 'attended'",
        (exchange,),
    )
    return frozenset(str(row.country or row.owner) for row in rows)
