"""Settings: how the desk looks, who works at it, the office, laptops, backups, lists."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from sscdesk.ui.desk import Desk
from sscdesk.ui.pages.section import TabbedPage
from sscdesk.ui.pages.settings_account import AccountSection
from sscdesk.ui.pages.settings_backup import BackupSection
from sscdesk.ui.pages.settings_display import DisplaySection
from sscdesk.ui.pages.settings_laptops import LaptopsSection
from sscdesk.ui.pages.settings_office import OfficeSection
from sscdesk.ui.pages.settings_officers import OfficersSection
from sscdesk.ui.pages.settings_vocabularies import VocabulariesSection
from sscdesk.ui.pages.settings_words import (
    ACCOUNT,
    BACKUP,
    DISPLAY,
    LAPTOPS,
    LISTS,
    OFFICE,
    OFFICERS,
    part_words,
)


class SettingsPage(TabbedPage):
    """All that is set once and seldom; ``Desk.go("settings", name)`` leads to a section."""

    def sections(self) -> Mapping[str, Callable[[Desk, QWidget], QWidget]]:
        return {
            DISPLAY: DisplaySection,
            ACCOUNT: AccountSection,
            OFFICE: OfficeSection,
            OFFICERS: OfficersSection,
            LAPTOPS: LaptopsSection,
            BACKUP: BackupSection,
            LISTS: VocabulariesSection,
        }

    def words(self, name: str) -> str:
        return part_words()[name]

    def section_for(self, argument: Any) -> str:
        return argument if argument in self.names else ""

    def new_entity(self) -> str:
        return ""
