"""What all papers begin and end with: title and facts, signatures and copies."""

from collections.abc import Iterable

from sscdesk.i18n import _
from sscdesk.reports import styles
from sscdesk.reports.blocks import Callout, Fact, Facts, Heading, Text, together
from sscdesk.reports.flow import Block
from sscdesk.reports.letterhead import Head
from sscdesk.reports.signatures import SignatureBlocks
from sscdesk.reports.snapshot import Imprint


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


def signatures(imprint: Imprint) -> list[Block]:
    """Return the blocks for signatures and what such a signature is; nothing without signers."""
    if not imprint.signers:
        return []
    note = _(
        "Advanced electronic signatures made with the certificates of the offices: they show who"
        " signed and that nothing was changed since."
    )
    return [
        Heading(_("Signatures")),
        together([SignatureBlocks(imprint.signers), Text(note, styles.SMALL), *copies(imprint)]),
    ]


def copies(imprint: Imprint) -> list[Block]:
    """Return the distribution list."""
    told = "; ".join(copy.say() for copy in imprint.distribution if copy)
    return [Text(told, styles.SMALL, lead=_("Copies:"))] if told else []


def missing_section() -> Block:
    """Return what a draft says in the place of a required section."""
    return Callout(
        _("This section is still to be written."),
        bar=styles.WARN,
        ground=styles.WARN_PANEL,
    )
