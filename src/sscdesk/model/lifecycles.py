"""All state machines by entity; an entity without one has the single state "active"."""

from collections.abc import Mapping
from types import MappingProxyType

from sscdesk.model.lifecycle import Lifecycle, Transition
from sscdesk.model.machines.conditions import W
from sscdesk.model.machines.exchange import EXCHANGE
from sscdesk.model.machines.expense import EXPENSE
from sscdesk.model.machines.follow_up import FOLLOW_UP
from sscdesk.model.machines.mission import MISSION
from sscdesk.model.machines.practice import PRACTICE
from sscdesk.model.machines.promise import ACTION_PLAN, AGREEMENT, COMMITMENT
from sscdesk.model.machines.report import REPORT
from sscdesk.model.text import N_


def _without_states(entity: str, roles: frozenset[str]) -> Lifecycle:
    return Lifecycle(entity, Transition("record", N_("Record"), (), "active", roles))


_ADMIN = frozenset({"admin"})

LIFECYCLES: Mapping[str, Lifecycle] = MappingProxyType(
    {
        machine.entity: machine
        for machine in (
            MISSION,
            EXCHANGE,
            FOLLOW_UP,
            AGREEMENT,
            ACTION_PLAN,
            COMMITMENT,
            PRACTICE,
            REPORT,
            EXPENSE,
            _without_states("organisation", W),
            _without_states("person", W),
            _without_states("indicator", W),
            _without_states("attachment", W | _ADMIN),
            _without_states("officer", _ADMIN),
            _without_states("office", _ADMIN),
            _without_states("vocabulary", _ADMIN),
        )
    }
)
