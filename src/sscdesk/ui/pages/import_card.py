"""What one file holds, in cards: counts, what collides, what is suggested, which records."""

from collections.abc import Iterator, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.incoming import ChangedRecord, ImportReport
from sscdesk.application.reconcile import SuggestionView
from sscdesk.application.views import ConflictView
from sscdesk.i18n import _, ngettext
from sscdesk.ui.pages.conflict_words import (
    BIN,
    declared,
    heading,
    is_long,
    sentence,
    side_words,
    suggestion_words,
    value_words,
    wrote_words,
)
from sscdesk.ui.pages.sync_words import (
    cities,
    documents_words,
    field_label,
    import_sentences,
    is_nothing_new,
    kinds_words,
    local_time,
)
from sscdesk.ui.places import city
from sscdesk.ui.widgets.basic import Card, Chip, button, icon_label, label
from sscdesk.ui.widgets.link_title import LinkTitle
from sscdesk.ui.widgets.record_lines import RecordLines
from sscdesk.ui.widgets.sides import Sides, SideWords
from sscdesk.ui.widgets.strips import Strip
from sscdesk.ui.wording import Wording, isolated

FIRST_SHOWN = 12
"""Records that are shown before all are asked for."""
MOST_COLLISIONS = 50

Titles = Mapping[str, str]


