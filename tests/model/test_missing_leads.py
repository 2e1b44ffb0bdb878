"""Whatever stands between an officer and an act says where it can be put right."""

import ast
from pathlib import Path

import pytest

import sscdesk.model.machines as machines

PEOPLE = {"not-your-role"}
"""What only another person can do: there is nothing to fill in."""

MODULES = sorted(Path(machines.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_each_thing_that_is_missing_names_its_field_or_its_record(module: Path) -> None:
    silent = [
        code
        for call in _missing_calls(module)
        if (code := _code(call)) not in PEOPLE
        and not {"field", "record"} & {keyword.arg for keyword in call.keywords}
    ]

    assert silent == []


def _missing_calls(module: Path) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Missing"
    ]


def _code(call: ast.Call) -> str:
    first = call.args[0]
    return first.value if isinstance(first, ast.Constant) else ast.unparse(first)
