"""The four offices as the desk names them: by their city in passing, by country else."""

from sscdesk.i18n import _
from sscdesk.model.text import N_

_CITY = {"MA": N_("Rabat"), "CI": N_("Abidjan"), "ML": N_("Bamako"), "SN": N_("Dakar")}
_COUNTRY = {
    "MA": N_("Morocco"),
    "CI": N_("Côte d'Ivoire"),
    "ML": N_("Mali"),
    "SN": N_("Senegal"),
}
_OFFICE = {
    "MA": N_("Office of Morocco"),
    "CI": N_("Office of Côte d'Ivoire"),
    "ML": N_("Office of Mali"),
    "SN": N_("Office of Senegal"),
}


def city(office: str) -> str:
    """Return the city of an office, by which colleagues call it."""
    return _(_CITY[office]) if office in _CITY else office


def country(office: str) -> str:
    """Return the country of an office."""
    return _(_COUNTRY[office]) if office in _COUNTRY else office


def office_name(office: str) -> str:
    """Return an office's name: "Office of Mali"."""
    return _(_OFFICE[office]) if office in _OFFICE else office


def office_line(office: str) -> str:
    """Return an office with its place: "Morocco — Rabat"."""
    return f"{country(office)} — {city(office)}"
