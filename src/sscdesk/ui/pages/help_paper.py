"""Lays the pages of the help out: our own texts as the markup that Qt reads."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from sscdesk.i18n import _, is_right_to_left
from sscdesk.ui.keys import KeyGroup
from sscdesk.ui.look import look
from sscdesk.ui.pages.help_contents import Block, HelpPage, Span

_LEFT_TO_RIGHT, _END = "\u2066", "\u2069"
"""Keys are read from left to right, also on an Arabic page (UAX #9)."""

KEY_WIDTH = 150
"""Of the column of keys, at a text of 100 %."""

_LISTS = {"item": "ul", "step": "ol"}


def style() -> str:
    """Return the style of the pages, in the colours and sizes of now."""
    now = look().theme
    return (
        f"p, li, td {{ font-size: {now.font_px('strong')}px; }}"
        "p { margin-top: 6px; margin-bottom: 8px; }"
        "li { margin-top: 3px; margin-bottom: 5px; }"
        f".title {{ font-size: {now.font_px('title')}px; font-weight: 600; margin-bottom: 10px; }}"
        f".heading {{ font-size: {now.font_px('heading')}px; font-weight: 600; margin-top: 20px;"
        " margin-bottom: 4px; }"
        f"a {{ color: {now.hex('accent')}; text-decoration: underline; }}"
        ".screen { font-weight: 600; }"
        f".key {{ font-weight: 500; background-color: {now.hex('neutral_wash')};"
        f" color: {now.hex('ink')}; }}"
        "td { padding-top: 5px; padding-bottom: 5px; }"
    )


def page_markup(page: HelpPage) -> str:
    """Return a page as markup."""
    return _whole("".join(_grouped(page.blocks)))


def keys_markup(title: str, groups: Iterable[KeyGroup]) -> str:
    """Return the page of the keys as markup."""
    told = _("The same sheet opens with {key}, wherever no text is being typed.")
    parts = [
        f'<p class="title">{escape(title)}</p>',
        f"<p>{escape(told).format(key=_key('?'))}</p>",
    ]
    for group in groups:
        rows = "".join(_row(keys, what) for keys, what in group.keys)
        parts.append(f'<p class="heading">{escape(group.heading)}</p>')
        parts.append(f'<table width="100%">{rows}</table>')
    return _whole("".join(parts))


def _row(keys: str, what: str) -> str:
    """Return a line of the table; Qt does not mirror the columns of a table by itself."""
    cells = [f'<td width="{look().sp(KEY_WIDTH)}">{_key(keys)}</td>', f"<td>{escape(what)}</td>"]
    return f"<tr>{''.join(reversed(cells) if is_right_to_left() else cells)}</tr>"


def _whole(inside: str) -> str:
    direction = "rtl" if is_right_to_left() else "ltr"
    return f'<div dir="{direction}">{inside}</div>'


def _grouped(blocks: Iterable[Block]) -> Iterable[str]:
    for kind, some in groupby(blocks, key=lambda block: block.kind):
        if kind in _LISTS:
            items = "".join(f"<li>{_inline(block.spans)}</li>" for block in some)
            yield f"<{_LISTS[kind]}>{items}</{_LISTS[kind]}>"
        else:
            # Qt makes <h1> larger than what the style says: every block is a paragraph.
            yield from (f'<p class="{kind}">{_words(block)}</p>' for block in some)


def _words(block: Block) -> str:
    return _inline(block.spans) if block.kind == "words" else escape(block.text)


def _inline(spans: Iterable[Span]) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    if span.kind == "screen":
        return f'<span class="screen">{escape(span.text)}</span>'
    if span.kind == "key":
        return _key(span.text)
    if span.kind == "link":
        return f'<a href="{escape(span.target)}">{escape(span.text)}</a>'
    return escape(span.text)


def _key(keys: str) -> str:
    shown = escape(keys).replace(" ", "&nbsp;")
    return f'<span class="key">{_LEFT_TO_RIGHT}&nbsp;{shown}&nbsp;{_END}</span>'
