"""Freezing records into the plain data that a paper is made from."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection

from sscdesk.application.reading import Row, part_rows, person_name, read_row, require_row
from sscdesk.application.rules import recorded_vocabularies
from sscdesk.model.codec import read_money, read_set
from sscdesk.model.offices import CURRENCY_OF
from sscdesk.model.values import Money
from sscdesk.reports.snapshot import (
    Advance,
    Annex,
    BudgetLine,
    CommitmentServed,
    ExpenseEntry,
    Finding,
    Imprint,
    Leg,
    Letterhead,
    Linked,
    Meeting,
    MissionFinance,
    MissionReport,
    PersonMet,
    Recommendation,
    Signer,
    Traveller,
    Wording,
)

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace
    from sscdesk.reports.mission_order import MissionOrder, Passport


class Freezer:
    """Reads records for one paper, inside one connection."""

    def __init__(self, w: "Workspace", connection: Connection) -> None:
        self._w = w
        self._connection = connection
        self._lists = recorded_vocabularies(connection, w.office)
        self._today = w.clock().date().isoformat()

    # ------------------------------------------------------------ words

    def label(self, list_name: str, code: Any) -> Wording:
        """Return a code's label in the three languages."""
        if not code:
            return Wording()
        return Wording(*(self._lists.label(list_name, str(code), c) for c in ("fr", "en", "ar")))

    def labels(self, list_name: str, codes: Any) -> tuple[Wording, ...]:
        """Return the labels of a set."""
        return tuple(self.label(list_name, code) for code in read_set(codes))

    @staticmethod
    def wording(row: Mapping[str, Any] | None, stem: str) -> Wording:
        """Return a text that a record holds in several languages."""
        if row is None:
            return Wording()
        found = {code: str(row.get(f"{stem}_{code}") or "") for code in ("fr", "en", "ar")}
        return Wording(**found)

    def _row(self, entity: str, identifier: Any) -> Row | None:
        return read_row(self._connection, entity, str(identifier)) if identifier else None

    def organisation(self, identifier: Any) -> Wording:
        """Return an organisation's name."""
        return self.wording(self._row("organisation", identifier), "name")

    # ------------------------------------------------------------ the imprint

    def imprint(self, report: Row, author: Iterable[str] = ()) -> Imprint:
        """Return what every paper carries, from the report's record."""
        second = read_set(report["second_offices"])
        return Imprint(
            reference=str(report["ref"] if not report.get("number") else report["number"]),
            revision=int(report["revision"] or 0) + 1,
            dated=str(report["submitted_on"] or self._today)[:10],
            letterhead=self.letterhead(str(report["owner"])),
            second_letterhead=self.letterhead(second[0]) if second else None,
            signers=self._signers(str(report["owner"]), second),
            distribution=tuple(
                Wording(line.strip())
                for line in str(report["distribution"] or "").splitlines()
                if line.strip()
            ),
            supersedes=self._superseded(report),
            prepared_by=tuple(author),
            sample=bool(report.get("sample")),
        )

    def _superseded(self, report: Row) -> str:
        former = self._row("report", report["supersedes"])
        return f"{former['ref']} rev. {int(former['revision'] or 0) + 1}" if former else ""

    def letterhead(self, office: str) -> Letterhead:
        """Return the head of an office's papers."""
        row = self._connection.exec_driver_sql(
            "SELECT * FROM office WHERE owner = ? AND deleted = 0 ORDER BY id LIMIT 1", (office,)
        ).mappings()
        found = row.first()
        name = self.label("country", office)
        if found is None:
            return Letterhead(office=office, office_name=name, country=name)
        country, lines = _letterhead_lines(dict(found))
        return Letterhead(
            office=office,
            office_name=self.wording(dict(found), "name"),
            country=country or name,
            lines=lines,
            motto=self.wording(dict(found), "motto"),
            city=Wording(str(found["city"] or "")),
            utc_offset=utc_offset(str(found["time_zone"] or ""), self._w.clock()),
        )

    def _signers(self, owner: str, second: Iterable[str]) -> tuple[Signer, ...]:
        return (self.signer(owner), *(self.signer(code, countersigns=True) for code in second))

    def signer(self, office: str, *, countersigns: bool = False) -> Signer:
        """Return who is expected to sign for an office: its head, as far as known here."""
        rows = self._connection.exec_driver_sql(
            "SELECT * FROM officer WHERE owner = ? AND deleted = 0 AND active_to IS NULL "
            "ORDER BY family, given",
            (office,),
        ).mappings()
        heads = [dict(row) for row in rows.all() if "head" in read_set(row["roles"])]
        head = heads[0] if heads else None
        function = self.wording(head, "function")
        return Signer(
            office=office,
            office_name=self.letterhead(office).office_name,
            name=person_name(head) if head else "",
            function=function or self._signatory(office),
            countersigns=countersigns,
        )

    def _signatory(self, office: str) -> Wording:
        row = self._connection.exec_driver_sql(
            "SELECT * FROM office WHERE owner = ? LIMIT 1", (office,)
        ).mappings()
        found = row.first()
        return self.wording(dict(found), "signatory_function") if found else Wording()

    # ------------------------------------------------------------ the mission

    def mission_report(self, report: Row) -> MissionReport:
        """Return the data of a mission report."""
        mission = require_row(self._connection, "mission", str(report["subject"]))
        parts = self._parts("mission", mission)
        by_hand = self._by_hand(report)
        return MissionReport(
            imprint=self.imprint(report, self._author(report)),
            mission=str(mission["ref"]),
            title=self.wording(mission, "purpose"),
            departs_on=str(mission["departed_on"] or mission["departs_on"] or ""),
            returns_on=str(mission["returned_on"] or mission["returns_on"] or ""),
            countries=self._countries(mission, parts["leg"]),
            places=_places(parts["leg"], mission),
            order_number=str(mission["order_number"] or ""),
            order_date=str(mission["order_date"] or ""),
            fields=self.labels("field", mission["fields_of_action"]),
            host=self._host(mission, parts["meeting"]),
            exchange=self._exchange(mission["exchange"]),
            summary=by_hand.get("summary") or str(mission["summary"] or ""),
            context=str(mission["tor_context"] or ""),
            objectives=str(mission["tor_objectives"] or ""),
            expected_outputs=str(mission["tor_outputs"] or ""),
            method=str(mission["tor_method"] or ""),
            travellers=tuple(self._traveller(row) for row in parts["traveller"]),
            legs=tuple(self._leg(row) for row in parts["leg"]),
            meetings=tuple(self._meeting(row) for row in _by(parts["meeting"], "held_on", "time")),
            findings=tuple(self._finding(row) for row in parts["finding"]),
            recommendations=tuple(self._recommendation(r) for r in parts["recommendation"]),
            commitments=self._commitments(mission["commitments"]),
            next_steps=by_hand.get("next_steps") or str(mission["next_steps"] or ""),
            annexes=self._annexes(str(mission["id"])),
        )

    def _parts(self, entity: str, row: Row) -> dict[str, list[Row]]:
        from sscdesk.model.base import record_kinds

        return {
            name: part_rows(self._connection, mapped.__tablename__, str(row["id"]))
            for name, mapped in record_kinds()[entity].parts.items()
        }

    def _by_hand(self, report: Row) -> dict[str, str]:
        if "id" not in report:
            return {}
        rows = part_rows(self._connection, "report_text_block", str(report["id"]))
        return {str(row["section_name"]): str(row["words"] or "") for row in rows}

    def _author(self, report: Row) -> tuple[str, ...]:
        row = self._row("officer", report.get("created_by"))
        return (person_name(row),) if row else ()

    def _countries(self, mission: Row, legs: list[Row]) -> tuple[Wording, ...]:
        codes = [str(mission["country"] or "")]
        codes += [str(leg["country"] or "") for leg in legs]
        abroad = dict.fromkeys(code for code in codes if code and code != mission["owner"])
        return tuple(self.label("country", code) for code in abroad)

    def _host(self, mission: Row, meetings: list[Row]) -> Wording:
        for office in read_set(mission["host_offices"]):
            row = self._connection.exec_driver_sql(
                "SELECT ministry FROM office WHERE owner = ? LIMIT 1", (office,)
            ).first()
            if row is not None and row.ministry:
                return self.organisation(row.ministry)
        return self.organisation(meetings[0]["organisation"]) if meetings else Wording()

    def _exchange(self, identifier: Any) -> Linked | None:
        row = self._row("exchange", identifier)
        if row is None:
            return None
        return Linked(str(row["ref"]), self.wording(row, "title"), self.label("step", row["step"]))

    def _traveller(self, row: Row) -> Traveller:
        person = self._row("officer", row["person"]) or self._row("person", row["person"])
        quality = self.label("mission_quality", row["quality"])
        if person is None:
            return Traveller(name="…", quality=quality)
        if "function_fr" in person:
            function, organisation = self.wording(person, "function"), Wording()
        else:
            function, organisation = self._post(str(person["id"]))
        return Traveller(
            name=_latin_name(person),
            function=function,
            organisation=organisation,
            quality=quality,
            name_ar=str(person["name_ar"] or ""),
        )

    def _post(self, person: str) -> tuple[Wording, Wording]:
        posts = part_rows(self._connection, "person_post", person)
        current = [post for post in posts if not post["until"]] or posts
        if not current:
            return Wording(), Wording()
        function = Wording(str(current[-1]["function"] or ""))
        return function, self.organisation(current[-1]["organisation"])

    def _leg(self, row: Row) -> Leg:
        day = str(row["date"] or "")
        time = str(row["time"] or "")
        arrives = str(row["arrival_date"] or day) if row["arrival_time"] else ""
        return Leg(
            departure=f"{day}T{time}" if time else day,
            origin=str(row["from_place"] or ""),
            arrival=f"{arrives}T{row['arrival_time']}" if arrives else "",
            destination=str(row["to_place"] or ""),
            transport=self.label("transport", row["transport"]),
        )

    def _meeting(self, row: Row) -> Meeting:
        return Meeting(
            date=str(row["held_on"] or ""),
            organisation=self.organisation(row["organisation"]),
            persons=tuple(self._met(person) for person in read_set(row["persons"])),
            place=str(row["place"] or ""),
            subject=str(row["subject"] or ""),
            said=str(row["said"] or ""),
            agreed=str(row["agreed"] or ""),
        )

    def _met(self, identifier: str) -> PersonMet:
        person = self._row("person", identifier)
        if person is None:
            return PersonMet(name="…")
        function, organisation = self._post(identifier)
        return PersonMet(_latin_name(person), function, organisation, str(person["name_ar"] or ""))

    def _finding(self, row: Row) -> Finding:
        practice = self.wording(self._row("practice", row["practice"]), "title").say()
        return Finding(str(row["words"] or ""), practice, self.label("field", row["field"]))

    def _recommendation(self, row: Row) -> Recommendation:
        follow_up = self._row("follow_up", row["follow_up"])
        office = self.label("country", row["by_office"]).say()
        responsible = str(row["by_whom"] or "") or self._who_follows(follow_up) or office
        return Recommendation(
            what=str(row["what"] or row["what_en"] or ""),
            responsible=responsible,
            due=str(row["due_on"] or ""),
            follow_up=str(follow_up["ref"]) if follow_up else "",
            state=self.label("follow_up_status", follow_up["state"]) if follow_up else Wording(),
        )

    def _who_follows(self, follow_up: Row | None) -> str:
        if follow_up is None:
            return ""
        for entity in ("officer", "person"):
            row = self._row(entity, follow_up["responsible"])
            if row is not None:
                return _latin_name(row)
        return self.organisation(follow_up["responsible"]).say()

    def _commitments(self, identifiers: Any) -> tuple[CommitmentServed, ...]:
        found = []
        for identifier in read_set(identifiers):
            row = self._row("commitment", identifier)
            if row is None:
                continue
            found.append(
                CommitmentServed(
                    reference=str(row["ref"]),
                    what=self.wording(row, "title"),
                    owed_by=self.label("country", row["owed_by"]),
                    owed_to=self.label("country", row["owed_to"]),
                    due=str(row["due_on"] or ""),
                    state=self.label("commitment_status", row["state"]),
                    progress=row["progress_percent"],
                )
            )
        return tuple(found)

    def _annexes(self, record: str) -> tuple[Annex, ...]:
        rows = self._connection.exec_driver_sql(
            "SELECT * FROM attachment WHERE record = ? AND deleted = 0 AND "
            "coalesce(kind, '') NOT IN ('receipt', 'host_visa') ORDER BY created_at, id",
            (record,),
        ).mappings()
        return tuple(
            Annex(
                str(row["title"] or row["file_name"]),
                self.label("attachment_kind", row["kind"]),
                str(row["file_name"]),
            )
            for row in rows
        )

    def mission_order(self, report: Row) -> "MissionOrder":
        """Return the data of a mission order."""
        from sscdesk.reports.mission_order import MissionOrder

        mission = require_row(self._connection, "mission", str(report["subject"]))
        parts = self._parts("mission", mission)
        amendment = int(mission["order_amendment"] or 0)
        return MissionOrder(
            imprint=self.imprint({**report, "second_offices": "[]"}, self._author(report)),
            mission=str(mission["ref"]),
            number=str(mission["order_number"] or report["number"] or report["ref"]),
            purpose=self.wording(mission, "purpose"),
            departs_on=str(mission["departs_on"] or ""),
            returns_on=str(mission["returns_on"] or ""),
            date=str(mission["order_date"] or self._today),
            amendment=amendment,
            travellers=tuple(self._traveller(row) for row in parts["traveller"]),
            passports=tuple(self._passports(parts["traveller"])),
            countries=self._countries(mission, parts["leg"]),
            places=_places(parts["leg"], mission),
            legs=tuple(self._leg(row) for row in parts["leg"]),
            transport=tuple(
                self.label("transport", code)
                for code in dict.fromkeys(row["transport"] for row in parts["leg"])
                if code
            ),
            charged_to=(self.label("funding_source", mission["funding_source"]),),
            exchange=self._exchange(mission["exchange"]),
            request=self._order_request(str(mission["owner"])),
        )

    def _passports(self, travellers: list[Row]) -> Iterator["Passport"]:
        from sscdesk.reports.mission_order import Passport

        for row in travellers:
            officer = self._row("officer", row["person"])
            if officer is not None and officer["passport_number"]:
                yield Passport(
                    _latin_name(officer),
                    str(officer["passport_number"]),
                    str(officer["passport_expiry"] or ""),
                    self.label("grade", officer["grade"]).say(),
                )

    def _order_request(self, office: str) -> Wording:
        found = self._connection.exec_driver_sql(
            "SELECT * FROM office WHERE owner = ? LIMIT 1", (office,)
        ).mappings()
        row = found.first()
        return self.wording(dict(row), "order_request") if row else Wording()

    # ------------------------------------------------------------ its accounts

    def mission_finance(self, report: Row) -> MissionFinance:
        """Return the data of the internal annex with a mission's costs."""
        mission = require_row(self._connection, "mission", str(report["subject"]))
        parts = self._parts("mission", mission)
        currency = CURRENCY_OF.get(str(mission["owner"]), "EUR")
        expenses = self._connection.exec_driver_sql(
            "SELECT * FROM expense WHERE mission = ? AND deleted = 0 ORDER BY spent_on, id",
            (mission["id"],),
        ).mappings()
        return MissionFinance(
            imprint=self.imprint({**report, "second_offices": "[]"}, self._author(report)),
            mission=str(mission["ref"]),
            title=self.wording(mission, "purpose"),
            departs_on=str(mission["departed_on"] or mission["departs_on"] or ""),
            returns_on=str(mission["returned_on"] or mission["returns_on"] or ""),
            currency=currency,
            travellers=tuple(self._traveller(row) for row in parts["traveller"]),
            budget=tuple(self._budget_line(row, mission) for row in parts["budget_line"]),
            advances=self._advances(mission),
            expenses=tuple(self._expense(dict(row), currency) for row in expenses.all()),
        )

    def _budget_line(self, row: Row, mission: Row) -> BudgetLine:
        funding = row["funding_source"] or mission["funding_source"]
        return BudgetLine(
            kind=str(row["kind"]),
            label=self.label("expense_kind", row["kind"]),
            amount=_money(row["amount"]),
            quantity=Decimal(str(row["quantity"] or 1)),
            rate=_money(row["rate"]) if row["rate"] else None,
            funding=self.label("funding_source", funding),
            description=str(row["description"] or ""),
        )

    def _advances(self, mission: Row) -> tuple[Advance, ...]:
        if not mission["advance"]:
            return ()
        return (
            Advance(
                _money(mission["advance"]),
                paid_on=str(mission["advance_paid_on"] or ""),
                reference=str(mission["advance_reference"] or ""),
            ),
        )

    def _expense(self, row: Row, currency: str) -> ExpenseEntry:
        amount = _money(row["amount"])
        same = amount.currency == currency
        person = self._row("officer", row["traveller"]) or self._row("person", row["traveller"])
        in_office = _money(row["office_amount"]) if row["office_amount"] else amount
        return ExpenseEntry(
            date=str(row["spent_on"] or ""),
            traveller=_latin_name(person) if person else "",
            kind=str(row["kind"]),
            label=self.label("expense_kind", row["kind"]),
            amount=amount,
            in_office_currency=in_office,
            rate=Decimal(str(row["rate"])) if row["rate"] and not same else Decimal(1),
            rate_source="" if same else str(row["rate_source"] or ""),
            rate_date="" if same else str(row["rate_date"] or ""),
            description=str(row["description"] or ""),
            receipt=str(row["receipt"] or ""),
            state=str(row["state"]),
            reason=str(row["decision_reason"] or ""),
        )


