"""The rules of each campaign as dated rows, each with the clause it comes from."""

from campaigns.models.awards import (
    AwardForm,
    AwardItem,
    Decider,
    Level,
    Occasion,
    OccasionKind,
)
from campaigns.models.campaign import Campaign, Desk, DeskName, Status
from campaigns.models.gaps import MissingFact
from campaigns.models.indicators import Indicator, IndicatorTarget
from campaigns.models.judging import CampaignRule, Gate, LawRule
from campaigns.models.law import LegalGround
from campaigns.models.plan import (
    Anomaly,
    Body,
    LegalBasis,
    PlanDocument,
    PlanStatement,
    PriorityField,
    Recipient,
    StatementKind,
    TextDifference,
)
from campaigns.models.procedure import (
    DossierComponent,
    Milestone,
    ProcedureStep,
    ReportingDuty,
    RouteStep,
    SetCount,
)
from campaigns.models.provisions import (
    CalendarDay,
    Clock,
    Council,
    Denominator,
    LeftTo,
    OnSupplement,
    Provision,
    Threshold,
    Topic,
)
from campaigns.models.provisions import Unit as ClockUnit
from campaigns.models.regimes import BasePay, BonusForm, BonusMultiple, Regime
from campaigns.models.stated import BY_OFFICE, FROM_FILE, RELIED_UPON, Mark
from campaigns.models.subjects import (
    CriteriaGroup,
    CriteriaLevel,
    Criterion,
    Kind,
    SubjectKind,
)
from campaigns.models.versions import CampaignVersion, Origin, VersionState

__all__ = [
    "BY_OFFICE",
    "FROM_FILE",
    "RELIED_UPON",
    "Anomaly",
    "AwardForm",
    "AwardItem",
    "BasePay",
    "Body",
    "BonusForm",
    "BonusMultiple",
    "CalendarDay",
    "Campaign",
    "CampaignRule",
    "CampaignVersion",
    "Clock",
    "ClockUnit",
    "Council",
    "CriteriaGroup",
    "CriteriaLevel",
    "Criterion",
    "Decider",
    "Denominator",
    "Desk",
    "DeskName",
    "DossierComponent",
    "Gate",
    "Indicator",
    "IndicatorTarget",
    "Kind",
    "LawRule",
    "LeftTo",
    "LegalBasis",
    "LegalGround",
    "Level",
    "Mark",
    "Milestone",
    "MissingFact",
    "Occasion",
    "OccasionKind",
    "OnSupplement",
    "Origin",
    "PlanDocument",
    "PlanStatement",
    "PriorityField",
    "ProcedureStep",
    "Provision",
    "Recipient",
    "Regime",
    "ReportingDuty",
    "RouteStep",
    "SetCount",
    "StatementKind",
    "Status",
    "SubjectKind",
    "TextDifference",
    "Threshold",
    "Topic",
    "VersionState",
]
