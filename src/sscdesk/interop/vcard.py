"""Contact cards: reads versions 2.1, 3.0 and 4.0, writes 3.0.

Version 3.0 (RFC 2426) is what telephones and Outlook all accept; 2.1 is what old
telephones write, with quoted-printable lines and character sets of their own; 4.0 is
RFC 6350. A broken card is reported with its line and never stops the others.
"""

import binascii
import quopri
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sscdesk.interop.cleaning import cleaned
from sscdesk.interop.encoding import decoded
from sscdesk.interop.names import read_name
from sscdesk.interop.refusing import not_a_spreadsheet, too_large
from sscdesk.interop.sheet import BrokenRow, Kind, Limits, Remark, Sheet
from sscdesk.interop.sniffing import form_of
from sscdesk.model.text import N_
from sscdesk.store.files import writing_aside

LIMITS = Limits(file_bytes=64 * 2**20, rows=100_000)


@dataclass(frozen=True, slots=True)
class Card:
    """One contact; ``line`` is where it begins in the file."""

    given: str = ""
    family: str = ""
    name_ar: str = ""
    salutation: str = ""
    organisation: str = ""
    function: str = ""
    emails: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    address: str = ""
    website: str = ""
    notes: str = ""
    uid: str = ""
    line: int = 0


HEADINGS = (
    "given",
    "family",
    "name_ar",
    "salutation",
    "organisation",
    "function",
    "emails",
    "telephones",
    "address",
    "website",
    "notes",
)
"""The headings of cards laid out as a table."""


def read_cards(path: Path, limits: Limits = LIMITS) -> Sheet:
    """Read a file of cards as a table with ``HEADINGS``; row numbers are line numbers.

    Raises FileRefused ``no-cards``, ``file-too-large``; see ``form_of`` for others.
    """
    form_of(path, limits)
    text = decoded(path.read_bytes())
    cards: list[Card] = []
    broken: list[BrokenRow] = []
    remarks: list[Remark] = []
    for block in _blocks(text.text, limits):
        if block.fault:
            broken.append(_broken(block.line, block.fault, block.lines))
            continue
        card = _card(block, remarks)
        if card is None:
            broken.append(_broken(block.line, _NAMELESS, block.lines))
        else:
            cards.append(card)
    if not cards and not broken:
        raise not_a_spreadsheet(N_("it holds no contact cards"))
    return Sheet(
        "",
        f"vCard, {text.encoding}",
        HEADINGS,
        [_row(card) for card in cards],
        [card.line for card in cards],
        tuple(remarks),
        tuple(broken),
    )


def _row(card: Card) -> tuple[str, ...]:
    return (
        card.given,
        card.family,
        card.name_ar,
        card.salutation,
        card.organisation,
        card.function,
        "; ".join(card.emails),
        "; ".join(card.telephones),
        card.address,
        card.website,
        card.notes,
    )


_NAMELESS = N_("Line {row}: a card without a name or an organisation was not taken: {content}")
_UNENDED = N_("Line {row}: a card without its end was not taken: {content}")
_OVERLONG = N_("Line {row}: a card of more than {allowed} lines was not taken: {content}")
_LINES_OF_A_CARD = 5_000


@dataclass(slots=True)
class _Block:
    """The lines of one card, unfolded, each with its number."""

    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)
    fault: str = ""


def _blocks(text: str, limits: Limits) -> Iterator[_Block]:
    block: _Block | None = None
    count = 0
    for number, line in _unfolded(text):
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            if block is not None:
                block.fault = _UNENDED
                yield block
            block = _Block(number)
            count += 1
            if count > limits.rows:
                raise too_large(N_("cards"), count, limits.rows)
        elif word == "END:VCARD" and block is not None:
            yield block
            block = None
        elif block is not None and line.strip():
            if len(block.lines) < _LINES_OF_A_CARD:
                block.lines.append((number, line))
            else:
                block.fault = _OVERLONG
    if block is not None:
        block.fault = _UNENDED
        yield block


