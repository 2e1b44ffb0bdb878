"""Settings, Display: language, colours, size of the text, height of the rows."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from sscdesk.i18n import _
from sscdesk.ui.look import SYSTEM, look
from sscdesk.ui.pages.settings_parts import WIDEST, SettingCard, SettingsSection
from sscdesk.ui.theme import TEXT_SCALES, Scheme
from sscdesk.ui.widgets.languages import LanguageRow
from sscdesk.ui.widgets.segments import Segments


class DisplaySection(SettingsSection):
    """How the desk looks. Every choice shows at once, and the keys stay where they are."""

    def lay_out(self, column: QVBoxLayout) -> None:
        self.language_card = SettingCard("", "", self)
        self.languages = LanguageRow(self.language_card)
        self.languages.chosen.connect(self.desk.language_wanted)
        self.colours_card = SettingCard("", "", self)
        schemes = (SYSTEM, *Scheme)
        self.colours = Segments(dict.fromkeys(map(str, schemes), ""), "", self.colours_card)
        self.colours.chosen.connect(self._choose_colours)
        self.size_card = SettingCard("", "", self)
        sizes = {str(percent): "" for percent in TEXT_SCALES}
        self.sizes = Segments(sizes, "", self.size_card)
        self.sizes.chosen.connect(self._choose_size)
        self.rows_card = SettingCard("", "", self)
        self.compact = QCheckBox(self.rows_card)
        self.compact.toggled.connect(self._choose_rows)
        for card, control in (
            (self.language_card, self.languages),
            (self.colours_card, self.colours),
            (self.size_card, self.sizes),
            (self.rows_card, self.compact),
        ):
            card.body.addWidget(control, 0, Qt.AlignmentFlag.AlignLeading)
            column.addWidget(card)
        self._write_words()
        self.fill()

    def reword(self) -> None:
        """Write the words in place: the officer is choosing here, and goes on from here."""
        self.holder.setMaximumWidth(look().sp(WIDEST))
        self._write_words()
        self.fill()

    def _write_words(self) -> None:
        self.language_card.say(_("Language"), _("It can be changed at any time."))
        self.languages.reword()
        self.colours_card.say(
            _("Colours"),
            _("“As the system” follows light, dark and high contrast as this laptop has them."),
        )
        self.colours.setAccessibleName(_("Colours"))
        for code, words in (
            (SYSTEM, _("As the system")),
            (Scheme.LIGHT, _("Light")),
            (Scheme.DARK, _("Dark")),
            (Scheme.CONTRAST, _("High contrast")),
        ):
            self.colours.rename(str(code), words)
        self.size_card.say(
            _("Size of the text"), _("Everything on the screen grows with the text.")
        )
        self.sizes.setAccessibleName(_("Size of the text"))
        for percent in TEXT_SCALES:
            self.sizes.rename(str(percent), _("{percent} %").format(percent=percent))
        self.rows_card.say(_("Rows"), _("More lines fit on the screen, closer to each other."))
        self.compact.setText(_("Compact rows"))

    def fill(self) -> None:
        kept = self.desk.preferences
        self.colours.choose(kept.scheme)
        self.sizes.choose(str(kept.text_percent))
        blocked = self.compact.blockSignals(True)
        self.compact.setChecked(kept.compact_rows)
        self.compact.blockSignals(blocked)

    @Slot()
    def reload(self) -> None:
        """Show what is chosen, also by the search palette."""
        self.fill()

    @Slot(str)
    def _choose_colours(self, scheme: str) -> None:
        self.desk.preferences.scheme = scheme
        look().apply(scheme=scheme)

    @Slot(str)
    def _choose_size(self, percent: str) -> None:
        self.desk.preferences.text_percent = int(percent)
        look().apply(percent=int(percent))

    @Slot(bool)
    def _choose_rows(self, compact: bool) -> None:
        self.desk.preferences.compact_rows = compact
        look().apply(compact=compact)
