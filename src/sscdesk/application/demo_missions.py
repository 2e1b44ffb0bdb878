"""How a mission of the demonstration is lived, by the officers of its office and its host."""

import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sscdesk.application import actions, attachments, follow_ups, records, reports
from sscdesk.application.demo_life import PASSPHRASE, Life
from sscdesk.application.demo_mission_texts import Leg, MissionStory
from sscdesk.application.views import ListQuery
from sscdesk.application.workspace import Workspace
from sscdesk.model.codec import money_of
from sscdesk.model.offices import CURRENCY_OF
from sscdesk.model.values import Money, Value

HOME = {"MA": "Rabat", "CI": "Abidjan", "ML": "Bamako", "SN": "Dakar"}
RATES = {
    ("XOF", "MAD"): ("0.0164", "Bank Al-Maghrib"),
    ("MAD", "XOF"): ("60.98", "BCEAO"),
    ("EUR", "MAD"): ("10.75", "Bank Al-Maghrib"),
    ("EUR", "XOF"): ("655.957", "BCEAO"),
}
"""Units of the office's currency for one of the amount's, and who published the rate."""
BUDGET = {
    "MAD": (("transport_air", "24000"), ("per_diem", "18400"), ("lodging", "6200")),
    "XOF": (("transport_air", "980000"), ("per_diem", "720000"), ("lodging", "240000")),
}


def live_mission(life: Life, story: MissionStory, departs: datetime) -> list[Path]:
    """Bring one mission as far as its story goes; return the documents that were signed."""
    returns = departs + timedelta(days=story.days)
    with life.as_role(story.office, "charge") as w:
        made = _prepared(w, story, departs, returns)
        if story.goes_to == "draft":
            return []
        actions.perform(w, made, "submit")
    if story.goes_to == "submitted":
        return []
    with life.as_role(story.office, "focal") as w:
        actions.perform(w, made, "approve")
    if story.goes_to == "cancelled":
        with life.as_role(story.office, "chef") as w:
            actions.perform(w, made, "cancel", "La partie hôte a demandé un report.")
    if story.goes_to in ("approved", "cancelled"):
        return []
    return _travelled(life, story, made, departs)


def _travelled(life: Life, story: MissionStory, made: str, departs: datetime) -> list[Path]:
    order = _signed(life, story.office, "mission_order", made)
    with life.as_role(story.office, "chef") as w:
        actions.perform(w, made, "authorise")
    if story.goes_to == "authorised":
        return [order]
    life.clock.reach(departs)
    with life.as_role(story.office, "charge") as w:
        actions.perform(w, made, "depart")
    if story.goes_to == "under_way":
        return [order]
    life.clock.reach(departs + timedelta(days=story.days, hours=8))
    with life.as_role(story.office, "charge") as w:
        actions.perform(w, made, "come_back")
        _told(w, story, made, departs)
    if story.goes_to == "returned":
        return [order]
    return [order, *_reported(life, story, made)]


def _prepared(w: Workspace, story: MissionStory, departs: datetime, returns: datetime) -> str:
    currency = CURRENCY_OF[w.office]
    lines = [(kind, money_of(Decimal(amount), currency)) for kind, amount in BUDGET[currency]]
    total = sum(amount.minor for _kind, amount in lines)
    values: dict[str, Value] = {
        "purpose_fr": story.purpose,
        "purpose_en": story.purpose_en,
        "exchange": _exchange(w, story),
        "host_offices": (story.host,),
        "country": story.host,
        "departs_on": departs.date().isoformat(),
        "returns_on": returns.date().isoformat(),
        "transport": "air",
        "fields_of_action": story.fields,
        "tor_context": story.context,
        "tor_objectives": story.objectives,
        "tor_outputs": story.outputs,
        "funding_source": "state_budget",
        "budget": Money(total, currency),
        "basis": "sample",
    }
    people: list[dict[str, Value]] = [{"person": w.actor.officer, "quality": "head"}]
    people += [{"person": records.find(w, r), "quality": "member"} for r in story.travellers]
    parts: dict[str, list[dict[str, Value]]] = {
        "traveller": people,
        "leg": [_leg(leg, departs) for leg in story.legs or _there_and_back(w.office, story)],
        "budget_line": [
            {"kind": kind, "amount": amount, "quantity": str(story.days)} for kind, amount in lines
        ],
    }
    return records.create(w, "mission", values, parts).ref


def _exchange(w: Workspace, story: MissionStory) -> str | None:
    """The exchange that the mission serves, where this office knows it by now."""
    if not story.serves:
        return None
    query = ListQuery("exchange", (("title_fr", "is", story.serves),))
    return next((row.id for row in records.listing(w, query).items), None)


def _there_and_back(office: str, story: MissionStory) -> Iterable[Leg]:
    home = HOME[office]
    yield home, story.place, 0, "07:30", "", story.host, "air"
    yield story.place, home, story.days, "16:20", "", office, "air"


def _leg(leg: Leg, departs: datetime) -> dict[str, Value]:
    start, end, day, leaves, arrives, country, transport = leg
    return {
        "from_place": start,
        "to_place": end,
        "date": (departs + timedelta(days=day)).date().isoformat(),
        "time": leaves,
        "arrival_time": arrives or None,
        "country": country,
        "transport": transport,
    }


# ---------------------------------------------------------------- what they bring home


