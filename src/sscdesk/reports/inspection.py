"""Looks at how a PDF is built: what a paper of the desk never holds, and what hides in it."""

from collections.abc import Iterator, Sequence
from typing import Any

from asn1crypto import cms
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
    form = _entry(reader.root, "/AcroForm")
    return {str(_entry(field, "/FT")) for field in _fields(_entry(form, "/Fields"), 0)}


def _entry(dictionary: object, key: str) -> object:
    """Return what stands under ``key``, wherever the file keeps it; None for nothing."""
    if isinstance(dictionary, generic.DictionaryObject) and key in dictionary:
        return dictionary.raw_get(key).get_object()
    return None


def _fields(entries: object, depth: int) -> Iterator[generic.DictionaryObject]:
    if not isinstance(entries, generic.ArrayObject) or depth > _DEEPEST:
        return
    for place in range(len(entries)):
        field = entries.raw_get(place).get_object()
        if isinstance(field, generic.DictionaryObject):
            kids = _entry(field, "/Kids")
            if kids is not None and "/FT" not in field:
                yield from _fields(kids, depth + 1)
            else:
                yield field


def is_plain_container(content: bytes, signed_data: Any, others: Sequence[bytes]) -> bool:
    """Say whether a signature's container holds what it must and not a bit more.

    A container is not covered by the signature: whatever in it could be changed unnoticed (more
    certificates than those of ``others`` (DER), attributes that are not signed, another encoding,
    bytes after its end) must not be there.
    """
    [signer] = signed_data["signer_infos"]
    certificates = {item.chosen.dump() for item in signed_data["certificates"]}
    message = cms.ContentInfo({"content_type": "signed_data", "content": signed_data})
    encoded = message.dump(force=True)
    return (
        content.startswith(encoded)
        and not content[len(encoded) :].strip(b"\0")
        and len(certificates) == len(signed_data["certificates"])
        and certificates <= set(others)
        and signed_data["version"].native == "v1"
        and signed_data["crls"].native is None
        and signed_data["encap_content_info"]["content"].native is None
        and [item["algorithm"].native for item in signed_data["digest_algorithms"]] == ["sha256"]
        and signer["unsigned_attrs"].native is None
    )


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
