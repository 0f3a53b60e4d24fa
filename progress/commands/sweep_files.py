"""Delete files that nobody's evidence and no review round needs."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.deletion import ProtectedError

from progress import file_store
from progress.models import Evidence, StoredFile, SubmissionEvidence

KEPT_AFTER_REMOVAL = timedelta(days=1)
UPLOADS_LAST = timedelta(days=1)


def sweep_files(*, now: datetime) -> int:
    """Delete what is left over; return how many files of the storage that was.

    Left over are files of evidence that was removed a day ago and that no round has a copy of,
    files whose transaction did not come through, and uploads that broke off. It can run at any
    time, any number of times: a file is held while it is looked at, and the foreign keys refuse to
    let go of one that is needed. Raises StorageAway.
    """
    frozen = SubmissionEvidence.objects.filter(evidence=OuterRef("pk"))
    removed = Evidence.objects.filter(removed_at__lt=now - KEPT_AFTER_REMOVAL)
    removed.exclude(content=None).filter(~Exists(frozen)).update(content=None)
    needed = [
        Exists(model.objects.filter(content=OuterRef("pk")))
        for model in (Evidence, SubmissionEvidence)
    ]
    unneeded = StoredFile.objects.exclude(needed[0] | needed[1]).values_list("pk", flat=True)
    swept = sum(_sweep(sha256) for sha256 in list(unneeded))
    for sha256 in file_store.stored():
        if not StoredFile.objects.filter(pk=sha256).exists():
            swept += _sweep(sha256)
    _sweep_uploads(now)
    return swept


def _sweep(sha256: str) -> int:
    """Delete a file and its row unless something needs it by now; return how many that was."""
    try:
        with transaction.atomic():
            file_store.hold(sha256)
            StoredFile.objects.filter(pk=sha256).delete()
            # If this is not committed, the row comes back without its file: nobody needs it, the
            # next sweep deletes it again, and an upload of the same stores it anew.
            file_store.delete(sha256)
    except ProtectedError:
        return 0
    return 1


def _sweep_uploads(now: datetime) -> None:
    """Delete what broken-off uploads left in the folder they come in by."""
    old = (now - UPLOADS_LAST).timestamp()
    for path in Path(settings.UPLOADS_DIR).glob("*.upload*"):
        if path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
