"""Whether an itinerary holds together and its travellers are nowhere else."""

from collections.abc import Iterator
from itertools import pairwise

from sscdesk.model.folding import folded
from sscdesk.model.lifecycle import Actor, Facts, Missing, PartFacts
from sscdesk.model.machines.conditions import Values, is_full, text_of
from sscdesk.model.text import N_


def _leg_times(leg: PartFacts) -> tuple[str, str]:
    """Return when a leg departs and arrives, as texts that sort."""
    values = leg.fields
    day = text_of(values, "date")
    departs = f"{day}T{text_of(values, 'time') or '00:00'}"
    arrival_day = text_of(values, "arrival_date") or day
    arrival = text_of(values, "arrival_time")
    if not arrival and arrival_day == day:
        return departs, departs
    return departs, f"{arrival_day}T{arrival or '00:00'}"


def itinerary_holds(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """The legs follow each other without gap or overlap, within the mission's dates."""
    legs = facts.parts("leg")
    for before, after in pairwise(legs):
        yield from _joined(before, after)
    for leg in legs:
        yield from _within(leg, values)


def _joined(before: PartFacts, after: PartFacts) -> Iterator[Missing]:
    arrived, leaves = str(before.fields.get("to_place")), str(after.fields.get("from_place"))
    if folded(arrived) != folded(leaves):
        yield Missing(
            "itinerary-gap",
            N_("A leg is missing: one arrives in {arrived}, the next leaves from {leaves}."),
            field="from_place",
            part_id=after.id,
            params={"arrived": arrived, "leaves": leaves},
        )
    if _leg_times(after)[0] < _leg_times(before)[1]:
        yield Missing(
            "itinerary-overlap",
            N_("The leg from {leaves} departs before the one before it has arrived."),
            field="date",
            part_id=after.id,
            params={"leaves": leaves},
        )


def _within(leg: PartFacts, values: Values) -> Iterator[Missing]:
    day = text_of(leg.fields, "date")
    begins, ends = text_of(values, "departs_on"), text_of(values, "returns_on")
    too_early = begins and day < begins[: len(day)]
    too_late = ends and day[: len(ends)] > ends
    if day and (too_early or too_late):
        yield Missing(
            "leg-outside-mission",
            N_("The leg of {day} lies outside the dates of the mission."),
            field="date",
            part_id=leg.id,
            params={"day": day},
        )


def nobody_elsewhere(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """No traveller is on another mission at the same time."""
    begins, ends = text_of(values, "departs_on"), text_of(values, "returns_on")
    if not (is_full(begins) and is_full(ends)):
        return
    for row in facts.parts("traveller"):
        traveller = facts.record(str(row.fields.get("person")))
        for other in traveller.related("mission", "traveller.person") if traveller else []:
            if other.id != facts.id and _travels(other) and _overlaps(other, begins, ends):
                yield Missing(
                    "traveller-elsewhere",
                    N_("A traveller is on the mission {ref} at the same time."),
                    field="person",
                    part_id=row.id,
                    params={"ref": other.ref},
                )


def _travels(mission: Facts) -> bool:
    return mission.state not in ("draft", "cancelled")


def _overlaps(other: Facts, begins: str, ends: str) -> bool:
    """Days in common; leaving on the day of the other return is no overlap."""
    first, last = text_of(other.fields, "departs_on"), text_of(other.fields, "returns_on")
    if not (is_full(first) and is_full(last)):
        return False
    touches = (first == ends or last == begins) and (first, last) != (begins, ends)
    return first <= ends and begins <= last and not (touches and (first < last or begins < ends))
