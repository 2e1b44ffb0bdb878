"""What is worked out about records, on the command line."""

from tests.cli.calling import Caller


def a_body(call: Caller, country: str) -> str:
    words = (f"name_fr=Ministère {country}", f"country={country}", "kind=ministry")
    return str(call("new", "organisation", *words, "level=national")["id"])


def a_plan(call: Caller, bodies: dict[str, str]) -> str:
    parties = ",".join(bodies.values())
    agreement = call("new", "agreement", "title_fr=Mémo", f"parties={parties}", "countries=MA,ML")
    words = ("title_fr=Plan", "offices=MA,ML", f"agreement={agreement['ref']}")
    return str(call("new", "action_plan", *words, "period_from=2026", "period_until=2028")["ref"])


def test_promises_answers_both_columns_with_their_totals(ma: Caller) -> None:
    bodies = {country: a_body(ma, country) for country in ("MA", "ML")}
    plan = a_plan(ma, bodies)
    words = (f"action_plan={plan}", "field=migrants_rights", "owed_by=MA", "owed_to=ML")
    made = ma(
        "new",
        "commitment",
        "title_fr=Former deux agents",
        *words,
        f"owner_organisation={bodies['MA']}",
        f"beneficiary_organisation={bodies['ML']}",
        "due_on=2099-01-01",
    )

    found = ma("promises", plan)["plans"][0]

    (row,) = found["axes"][0]["bargains"]
    assert (found["first"], found["second"]) == ("MA", "ML")
    assert [one["ref"] for one in row["first"]] == [made["ref"]]
    assert (row["second"], row["half_elsewhere"]) == ([], False)
    assert found["totals"][0]["counts"]["proposed"] == 1


def test_thread_says_what_the_next_step_wants_and_where(ma: Caller) -> None:
    body = a_body(ma, "MA")
    words = ("title_fr=Guichet", "country=MA", f"owner_organisation={body}")
    practice = ma("new", "practice", *words, "field=migrants_rights", "sub_theme=integration")
    ma(
        "new",
        "exchange",
        "title_fr=Visite",
        "kind=study_visit",
        "step=transfer",
        "lead_office=MA",
        f"practices={practice['ref']}",
    )

    found = ma("thread", practice["ref"])

    steps = {one["step"]: one for one in found["steps"]}
    assert [steps[one]["standing"] for one in ("identify", "share", "transfer")] == [
        "under_way",
        "skipped",
        "under_way",
    ]
    first = steps["transfer"]["missing"][0]
    assert (first["code"], first["entity"], first["record"]) == (
        "not-validated",
        "practice",
        practice["id"],
    )
    assert first["message"] == f"{practice['ref']} is not validated by its owner yet."


def test_another_kind_of_record_is_refused_in_words(ma: Caller) -> None:
    body = a_body(ma, "MA")

    assert ma.error("promises", body)["code"] == "no-promises"
    assert ma.error("thread", body)["code"] == "no-thread"
    assert ma.exit == 2


def test_a_missing_role_is_named_in_words(ma: Caller) -> None:
    plan = a_plan(ma, {country: a_body(ma, country) for country in ("MA", "ML")})

    (adopt,) = [one for one in ma("actions", plan)["actions"] if one["action"] == "adopt"]

    assert "This is for the role “Head of office, signatory”." in [
        one["message"] for one in adopt["missing"]
    ]


def test_accounts_convert_and_tell_the_balance(ma: Caller) -> None:
    words = ("purpose_fr=Visite", "departs_on=2026-03-09", "returns_on=2026-03-13", "country=ML")
    mission = ma("new", "mission", *words, "advance=1000 MAD")["ref"]
    officer = ma("list", "officer")["items"][0]["ref"]
    spent = (f"mission={mission}", f"traveller={officer}", "kind=other", "spent_on=2026-03-10")
    ma("new", "expense", *spent, "amount=100 EUR", "rate=10.85", "rate_source=Bank Al-Maghrib")
    before = ma("accounts", mission)

    after = ma("accounts", mission, "--convert")

    assert (before["balance"]["without_rate"], before["due"]) == (1, -100_000)
    assert after["lines"][0]["counted"] == "1085.00 MAD"
    assert after["due"] == 8_500
    assert [one["code"] for one in after["allowances"]["missing"]] == ["no-traveller"]


def test_reminders_are_listed_since_a_day(ma: Caller) -> None:
    words = ("purpose_fr=Visite", "departs_on=2026-03-09", "returns_on=2026-03-13")
    mission = ma("new", "mission", *words)["ref"]
    officer = ma("list", "officer")["items"][0]["ref"]
    due = ("action_fr=Rédiger", f"origin={mission}", f"responsible={officer}")
    made = ma("new", "follow_up", *due, "responsible_office=MA", "due_on=2020-01-10")

    nothing = ma("reminders")
    found = ma("reminders", "--since", "2020-01-01")

    assert nothing == {"since": None, "items": []}
    assert [(one["ref"], one["reason"]) for one in found["items"]] == [(made["ref"], "Became due")]
    assert ma.error("reminders", "--since", "soon")["code"] == "not-a-date"
