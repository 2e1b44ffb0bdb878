"""What all papers begin and end with: title and facts, signatures and copies."""

from collections.abc import Iterable, Sequence

from sscdesk.i18n import _
from sscdesk.reports import styles
from sscdesk.reports.blocks import Callout, Fact, Facts, Heading, Text, together
from sscdesk.reports.flow import Block
from sscdesk.reports.letterhead import Head
from sscdesk.reports.signatures import SignatureBlocks
from sscdesk.reports.snapshot import Imprint
from sscdesk.reports.words import listed, semicolon


def front(
    imprint: Imprint, kind: str, title: str, subtitle: str = "", facts: Iterable[Fact] = ()
) -> list[Block]:
    """Return letterhead, kind of paper, title, subtitle, panel of facts, what it replaces."""
    found: list[Block] = [
        Head(imprint),
        Text(kind, styles.KIND, keep=True),
        Text(title, styles.TITLE, keep=True, even=True),
        Text(subtitle, styles.SUBTITLE, keep=True),
        Facts(tuple(facts)),
    ]
    if imprint.supersedes:
        text = _("This revision replaces {former}.").format(former=imprint.supersedes)
        found.append(Text(text, styles.SMALL))
    return found


def closing(imprint: Imprint) -> list[Block]:
    """Return the blocks for signatures, what such a signature is, who prepared it, the copies."""
    if not imprint.signers:
        return _last_lines(imprint)
    note = _(
        "Advanced electronic signatures made with the certificates of the offices: they show who"
        " signed and that nothing was changed since."
    )
    return [
        Heading(_("Signatures")),
        together(
            [
                SignatureBlocks(imprint.signers),
                Text(note, styles.SMALL),
                *_last_lines(imprint),
            ]
        ),
    ]


def _last_lines(imprint: Imprint) -> list[Block]:
    told = (
        (_("Prepared by:"), listed(imprint.prepared_by)),
        (_("Copies:"), semicolon().join(copy.say() for copy in imprint.distribution if copy)),
    )
    return [Text(text, styles.SMALL, lead=lead) for lead, text in told if text]


Part = tuple[str, str, list[Block]]
"""A section's code, its title and what stands in it."""


def assembled(parts: Iterable[Part], required: Sequence[str], draft: bool) -> list[Block]:
    """Return the sections that are filled; a draft names the required ones that are not."""
    found: list[Block] = []
    for code, title, content in parts:
        if content:
            found += [Heading(title), *content]
        elif draft and code in required:
            found += [Heading(title), missing_section()]
    return found


def missing_section() -> Block:
    """Return what a draft says in the place of a required section."""
    return Callout(
        _("This section is still to be written."),
        bar=styles.WARN,
        ground=styles.WARN_PANEL,
    )
