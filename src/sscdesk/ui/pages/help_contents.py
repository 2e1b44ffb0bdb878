"""What the help holds: its pages in order, and the text of each in the language of now.

The texts are files of ours, one folder per language (``resources/help``), in a small part
of Markdown: a title, headings, paragraphs, lists, ``[words](target)``. Words of the screen
stand in braces as their msgid (``{Submit for approval}``) and are shown as the screen has
them, so that the help never says another word than the desk; a key stands between back
ticks. A target is a page of the help, or ``screen:NAME`` or ``screen:NAME/PART`` of the
desk.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sscdesk.i18n import _, current_language, gettext, language
from sscdesk.model.text import N_
from sscdesk.ui.keys import key_groups
from sscdesk.ui.screens import SCREENS

KEYS = "keys"
"""The page that is made of the table of keys."""

FIRST = "first_steps"

CONTENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("Begin here"),
        (
            FIRST,
            "lists",
            "records",
            "after_mission",
            "signing",
            "synchronising",
            "second_laptop",
            KEYS,
        ),
    ),
    (N_("The screens"), tuple(screen.name for screen in SCREENS)),
    (
        N_("What to do when…"),
        (
            "forgotten_passphrase",
            "lost_laptop",
            "refused_file",
            "power_cut",
            "wrong_clock",
            "restore_backup",
        ),
    ),
)
"""Headings (msgids) with the names of the pages below each."""

ICONS = {
    **{screen.name: screen.icon for screen in SCREENS},
    FIRST: "flag",
    "lists": "rows-3",
    "records": "pencil",
    "after_mission": "plane",
    "signing": "signature",
    "synchronising": "usb",
    "second_laptop": "monitor",
    KEYS: "keyboard",
    "forgotten_passphrase": "key-round",
    "lost_laptop": "shield-alert",
    "refused_file": "circle-x",
    "power_cut": "triangle-alert",
    "wrong_clock": "clock",
    "restore_backup": "archive-restore",
}

NAMES = tuple(name for _heading, names in CONTENTS for name in names)

_INLINE = re.compile(r"\{([^}]+)\}|`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)")
_WORDS = re.compile(r"\{([^}]+)\}")
_NUMBERED = re.compile(r"\d+\. ")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line: plain words, words of the screen, a key, or a link."""

    text: str
    kind: str = ""
    """``""``, ``screen``, ``key`` or ``link``."""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or an item of a list."""

    kind: str
    """``title``, ``heading``, ``words``, ``item`` or ``step``."""
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The words without their looks."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page of the help in one language."""

    name: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """All its words, for the search."""
        return "\n".join(block.text for block in self.blocks)


def help_pages() -> dict[str, HelpPage]:
    """Return every page in its order, in the language of now."""
    written = _pages(current_language())
    return {name: written[name] if name in written else keys_page() for name in NAMES}


@lru_cache(maxsize=3)
def _pages(code: str) -> dict[str, HelpPage]:
    with language(code):
        return {name: read_page(name, source(code, name)) for name in NAMES if name != KEYS}


def source(code: str, name: str) -> str:
    """Return the text of a page as its file has it."""
    return files("sscdesk").joinpath("resources", "help", code, f"{name}.md").read_text("utf-8")


def read_page(name: str, text: str) -> HelpPage:
    """Read a page; the words of the screen are taken from the language of now."""
    blocks = tuple(_blocks(text))
    title = next((block.text for block in blocks if block.kind == "title"), name)
    return HelpPage(name, title, blocks)


def keys_page() -> HelpPage:
    """Return the page of the keys, made of their table."""
    title = Block("title", (Span(_("Keys of the desk")),))
    lines = [
        Block("item", (Span(f"{keys} {what}"),))
        for group in key_groups(SCREENS)
        for keys, what in group.keys
    ]
    return HelpPage(KEYS, title.text, (title, *lines))


def _blocks(text: str) -> Iterator[Block]:
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        for line in paragraph.splitlines():
            if lines and (_kind(line) != "words" or _kind(lines[0]) in ("title", "heading")):
                yield _block(lines)
                lines = []
            lines.append(line.strip())
        if lines:
            yield _block(lines)


def _kind(line: str) -> str:
    if line.startswith("## "):
        return "heading"
    if line.startswith("# "):
        return "title"
    if line.startswith("- "):
        return "item"
    return "step" if _NUMBERED.match(line) else "words"


def _block(lines: list[str]) -> Block:
    kind = _kind(lines[0])
    whole = " ".join(lines)
    if kind != "words":
        whole = whole.partition(" ")[2]
    return Block(kind, tuple(_spans(whole)))


def _spans(line: str) -> Iterator[Span]:
    at = 0
    for found in _INLINE.finditer(line):
        if found.start() > at:
            yield Span(line[at : found.start()])
        msgid, key, words, target = found.groups()
        if msgid:
            yield Span(_as_on_screen(msgid), "screen")
        elif key:
            yield Span(key, "key")
        else:
            yield Span(_WORDS.sub(lambda one: _as_on_screen(one[1]), words), "link", target)
        at = found.end()
    if at < len(line):
        yield Span(line[at:])


def _as_on_screen(msgid: str) -> str:
    """Return words of the screen, without the dots that announce a question."""
    return gettext(msgid).removesuffix("…")
