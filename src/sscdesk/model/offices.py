"""The four offices and the one that keeps the common lists."""

from sscdesk.model.refusal import Msg
from sscdesk.model.text import N_

OFFICES = ("MA", "CI", "ML", "SN")
"""One office per country; its code is the country's (ISO 3166-1 alpha-2)."""

SECRETARIAT = "MA"
"""The office that adds codes to the vocabularies (domain.md, section 6, inferred)."""

CURRENCY_OF = {"MA": "MAD", "CI": "XOF", "ML": "XOF", "SN": "XOF"}
"""The currency in which an office keeps its accounts."""

TIME_ZONE_OF = {
    "MA": "Africa/Casablanca",
    "CI": "Africa/Abidjan",
    "ML": "Africa/Bamako",
    "SN": "Africa/Dakar",
}

LANGUAGES_OF = {"MA": ("ar", "fr"), "CI": ("fr",), "ML": ("fr",), "SN": ("fr",)}
"""The languages in which an office writes by default."""

OFFICE_NAME = {
    "MA": N_("the office of Morocco"),
    "CI": N_("the office of Côte d'Ivoire"),
    "ML": N_("the office of Mali"),
    "SN": N_("the office of Senegal"),
}
"""Msgids, as they stand inside a sentence."""


def office_name(code: str) -> Msg:
    """Return the office's name as a parameter of a message."""
    return Msg(OFFICE_NAME.get(code, code))
