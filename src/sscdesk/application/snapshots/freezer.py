"""Reading records for a paper: words in three languages, names only where its readers may know.

What a paper may tell follows from who receives its kind (domain.md, sections 6 and 7): a record,
or a person, that one of the readers may not have is counted but not named.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application.reading import Row, part_rows, read_row
from sscdesk.application.rules import recorded_vocabularies
from sscdesk.i18n import gettext
from sscdesk.model.audience import readers
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import read_set
from sscdesk.model.field import Audience
from sscdesk.model.offices import OFFICES
from sscdesk.model.reporting import REPORT_KINDS
from sscdesk.model.text import N_
from sscdesk.reports.snapshot import (
    NOTHING_SAID,
    Annex,
    CommitmentServed,
    Finding,
    Linked,
    Recommendation,
    Wording,
)

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

NOT_NAMED = N_("Person not named here")
_KEPT_IN_OFFICE = ("receipt", "host_visa")


def readers_of(report: Row) -> frozenset[str]:
    """Return the offices that receive a report of its kind once it is signed."""
    kind = REPORT_KINDS.get(str(report["kind"]))
    audience = kind.audience if kind else Audience.OFFICE
    if audience is Audience.SHARED:
        return frozenset(OFFICES)
    second = read_set(report["second_offices"]) if audience is Audience.BILATERAL else ()
    return frozenset((str(report["owner"]), *second))


class Freezer:
    """Reads records for one paper, inside one connection.

    ``readers`` are the offices that will receive the paper: this one alone unless said.
    It works in the current language, which is that of the paper.
    """

    def __init__(
        self,
        w: "Workspace",
        connection: Connection,
        readers: frozenset[str] = frozenset(),
    ) -> None:
        self.w = w
        self.connection = connection
        self.today = w.clock().date().isoformat()
        self._readers = readers or frozenset((w.office,))
        self._lists = recorded_vocabularies(connection, w.office)

    # ------------------------------------------------------------ rows

    def row(self, entity: str, identifier: Any) -> Row | None:
        """Return a record's row, None where there is none or it is not here."""
        return read_row(self.connection, entity, str(identifier)) if identifier else None

    def rows(self, statement: str, *values: Any) -> list[Row]:
        """Return what a statement selects."""
        found = self.connection.exec_driver_sql(statement, values).mappings()
        return [dict(row) for row in found]

    def parts(self, entity: str, row: Row) -> dict[str, list[Row]]:
        """Return the rows inside a record by the name of their part, in order."""
        return {
            name: part_rows(self.connection, mapped.__tablename__, str(row["id"]))
            for name, mapped in record_kinds()[entity].parts.items()
        }

    def office(self, code: str) -> Row | None:
        """Return the record of an office."""
        found = self.rows(
            "SELECT * FROM office WHERE owner = ? AND deleted = 0 ORDER BY id LIMIT 1", code
        )
        return found[0] if found else None

    def tells(self, row: Mapping[str, Any], column: str = "audience") -> bool:
        """Whether all readers of the paper may have a record; ``circle`` for bilateral fields."""
        return self._readers <= readers(str(row[column]))

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

    def office_name(self, code: Any) -> Wording:
        """Return the name of an office, else that of its country."""
        row = self.office(str(code)) if code else None
        return self.wording(row, "name") or self.label("country", code)

    def organisation(self, identifier: Any) -> Wording:
        """Return an organisation's name, nothing where a reader may not have it."""
        row = self.row("organisation", identifier)
        return self.wording(row, "name") if row and self.tells(row) else Wording()

    def by_hand(self, report: Row) -> dict[str, str]:
        """Return the texts that an officer wrote over the generated ones, by section."""
        if not report.get("id"):
            return {}
        rows = part_rows(self.connection, "report_text_block", str(report["id"]))
        return {str(row["section_name"]): str(row["words"] or "").strip() for row in rows}

    # ------------------------------------------------------------ people

    def may_name(self, person: Mapping[str, Any]) -> bool:
        """Whether a person may be named to all readers of the paper."""
        alone = self._readers <= {str(person["owner"])}
        return alone or (self.tells(person) and bool(person["may_be_shared"]))

    def person(self, identifier: Any) -> Row | None:
        """Return a person or officer who may be named in this paper, else None."""
        officer = self.row("officer", identifier)
        if officer is not None:
            return officer
        person = self.row("person", identifier)
        if person is not None and person["same_as"]:
            person = self.row("person", person["same_as"]) or person
        return person if person is not None and self.may_name(person) else None

    def name(self, identifier: Any) -> str:
        """Return a person's name, or the words that stand for somebody not to be named."""
        person = self.person(identifier)
        return latin_name(person) if person else gettext(NOT_NAMED)

    def post(self, person: str) -> tuple[Wording, Wording]:
        """Return the function that a person holds now, and where."""
        posts = part_rows(self.connection, "person_post", person)
        current = [post for post in posts if not post["until"]] or posts
        if not current:
            return Wording(), Wording()
        function = Wording(str(current[-1]["function"] or ""))
        return function, self.organisation(current[-1]["organisation"])

    def function(self, person: Row) -> tuple[Wording, Wording]:
        """Return what an officer or a person does, and where."""
        if "function_fr" in person:
            return self.wording(person, "function"), Wording()
        return self.post(str(person["id"]))

    # ------------------------------------------------------------ what several papers hold

    def linked(self, entity: str, identifier: Any, detail: Wording = NOTHING_SAID) -> Linked | None:
        """Return another record that the paper names; None where a reader may not have it."""
        row = self.row(entity, identifier)
        if row is None or not self.tells(row):
            return None
        return Linked(str(row["ref"]), self.wording(row, "title"), detail)

    def finding(self, row: Row) -> Finding:
        """Return something found, with the practice that it is about."""
        practice = self.linked("practice", row["practice"])
        title = practice.title.say() if practice else ""
        return Finding(str(row["words"] or ""), title, self.label("field", row["field"]))

    def recommendation(self, row: Row) -> Recommendation:
        """Return what is recommended and what came of it."""
        follow_up = self.row("follow_up", row["follow_up"])
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
        person = self.person(follow_up["responsible"])
        if person is not None:
            return latin_name(person)
        return self.organisation(follow_up["responsible"]).say()

    def commitments(self, identifiers: Any) -> tuple[CommitmentServed, ...]:
        """Return the commitments of a set that all readers may have."""
        return tuple(
            CommitmentServed(
                reference=str(row["ref"]),
                what=self.wording(row, "title"),
                owed_by=self.label("country", row["owed_by"]),
                owed_to=self.label("country", row["owed_to"]),
                due=str(row["due_on"] or ""),
                state=self.label("commitment_status", row["state"]),
                progress=row["progress_percent"],
            )
            for row in self._held("commitment", identifiers)
            if self.tells(row)
        )

    def untold(self, entity: str, identifiers: Any) -> int:
        """Count the records of a set that are here and that a reader may not have."""
        return sum(not self.tells(row) for row in self._held(entity, identifiers))

    def _held(self, entity: str, identifiers: Any) -> Iterator[Row]:
        for identifier in read_set(identifiers):
            row = self.row(entity, identifier)
            if row is not None and not row["deleted"]:
                yield row

    def annexes(self, record: str) -> tuple[Annex, ...]:
        """Return the documents attached to a record that all readers may have."""
        rows = self.rows(
            "SELECT * FROM attachment WHERE record = ? AND deleted = 0 ORDER BY created_at, id",
            record,
        )
        return tuple(
            Annex(
                str(row["title"] or row["file_name"]),
                self.label("attachment_kind", row["kind"]),
                str(row["file_name"]),
            )
            for row in rows
            if row["kind"] not in _KEPT_IN_OFFICE and self.tells(row)
        )


def latin_name(person: Mapping[str, Any]) -> str:
    """Return a name in Latin letters, else in the letters in which it is known."""
    latin = " ".join(str(person[name]) for name in ("given", "family") if person.get(name))
    return latin or str(person.get("name_ar") or "")


def ordered_by(rows: Iterable[Row], *names: str) -> list[Row]:
    """Return rows in the order of some of their columns, what is empty first."""
    return sorted(rows, key=lambda row: tuple(str(row[name] or "") for name in names))


def is_sample(*rows: Mapping[str, Any] | None) -> bool:
    """Whether one of the records was made up for training."""
    return any(row is not None and "sample" in str(row.get("basis") or "") for row in rows)
