"""Attachments: files kept with a record, encrypted and named by their content."""

from typing import ClassVar

from sscdesk.model.base import Record
from sscdesk.model.field import boolean, choice, integer, reference, references, text
from sscdesk.model.field import date as calendar_date
from sscdesk.model.field import language as language_code
from sscdesk.model.text import N_


class Attachment(Record):
    """A file (domain.md, 4.14); its audience is never wider than its record's."""

    __tablename__ = "attachment"
    entity: ClassVar[str] = "attachment"
    label: ClassVar[str] = N_("Document")
    plural: ClassVar[str] = N_("Documents")
    ref_code: ClassVar[str] = "DOC"
    initial_state: ClassVar[str] = "active"
    state_vocabulary: ClassVar[str | None] = "record_status"
    title_fields: ClassVar[tuple[str, ...]] = ("title", "file_name")
    follows: ClassVar[str | None] = "record"

    record = reference(
        N_("Belongs to"),
        "organisation|person|agreement|action_plan|commitment|practice|exchange|mission"
        "|follow_up|indicator|expense|report|office|officer",
        required="always",
        column=True,
        section=N_("Document"),
    )
    file_name = text(N_("File name"), required="always", column=True, max_length=255)
    title = text(N_("Title"), column=True)
    kind = choice(N_("Kind"), "attachment_kind", column=True, default="other")
    language = language_code(N_("Language"))
    dated = calendar_date(N_("Date of the document"))
    media_type = text(N_("Type"), required="always", computed=True, column=True)
    size = integer(N_("Size in bytes"), minimum=0, required="always", computed=True, column=True)
    sha256 = text(
        N_("Hash"),
        shape="sha256",
        required="always",
        computed=True,
        help=N_("SHA-256, hexadecimal."),
    )
    photo_consent = boolean(
        N_("Those shown consented"),
        help=N_("A photograph is kept only with the consent of those shown."),
        section=N_("Photographs"),
    )
    people_shown = references(N_("People shown"), "person", personal=True)