class ImportCard(QWidget):
    """One file, before or after it is accepted. *Signals*: ``record_wanted(entity, id)``."""

    record_wanted = Signal(str, str)

    def __init__(
        self,
        report: ImportReport,
        wording: Wording,
        titles: Titles,
        *,
        done: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.report = report
        self._wording = wording
        self._titles = titles
        self._done = done
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._head())
        for strip in self._strips():
            column.addWidget(strip)
        if not is_nothing_new(report):
            column.addWidget(self._counts())
        for collisions in self._collisions():
            column.addWidget(collisions)
        if report.suggested:
            column.addWidget(self._suggestions())
        if report.records:
            column.addWidget(self._records())

    # ------------------------------------------------------------ who, when, for whom

    def _head(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(3)
        row = QHBoxLayout()
        row.setSpacing(10)
        words = _("A file from {office}").format(office=city(self.report.office))
        row.addWidget(label(words, "title", self))
        chip = (
            Chip(_("Verified"), "good", self, tall=True)
            if self.report.verified
            else Chip(_("Words not compared"), "warn", self, tall=True)
        )
        row.addWidget(chip)
        row.addStretch(1)
        column.addLayout(row)
        told = _("Made on {when}, on laptop {number} of {office}, for {recipients}.").format(
            when=local_time(self.report.created_at),
            number=self.report.laptop,
            office=city(self.report.office),
            recipients=cities(self.report.recipients),
        )
        column.addWidget(label(told, "muted", self, wrap=True))
        return column

    def _strips(self) -> Iterator[Strip]:
        report = self.report
        if self._done:
            yield Strip(_("The file is accepted, all of it."), "good", "", self)
        elif is_nothing_new(report):
            words = _("All that is in this file is here already.")
            yield Strip(words, "info", _("Accepting it changes nothing."), self)
        if not report.verified:
            words = _("The eight words of {office} have not been compared.")
            hint = _(
                "The signatures hold, but nobody here has made sure that they are theirs."
                " Telephone them when you can."
            )
            yield Strip(words.format(office=city(report.office)), "warn", hint, self)
        for tone, words, hint in import_sentences(report, done=self._done):
            yield Strip(words, tone, hint, self)

    # ------------------------------------------------------------ counts

    def _counts(self) -> Card:
        card = Card(self)
        card.body.setSpacing(6)
        heading_words = _("What it brought") if self._done else _("What it would bring")
        card.body.addWidget(label(heading_words, "strong", card))
        for icon, token, name, words in self._counted():
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(icon_label(icon, token, 16), 0, Qt.AlignmentFlag.AlignTop)
            told = _("{what}: {counts}").format(what=name, counts=words)
            row.addWidget(label(told, "", card, wrap=True), 1)
            card.body.addLayout(row)
        return card

    def _counted(self) -> Iterator[tuple[str, str, str, str]]:
        report = self.report
        if report.new:
            yield "plus", "good", _("New"), kinds_words(report.new)
        if report.changed:
            yield "pencil", "info", _("Changed"), kinds_words(report.changed)
        if report.deleted:
            words = ngettext("{count} record or line", "{count} records or lines", report.deleted)
            yield "trash-2", "bad", _("To the bin"), words.format(count=report.deleted)
        if report.attachments:
            yield "paperclip", "muted", _("Attached"), documents_words(report.attachments)

    # ------------------------------------------------------------ collisions

    def _collisions(self) -> Iterator[Card]:
        if not self.report.collisions:
            return
        card = Card(self)
        card.body.setSpacing(10)
        words = _("Written here and there at the same time")
        card.body.addWidget(label(words, "strong", card))
        for conflict in self.report.collisions[:MOST_COLLISIONS]:
            card.body.addWidget(self._collision(conflict, card))
        yield card

    def _collision(self, conflict: ConflictView, parent: QWidget) -> QWidget:
        made = QWidget(parent)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        row = QHBoxLayout()
        row.setSpacing(8)
        title = LinkTitle(conflict.title, conflict.ref, made)
        title.clicked.connect(partial(self.record_wanted.emit, conflict.entity, conflict.record))
        row.addWidget(title, 1)
        row.addWidget(label(heading(conflict), "small", made))
        column.addLayout(row)
        before = value_words(
            self._wording,
            declared(conflict.entity, conflict.part, conflict.field),
            conflict.before,
            self._titles,
        )
        if conflict.field != BIN:
            told = _("Before: {value}").format(value=before)
            column.addWidget(label(told, "muted", made, wrap=True))
        column.addWidget(collision_sides(conflict, self._wording, self._titles, made))
        return made

    # ------------------------------------------------------------ suggestions, records

    def _suggestions(self) -> Card:
        card = Card(self)
        card.body.setSpacing(6)
        card.body.addWidget(label(_("Suggested to you"), "strong", card))
        for one in self.report.suggested[:MOST_COLLISIONS]:
            card.body.addWidget(label(self._suggested(one), "", card, wrap=True))
        return card

    def _suggested(self, one: SuggestionView) -> str:
        field = declared(one.entity, one.part, one.field)
        told = _("{ref} · {title} — {what}").format(
            ref=one.ref, title=isolated(one.title), what=suggestion_words(one)
        )
        if one.kind != "update":
            return told
        return _("{told}: {field}, “{now}” becomes “{value}”").format(
            told=told,
            field=field_label(one.entity, one.part, one.field),
            now=value_words(self._wording, field, one.now, self._titles),
            value=value_words(self._wording, field, one.value, self._titles),
        )

    def _records(self) -> Card:
        card = Card(self)
        card.body.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(label(_("Records"), "strong", card), 1)
        self.all = button(_("Show all"), "link", "", card)
        self.all.clicked.connect(self._show_all)
        row.addWidget(self.all)
        card.body.addLayout(row)
        self.lines = RecordLines(card, may_open=self._done)
        self.lines.record_wanted.connect(self.record_wanted)
        card.body.addWidget(self.lines)
        ordered = deletions_first(self.report)
        self.all.setVisible(len(ordered) > FIRST_SHOWN)
        self.lines.show_records(ordered, most=FIRST_SHOWN)
        return card

    @Slot()
    def _show_all(self) -> None:
        ordered = deletions_first(self.report)
        self.lines.show_records(ordered, most=len(ordered))
        self.all.hide()

    def show_all_records(self) -> None:
        """Show the whole list: it has to be read before many records go to the bin."""
        if self.report.records:
            self._show_all()


def deletions_first(report: ImportReport) -> list[ChangedRecord]:
    """Return the records of a report, those that go to the bin first."""
    rank = {"deleted": 0, "new": 1}
    return sorted(report.records, key=lambda record: rank.get(record.what, 2))


def collision_sides(
    conflict: ConflictView, wording: Wording, titles: Titles, parent: QWidget
) -> Sides:
    """Show the values of a conflict beside each other, without anything to decide."""
    field = declared(conflict.entity, conflict.part, conflict.field)
    before = str(conflict.before or "") if is_long(field) else ""
    sides = []
    for side in conflict.values:
        if conflict.field == BIN:
            sides.append(SideWords(side_words(side), ""))
            continue
        empty = side.value in (None, "", ())
        words = value_words(wording, field, side.value, titles)
        compared = is_long(field) and bool(before)
        sides.append(SideWords(wrote_words(side), words, compared=compared, empty=empty))
    return Sides(sides, before, parent)


def report_text(report: ImportReport, wording: Wording, titles: Titles) -> str:
    """Write a report as plain text, to copy or to print."""
    lines = [
        _("A file from {office}").format(office=city(report.office)),
        _("Made on {when}, on laptop {number} of {office}, for {recipients}.").format(
            when=local_time(report.created_at),
            number=report.laptop,
            office=city(report.office),
            recipients=cities(report.recipients),
        ),
    ]
    lines += [f"{words} {hint}" for _tone, words, hint in import_sentences(report, done=True)]
    if report.new:
        lines.append(_("{what}: {counts}").format(what=_("New"), counts=kinds_words(report.new)))
    if report.changed:
        told = kinds_words(report.changed)
        lines.append(_("{what}: {counts}").format(what=_("Changed"), counts=told))
    for conflict in report.collisions:
        told = sentence(wording, conflict, titles)
        lines.append(f"{conflict.ref} · {conflict.title} · {heading(conflict)}: {told}")
    words = {"new": _("New"), "changed": _("Changed"), "deleted": _("To the bin")}
    lines += [
        f"{words[record.what]}: {record.ref} · {record.title}" for record in deletions_first(report)
    ]
    return "\n".join(lines)
