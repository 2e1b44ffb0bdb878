"""From what an officer types to the value of a field.

Understands the habits of three languages; refuses with the field and what to write
instead. What is kept as typed but looks odd (a telephone number) is a doubt, never a
refusal: ``doubt``.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from types import MappingProxyType

from sscdesk.model.amounts import read_decimal, read_integer, read_money
from sscdesk.model.cleaning import cleaned_line, cleaned_lines, western_digits
from sscdesk.model.dates import read_date, read_datetime
from sscdesk.model.field import Field, FieldType
from sscdesk.model.folding import folded
from sscdesk.model.lifecycle import Missing
from sscdesk.model.refusal import Coded, Msg, Refused
from sscdesk.model.shapes import in_shape
from sscdesk.model.text import N_
from sscdesk.model.values import Money, Value
from sscdesk.model.vocabulary_seed import Vocabularies, seed_vocabularies

SHOWN_CODES = 12
"""At most so many codes are named where one is not known."""
LONGEST_TYPED = 1_000_000
"""Characters of one value that are looked at at all."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What is understood without being typed: the day, the office's currency and country."""

    today: date
    currency: str | None = None
    country: str | None = None
    vocabularies: Vocabularies = dataclass_field(default_factory=seed_vocabularies)


def parse(field: Field, raw: object, habits: Habits) -> Value:
    """Return the value that ``raw`` (typed text, a list of texts, a plain value) means.

    Empty text is "nothing recorded". References are returned as typed: whoever knows
    the records turns them into identifiers. Raises ``Refused`` with the field's name.
    """
    try:
        if field.is_set:
            return _members(field, raw, habits)
        return _single(field, raw, habits)
    except Refused as refused:
        refused.field = refused.field or field.name
        refused.params.setdefault("field", Msg(field.label))
        raise


def _single(field: Field, raw: object, habits: Habits) -> Value:
    if raw is None:
        return None
    if isinstance(raw, Money) and field.type is FieldType.MONEY:
        return raw
    if isinstance(raw, bool) and field.type is FieldType.BOOLEAN:
        return raw
    text = str(raw)
    if len(text) > LONGEST_TYPED:
        raise too_long(field, LONGEST_TYPED)
    clean = cleaned_lines(text) if field.type is FieldType.LONG_TEXT else cleaned_line(text)
    if not clean:
        return None
    value = _READERS[field.type](field, clean, habits)
    if isinstance(value, str) and len(value) > field.max_length:
        raise too_long(field, field.max_length)
    return value


def _members(field: Field, raw: object, habits: Habits) -> tuple[str, ...]:
    given = [raw] if isinstance(raw, str) else raw
    if given is None:
        return ()
    if not isinstance(given, Iterable):
        raise unreadable(field, str(given))
    found: set[str] = set()
    for one in given:
        for text in _parted(field, str(one), habits):
            value = _single(field, text, habits)
            if value is not None:
                found.add(str(value))
    return tuple(sorted(found))


def _parted(field: Field, text: str, habits: Habits) -> list[str]:
    """Part a typed list; a label that holds a comma stays whole where a list knows it."""
    pieces = [piece.strip() for piece in re.split(r"[;؛\n]", text) if piece.strip()]
    if field.type in (FieldType.REFERENCES, FieldType.EMAIL):
        return [one.strip() for piece in pieces for one in re.split("[,،]", piece) if one.strip()]
    if field.vocabulary is None:
        return pieces
    vocabulary, lists = field.vocabulary, habits.vocabularies
    return [
        one
        for piece in pieces
        for one in ([piece] if lists.find(vocabulary, piece) else re.split("[,،]", piece))
    ]


# ---------------------------------------------------------------- one reader per type


def _text(field: Field, text: str, _habits: Habits) -> str:
    return in_shape(field.shape, text, _habits.today) if field.shape else text


def _as_typed(_field: Field, text: str, _habits: Habits) -> str:
    return text


def _boolean(field: Field, text: str, _habits: Habits) -> bool:
    word = folded(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Refused(
        "not-yes-or-no",
        N_("“{text}” is neither yes nor no."),
        hint=N_("Write yes or no."),
        params={"text": text[:40]},
    )


_YES = {folded(word) for word in ("yes", "y", "oui", "o", "نعم", "true", "vrai", "1", "x")}
_NO = {folded(word) for word in ("no", "n", "non", "لا", "false", "faux", "0")}


def _code(field: Field, text: str, habits: Habits) -> str:
    vocabulary = field.vocabulary or ""
    code = habits.vocabularies.find(vocabulary, text)
    if code is None:
        raise unknown_code(vocabulary, text, habits.vocabularies)
    return code


_EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;.\"]{2,}")
_PHONE = re.compile(r"[\d\s+().,/\-–x#*]+")
_EXTENSION = re.compile(r"(?i)(ext|poste|p\.)\.?")
_URL = re.compile(r"(?i)https?://[^\s<>\"/?#]+(?:[/?#][^\s<>\"]*)?")


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address as the desk keeps it."""
    return _EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Whether a text can be a telephone number at all, however it is grouped."""
    plain = western_digits(text)
    digits = sum(letter.isdigit() for letter in plain)
    return 3 <= digits <= 20 and _PHONE.fullmatch(_EXTENSION.sub("x", plain)) is not None


