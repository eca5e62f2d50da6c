"""Changes on their way to the index: written with the change itself, delivered after it, never lost.

A row says only that a thing changed. Its text is read when the row is delivered, so a late delivery brings the present
text; the version (the row's id) keeps a slow delivery from replacing what a later one has already written. Rows stay
for a while after delivery: a rebuild that began before them takes them in once more after it has switched.
"""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.documents import document_id, registry
from search.engines import engine
from search.engines.base import Change, Writer
from search.results import EngineUnavailableError

log = logging.getLogger(__name__)
BATCH = 1000
KEPT = dt.timedelta(days=2)


class IndexChange(models.Model):
    """One thing that changed and that the index must hear of."""

    source = models.CharField(max_length=40)
    key = models.BigIntegerField()
    changed_at = models.DateTimeField(default=timezone.now)
    delivered = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("change for the index")
        verbose_name_plural = _("changes for the index")
        indexes = [models.Index(fields=["delivered", "id"])]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


def record(source: str, keys: Iterable[int]) -> None:
    """Note that these things changed, in the caller's transaction, and deliver as soon as it is committed."""
    rows = [IndexChange(source=source, key=key) for key in keys]
    if rows:
        IndexChange.objects.bulk_create(rows, batch_size=BATCH)
        transaction.on_commit(deliver_quietly)


def deliver_quietly() -> None:
    """Deliver what waits; when the engine is away the rows stay and the next delivery takes them."""
    try:
        deliver()
    except EngineUnavailableError:
        log.warning("The search engine can't be reached; %d changes wait.", waiting())


def waiting() -> int:
    """How many changes the index hasn't heard of."""
    return IndexChange.objects.filter(delivered=False).count()


def deliver(writer: Writer | None = None) -> int:
    """Bring all waiting changes into the index, batch by batch; returns how many rows were delivered.

    Raises EngineUnavailableError when the engine can't be reached; what was delivered until then stays delivered.
    """
    done = 0
    while rows := list(IndexChange.objects.filter(delivered=False).order_by("id")[:BATCH]):
        (writer or engine()).apply(_changes(rows))
        IndexChange.objects.filter(pk__in=[row.pk for row in rows]).update(delivered=True)
        done += len(rows)
    return done


def _changes(rows: Iterable[IndexChange]) -> list[Change]:
    """The present state of everything that `rows` name, each under its newest version."""
    newest: dict[str, dict[int, int]] = defaultdict(dict)
    for row in rows:
        newest[row.source][row.key] = max(row.pk, newest[row.source].get(row.key, 0))
    changes = []
    for name, versions in newest.items():
        documents = dict(registry[name].documents(versions)) if name in registry else {}
        changes += [Change(document_id(name, key), version, documents.get(key)) for key, version in versions.items()]
    return changes


def newest_version() -> int:
    """The version of the latest change; 0 when there was none."""
    return IndexChange.objects.aggregate(newest=models.Max("id"))["newest"] or 0


def deliver_again_since(version: int) -> int:
    """Deliver once more what changed after `version`: a rebuild calls it when its new index is in use."""
    IndexChange.objects.filter(id__gt=version).update(delivered=False)
    return deliver()


def forget_old(now: dt.datetime) -> int:
    """Remove delivered rows that no rebuild can need any more; returns how many."""
    newest = newest_version()
    old = IndexChange.objects.filter(delivered=True, changed_at__lt=now - KEPT).exclude(pk=newest)
    return old.delete()[0]
