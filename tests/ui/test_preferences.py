"""What a laptop remembers of its windows; never what somebody recorded."""

import json
from pathlib import Path

import pytest

from sscdesk.ui.preferences import FILE, Preferences


def test_what_is_chosen_comes_back(tmp_path: Path) -> None:
    kept = Preferences.of(tmp_path)
    kept.language = "ar"
    kept.list_share = 50
    kept.columns = {"mission": ["ref", "title"]}

    kept.save()
    again = Preferences.of(tmp_path)

    assert (again.language, again.list_share) == ("ar", 50)
    assert again.columns == {"mission": ["ref", "title"]}


@pytest.mark.parametrize("content", ["", "{", "[1]", "null", '{"language": "xx"}', "\x00\xff"])
def test_a_damaged_file_counts_as_nothing_kept(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="latin-1")

    assert Preferences.of(tmp_path).language == "fr"


def test_what_is_not_allowed_cannot_be_kept() -> None:
    with pytest.raises(ValueError, match="list_share"):
        Preferences().list_share = 99


def test_what_a_newer_version_kept_is_passed_on(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps({"wings": 2}))
    kept = Preferences.of(tmp_path)
    kept.scheme = "dark"

    kept.save()

    assert json.loads((tmp_path / FILE).read_text())["wings"] == 2


def test_an_enormous_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps({"language": "ar", "x": "y" * 300_000}))

    assert Preferences.of(tmp_path).language == "fr"


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    Preferences.of(tmp_path).save()

    assert not (tmp_path / FILE).exists()


def test_a_folder_that_is_gone_is_no_failure(tmp_path: Path) -> None:
    kept = Preferences.of(tmp_path / "gone")
    kept.scheme = "dark"

    kept.save()

    assert not (tmp_path / "gone").exists()
