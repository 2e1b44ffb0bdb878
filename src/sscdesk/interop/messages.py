"""Reads expenses as people send them from a telephone, one line each.

``26/02 Indemnité journalière, 3 jours 4500.00 DHS sans reçu`` has a date (often without a
year), words, an amount, a currency and what is said of the receipt. What kind of expense it
is, is taken from its words where they leave no doubt.
"""

import re

from sscdesk.interop.sheet import Cell, Kind, Remark
from sscdesk.interop.table import Table
from sscdesk.model.text import N_

HEADINGS = ("Date", "Nature", "Description", "Montant", "Devise", "Reçu", "Observations")
_CURRENCY = "DHS?|MAD|F ?CFA|CFA|FCFA|XOF|EUROS?|EUR|€|F|درهم"
_LINE = re.compile(
    r"[-•*\s]*(?P<date>\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)\s*[:-]?\s+"
    r"(?P<words>\S.*?)\s*[:=]?\s+"
    rf"(?P<amount>\d[\d\s.,]*?)\s*(?P<currency>{_CURRENCY})(?=\s|[.,;()]|$)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_RECEIPT = re.compile(r"(?P<without>sans (?:reçu|recu|facture))|reçu|recu|facture", re.IGNORECASE)
_KINDS = {
    "per_diem": r"indemnités? journali|per ?diem|perdiem|daily allowance|تعويض يومي",
    "transport_air": r"billet aller|billets? d.avion|\bvols?\b|air ticket|flight|تذكرة",
    "transport_local": r"\btaxis?\b|\bvtc\b|\bmoto\b|navette|سيارة أجرة|طاكسي",
    "transport_road": r"\bautocar|\bcar rapide|\bbus\b|carburant|gasoil|essence|péage|وقود",
    "lodging": r"nuitée|hôtel|hotel|héberge|lodging|فندق|إيواء",
    "meals": r"\brepas\b|déjeuner|dîner|restau|pause.café|\bmeals?\b|وجبة|إطعام",
    "visa_fees": r"\bvisas?\b|تأشيرة",
    "venue": r"location de (?:la )?salle|venue hire|كراء قاعة",
    "interpretation": r"interpr[èe]t|traduct|translation|ترجمة",
}
_MOST = 0.7
_LINES = 20_000


def messages_table(text: str) -> Table | None:
    """Return the lines of ``text`` as a table of expenses, None when it is something else."""
    if text.count("\n") > _LINES:
        return None
    lines = text.split("\n")
    written = [(at, line.strip()) for at, line in enumerate(lines) if line.strip()]
    if len(written) < 2:
        return None
    read = [(at, line, _LINE.fullmatch(line)) for at, line in written]
    if sum(match is not None for *_, match in read) < _MOST * len(read):
        return None
    taken = [(at, match) for at, _line, match in read if match is not None]
    rows: list[list[Cell]] = [list(_cells(match)) for _at, match in taken]
    others = tuple(_left_out(at, line) for at, line, match in read if match is None)
    return Table(HEADINGS, rows, [at + 1 for at, _match in taken], others)


def _cells(match: re.Match[str]) -> tuple[str, ...]:
    rest = match["rest"].strip(" .;")
    receipt = _RECEIPT.search(rest)
    said = "" if receipt is None else "non" if receipt["without"] else "oui"
    remaining = _RECEIPT.sub("", rest).strip(" ().;")
    return (
        match["date"],
        _kind_of(match["words"]),
        match["words"].strip(),
        match["amount"].strip(),
        match["currency"],
        said,
        remaining,
    )


def _kind_of(words: str) -> str:
    """Return the kind that the words name; nothing when they name none, or two."""
    named = [kind for kind, said in _KINDS.items() if re.search(said, words, re.IGNORECASE)]
    return named[0] if len(named) == 1 else ""


def _left_out(at: int, line: str) -> Remark:
    return Remark(
        Kind.LEFT_OUT,
        "line-without-amount",
        N_("Row {row}: no date, amount and currency were found in this line: {content}"),
        row=at + 1,
        content=line,
    )
