"""Reports: documents made from records, reviewed, signed, and then never changed."""

from typing import ClassVar

from sscdesk.model.base import Part, Record
from sscdesk.model.field import (
    Audience,
    choice,
    choices,
    date,
    datetime,
    integer,
    long_text,
    reference,
    references,
    text,
)
from sscdesk.model.field import language as language_code
from sscdesk.model.text import N_

_O = Audience.OFFICE
_ANY = (
    "organisation|person|agreement|action_plan|commitment|practice|exchange|mission"
    "|follow_up|indicator"
)


class Report(Record):
    """A report (domain.md, 4.13). A draft stays in the office; see ``model/reporting.py``
    for who receives it once it is signed."""

    __tablename__ = "report"
    entity: ClassVar[str] = "report"
    label: ClassVar[str] = N_("Report")
    plural: ClassVar[str] = N_("Reports")
    ref_code: ClassVar[str] = "RAP"
    initial_state: ClassVar[str] = "draft"
    state_vocabulary: ClassVar[str | None] = "report_status"
    title_fields: ClassVar[tuple[str, ...]] = ("title",)
    partner_fields: ClassVar[tuple[str, ...]] = ("second_offices",)
    default_audience: ClassVar[Audience] = Audience.OFFICE

    title = text(N_("Title"), column=True, section=N_("Identity"))
    kind = choice(N_("Kind"), "report_kind", required="always", column=True)
    subject = reference(
        N_("About"),
        "mission|exchange|practice|action_plan|person",
        column=True,
        help=N_("The record that it reports on; periodic reports have none."),
    )
    period_from = date(N_("Period from"))
    period_until = date(N_("Period until"))
    language = language_code(N_("Language"), required="always", column=True, default="fr")
    number = text(N_("Number"), computed=True, column=True)
    revision = integer(N_("Revision"), computed=True, default=0)
    supersedes = reference(N_("Supersedes"), "report", computed=True)
    superseded_by = reference(N_("Superseded by"), "report", computed=True)
    second_offices = choices(
        N_("Countersigned by"),
        "office",
        help=N_("The partner offices that countersign."),
    )
    distribution = long_text(
        N_("Copies for information"), help=N_("One recipient per line."), max_length=5_000
    )

    submitted_on = datetime(N_("Submitted on"), computed=True, section=N_("Seal"))
    signed_on = datetime(N_("Signed on"), computed=True, column=True)
    pdf = reference(N_("PDF"), "attachment", computed=True)
    pdf_hash = text(N_("Hash of the PDF"), computed=True, help=N_("SHA-256, hexadecimal."))
    content_hash = text(
        N_("Hash of the contents"), computed=True, help=N_("SHA-256 of the records frozen in it.")
    )
    covers = references(N_("Records covered"), _ANY, computed=True)
    covered_to = long_text(
        N_("State of the records covered"),
        computed=True,
        help=N_("What was known when it was submitted: later changes are “after signature”."),
        max_length=1_000_000,
    )
    snapshot = long_text(N_("Frozen contents"), computed=True, audience=_O, max_length=20_000_000)
    finance_annex = reference(N_("Financial annex"), "attachment", computed=True, audience=_O)


class TextBlock(Part):
    """A text that an officer wrote over the generated one."""

    __tablename__ = "report_text_block"
    entity: ClassVar[str] = "report_text_block"
    part: ClassVar[str] = "text_block"
    parent_entity: ClassVar[str] = "report"
    label: ClassVar[str] = N_("Text by hand")
    plural: ClassVar[str] = N_("Texts by hand")
    audience: ClassVar[Audience] = _O

    section_name = text(N_("Section"), required="always")
    words = long_text(N_("Text"))


class ReviewNote(Part):
    """A note of review, returned to the author."""

    __tablename__ = "report_note"
    entity: ClassVar[str] = "report_note"
    part: ClassVar[str] = "note"
    parent_entity: ClassVar[str] = "report"
    label: ClassVar[str] = N_("Note of review")
    plural: ClassVar[str] = N_("Notes of review")
    audience: ClassVar[Audience] = _O

    section_name = text(N_("Section"))
    words = long_text(N_("Note"), required="always")
    settled_on = date(N_("Settled on"))


class Contestation(Part):
    """The reason for which a second office contests a signed report."""

    __tablename__ = "report_contestation"
    entity: ClassVar[str] = "report_contestation"
    part: ClassVar[str] = "contestation"
    parent_entity: ClassVar[str] = "report"
    label: ClassVar[str] = N_("Contestation")
    plural: ClassVar[str] = N_("Contestations")
    audience: ClassVar[Audience] = Audience.BILATERAL
    writer: ClassVar[str] = "recorder"

    reason = long_text(N_("Reason"), required="always")


class Signature(Part):
    """Who signed, written by the office that signed."""

    __tablename__ = "report_signature"
    entity: ClassVar[str] = "report_signature"
    part: ClassVar[str] = "signature"
    parent_entity: ClassVar[str] = "report"
    label: ClassVar[str] = N_("Signature")
    plural: ClassVar[str] = N_("Signatures")
    writer: ClassVar[str] = "recorder"

    officer = reference(N_("Officer"), "officer", personal=True)
    name = text(N_("Name"), required="always", personal=True)
    function = text(N_("Function"), personal=True)
    office = choice(N_("Office"), "office", required="always")
    signed_at = datetime(N_("Time"), required="always")
    certificate = text(N_("Fingerprint of the certificate"), help=N_("SHA-256, hexadecimal."))
    pdf_hash = text(N_("Hash of the PDF with this signature"))
    pdf = reference(N_("PDF with this signature"), "attachment")