def utc_offset(zone: str, now: datetime) -> int:
    """Return the minutes that clocks of a zone are ahead of UTC, 0 where it is not known."""
    try:
        offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return 0
    return int(offset.total_seconds() // 60) if offset else 0


def _letterhead_lines(office: Mapping[str, Any]) -> tuple[Wording, Wording]:
    """Return the first line of the letterhead (the State) and the lines under it."""
    first, rest = {}, {}
    for code in ("fr", "en", "ar"):
        head, _, below = str(office.get(f"letterhead_{code}") or "").strip().partition("\n")
        first[code], rest[code] = head.strip(), below.strip()
    return Wording(**first), Wording(**rest)


def _places(legs: list[Row], mission: Row) -> tuple[str, ...]:
    if not legs:
        return ()
    home = str(legs[0]["from_place"] or "")
    visited = [
        str(leg["to_place"])
        for leg in legs
        if leg["to_place"] and leg["to_place"] != home and leg["country"] != mission["owner"]
    ]
    return tuple(dict.fromkeys(visited))


def _by(rows: list[Row], *names: str) -> list[Row]:
    return sorted(rows, key=lambda row: tuple(str(row[name] or "") for name in names))


def _latin_name(person: Mapping[str, Any]) -> str:
    latin = " ".join(str(person[name]) for name in ("given", "family") if person.get(name))
    return latin or str(person.get("name_ar") or "")


def _money(raw: Any) -> Money:
    return read_money(str(raw))
