"""The contract of the command line: answers, exit codes, error codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sscdesk.cli.main import all_calls, main
from tests.cli.calling import Caller

MISSION = (
    "purpose_fr=Visite d'échange",
    "departs_on=2026-03-09",
    "returns_on=2026-03-13",
    "host_offices=ML",
)


def test_init_answers_who_and_with_which_eight_words(ma: Caller) -> None:
    shown = ma("card", "show")

    assert shown["office"] == "MA"
    assert len(shown["fingerprint"].split()) == 8


def test_new_answers_the_record_of_the_contract(ma: Caller) -> None:
    made = ma("new", "mission", *MISSION)

    assert made["ref"].startswith("MA-MIS-")
    assert made["state"] == "draft"
    assert made["fields"]["host_offices"] == ["ML"]
    assert {"ref", "id", "entity", "state", "audience", "fields", "conflicts", "updated"} <= set(
        made
    )


def test_set_changes_clears_and_adds(ma: Caller) -> None:
    ref = ma("new", "mission", *MISSION, "purpose_en=Visit")["ref"]

    changed = ma("set", ref, "purpose_en=", "fields_of_action+=migrants_rights", "budget=48600 MAD")

    assert changed["fields"]["purpose_en"] is None
    assert changed["fields"]["fields_of_action"] == ["migrants_rights"]
    assert changed["fields"]["budget"] == "48600.00 MAD"
    again = ma("set", ref, "fields_of_action-=migrants_rights")
    assert again["fields"]["fields_of_action"] == []


def test_rows_inside_a_record_are_added_changed_and_removed(ma: Caller) -> None:
    ref = ma("new", "mission", *MISSION)["ref"]

    leg = ma("add", ref, "leg", "from_place=Rabat", "to_place=Bamako", "date=2026-03-09")
    ma("change", ref, "leg", leg["id"], "time=07:30")
    assert ma("show", ref)["parts"]["leg"][0]["fields"]["time"] == "07:30"

    assert ma("remove", ref, "leg", "1")["parts"]["leg"] == []


def test_actions_say_what_is_missing_and_do_refuses_with_the_same(ma: Caller) -> None:
    ref = ma("new", "mission", *MISSION)["ref"]

    (submit,) = [one for one in ma("actions", ref)["actions"] if one["action"] == "submit"]
    error = ma.error("do", "submit", ref)

    assert not submit["allowed"]
    assert ma.exit == 1
    assert error["code"] in {one["code"] for one in submit["missing"]}
    assert error["hint"]


def test_history_tells_who_changed_what_from_and_to(ma: Caller) -> None:
    ref = ma("new", "mission", *MISSION)["ref"]
    ma("set", ref, "purpose_en=Visit")

    latest = ma("show", ref, "--history")["history"][0]

    assert latest["officer"] == "Nadia Alaoui"
    assert latest["changes"] == [
        {
            "row": ma("show", ref)["id"],
            "part": None,
            "field": "purpose_en",
            "from": None,
            "to": "Visit",
        }
    ]


def test_list_pages_by_cursor_until_all_were_seen(ma: Caller) -> None:
    words = "\n".join(json.dumps(["new", "person", f"given=Awa {n:02}"]) for n in range(7))
    ma("batch", stdin=words)

    seen, after = [], None
    while True:
        more = ["--after", after] if after else []
        page = ma("list", "person", "--sort", "given", "--limit", "3", *more)
        seen += [one["title"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break

    assert page["total"] == 7
    assert seen == [f"Awa {n:02}" for n in range(7)]


def test_search_forgives_accents(ma: Caller) -> None:
    ma("new", "person", "given=Awa", "family=Traoré")

    assert [hit["title"] for hit in ma("search", "traore")["items"]] == ["Awa Traoré"]


def test_delete_and_restore(ma: Caller) -> None:
    ref = ma("new", "person", "given=Awa")["ref"]

    assert ma("delete", ref)["deleted"]
    assert ma("list", "person")["total"] == 0
    assert not ma("restore", ref)["deleted"]


def test_attachments_go_in_and_come_out_as_they_were(ma: Caller, tmp_path: Path) -> None:
    ref = ma("new", "person", "given=Awa")["ref"]
    letter = tmp_path / "lettre d'invitation.txt"
    letter.write_bytes(b"Bonjour")

    ma("attach", ref, str(letter), "--title", "Invitation")
    (kept,) = ma("attachments", ref)["items"]
    ma("save-attachment", ref, kept["file_name"], str(tmp_path / "copie.txt"))

    assert kept["media_type"] == "text/plain"
    assert (tmp_path / "copie.txt").read_bytes() == letter.read_bytes()


def test_fields_answer_what_the_contract_names(ma: Caller) -> None:
    found = ma("fields", "mission")["fields"]

    for one in found:
        assert {
            "name", "label", "type", "required", "codes", "entity", "personal", "audience", "help"
        } <= set(one)  # fmt: skip
    assert next(f for f in found if f["name"] == "budget")["type"] == "money"


def test_two_offices_exchange_a_file(ma: Caller, ml: Caller, tmp_path: Path) -> None:
    for one in (ma, ml):
        one("card", "export", str(tmp_path / f"{one.profile.name}.ssccard"))
    ma(
        "card",
        "trust",
        str(tmp_path / "ML.ssccard"),
        "--fingerprint",
        ml("card", "show")["fingerprint"],
    )
    ml(
        "card",
        "trust",
        str(tmp_path / "MA.ssccard"),
        "--fingerprint",
        ma("card", "show")["fingerprint"],
    )
    ref = ma("new", "mission", *MISSION)["ref"]
    path = tmp_path / "bamako.sscsync"

    assert ma("sync", "export", "--to", "ML", "-o", str(path))["commits"] > 0
    assert ml("sync", "inspect", str(path))["applied"] > 0
    assert ml("list", "mission")["total"] == 0
    taken = ml("sync", "import", str(path))

    assert {"applied", "conflicts", "parked", "suggestions"} <= set(taken)
    assert ml("show", ref)["title"] == "Visite d'échange"
    ml("sync", "export", "--to", "MA", "-o", str(tmp_path / "rabat.sscsync"))
    ma("sync", "import", str(tmp_path / "rabat.sscsync"))
    assert ma("sync", "digest") == ml("sync", "digest")
    status = {one["office"]: one for one in ma("sync", "status")["partners"]}
    assert status["ML"]["to_send"] == 0
    assert status["ML"]["verified"]


def test_backup_and_restore_bring_everything_back(ma: Caller, tmp_path: Path) -> None:
    ref = ma("new", "person", "given=Awa")["ref"]
    ma("backup", str(tmp_path / "desk.sscbackup"))

    again = Caller(tmp_path / "restored")
    again("restore-backup", str(tmp_path / "desk.sscbackup"))

    assert again.exit == 0
    assert again("show", ref)["title"] == "Awa"
    assert again("check")["clean"]


def test_check_is_clean_and_audit_tells(ma: Caller) -> None:
    assert ma("check") == {
        "clean": True, "records": 2, "commits": 2, "repaired": [], "findings": []
    }  # fmt: skip
    assert [line["action"] for line in ma("audit")["items"]] == ["office-founded"]


def test_batch_runs_each_line_by_itself_and_goes_on_after_a_refusal(ma: Caller) -> None:
    lines = [
        ["new", "person", "given=Awa"],
        ["new", "person", "nonsense=1"],
        ["bogus"],
        ["list", "person"],
    ]

    answers = ma("batch", stdin="\n".join(map(json.dumps, lines)))
    found = [json.loads(line) for line in answers.splitlines()]

    assert [one["exit"] for one in found] == [0, 2, 2, 0]
    assert found[3]["result"]["total"] == 1


@pytest.mark.parametrize("lang", ["fr", "en", "ar"])
def test_a_wrong_passphrase_is_exit_4_in_each_language(ma: Caller, secret: Path, lang: str) -> None:
    secret.write_text("autre chose\n", encoding="utf-8")

    error = ma.error("list", "person", lang=lang)

    assert ma.exit == 4
    assert error["code"] == "wrong-passphrase"
    assert error["message"]
    assert error["hint"]


def test_nothing_like_it_is_exit_2(ma: Caller) -> None:
    assert ma.error("show", "MA-MIS-2026-9999")["code"] == "not-found"
    assert ma.exit == 2
    assert ma.error("frobnicate")["code"] == "wrong-call"
    assert ma.exit == 2


def test_a_file_that_is_none_is_exit_3_and_changes_nothing(ma: Caller, tmp_path: Path) -> None:
    path = tmp_path / "photo.sscsync"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    before = ma("sync", "digest")

    ma.error("sync", "import", str(path))

    assert ma.exit == 3
    assert ma("sync", "digest") == before


def test_a_field_that_is_wrong_is_exit_1_with_its_name(ma: Caller) -> None:
    error = ma.error(
        "new", "mission", "purpose_fr=X", "departs_on=2026-06-31", "returns_on=2026-07-02"
    )

    assert ma.exit == 1
    assert error["field"] == "departs_on"


def test_a_damaged_database_is_told_in_words(ma: Caller) -> None:
    path = ma.profile / "sscdesk.db"
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)

    error = ma.error("list", "person")

    assert ma.exit in (3, 4)
    assert error["code"] != "defect"
    assert error["hint"]


def test_a_profile_open_in_another_program_is_exit_4(ma: Caller, secret: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from sscdesk.store.profile import Profile;"
        "p = Profile.open(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(ma.profile)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        other.stdout.readline()
        error = ma.error("list", "person")
        assert other.stdin is not None
        other.stdin.close()

    assert ma.exit == 4
    assert error["code"] == "profile-in-use"


def test_every_call_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for call in all_calls():
        assert main([*call.words, "--help", "--lang", "en"]) == 0
        told = capsys.readouterr().out
        assert "sscdesk" in call.example
        assert " ".join(call.help.split()[:3]) in " ".join(told.split())


def test_an_unexpected_exception_is_a_defect_without_a_traceback(
    ma: Caller, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_args: object, **_settings: object) -> None:
        raise RuntimeError("Awa Traoré, +223 ...")

    monkeypatch.setattr("sscdesk.application.listing.list_rows", broken)

    error = ma.error("list", "person")

    assert error["code"] == "defect"
    assert "Traoré" not in json.dumps(error, ensure_ascii=False) + capsys.readouterr().err
