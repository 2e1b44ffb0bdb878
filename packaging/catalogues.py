"""The catalogues of the desk's texts: extracted, updated, checked and compiled.

English texts stand in the code and are the keys. ``translations/sscdesk.pot`` lists them,
``translations/<language>.po`` holds what each language makes of them, and the program
reads the compiled files under ``src/sscdesk/locale``, which are not kept in git.

The files carry no dates and no source lines, and are sorted, so that a change of the code
shows in them only where a text changed.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from gettext import c2py
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "sscdesk"
TRANSLATIONS = ROOT / "translations"
TEMPLATE = TRANSLATIONS / "sscdesk.pot"
LANGUAGES = ("fr", "en", "ar")
KEYWORDS = {"_": None, "gettext": None, "N_": None, "Msg": None, "ngettext": (1, 2)}
TITLE = "# Texts of the desk."
VOLATILE = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)


def extracted() -> Catalog:
    """Return the texts that the code marks, as a template."""
    template = Catalog(project="sscdesk", charset="utf-8", header_comment=TITLE)
    found = extract_from_dir(
        SOURCE,
        method_map=[("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for _file, _line, text, comments, _context in found:
        template.add(text, auto_comments=comments)
    return template


def read(language: str) -> Catalog:
    """Return what ``language`` makes of the texts; empty where nothing is written yet."""
    path = TRANSLATIONS / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language, project="sscdesk", header_comment=TITLE, fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def _template() -> Catalog:
    with TEMPLATE.open("rb") as stream:
        return read_po(stream, abort_invalid=True)


def as_text(catalogue: Catalog) -> bytes:
    """Write a catalogue as its file holds it: sorted, without dates and source lines."""
    stream = BytesIO()
    write_po(stream, catalogue, width=100, no_location=True, sort_output=True)
    volatile = re.compile(rb'^"(%s):.*\n' % "|".join(VOLATILE).encode(), re.MULTILINE)
    return volatile.sub(b"", stream.getvalue())


def update() -> None:
    """Extract again and carry the result into every language; English explains itself."""
    TRANSLATIONS.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(as_text(extracted()))
    for language in LANGUAGES:
        catalogue = read(language)
        # Read anew each time: a catalogue takes over the very messages of its template.
        catalogue.update(_template(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if language == "en":
            _explain_by_itself(catalogue)
        (TRANSLATIONS / f"{language}.po").write_bytes(as_text(catalogue))


def _explain_by_itself(catalogue: Catalog) -> None:
    for message in texts(catalogue):
        if not is_translated(message):
            message.string = message.id


def texts(catalogue: Catalog) -> Iterator[Message]:
    """Give the messages of a catalogue without its header."""
    return (message for message in catalogue if message.id)


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the plural forms of a text, or the text alone."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def is_translated(message: Message) -> bool:
    """Say whether every form of the message is written."""
    written = forms(message.string)
    return bool(written) and all(written)


def problems() -> list[str]:
    """Return what is wrong with the catalogues, in words; nothing when they are whole."""
    if not TEMPLATE.exists():
        return ["there is no template: run packaging/translations update"]
    found = []
    if TEMPLATE.read_bytes() != as_text(extracted()):
        found.append("sscdesk.pot is not what the code holds: run packaging/translations update")
    for language in LANGUAGES:
        found += [f"{language}: {problem}" for problem in _problems_of(language)]
    return found


def _problems_of(language: str) -> Iterator[str]:
    catalogue, template = read(language), _template()
    for message in texts(template):
        if message.id not in catalogue:
            yield f"missing: {message.id!r}"
    for key in catalogue.obsolete:
        yield f"obsolete: {key!r}"
    for message in texts(catalogue):
        if message.id not in template:
            yield f"obsolete: {message.id!r}"
        yield from _problems_of_message(message, language)


def _problems_of_message(message: Message, language: str) -> Iterator[str]:
    if message.fuzzy:
        yield f"fuzzy: {message.id!r}"
    if not is_translated(message):
        yield f"untranslated: {message.id!r}"
        return
    expected = get_plural(language).num_plurals if message.pluralizable else 1
    written = forms(message.string)
    if len(written) != expected:
        yield f"{len(written)} forms instead of {expected}: {message.id!r}"
    for index, form in enumerate(written):
        if not _keeps_placeholders(message, index, form, language):
            yield f"placeholders differ: {message.id!r} is {form!r}"
        if form != form.strip() and forms(message.id)[0] == forms(message.id)[0].strip():
            yield f"blank at an end: {form!r}"
        if language == "fr" and re.search(r" [;:!?»]|« ", form):
            yield f"a breaking space before or after a sign: {form!r}"


def placeholders(text: str) -> set[str]:
    """Return the names in braces of a text."""
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name}


def _keeps_placeholders(message: Message, index: int, form: str, language: str) -> bool:
    """A form that stands for one number only may spell it out instead of showing it."""
    required = placeholders(forms(message.id)[-1])
    optional = {"count"} if message.pluralizable and _is_one_number(index, language) else set()
    try:
        written = placeholders(form)
    except ValueError:
        return False
    return written <= required and required - written <= optional


def _is_one_number(index: int, language: str) -> bool:
    rule = c2py(get_plural(language).plural_expr)
    return sum(rule(number) == index for number in range(300)) == 1


def compile_all(*, pseudo: bool) -> None:
    """Write the catalogues that the program reads, each only where it changed."""
    for language in LANGUAGES:
        catalogue = read(language)
        if pseudo and language == "en":
            _make_pseudo(catalogue)
        stream = BytesIO()
        write_mo(stream, catalogue)
        target = SOURCE / "locale" / language / "LC_MESSAGES" / "sscdesk.mo"
        if target.exists() and target.read_bytes() == stream.getvalue():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(stream.getvalue())


ACCENTED = str.maketrans("aceinouyACEINOU", "áçéíñöüýÁÇÉÍÑÖÜ")


def _make_pseudo(catalogue: Catalog) -> None:
    for message in texts(catalogue):
        written = tuple(pseudo_text(form) for form in forms(message.id))
        message.string = written if message.pluralizable else written[0]


def pseudo_text(text: str) -> str:
    """Return ``text`` accented, in brackets and a third longer, its placeholders kept.

    On a screen, a text without brackets was never marked; one without its closing bracket
    is cut.
    """
    pieces = re.split(r"(\{[^}]*\})", text)
    accented = "".join(
        piece if piece.startswith("{") else piece.translate(ACCENTED) for piece in pieces
    )
    return f"⟦{accented}{'·' * (len(text) // 3)}⟧"


def check() -> int:
    """Print the problems and return how the command ends."""
    found = problems()
    for problem in found:
        print(problem)
    counts = {language: sum(1 for _ in texts(read(language))) for language in LANGUAGES}
    print(f"{len(found)} problems in {counts}")
    return 1 if found else 0


def main() -> int:
    """Run one of the four calls."""
    parser = argparse.ArgumentParser(prog="packaging/translations", description=__doc__)
    calls = parser.add_subparsers(dest="call", required=True)
    calls.add_parser("update", help="extract the texts and carry them into every language")
    calls.add_parser("check", help="say what is missing, wrong or left over")
    compiling = calls.add_parser("compile", help="write the files that the program reads")
    compiling.add_argument(
        "--pseudo", action="store_true", help="English accented and longer, to find lost texts"
    )
    chosen = parser.parse_args()
    if chosen.call == "update":
        update()
    elif chosen.call == "compile":
        compile_all(pseudo=chosen.pseudo)
    return check() if chosen.call == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
