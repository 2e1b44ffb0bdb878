"""Freezing an action plan: the matrix of what its two offices owe each other."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from sscdesk.application.reading import Row, require_row
from sscdesk.application.snapshots.freezer import Freezer, ordered_by
from sscdesk.application.snapshots.imprints import imprint
from sscdesk.i18n import ngettext
from sscdesk.model.codec import read_set
from sscdesk.model.lateness import days_late
from sscdesk.model.promises import bargains
from sscdesk.reports.plan_matrix import AxisProgress, Pair, PlanMatrix, Promise


def plan_matrix(f: Freezer, report: Row) -> PlanMatrix:
    """Return the data of a progress matrix, as of the day on which it is handed in."""
    plan = require_row(f.connection, "action_plan", str(report["subject"]))
    first, second = _sides(plan, str(report["owner"]))
    as_of = str(report["submitted_on"] or f.today)[:10]
    rows = f.rows("SELECT * FROM commitment WHERE action_plan = ? AND deleted = 0", plan["id"])
    told = [row for row in ordered_by(rows, "due_on", "ref") if f.tells(row)]
    return PlanMatrix(
        imprint=imprint(f, report),
        plan=str(plan["ref"]),
        title=f.wording(plan, "title"),
        first_office=f.office_name(first),
        second_office=f.office_name(second),
        as_of=as_of,
        period_from=str(plan["period_from"] or ""),
        period_until=str(plan["period_until"] or ""),
        version=str(plan["version"] or ""),
        adopted_on=str(plan["adopted_on"] or ""),
        axes=tuple(_axes(f, plan, told, first, as_of)),
        remarks=f.by_hand(report).get("remarks", ""),
    )


def _sides(plan: Row, owner: str) -> tuple[str, str]:
    """Return the two offices, the one that issues the report first."""
    named = sorted(read_set(plan["offices"]), key=lambda code: (code != owner, code))
    return (*map(str, named), "", "")[:2]  # type: ignore[return-value]


def _axes(
    f: Freezer, plan: Row, rows: Sequence[Row], first: str, as_of: str
) -> Iterator[AxisProgress]:
    """Yield the declared axes in order, then what stands under none of them."""
    pairs = [_Bargain(f, group, first, as_of) for group in _groups(rows)]
    numbers = set()
    for axis in f.parts("action_plan", plan)["axis"]:
        number = str(axis["number"] or "").strip()
        numbers.add(number)
        own = tuple(pair for one in pairs if number and one.axis == number for pair in one.pairs())
        field = f.label("field", axis["field"])
        yield AxisProgress(number, f.wording(axis, "title"), field, own)
    rest = [one for one in pairs if one.axis not in numbers - {""}]
    for place in sorted({one.place for one in rest}, key=lambda place: (not place[0], place)):
        own = tuple(pair for one in rest if one.place == place for pair in one.pairs())
        yield AxisProgress(place[0], f.label("field", place[1]), pairs=own)


def _groups(rows: Sequence[Row]) -> list[list[Row]]:
    known = {str(row["id"]): row for row in rows}
    found = bargains({one: row["reciprocal_of"] for one, row in known.items()})
    return [[known[one] for one in group] for group in found]


class _Bargain:
    """Promises that answer each other, side by side."""

    def __init__(self, f: Freezer, rows: Sequence[Row], first: str, as_of: str) -> None:
        self._f = f
        self._as_of = as_of
        self._first = [row for row in rows if row["owed_by"] == first]
        self._second = [row for row in rows if row["owed_by"] != first]
        self.axis = next((str(row["axis"]).strip() for row in rows if row["axis"]), "")

    @property
    def place(self) -> tuple[str, str]:
        """Number and field of what no declared axis holds: it is grouped by its field."""
        found = (self._first or self._second)[0]
        return (self.axis, "") if self.axis else ("", str(found["field"] or ""))

    def pairs(self) -> Iterator[Pair]:
        for one, other in zip_longest(self._first, self._second):
            yield Pair(self._promise(one), self._promise(other))

    def _promise(self, row: Row | None) -> Promise | None:
        if row is None:
            return None
        f, state = self._f, str(row["state"])
        return Promise(
            reference=str(row["ref"]),
            what=f.wording(row, "title"),
            state=state,
            state_label=f.label("commitment_status", state),
            due=str(row["due_on"] or ""),
            responsible=f.organisation(row["owner_organisation"]),
            progress=row["progress_percent"],
            late_days=days_late("commitment", state, row, date.fromisoformat(self._as_of)),
            evidence=_evidence(f, row),
            progress_comment=str(row["progress_comment"] or ""),
            opinion=str(row["opinion"] or ""),
        )


def _evidence(f: Freezer, row: Row) -> str:
    """Return what proves it: the text, and how many documents are attached."""
    attached = f.rows(
        "SELECT count(*) AS n FROM attachment WHERE record = ? AND deleted = 0", row["id"]
    )
    count = max(int(attached[0]["n"]), len(read_set(row["evidence_files"])))
    told = ngettext("{count} document attached", "{count} documents attached", count)
    return " · ".join(
        filter(None, (str(row["evidence"] or ""), told.format(count=count) if count else ""))
    )
