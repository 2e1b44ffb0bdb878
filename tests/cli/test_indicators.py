"""Indicators on the command line: figures, periods, the records behind them."""

from tests.cli.calling import Caller

IND = ("code=IND-02", "level=output", "unit=participation", "aggregation=sum", "target=4")


EXCHANGES = """ref,title_fr,lead_office,kind,step,starts_on,ends_on,status
MA-EXC-2026-0901,Atelier,MA,workshop,share,2026-01-15,2026-01-15,held
MA-EXC-2026-0902,Atelier prévu,MA,workshop,share,2026-02-15,2026-02-15,planned
"""


def take_over(call: Caller, *people: str) -> None:
    """Take exchanges over from an older register, with those who attended."""
    folder = call.profile.parent
    rows = [f"MA-EXC-2026-0901,{one},MA,participant,attended" for one in people]
    for name, text in (
        ("exchanges", EXCHANGES),
        ("participants", "\n".join(["exchange,person,recorded_by,role,attendance", *rows])),
    ):
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        call("import", str(path), "--as", "exchange")
        assert call.exit == 0, call.text


def test_an_indicator_is_counted_and_opens_the_records_behind_it(ma: Caller) -> None:
    ma("new", "indicator", "title_fr=Participants", *IND)
    people = [
        ma("new", "person", f"given={name}", "family=Essai", f"sex={sex}")["ref"]
        for name, sex in (("Awa", "f"), ("Idrissa", "m"))
    ]
    take_over(ma, *people)

    found = ma("indicator", "ind-02", "--by", "sex", "--from", "2026", "--to", "2026")
    behind = ma("indicator", "IND-02", "--behind", "2026-Q1", "--by", "sex", "--side", "f")
    listed = ma("indicators")

    assert (found["value"], found["target"], found["progress_percent"]) == (2, 4, 50)
    assert {side: one["value"] for side, one in found["sides"].items()} == {"f": 1, "m": 1}
    assert [(line["period"], line["value"]) for line in found["periods"]] == [("2026-Q1", 2)]
    assert [(one["ref"], one["person"]) for one in behind["items"]] == [
        ("MA-EXC-2026-0901", "Awa Essai")
    ]
    assert [one["figure"] for one in listed["items"]] == ["2 / 4"]


def test_what_cannot_be_counted_is_refused_in_words(ma: Caller) -> None:
    ma("new", "indicator", "title_fr=Participants", *IND)

    assert ma.error("indicator", "IND-02", "--by", "plan")["code"] == "no-such-side"
    assert ma.error("indicator", "IND-99")["code"] == "not-found"
    assert ma.error("indicators", "--from", "31/06/2026")["code"] == "no-such-day"
