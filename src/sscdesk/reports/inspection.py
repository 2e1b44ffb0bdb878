"""Looks at how a PDF is built: what a paper of the desk never holds, and what hides in it."""

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

ACTIVE = frozenset(
    {
        "/JavaScript",
        "/JS",
        "/AA",
        "/OpenAction",
        "/Launch",
        "/EmbeddedFiles",
        "/RichMedia",
        "/XFA",
        "/OCProperties",
        "/GoToE",
        "/GoToR",
        "/SubmitForm",
        "/ImportData",
        "/Movie",
        "/Sound",
        "/Rendition",
        "/URI",
    }
)
"""Names that make a PDF act, fetch, or show one thing or another."""

_DEEPEST = 60
_MOST_OBJECTS = 200_000


def has_active_content(reader: PdfFileReader) -> bool:
    """Say whether any version of the file holds actions, scripts or layers."""
    for revision in range(reader.total_revisions):
        version: Any = reader.get_historical_resolver(revision)
        for reference in version.explicit_refs_in_revision():
            if _names_in(version(reference)) & ACTIVE:
                return True
    return False


def has_hidden_objects(reader: PdfFileReader) -> bool:
    """Say whether the first version holds objects that nothing in it refers to.

    That is where a shadow attack keeps the content that it shows later.
    """
    first: Any = reader.get_historical_resolver(0)
    used = _reachable(first)
    return any(reference not in used for reference in first.explicit_refs_in_revision())


def field_types(reader: PdfFileReader) -> set[str]:
    """Return the types of the form's fields; ``/Sig`` alone in a paper of the desk."""
    form = reader.root.get("/AcroForm")
    if not isinstance(form, generic.DictionaryObject):
        return set()
    return {str(field.get("/FT", "")) for field in _fields(form.get("/Fields"), 0)}


def _fields(entries: object, depth: int) -> Iterator[generic.DictionaryObject]:
    if not isinstance(entries, generic.ArrayObject) or depth > _DEEPEST:
        return
    for entry in entries:
        field = entry.get_object()
        if isinstance(field, generic.DictionaryObject):
            kids = field.get("/Kids")
            if kids is not None and "/FT" not in field:
                yield from _fields(kids, depth + 1)
            else:
                yield field


def _reachable(first: Any) -> set[generic.Reference]:
    used: set[generic.Reference] = set()
    waiting: list[object] = [first.trailer_view]
    while waiting and len(used) <= _MOST_OBJECTS:
        for reference in _references(waiting.pop(), 0):
            if reference not in used:
                used.add(reference)
                waiting.append(first(reference))
    return used


def _references(thing: object, depth: int) -> Iterator[generic.Reference]:
    if depth > _DEEPEST:
        return
    if isinstance(thing, generic.IndirectObject):
        yield thing.reference
    elif isinstance(thing, generic.DictionaryObject):
        for key in thing:
            yield from _references(thing.raw_get(key), depth + 1)
    elif isinstance(thing, generic.ArrayObject):
        for place in range(len(thing)):
            yield from _references(thing.raw_get(place), depth + 1)


def _names_in(thing: object, depth: int = 0) -> set[str]:
    """Return the keys and names of an object, not of those that it refers to."""
    if depth > _DEEPEST:
        return set()
    if isinstance(thing, generic.NameObject):
        return {str(thing)}
    if isinstance(thing, generic.DictionaryObject):
        found = {str(key) for key in thing}
        for key in thing:
            found |= _names_in(thing.raw_get(key), depth + 1)
        return found
    if isinstance(thing, generic.ArrayObject):
        parts = (_names_in(thing.raw_get(place), depth + 1) for place in range(len(thing)))
        return set().union(*parts)
    return set()
