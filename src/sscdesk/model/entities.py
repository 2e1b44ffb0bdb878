"""The register of all entities with their parts, in the order in which officers meet them.

A new entity is a mapped class and a line here.
"""

from sscdesk.model.agreement import (
    ActionPlan,
    ActionPlanComment,
    Agreement,
    AgreementComment,
    Axis,
    Commitment,
    CommitmentComment,
    CommitteeMeeting,
    Signatory,
)
from sscdesk.model.attachment import Attachment
from sscdesk.model.base import EntityKind, Part, Record
from sscdesk.model.exchange import (
    CostLine,
    Evaluation,
    Exchange,
    ExchangeComment,
    ExchangeFinding,
    ExchangeRecommendation,
    Participation,
    Session,
)
from sscdesk.model.expense import Expense
from sscdesk.model.follow_up import FollowUp, FollowUpComment
from sscdesk.model.indicator import Indicator, IndicatorValue
from sscdesk.model.mission import (
    BudgetLine,
    Leg,
    Meeting,
    Mission,
    MissionComment,
    MissionFinding,
    MissionRecommendation,
    Traveller,
    Visa,
)
from sscdesk.model.office import Authorisation, Office, PerDiem
from sscdesk.model.officer import Officer
from sscdesk.model.practice import Beneficiaries, Practice, PracticeComment, Transfer
from sscdesk.model.report import Contestation, Report, ReviewNote, Signature, TextBlock
from sscdesk.model.stakeholder import Organisation, Person, Post
from sscdesk.model.vocabulary import LocalLabel, VocabularyTerm


def _kind(mapped: type[Record], *parts: type[Part]) -> EntityKind:
    return EntityKind(mapped.entity, mapped, {part.part: part for part in parts})


_ALL = (
    _kind(
        Mission,
        Traveller,
        Leg,
        BudgetLine,
        Meeting,
        MissionFinding,
        MissionRecommendation,
        Visa,
        MissionComment,
    ),
    _kind(
        Exchange,
        Session,
        Participation,
        CostLine,
        Evaluation,
        ExchangeFinding,
        ExchangeRecommendation,
        ExchangeComment,
    ),
    _kind(FollowUp, FollowUpComment),
    _kind(Organisation),
    _kind(Person, Post),
    _kind(Agreement, Signatory, AgreementComment),
    _kind(ActionPlan, Axis, CommitteeMeeting, ActionPlanComment),
    _kind(Commitment, CommitmentComment),
    _kind(Practice, Beneficiaries, Transfer, PracticeComment),
    _kind(Report, TextBlock, ReviewNote, Contestation, Signature),
    _kind(Expense),
    _kind(Indicator, IndicatorValue),
    _kind(Attachment),
    _kind(Officer),
    _kind(Office, PerDiem, Authorisation),
    _kind(VocabularyTerm, LocalLabel),
)

KINDS: dict[str, EntityKind] = {kind.name: kind for kind in _ALL}
