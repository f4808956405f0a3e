"""Secret ballots: the papers, the roll of who took one, and the ballots that were cast.

No row joins the two: the roll knows members and nothing of what was cast; a ballot is kept by
the hash of its token and knows neither member nor time. docs/ballots.md says what follows.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflow.models.councils import CouncilSession, SessionMember


class BallotPaper(models.Model):
    """One ballot paper of a session: the items on which the same members vote.

    modulus  the public half of its key, in hex
    sealed   the private half under the server's secret; "" once ballots are handed out: from
             then on nobody can make another
    """

    session = models.ForeignKey(CouncilSession, models.PROTECT, related_name="papers")
    number = models.PositiveSmallIntegerField()
    modulus = models.CharField(max_length=1024)
    sealed = models.TextField(blank=True)

    class Meta:
        verbose_name = _("tờ phiếu")
        verbose_name_plural = _("tờ phiếu")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="ballot_paper_once"),
        ]

    def __str__(self) -> str:
        """Return the number, for logs."""
        return str(self.number)


class BallotRoll(models.Model):
    """That a member was handed a ballot paper.

    blinded  the hash of what he had signed: asked again for the same, he gets the same, so that
             a lost answer is no lost vote; asked for another, he is refused
    """

    paper = models.ForeignKey(BallotPaper, models.PROTECT, related_name="roll")
    member = models.ForeignKey(SessionMember, models.PROTECT, related_name="roll")
    blinded = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("danh sách nhận phiếu")
        verbose_name_plural = _("danh sách nhận phiếu")
        constraints = [
            models.UniqueConstraint(fields=["paper", "member"], name="ballot_roll_once"),
        ]

    def __str__(self) -> str:
        """Return the paper's key, for logs."""
        return str(self.paper_id)


class CastBallot(models.Model):
    """One ballot in the box.

    hash     SHA-256 of the token: the key, so that rows have no order but this one
    choices  one letter for each item of the paper, in the agenda's order (councils.Choice)
    """

    hash = models.CharField(primary_key=True, max_length=64, editable=False)
    paper = models.ForeignKey(BallotPaper, models.PROTECT, related_name="cast")
    token = models.CharField(max_length=64)
    signature = models.CharField(max_length=1024)
    choices = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("lá phiếu")
        verbose_name_plural = _("lá phiếu")
        ordering = ["hash"]
        constraints = [
            models.CheckConstraint(
                condition=Q(choices__regex=r"^[yn-]*$"), name="cast_ballot_choices_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the beginning of its hash, by which its voter knows it."""
        return self.hash[:12]