def _told(w: Workspace, story: MissionStory, ref: str, departs: datetime) -> None:
    for number, (organisation, subject, agreed) in enumerate(story.meetings):
        day = departs + timedelta(days=1 + number % max(1, story.days - 1))
        meeting: dict[str, Value] = {
            "held_on": day.date().isoformat(),
            "organisation": records.find(w, organisation),
            "persons": _met(w, organisation),
            "subject": subject,
            "agreed": agreed,
        }
        records.add_part(w, ref, "meeting", meeting)
    for words in story.findings:
        records.add_part(w, ref, "finding", {"words": words, "field": story.fields[0]})
    for what, days in story.recommendations:
        due = (departs + timedelta(days=days)).date().isoformat()
        records.add_part(w, ref, "recommendation", {"what": what, "due_on": due})
    records.change(w, ref, {"summary": story.summary, "next_steps": story.next_steps})
    follow_ups.from_recommendations(w, ref)
    note = "\n\n".join([story.purpose, story.summary, *story.findings]).encode()
    attachments.attach_bytes(w, ref, "notes de mission.txt", note, "letter", "Notes de mission")
    _spent(w, story, ref, departs)


def _met(w: Workspace, organisation: str) -> tuple[str, ...]:
    """Somebody of the directory who holds a post there."""
    identifier = records.find(w, organisation)
    with w.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT parent FROM person_post WHERE organisation = ? AND deleted = 0 "
            "ORDER BY parent LIMIT 1",
            (identifier,),
        ).scalars()
        return tuple(map(str, found))


def _spent(w: Workspace, story: MissionStory, ref: str, departs: datetime) -> None:
    mission, own = records.find(w, ref), CURRENCY_OF[w.office]
    for number, (kind, amount, currency, description) in enumerate(story.expenses, 1):
        spent = money_of(Decimal(amount), currency)
        values: dict[str, Value] = {
            "mission": mission,
            "traveller": w.actor.officer,
            "kind": kind,
            "spent_on": departs.date().isoformat(),
            "description": description,
            "amount": spent,
            "receipt": f"R{number:04}" if kind != "per_diem" else None,
            "eligible": True,
            "basis": "sample",
        }
        if currency != own:
            values |= _converted(spent, own, departs)
        made = records.create(w, "expense", values)
        if kind == "lodging":
            attachments.attach_bytes(w, made.ref, "facture.png", _scan(), "receipt", "Facture")


def _converted(spent: Money, own: str, day: datetime) -> dict[str, Value]:
    rate, source = RATES[spent.currency, own]
    digits = Decimal("0.01") if own == "MAD" else Decimal(1)
    return {
        "office_amount": money_of((spent.amount * Decimal(rate)).quantize(digits), own),
        "rate": rate,
        "rate_source": source,
        "rate_date": day.date().isoformat(),
    }


def _scan() -> bytes:
    """A picture of a page with grey lines (PNG, 48 by 64)."""
    white, grey = b"\x00" + b"\xff" * 48, b"\x00" + b"\xff" * 6 + b"\x99" * 36 + b"\xff" * 6
    pixels = b"".join(grey if row % 8 == 4 and row > 8 else white for row in range(64))
    header = (48).to_bytes(4) + (64).to_bytes(4) + bytes((8, 0, 0, 0, 0))
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)
        for name, data in chunks
    )


# ---------------------------------------------------------------- the papers


def _signed(life: Life, office: str, kind: str, mission: str) -> Path:
    """Take a paper through the signature book of an office."""
    report = _reviewed(life, office, kind, mission)
    with life.as_role(office, "chef") as w:
        reports.sign(w, report, PASSPHRASE)
        path = life.folder / "documents" / f"{report}.pdf"
        reports.save(w, report, path)
    return path


def _reviewed(life: Life, office: str, kind: str, mission: str) -> str:
    with life.as_role(office, "charge") as w:
        report = reports.build(w, kind, mission, "fr").ref
        reports.submit(w, report)
    with life.as_role(office, "focal") as w:
        reports.review(w, report)
    return report


def _reported(life: Life, story: MissionStory, mission: str) -> list[Path]:
    if story.goes_to == "reviewed":
        _reviewed(life, story.office, "mission_report", mission)
        return []
    path = _signed(life, story.office, "mission_report", mission)
    with life.as_role(story.office, "focal") as w:
        actions.perform(w, mission, "report")
    made = [path]
    if story.countersigned:
        made.append(_countersigned(life, story, path.stem))
    if story.goes_to in ("settled", "closed"):
        _settled(life, story.office, mission)
    if story.goes_to == "closed":
        with life.as_role(story.office, "chef") as w:
            actions.perform(w, mission, "close")
    return made


def _countersigned(life: Life, story: MissionStory, report: str) -> Path:
    """The file goes to the host office, its head signs, the answer comes back."""
    life.send(story.host, story.office)
    life.send(story.office, story.host)
    with life.as_role(story.host, "chef") as w:
        reports.countersign(w, report, PASSPHRASE)
    life.send(story.host, story.office)
    path = life.folder / "documents" / f"{report}-contresigne.pdf"
    reports.save(life.desks[story.office], report, path)
    return path


def _settled(life: Life, office: str, mission: str) -> None:
    with life.as_role(office, "focal") as w:
        query = ListQuery("expense", (("mission", "is", records.find(w, mission)),))
        for expense in records.listing(w, query).items:
            actions.perform(w, expense.ref, "accept")
        today = w.clock().date().isoformat()
        actions.perform(w, mission, "settle", values={"balance_settled_on": today})
