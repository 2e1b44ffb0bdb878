"""Tells that two offices wrote the same field, and leads to where that is settled."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from sscdesk.application.views import ConflictView, RecordView
from sscdesk.i18n import _, ngettext
from sscdesk.model.base import record_kinds
from sscdesk.model.field import fields_of
from sscdesk.ui.places import city
from sscdesk.ui.widgets.basic import button, icon_label, label
from sscdesk.ui.wording import readable_date


class ConflictStrip(QFrame):
    """A strip above the fields. *Signals*: ``reconcile_wanted``."""

    reconcile_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice_warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 10, 8)
        row.setSpacing(10)
        self.words = label("", "warn_words", self, wrap=True)
        self.button = button(_("Reconcile…"), "", "", self)
        self.button.clicked.connect(self.reconcile_wanted)
        row.addWidget(icon_label("triangle-alert", "warn"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.setVisible(False)

    def show_conflicts(self, view: RecordView, office: str) -> None:
        """Show what is to reconcile in a record; nothing hides the strip."""
        self.setVisible(bool(view.conflicts))
        if view.conflicts:
            self.words.setText(conflict_sentence(view, office))


def conflict_sentence(view: RecordView, office: str) -> str:
    """Say who wrote what at the same time as us, and how many more there are."""
    conflict = view.conflicts[0]
    field = field_words(conflict)
    others = [one for one in conflict.values if one.stamp.office != office]
    if conflict.field == "!":
        said = _("One office removed what another changed: “{title}”. Both are kept.").format(
            title=view.title
        )
    elif others:
        stamp = others[0].stamp
        said = _(
            "{who} ({office}) changed “{field}” on {day}, at the same time as you."
            " Both texts are kept."
        ).format(
            who=stamp.officer_name or _("Somebody"),
            office=city(stamp.office),
            field=field,
            day=readable_date(stamp.at[:10]),
        )
    else:
        said = _("“{field}” was written twice at the same time. Both texts are kept.").format(
            field=field
        )
    more = len(view.conflicts) - 1
    if not more:
        return said
    rest = ngettext(
        "{count} more field is to reconcile.", "{count} more fields are to reconcile.", more
    )
    return f"{said} {rest.format(count=more)}"


def field_words(conflict: ConflictView) -> str:
    """Return the label of a field in conflict."""
    kind = record_kinds()[conflict.entity]
    fields = kind.fields
    if conflict.part in kind.parts:
        fields = fields_of(kind.parts[str(conflict.part)])
    declared = fields.get(conflict.field)
    return _(declared.label) if declared is not None else conflict.field
