"""What the workflow keeps: nominees, dossiers, nominations, and what happened to them."""

from workflow.models.afterwards import (
    Correction,
    Ground,
    MendedFact,
    Mending,
    Reissue,
    ReissueReason,
    Revocation,
)
from workflow.models.appraisals import Appraisal, Gap, GapKind, Hold, SupplementRequest
from workflow.models.archives import ArchivedDossier, ArchiveTransfer, TransferState
from workflow.models.ballots import BallotPaper, BallotRoll, CastBallot
from workflow.models.bulk import BulkAct, BulkItem, BulkState
from workflow.models.checks import PublicCheck
from workflow.models.clocks import StepLimit, StepMedian
from workflow.models.councils import (
    AgendaItem,
    Attendance,
    Choice,
    CouncilMember,
    CouncilSession,
    Office,
    OpenVote,
    Recusal,
    SessionMember,
    SessionQuota,
    TellerCount,
)
from workflow.models.decisions import Decision, DecisionItem
from workflow.models.dossiers import Dossier, Drafter, Nomination
from workflow.models.figures import Figure, FigureSheet, YearlyReport
from workflow.models.judging import FactEntry, FactKind, Judgement, Overrule
from workflow.models.meetings import Meeting, Vote
from workflow.models.nominees import Nominee
from workflow.models.notices import (
    Heartbeat,
    Mail,
    MailStatus,
    Manner,
    Notice,
    NoticeChoice,
    NoticeKind,
)
from workflow.models.opinions import OpinionItem, OpinionReminder, OpinionRequest
from workflow.models.papers import PaperLink
from workflow.models.persons import Identification
from workflow.models.print_batches import PrintBatch, PrintItem, PrintOutcome, PrintState
from workflow.models.public_notices import NoticeItem, Objection, PublicNotice
from workflow.models.registrations import (
    Registration,
    RegistrationGap,
    RegistrationLine,
    RegistrationRound,
    RegistrationSummary,
)
from workflow.models.submissions import Stage, Submission, SubmissionItem
from workflow.models.suggestions import FormSuggestion, SuggestionState
from workflow.models.work_items import DueBy, WorkItem

__all__ = [
    "AgendaItem",
    "Appraisal",
    "ArchiveTransfer",
    "ArchivedDossier",
    "Attendance",
    "BallotPaper",
    "BallotRoll",
    "BulkAct",
    "BulkItem",
    "BulkState",
    "CastBallot",
    "Choice",
    "Correction",
    "CouncilMember",
    "CouncilSession",
    "Decision",
    "DecisionItem",
    "Dossier",
    "Drafter",
    "DueBy",
    "FactEntry",
    "FactKind",
    "Figure",
    "FigureSheet",
    "FormSuggestion",
    "Gap",
    "GapKind",
    "Ground",
    "Heartbeat",
    "Hold",
    "Identification",
    "Judgement",
    "Mail",
    "MailStatus",
    "Manner",
    "Meeting",
    "MendedFact",
    "Mending",
    "Nomination",
    "Nominee",
    "Notice",
    "NoticeChoice",
    "NoticeItem",
    "NoticeKind",
    "Objection",
    "Office",
    "OpenVote",
    "OpinionItem",
    "OpinionReminder",
    "OpinionRequest",
    "Overrule",
    "PaperLink",
    "PrintBatch",
    "PrintItem",
    "PrintOutcome",
    "PrintState",
    "PublicCheck",
    "PublicNotice",
    "Recusal",
    "Registration",
    "RegistrationGap",
    "RegistrationLine",
    "RegistrationRound",
    "RegistrationSummary",
    "Reissue",
    "ReissueReason",
    "Revocation",
    "SessionMember",
    "SessionQuota",
    "Stage",
    "StepLimit",
    "StepMedian",
    "Submission",
    "SubmissionItem",
    "SuggestionState",
    "SupplementRequest",
    "TellerCount",
    "TransferState",
    "Vote",
    "WorkItem",
    "YearlyReport",
]