def is_url(text: str) -> bool:
    """Whether a text is an address on the web that a click may open."""
    return _URL.fullmatch(text) is not None


def _email(_field: Field, text: str, _habits: Habits) -> str:
    address = text.removeprefix("mailto:").strip("<>")
    if not is_email(address):
        raise Refused(
            "not-an-email",
            N_("“{text}” is not an e-mail address."),
            hint=N_("An address looks like name@example.org."),
            params={"text": text[:60]},
        )
    return address


def _phone(_field: Field, text: str, _habits: Habits) -> str:
    if not is_phone(text):
        raise Refused(
            "not-a-telephone",
            N_("“{text}” is not a telephone number."),
            hint=N_("Write digits, best with the country: +221 33 000 00 00."),
            params={"text": text[:60]},
        )
    return text


def _url(_field: Field, text: str, _habits: Habits) -> str:
    address = f"https://{text}" if re.match(r"(?i)www\.", text) else text
    if not is_url(address):
        raise Refused(
            "not-an-address",
            N_("“{text}” is not an address on the web."),
            hint=N_("An address looks like https://example.org."),
            params={"text": text[:60]},
        )
    return address


_Reader = Callable[[Field, str, Habits], Value]

_READERS: Mapping[FieldType, _Reader] = MappingProxyType(
    {
        FieldType.TEXT: _text,
        FieldType.LONG_TEXT: _as_typed,
        FieldType.INTEGER: lambda _field, text, _habits: read_integer(text),
        FieldType.DECIMAL: lambda _field, text, _habits: read_decimal(text),
        FieldType.MONEY: lambda _field, text, habits: read_money(text, habits.currency),
        FieldType.DATE: lambda _field, text, habits: read_date(text, habits.today),
        FieldType.DATETIME: lambda _field, text, habits: read_datetime(text, habits.today),
        FieldType.BOOLEAN: _boolean,
        FieldType.CHOICE: _code,
        FieldType.CHOICES: _code,
        FieldType.COUNTRY: _code,
        FieldType.LANGUAGE: _code,
        FieldType.REFERENCE: _as_typed,
        FieldType.REFERENCES: _as_typed,
        FieldType.EMAIL: _email,
        FieldType.PHONE: _phone,
        FieldType.URL: _url,
    }
)


# ---------------------------------------------------------------- doubts and refusals


def doubt(field: Field, value: Value, country: str | None = None) -> Missing | None:
    """Return a warning on a value that is kept all the same, None where there is none."""
    if field.type is not FieldType.PHONE:
        return None
    for number in value if isinstance(value, tuple) else (value,):
        if number and not telephone_is_plausible(str(number), country):
            return Missing(
                "telephone-doubtful",
                N_("“{text}” does not look like a number of its country; it is kept as typed."),
                field=field.name,
                params={"text": str(number)[:40]},
                warning=True,
            )
    return None


def telephone_is_plausible(text: str, country: str | None = None) -> bool:
    """Whether the numbering plan of its country knows such a number."""
    import phonenumbers  # heavy: only where a telephone is typed

    plain = re.sub(r"^\s*00", "+", western_digits(text))
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(plain, country))
    except phonenumbers.NumberParseException:
        return False


def unknown_code(list_name: str, text: str, vocabularies: Vocabularies) -> Refused:
    """Return the refusal of a code or label that the list does not know."""
    codes = vocabularies.codes(list_name)[:SHOWN_CODES]
    return Refused(
        "unknown-code",
        N_("“{text}” is not in the list."),
        hint=N_("Choose one of: {codes}."),
        params={"text": text[:60], "codes": tuple(Coded(list_name, code) for code in codes)},
    )


def too_long(field: Field, limit: int) -> Refused:
    """Return the refusal of a text longer than its field."""
    return Refused(
        "too-long",
        N_("“{field}” takes at most {limit} characters."),
        hint=N_("Shorten the text, or attach it as a document."),
        field=field.name,
        params={"field": Msg(field.label), "limit": limit},
    )


def unreadable(field: Field, text: str) -> Refused:
    """Return the refusal of a value of the wrong kind altogether."""
    return Refused(
        "wrong-type",
        N_("“{text}” cannot be kept in “{field}”."),
        hint=N_("Check what kind of value the field takes."),
        field=field.name,
        params={"field": Msg(field.label), "text": text[:40]},
    )
