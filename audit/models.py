"""Events, chained by stream, and the head of each chain.

Nothing here points upwards: an event keeps names and ids as they were on the day, so that it
says the same after the person has left and the unit has been merged away.
"""

import uuid

from django.db import models
from django.db.models import Q


class Event(models.Model):
    """One act: who, as what, for whom, what, before and after, when. Written once, for ever.

    `seq` counts from 1 without gaps within `stream`; `prev` is the hash of the event before it
    ("" for the first). What `hash` and `mac` cover is said in audit/chain.py. Rows are written
    by audit/services.py alone; triggers (migration 0002) refuse UPDATE and DELETE.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stream = models.CharField(max_length=160)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    user_id = models.CharField(max_length=64, blank=True)
    name = models.TextField(blank=True)
    role = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    on_behalf_of = models.TextField(blank=True)
    action = models.CharField(max_length=80)
    subject = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    key = models.CharField(max_length=160, blank=True)
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="audit_event_seq_once"),
            models.UniqueConstraint(
                fields=["stream", "key"], condition=~Q(key=""), name="audit_event_key_once"
            ),
        ]

    def __str__(self) -> str:
        """Return place and act, for logs."""
        return f"{self.stream}#{self.seq} {self.action}"


class Head(models.Model):
    """The last event of a stream; its row is what writers of that stream lock.

    `mac` binds seq and hash under the audit key: whoever cuts off the end of a chain cannot
    write the matching head without the key (an old copy of the row still would pass: only a
    head kept outside shows that, see exports.export_heads).
    """

    stream = models.CharField(primary_key=True, max_length=160)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        """Return the stream and how far it has come, for logs."""
        return f"{self.stream}@{self.seq}"
