"""How the exchanges of the demonstration are lived: by lead and partners, each with its rows."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sscdesk.application import actions, attachments, follow_ups, records
from sscdesk.application.demo_exchange_texts import Delegation, ExchangeStory
from sscdesk.application.demo_life import Life
from sscdesk.model.offices import CURRENCY_OF, TIME_ZONE_OF
from sscdesk.model.values import Money, Value


def live_exchange(life: Life, story: ExchangeStory, opens: datetime) -> None:
    """Bring one exchange as far as its story goes; partners learn of it by file."""
    ref = _proposed(life, story, opens)
    if story.goes_to == "idea":
        return
    with life.as_role(story.lead, "charge") as w:
        actions.perform(w, ref, "plan")
    if story.goes_to == "cancelled":
        with life.as_role(story.lead, "chef") as w:
            actions.perform(w, ref, "cancel", story.reason)
    if story.goes_to == "postponed":
        with life.as_role(story.lead, "focal") as w:
            actions.perform(w, ref, "postpone", story.reason)
    if story.goes_to in ("confirmed", "ongoing", "held"):
        _agreed(life, story, ref, opens)
    else:
        life.send(story.lead, *story.partners)


def _proposed(life: Life, story: ExchangeStory, opens: datetime) -> str:
    closes = opens + timedelta(days=story.days - 1)
    with life.as_role(story.lead, "charge") as w:
        values: dict[str, Value] = {
            "title_fr": story.title,
            "title_en": story.title_en,
            "title_ar": story.title_ar or None,
            "kind": story.kind,
            "step": story.step,
            "fields_of_action": story.fields,
            "lead_office": story.lead,
            "partner_offices": story.partners,
            "host_organisation": records.find(w, story.host),
            "starts_on": opens.date().isoformat(),
            "ends_on": closes.date().isoformat(),
            "place": story.place,
            "country": story.country,
            "time_zone": TIME_ZONE_OF[story.country],
            "objectives": story.objectives or None,
            "expected_results": story.expected or None,
            "languages": story.languages,
            "practices": tuple(sorted(records.find(w, ref) for ref in story.practices)),
            "budget": Money(story.budget, CURRENCY_OF[story.lead]),
            "basis": "sample",
        }
        return records.create(w, "exchange", values).ref


def _agreed(life: Life, story: ExchangeStory, ref: str, opens: datetime) -> None:
    """The partners read the plan, the lead confirms, each office says who comes."""
    life.send(story.lead, *story.partners)
    with life.as_role(story.lead, "focal") as w:
        actions.perform(w, ref, "confirm")
    came = "attended" if story.goes_to == "held" else "confirmed"
    _sends(life, story.lead, ref, story.delegations[0], came)
    if story.goes_to in ("ongoing", "held"):
        life.clock.reach(opens + timedelta(hours=9))
        with life.as_role(story.lead, "charge") as w:
            actions.perform(w, ref, "open")
    if story.goes_to == "held":
        life.clock.reach(opens + timedelta(days=story.days, hours=4))
        _held(life, story, ref, opens)
    life.send(story.lead, *story.partners)
    for office, delegation in zip(story.partners, story.delegations[1:], strict=True):
        _sends(life, office, ref, delegation, came)
        _finds(life, story, ref, office)
        life.send(office, story.lead)


def _sends(life: Life, office: str, ref: str, delegation: Delegation, came: str) -> None:
    """An office records its own delegation; the last one named could not come."""
    with life.as_role(office, "charge") as w:
        for number, (person, role) in enumerate(delegation, 1):
            known = records.view(w, person)
            excused = came == "attended" and number == len(delegation) > 3
            records.add_part(
                w,
                ref,
                "participation",
                {
                    "person": known.id,
                    "role": role,
                    "sex": known.fields["sex"],
                    "attendance": "excused" if excused else came,
                    "photo_consent": number % 3 != 0,
                    "basis": "sample",
                },
            )


def _held(life: Life, story: ExchangeStory, ref: str, opens: datetime) -> None:
    with life.as_role(story.lead, "charge") as w:
        for session in story.sessions:
            day = opens + timedelta(days=session.day - 1)
            records.add_part(
                w,
                ref,
                "session",
                {
                    "day": day.date().isoformat(),
                    "start": session.start,
                    "end": session.end,
                    "title": session.title,
                    "minutes": session.minutes or None,
                    "decisions": session.decisions or None,
                },
            )
        for question, score, answers in story.scores:
            values: Mapping[str, Value] = {
                "question": question,
                "score": score,
                "answers": answers,
            }
            records.add_part(w, ref, "evaluation", values)
        actions.perform(w, ref, "hold")
        programme = _programme(story)
        attachments.attach_bytes(w, ref, "programme.txt", programme, "programme", "Programme")
    _finds(life, story, ref, story.lead)
    _recommended(life, story, ref, opens)


def _finds(life: Life, story: ExchangeStory, ref: str, office: str) -> None:
    """Each office writes what it learnt itself."""
    with life.as_role(office, "charge") as w:
        for finder, words in story.findings:
            if finder == office:
                values: Mapping[str, Value] = {"words": words, "field": story.fields[0]}
                records.add_part(w, ref, "finding", values)


def _programme(story: ExchangeStory) -> bytes:
    lines = [story.title, story.place, ""]
    lines += [f"J{s.day}  {s.start}–{s.end}  {s.title}" for s in story.sessions]
    return ("\n".join(lines) + "\n").encode()


def _recommended(life: Life, story: ExchangeStory, ref: str, opens: datetime) -> None:
    """Recommendations become follow-ups; those already due are done and verified."""
    with life.as_role(story.lead, "charge") as w:
        for what, office, days in story.recommendations:
            due = (opens + timedelta(days=days)).date().isoformat()
            records.add_part(
                w, ref, "recommendation", {"what": what, "by_office": office, "due_on": due}
            )
        made = follow_ups.from_recommendations(w, ref)
    for number, follow_up in enumerate(made):
        responsible = str(follow_up.fields["responsible_office"])
        if responsible == story.lead:
            _progresses(life, responsible, follow_up.ref, done=number % 2 == 0)


def _progresses(life: Life, office: str, ref: str, *, done: bool) -> None:
    with life.as_role(office, "charge") as w:
        actions.perform(w, ref, "start")
        if not done:
            return
        records.change(w, ref, {"evidence": "Document transmis aux quatre bureaux."})
        actions.perform(w, ref, "finish")
    with life.as_role(office, "focal") as w:
        actions.perform(w, ref, "verify")
