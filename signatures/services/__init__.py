"""The only writers of this room."""

from signatures.services.acts import seal_document, sign_document
from signatures.services.enrolment import Enrolled, enrol_demo_signers

__all__ = ["Enrolled", "enrol_demo_signers", "seal_document", "sign_document"]
