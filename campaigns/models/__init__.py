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
from campaigns.models.regimes import BasePay, BonusForm, BonusMultiple, Mark, Regime
from campaigns.models.subjects import (
    CriteriaGroup,
    CriteriaLevel,
    Criterion,
    Kind,
    SubjectKind,
)
from campaigns.models.versions import CampaignVersion, Origin, VersionState

__all__ = [
    "Anomaly",
    "AwardForm",
    "AwardItem",
    "BasePay",
    "Body",
    "BonusForm",
    "BonusMultiple",
    "Campaign",
    "CampaignVersion",
    "CriteriaGroup",
    "CriteriaLevel",
    "Criterion",
    "Decider",
    "Desk",
    "DeskName",
    "DossierComponent",
    "Indicator",
    "IndicatorTarget",
    "Kind",
    "LegalBasis",
    "LegalGround",
    "Level",
    "Mark",
    "Milestone",
    "MissingFact",
    "Occasion",
    "OccasionKind",
    "Origin",
    "PlanDocument",
    "PlanStatement",
    "PriorityField",
    "ProcedureStep",
    "Recipient",
    "Regime",
    "ReportingDuty",
    "RouteStep",
    "SetCount",
    "StatementKind",
    "Status",
    "SubjectKind",
    "TextDifference",
    "VersionState",
]
