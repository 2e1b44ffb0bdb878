"""What officers type, read by the model's rules with the office's habits."""

from sscdesk.i18n import filled
from sscdesk.model.field import Field
from sscdesk.model.parsing import Habits, parse
from sscdesk.model.parsing import doubt as doubt_of
from sscdesk.model.values import Value
from sscdesk.ui.widgets.editors.surroundings import Surroundings


def read(field: Field, text: str, around: Surroundings) -> Value:
    """Return the value that ``text`` means in ``field``; raises ``Refused``."""
    return parse(field, text, Habits(around.today(), around.currency, around.country))


def doubt(field: Field, value: str, around: Surroundings) -> str:
    """Return a doubt about a value that is kept all the same, in words; else nothing."""
    missing = doubt_of(field, value, around.country)
    return filled(missing.message, missing.params) if missing is not None else ""
