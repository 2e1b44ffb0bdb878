"""The parts of Settings by their names, and the words of each."""

from sscdesk.i18n import _

DISPLAY, ACCOUNT, OFFICE, OFFICERS, LAPTOPS, BACKUP, LISTS = (
    "display",
    "account",
    "office",
    "officers",
    "laptops",
    "backup",
    "lists",
)


def part_words() -> dict[str, str]:
    """Return the words of each part in the language of now, in order."""
    return {
        DISPLAY: _("Display"),
        ACCOUNT: _("My account"),
        OFFICE: _("Office"),
        OFFICERS: _("Officers"),
        LAPTOPS: _("Laptops"),
        BACKUP: _("Backup"),
        LISTS: _("Lists"),
    }
