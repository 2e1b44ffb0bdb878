"""Writing results: one JSON document, or lines that a person reads."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO


def write_result(result: Any, out: TextIO, *, as_json: bool) -> None:
    """Write what a call answered."""
    if result is None:
        return
    if as_json:
        out.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
        return
    for line in _lines(result):
        out.write(line + "\n")


def _lines(value: Any, indent: str = "") -> Iterator[str]:
    if isinstance(value, Mapping) and isinstance(value.get("items"), list) and not indent:
        yield from _table(value["items"])
        yield from _lines({k: v for k, v in value.items() if k != "items" and v is not None})
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if _is_simple(one):
                if one not in (None, "", []):
                    yield f"{indent}{key}: {_simple(one)}"
            elif one:
                yield f"{indent}{key}:"
                yield from _lines(one, indent + "  ")
    elif isinstance(value, list):
        for one in value:
            inner = list(_lines(one, indent + "  "))
            if inner:
                yield f"{indent}- {inner[0].lstrip()}"
                yield from inner[1:]
    else:
        yield f"{indent}{_simple(value)}"


def _table(items: list[Any]) -> Iterator[str]:
    for item in items:
        if not isinstance(item, Mapping):
            yield str(item)
            continue
        names = ("ref", "office", "state", "entity", "title", "file_name", "action", "at", "figure")
        shown = [_simple(item[name]) for name in names if item.get(name)]
        yield "  ".join(shown) if shown else json.dumps(item, ensure_ascii=False)


def _is_simple(value: Any) -> bool:
    if isinstance(value, list):
        return all(_is_simple(one) and not isinstance(one, list) for one in value)
    return not isinstance(value, Mapping)


def _simple(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)
