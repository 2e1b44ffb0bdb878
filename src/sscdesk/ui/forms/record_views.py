"""The tabs that show what was worked out about a record, by entity."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from sscdesk.model.text import N_
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.view_tab import ViewTab

Make = Callable[[Desk, FormAround, QWidget], ViewTab]


@dataclass(frozen=True, slots=True)
class ViewOfRecord:
    """One such tab: its name, its msgid and what makes it when it is first visited."""

    name: str
    label: str
    make: Make
    after_rows: bool = False
    """Whether it stands after the tabs of rows that it is worked out from."""
    first: bool = False
    """Stands before the overview and is what one sees first."""


def _promises(desk: Desk, around: FormAround, parent: QWidget) -> ViewTab:
    from sscdesk.ui.forms.promises_tab import PromisesTab

    return PromisesTab(desk, around, parent)


def _thread(desk: Desk, around: FormAround, parent: QWidget) -> ViewTab:
    from sscdesk.ui.forms.thread_tab import ThreadTab

    return ThreadTab(desk, around, parent)


def _accounts(desk: Desk, around: FormAround, parent: QWidget) -> ViewTab:
    from sscdesk.ui.forms.accounts_tab import AccountsTab

    return AccountsTab(desk, around, parent)


def _figures(desk: Desk, around: FormAround, parent: QWidget) -> ViewTab:
    from sscdesk.ui.forms.figures_tab import FiguresTab

    return FiguresTab(desk, around, parent)


THREAD = ViewOfRecord("thread", N_("Thread"), _thread)
PROMISES = ViewOfRecord("promises", N_("Commitments"), _promises)

_VIEWS: Mapping[str, tuple[ViewOfRecord, ...]] = {
    "agreement": (PROMISES,),
    "action_plan": (PROMISES,),
    "commitment": (ViewOfRecord("promises", N_("Both sides"), _promises), THREAD),
    "practice": (THREAD,),
    "exchange": (THREAD,),
    "mission": (ViewOfRecord("accounts", N_("Accounts"), _accounts, after_rows=True),),
    "indicator": (ViewOfRecord("figures", N_("Figures"), _figures, first=True),),
}


def views_of(entity: str) -> tuple[ViewOfRecord, ...]:
    """Return the tabs of an entity, in order; most stand after its overview."""
    return _VIEWS.get(entity, ())