_QUOTED_PRINTABLE = re.compile(r"[^:]*;\s*(?:ENCODING=)?QUOTED-PRINTABLE", re.IGNORECASE)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Join folded lines: a leading space goes on with the line before; so does ``=`` in 2.1."""
    kept: list[str] = []
    start = 1
    soft = False
    for number, line in enumerate(re.split("\r\n|\r|\n", text), 1):
        if kept and soft:
            kept[-1] = kept[-1][:-1]
            kept.append(line)
        elif kept and line[:1] in (" ", "\t"):
            kept.append(line[1:])
        else:
            if kept:
                yield start, "".join(kept)
            kept, start = [line], number
        soft = line.endswith("=") and _QUOTED_PRINTABLE.match(kept[0]) is not None
    if kept:
        yield start, "".join(kept)


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    parameters: Mapping[str, str]
    value: str


_LINE = re.compile(r"(?:[\w-]+\.)?([\w-]+)((?:;(?:\"[^\"]*\"|[^;:\"])*)*):(.*)", re.DOTALL)


def _property(line: str) -> _Property | None:
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    parameters: dict[str, str] = {}
    for part in re.findall(r";((?:\"[^\"]*\"|[^;\"])*)", found[2]):
        name, mark, value = part.partition("=")
        key = name.strip().upper() if mark else _bare(name.strip().upper())
        parameters[key] = (value if mark else name).strip().strip('"')
    return _Property(found[1].upper(), parameters, _value(parameters, found[3]))


def _bare(word: str) -> str:
    """Version 2.1 writes values without their name: ``TEL;WORK;QUOTED-PRINTABLE:``."""
    return "ENCODING" if word in ("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT") else "TYPE"


def _value(parameters: Mapping[str, str], value: str) -> str:
    if parameters.get("ENCODING", "").upper() not in ("QUOTED-PRINTABLE", "Q"):
        return value
    try:
        content = quopri.decodestring(value.encode("utf-8", "surrogateescape"))
        return _in_charset(content, parameters.get("CHARSET", "utf-8"))
    except (ValueError, binascii.Error):
        return value


def _in_charset(content: bytes, charset: str) -> str:
    for name in (charset, "utf-8"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", "replace")


_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def _plain(value: str) -> str:
    return cleaned(_ESCAPE.sub(lambda e: "\n" if e[1] in "nN" else e[1], value))


def _parts(value: str) -> list[str]:
    """Cut at ``;``, but not at an escaped one."""
    parts = [""]
    for piece in re.findall(r"\\.|;|[^\\;]+|\\$", value, re.DOTALL):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return [_plain(part) for part in parts]


_IGNORED = frozenset(
    {
        "VERSION",
        "PRODID",
        "REV",
        "FN",
        "N",
        "SOURCE",
        "KIND",
        "PROFILE",
        "CLASS",
        "X-NAME-AR",
        "SORT-STRING",
    }
)


class _Reader:
    """Gathers what one card says; properties without a field of ours go into the notes."""

    def __init__(self, block: _Block, remarks: list[Remark]) -> None:
        self.single: dict[str, str] = {}
        self.emails: list[str] = []
        self.telephones: list[str] = []
        self.others: list[str] = []
        self.names: list[str] = []
        for number, line in block.lines:
            found = _property(line)
            if found is None:
                remarks.append(_unread(number, line))
            else:
                self._take(found, number, remarks)

    def _take(self, found: _Property, number: int, remarks: list[Remark]) -> None:
        name, value = found.name, found.value
        if name == "N":
            self.names = _parts(value)
        elif name == "EMAIL":
            self.emails.append(_plain(value).removeprefix("mailto:"))
        elif name == "TEL":
            self.telephones.append(_plain(value).removeprefix("tel:").replace(";ext=", " / "))
        elif name == "ORG":
            self.single.setdefault("ORG", ", ".join(part for part in _parts(value) if part))
        elif name == "ADR":
            self.single.setdefault("ADR", ", ".join(part for part in _parts(value) if part))
        elif name in ("PHOTO", "LOGO", "SOUND", "KEY"):
            remarks.append(_enclosed(number, name))
        elif name in _IGNORED or name in ("TITLE", "ROLE", "URL", "NOTE", "UID"):
            self.single.setdefault(name, _plain(value))
        elif value.strip():
            self.others.append(f"{name}: {_plain(value)}")


def _card(block: _Block, remarks: list[Remark]) -> Card | None:
    reader = _Reader(block, remarks)
    said = reader.single
    given, family, salutation, arabic = _names(reader.names, said)
    organisation = said.get("ORG", "")
    if not (given or family or arabic or organisation):
        return None
    return Card(
        given,
        family,
        arabic,
        salutation,
        organisation,
        said.get("TITLE") or said.get("ROLE", ""),
        tuple(dict.fromkeys(mail for mail in reader.emails if mail)),
        tuple(dict.fromkeys(number for number in reader.telephones if number)),
        said.get("ADR", ""),
        said.get("URL", ""),
        "\n".join(filter(None, [said.get("NOTE", ""), *reader.others])),
        said.get("UID", ""),
        block.line,
    )


def _names(parts: list[str], said: Mapping[str, str]) -> tuple[str, str, str, str]:
    family, given, middle, before, *_ = [*parts, "", "", "", ""]
    whole = read_name(said["FN"]) if said.get("FN") else None
    if not (given or family) and whole is not None:
        return whole.given, whole.family, before or whole.salutation, whole.arabic
    arabic = said.get("X-NAME-AR", "") or (whole.arabic if whole is not None else "")
    return " ".join(filter(None, [given, middle])), family, before, arabic


def _unread(number: int, line: str) -> Remark:
    return Remark(
        Kind.LEFT_OUT,
        "card-line-unread",
        N_("Line {row}: this line of a card has no meaning and was left out: {content}"),
        row=number,
        content=line,
    )


def _enclosed(number: int, name: str) -> Remark:
    return Remark(
        Kind.LEFT_OUT,
        "card-enclosure",
        N_("Line {row}: a picture, sound or key enclosed in a card was left out ({column})"),
        row=number,
        column=name,
    )


def _broken(line: int, message: str, lines: list[tuple[int, str]]) -> BrokenRow:
    cells = tuple(text for _number, text in lines)
    remark = Remark(
        Kind.LEFT_OUT,
        "broken-card",
        message,
        row=line,
        content=" | ".join(cells),
        params={"allowed": _LINES_OF_A_CARD},
    )
    return BrokenRow(line, cells, remark)


def write_cards(path: Path, cards: Iterable[Card]) -> int:
    """Write cards of version 3.0, whole file or none; return how many. Raises ``MachineFailed``."""
    count = 0
    with writing_aside(path) as aside:
        for card in cards:
            lines = _lines(card)
            aside.write(b"".join(folded_line(line) for line in lines))
            count += 1
    return count


def _lines(card: Card) -> Iterator[str]:
    name = " ".join(filter(None, [card.given, card.family])) or card.name_ar or card.organisation
    family, given = card.family, card.given
    if not (family or given):
        family = card.name_ar
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"N:{escaped(family)};{escaped(given)};;{escaped(card.salutation)};"
    yield f"FN:{escaped(name)}"
    if card.name_ar:
        yield f"X-NAME-AR:{escaped(card.name_ar)}"
    for label, value in (("ORG", card.organisation), ("TITLE", card.function)):
        if value:
            yield f"{label}:{escaped(value)}"
    yield from (f"TEL;TYPE=WORK,VOICE:{escaped(number)}" for number in card.telephones)
    yield from (f"EMAIL;TYPE=INTERNET,WORK:{escaped(mail)}" for mail in card.emails)
    for label, value in (("URL", card.website), ("NOTE", card.notes), ("UID", card.uid)):
        if value:
            yield f"{label}:{escaped(value)}"
    yield "END:VCARD"


def escaped(text: str) -> str:
    """Escape a text value (RFC 2426, section 5; RFC 5545, 3.3.11)."""
    plain = cleaned(text).replace("\\", "\\\\").replace("\n", "\\n")
    return plain.replace(",", "\\,").replace(";", "\\;")


def folded_line(line: str) -> bytes:
    """Fold a line at 75 octets, never inside a letter (RFC 5545, 3.1)."""
    octets = line.encode("utf-8", "replace")
    pieces = []
    while len(octets) > 75:
        cut = 75
        while octets[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(octets[:cut])
        octets = b" " + octets[cut:]
    return b"\r\n".join([*pieces, octets]) + b"\r\n"
