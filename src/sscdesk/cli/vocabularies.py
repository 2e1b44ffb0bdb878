"""Calls for the lists of codes that the secretariat keeps."""

from argparse import Namespace
from typing import Any

from sscdesk.application import vocabularies
from sscdesk.application.vocabularies import TermView
from sscdesk.cli.call import Calls, Context, arg
from sscdesk.cli.shapes import plain
from sscdesk.i18n import current_language, gettext
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_

calls = Calls()
_LIST = arg("list", metavar="LIST")
_CODE = arg("code", metavar="CODE")
_LABELS = arg("labels", metavar="LANGUAGE=LABEL", nargs="*")
_POSITION = arg("--position", type=int, metavar="N")


def _labels(words: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        language, sign, label = word.partition("=")
        if not sign:
            raise NotFound(
                "not-a-label",
                N_("“{word}” is not a label."),
                hint=N_("Write for example fr=Atelier."),
                params={"word": word[:40]},
            )
        found[language.strip()] = label
    return found


def _term(context: Context, one: TermView) -> Any:
    return {**plain(one), "label": one.label(current_language(), context.desk.office)}


@calls.add(
    "vocabulary list",
    N_("List the lists of codes, or the codes of one of them."),
    "sscdesk vocabulary list exchange_kind",
    arg("list", metavar="LIST", nargs="?"),
)
def show(context: Context, args: Namespace) -> Any:
    """List the lists, or the codes of one."""
    if args.list is None:
        found = vocabularies.lists(context.desk)
        return {"lists": [{**plain(one), "label": gettext(one.label)} for one in found]}
    terms = vocabularies.terms(context.desk, args.list)
    return {"list": args.list, "terms": [_term(context, one) for one in terms]}


@calls.add(
    "vocabulary add",
    N_("Add a code to a list, with its labels in three languages."),
    "sscdesk vocabulary add sub_theme climate fr=Climat en=Climate ar=المناخ",
    _LIST,
    _CODE,
    _LABELS,
    _POSITION,
)
def add(context: Context, args: Namespace) -> Any:
    """Add a code."""
    labels = _labels(args.labels)
    made = vocabularies.add(context.desk, args.list, args.code, labels, args.position)
    return _term(context, made)


@calls.add(
    "vocabulary change",
    N_("Translate a code, give it another label or another place."),
    'sscdesk vocabulary change sub_theme climate en="Climate and mobility"',
    _LIST,
    _CODE,
    _LABELS,
    _POSITION,
)
def change(context: Context, args: Namespace) -> Any:
    """Change the labels of a code."""
    labels = _labels(args.labels)
    made = vocabularies.change(context.desk, args.list, args.code, labels, args.position)
    return _term(context, made)


@calls.add(
    "vocabulary retire",
    N_("Offer a code no longer; records that hold it keep it."),
    "sscdesk vocabulary retire sub_theme climate",
    _LIST,
    _CODE,
)
def retire(context: Context, args: Namespace) -> Any:
    """Retire a code."""
    return _term(context, vocabularies.retire(context.desk, args.list, args.code))


@calls.add(
    "vocabulary bring-back",
    N_("Offer a retired code again."),
    "sscdesk vocabulary bring-back sub_theme climate",
    _LIST,
    _CODE,
)
def bring_back(context: Context, args: Namespace) -> Any:
    """Bring a code back."""
    return _term(context, vocabularies.bring_back(context.desk, args.list, args.code))


@calls.add(
    "vocabulary label",
    N_("Give a code the label by which this office's country knows it."),
    "sscdesk vocabulary label organisation_kind local_authority fr=Commune",
    _LIST,
    _CODE,
    _LABELS,
)
def label(context: Context, args: Namespace) -> Any:
    """Label a code for this country."""
    labels = _labels(args.labels)
    return _term(context, vocabularies.label_here(context.desk, args.list, args.code, labels))


@calls.add(
    "vocabulary suggest",
    N_("Propose a code, or other labels for one, to the office that keeps the lists."),
    "sscdesk vocabulary suggest sub_theme climate fr=Climat en=Climate ar=المناخ",
    _LIST,
    _CODE,
    _LABELS,
)
def suggest(context: Context, args: Namespace) -> Any:
    """Suggest a term to the secretariat."""
    vocabularies.suggest(context.desk, args.list, args.code, _labels(args.labels))
    return {"suggested": args.code}
