"""Put a file beside milestones."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.core.files import File
from django.db import transaction

from accounts.models import User
from progress import file_store
from progress.commands.add_evidence import add_evidence
from progress.commands.guards import require_learner, require_milestone, require_working
from progress.compiled import key_now
from progress.files import clean_name, recognize
from progress.models import Enrollment, Evidence, StoredFile


def add_file(
    *,
    person: User,
    enrollment: Enrollment,
    evidence_id: uuid.UUID,
    milestone_keys: Sequence[str],
    title: str,
    file: "File[bytes]",
    now: datetime,
) -> tuple[Evidence, bool]:
    """Store an uploaded file as evidence; return it and whether it is new.

    What it is, is decided by what it holds. The same content is stored once, whoever sends it.
    Without a title it is called by its name. Sending the same again is harmless. Raises what
    `recognize` and `add_evidence` raise, StorageFull, StorageAway; nothing is stored then.
    """
    require_learner(person, enrollment)
    media_type = recognize(file)  # type: ignore[arg-type]  # an upload is a file on disk
    name = clean_name(file.name or "", media_type)
    sha256 = file_store.hash_of(file)
    content = StoredFile(sha256=sha256, size=file.size, media_type=media_type, stored_at=now)
    add = partial(
        add_evidence,
        person=person,
        enrollment=enrollment,
        evidence_id=evidence_id,
        milestone_keys=milestone_keys,
        title=title or name,
        file_name=name,
        content=content,
        now=now,
    )
    if Evidence.objects.filter(pk=evidence_id).exists():
        return add()  # the same again, or a refusal: nothing to store
    # Asked again when it is added; here so that a refusal leaves no file behind.
    require_working(enrollment)
    for key in milestone_keys:
        require_milestone(enrollment, key_now(enrollment, key))
    with transaction.atomic():
        file_store.hold(sha256)
        file_store.put(content, file)
        StoredFile.objects.bulk_create([content], ignore_conflicts=True)
        return add()
