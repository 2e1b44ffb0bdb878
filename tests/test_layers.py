"""The rules of the layers are declared for every module, and the two that have no contract."""

import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def contracts() -> dict[str, dict[str, list[str]]]:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {one["id"]: one for one in configuration["tool"]["importlinter"]["contracts"]}


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("sscdesk", include_external_packages=True, cache_dir=None)


def modules() -> set[str]:
    """The parts of the program, as its folder shows them."""
    folder = ROOT / "src" / "sscdesk"
    names = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    return names | {path.parent.name for path in folder.glob("*/__init__.py")}


def test_the_layers_name_every_part_of_the_program(contracts) -> None:
    named = {
        part.strip(" ()") for layer in contracts["layers"]["layers"] for part in layer.split("|")
    }

    assert named == modules()


def test_qt_is_forbidden_everywhere_but_in_the_windows(contracts) -> None:
    sources = {name.removeprefix("sscdesk.") for name in contracts["qt"]["source_modules"]}

    assert sources == modules() - {"ui", "__main__"}


def test_the_driver_is_forbidden_everywhere_but_in_the_store(contracts) -> None:
    sources = {name.removeprefix("sscdesk.") for name in contracts["driver"]["source_modules"]}

    assert sources == modules() - {"store", "__main__"}


def test_no_contract_makes_an_exception(contracts) -> None:
    assert [name for name, one in contracts.items() if one.get("ignore_imports")] == []


def test_the_languages_know_of_the_model_only_texts_refusals_and_vocabularies(imports) -> None:
    known = {
        name
        for name in imports.find_modules_directly_imported_by("sscdesk.i18n")
        if name.startswith("sscdesk")
    }

    assert known <= {"sscdesk.model.refusal", "sscdesk.model.text", "sscdesk.model.vocabulary_seed"}


def test_the_model_never_translates(imports) -> None:
    model = {"sscdesk.model"} | imports.find_descendants("sscdesk.model")

    assert {
        name for name in model if "sscdesk.i18n" in imports.find_modules_directly_imported_by(name)
    } == set()


def test_an_open_desk_has_loaded_no_library_that_only_a_paper_or_a_spreadsheet_needs() -> None:
    program = "import sys, sscdesk.ui.opening as o; o.load_everything(); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()

    late = {
        "PIL", "icalendar", "lxml", "openpyxl", "phonenumbers", "pyhanko", "pypdfium2",
        "python_calamine", "reportlab", "uharfbuzz", "vobject",
    }  # fmt: skip
    assert {name.split(".")[0] for name in loaded} & late == set()


def test_the_door_imports_neither_face_before_it_knows_which(imports) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, sscdesk.__main__; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert {name for name in loaded if name.split(".")[0] in ("PySide6", "sqlalchemy")} == set()
    assert not {"sscdesk.ui", "sscdesk.cli"} & set(loaded)
