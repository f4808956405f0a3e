"""Django's name for this room, and the acts it records."""

from django.apps import AppConfig

from audit import registry


class WorkflowConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "workflow"

    def ready(self) -> None:
        """Name every act of this room to the audit log, which refuses unknown ones."""
        from workflow.consulting_states import (  # noqa: PLC0415 - as the next lines
            BEGINNINGS,
            NOTICE_MOVES,
            OPINION_MOVES,
        )
        from workflow.council_states import SESSION_TRANSITIONS  # noqa: PLC0415 - as the others
        from workflow.figure_states import SHEET_MOVES  # noqa: PLC0415 - as the next line
        from workflow.registration_states import (  # noqa: PLC0415 - as the others
            REGISTRATION_TRANSITIONS,
        )
        from workflow.states import TRANSITIONS  # noqa: PLC0415 - it needs models loaded

        registry.register(
            "access.denied",
            "award.corrected",
            "award.returned",
            "archive.drawn_up",
            "nomination.reported",
            "archive.received",
            "archive.cancelled",
            "archive.printed",
            "certificate.entered",
            "certificate.handed_over",
            "certificate.reissued",
            "bonuses.computed",
            "council.attendance_recorded",
            "council.ballots_handed",
            "council.considered_recorded",
            "council.convened",
            "council.counted",
            "council.item_dropped",
            "council.items_added",
            "council.member_added",
            "council.member_ended",
            "council.votes_recorded",
            *(move.event for move in SESSION_TRANSITIONS),
            "dossier.exported",
            "dossier.printed",
            "dossier.opened",
            "desk.handed_over",
            "dossier.handed_over",
            "dossier.regime_changed",
            "dossier.split",
            "dossier.split_off",
            "fact.entered",
            "form.accepted",
            "form.declined",
            "form.suggested",
            "form.taken_back",
            "mail.held",
            "mail.released",
            "mail.resent",
            "meeting.recorded",
            "nomination.drafted",
            "nomination.edited",
            "nominee.identified",
            "nominee.told_apart",
            "figures.called",
            "figures.reported",
            *BEGINNINGS,
            *(move.event for move in (*OPINION_MOVES.values(), *NOTICE_MOVES.values())),
            *(move.event for move in SHEET_MOVES),
            "nomination.handed_over",
            "nomination.judged",
            "nomination.split_off",
            "nomination.taken_back",
            "nomination.way_changed",
            "rule.overruled",
            "work.assigned",
            "rule.restored",
            "person.notices_chosen",
            "registration.drafted",
            "registration.edited",
            "registration.round_changed",
            "registration.round_opened",
            "step_limit.removed",
            "step_limit.set",
            *(move.event for move in REGISTRATION_TRANSITIONS),
            *(move.event for move in TRANSITIONS),
        )
