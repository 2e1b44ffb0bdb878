"""What officers type, read by the model's rules with the office's habits."""

from sscdesk.model.field import Field
from sscdesk.model.values import Value
from sscdesk.ui.widgets.editors.surroundings import Surroundings


def read(field: Field, text: str, around: Surroundings) -> Value:
    """Return the value that ``text`` means in ``field``; raises ``Refused``."""
    return text


def doubt(field: Field, value: str, around: Surroundings) -> str:
    """Return a doubt about a value that is kept all the same, in words; else nothing."""
    return ""
