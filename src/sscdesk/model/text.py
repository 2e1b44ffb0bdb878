"""Marks texts of the model for translation; the model itself never translates.

Extraction (Babel) knows the name ``N_``; whoever shows the text passes it to
``sscdesk.i18n.gettext``.
"""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools extract
    """Return ``message`` unchanged: it is translated where it is shown."""
    return message
