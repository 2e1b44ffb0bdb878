"""What another office says about a record that is not its own."""

from typing import ClassVar

from sscdesk.model.base import Part
from sscdesk.model.field import Audience, long_text, text
from sscdesk.model.text import N_


class Comment(Part):
    """A remark of an office that shares the record; only its author's office changes it.

    Each commented entity has its own class, so that a comment travels with its record.
    """

    __abstract__ = True

    part: ClassVar[str] = "comment"
    label: ClassVar[str] = N_("Comment")
    plural: ClassVar[str] = N_("Comments")
    audience: ClassVar[Audience] = Audience.BILATERAL
    writer: ClassVar[str] = "commenter"

    words = long_text(N_("Comment"), required="always")
    about = text(N_("About"), help=N_("The field that the comment is about, if it is about one."))
