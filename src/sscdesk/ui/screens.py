"""The screens of the desk, once: their words, icons, entities and order.

Navigation, palette, shortcuts and window titles derive from this table.
"""

from dataclasses import dataclass

from sscdesk.model.text import N_


@dataclass(frozen=True, slots=True)
class Screen:
    """One place of the navigation; ``label`` is a msgid."""

    name: str
    label: str
    icon: str
    entities: tuple[str, ...] = ()
    """The records listed there; several are shown as tabs."""
    foot: bool = False
    """Stands at the foot of the column."""


SCREENS = (
    Screen("today", N_("Today"), "sun"),
    Screen("missions", N_("Missions"), "plane", ("mission",)),
    Screen("exchanges", N_("Exchanges"), "arrow-left-right", ("exchange",)),
    Screen("follow_ups", N_("Follow-up"), "list-checks", ("follow_up",)),
    Screen("organisations", N_("Organisations"), "building-2", ("organisation",)),
    Screen("people", N_("People"), "users", ("person",)),
    Screen(
        "agreements",
        N_("Agreements"),
        "handshake",
        ("agreement", "action_plan", "commitment", "indicator"),
    ),
    Screen("practices", N_("Practices"), "book-open", ("practice",)),
    Screen("reports", N_("Reports"), "file-text", ("report",)),
    Screen("synchronise", N_("Synchronise"), "usb"),
    Screen("settings", N_("Settings"), "settings", foot=True),
    Screen("help", N_("Help"), "circle-question-mark", foot=True),
)

BY_NAME = {screen.name: screen for screen in SCREENS}


def screen_of(entity: str) -> Screen | None:
    """Return the screen that lists an entity."""
    return next((screen for screen in SCREENS if entity in screen.entities), None)


def shortcut_of(screen: Screen, shown: tuple[Screen, ...]) -> str:
    """Return ``Alt+1`` … ``Alt+0`` for the first ten of the screens shown, else nothing."""
    place = shown.index(screen) + 1 if screen in shown else 99
    return f"Alt+{place % 10}" if place <= 10 and not screen.foot else ""
