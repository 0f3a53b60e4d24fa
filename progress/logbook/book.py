"""The log of one enrollment, opened for one transaction."""

import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from backend.errors import FieldError
from backend.ids import uuid7
from progress import events, outbox
from progress.commands.guards import require_learner, require_milestone, require_working
from progress.commands.pause_guards import require_outside
from progress.compiled import key_now
from progress.corrections import Correction, voided_by_corrections
from progress.logbook.days import require_day, require_room
from progress.logbook.refusals import EntryIdTaken, ForeignEntry, VoidIdTaken
from progress.logbook.said import Said, SaidEntry, SaidVoid, SaidWork
from progress.logbook.work import WorkBook
from progress.models import Enrollment, LogEntry, LogVoid, Pause, WorkChange


class Logbook:
    """What the learner's devices said, read at once, judged in memory and stored at once.

    So a batch of a hundred costs about as many statements as a single entry. Open it inside a
    transaction: the enrollment is held until that ends, and two devices of a learner take turns.
    """

    def __init__(self, *, person: User, enrollment: Enrollment, now: datetime) -> None:
        self.person = person
        self.enrollment = enrollment
        self.now = now
        self.work = WorkBook(person=person, enrollment=enrollment, now=now)
        self.happened: list[events.Event] = []
        self.entries: dict[uuid.UUID, LogEntry] = {}
        self.corrections: dict[uuid.UUID, Correction] = {}
        self.voids: dict[uuid.UUID, LogVoid] = {}
        self.voided: dict[uuid.UUID, set[uuid.UUID | None]] = {}
        self.minutes: Counter[date] = Counter()
        self.pauses: list[Pause] = []
        self.new_entries: list[LogEntry] = []
        self.new_voids: list[LogVoid] = []

    @classmethod
    def open(
        cls, *, person: User, enrollment: Enrollment, said: Sequence[Said], now: datetime
    ) -> Self:
        """Return the book with all that is needed to judge `said`. Raises NotYourEnrollment."""
        require_learner(person, enrollment)
        enrollment.hold()
        book = cls(person=person, enrollment=enrollment, now=now)
        if any(isinstance(one, SaidEntry | SaidVoid) for one in said):
            # A day's total is the learner's, on whatever way: their enrollments take turns too.
            User.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)
            book._read_log(said)
        book.work.read([one.id for one in said if isinstance(one, SaidWork)])
        return book

    def take(self, said: Said) -> tuple[LogEntry | LogVoid | WorkChange, bool]:
        """Write one thing; return its row and whether it is new. Raises what refuses it."""
        match said:
            case SaidEntry():
                return self.take_entry(said)
            case SaidVoid():
                return self.take_void(said)
            case SaidWork():
                return self.work.take(said)

    def close(self) -> None:
        """Store what was taken, with its events."""
        LogEntry.objects.bulk_create(self.new_entries)
        LogVoid.objects.bulk_create(self.new_voids)
        self.work.store()
        outbox.record_all([*self.happened, *self.work.happened])
        self.work.finish()

    def _read_log(self, said: Sequence[Said]) -> None:
        voids = [one for one in said if isinstance(one, SaidVoid)]
        entries = [one for one in said if isinstance(one, SaidEntry)]
        ids = {one.id for one in entries} | {one.entry_id for one in voids}
        ids |= {one.replaces for one in entries if one.replaces}
        own = Q(enrollment=self.enrollment)
        rows = LogEntry.objects.filter(Q(pk__in=ids) | own & Q(replaces__isnull=False))
        for row in rows.order_by():
            self._know(row)
        # What a correction replaces may be void already without having arrived.
        corrected = {one.replaces for one in self.corrections.values()}
        of_these = own & Q(entry_id__in=ids | set(self.entries) | corrected)
        known = LogVoid.objects.filter(of_these | Q(pk__in=[one.id for one in voids]))
        for void in known.order_by():
            self._know_void(void)
        days = {one.day for one in entries} | {row.day for row in self.entries.values()}
        same_days = LogEntry.objects.standing().filter(
            enrollment__learner=self.person, day__in=days
        )
        sums = same_days.values_list("day").annotate(minutes=Sum("minutes")).order_by()
        self.minutes.update(dict(sums))
        self.pauses = list(Pause.objects.filter(enrollment=self.enrollment).order_by("starts_on"))

    def _know(self, row: LogEntry) -> None:
        self.entries[row.pk] = row
        if row.enrollment_id == self.enrollment.pk:
            row.enrollment = self.enrollment
            if row.replaces is not None:
                self.corrections[row.pk] = Correction(row.pk, row.replaces, row.at)

    def _know_void(self, void: LogVoid) -> None:
        self.voids[void.pk] = void
        if void.enrollment_id == self.enrollment.pk:
            self.voided.setdefault(void.entry_id, set()).add(void.replaced_by)

    def take_entry(self, said: SaidEntry) -> tuple[LogEntry, bool]:
        """Write an entry; return it and whether it is new. Raises what refuses it."""
        entry = LogEntry(
            id=said.id,
            enrollment=self.enrollment,
            milestone_key=said.milestone_key,
            day=said.day,
            time_zone=self.person.time_zone,
            minutes=said.minutes,
            note=said.note,
            source=said.source,
            replaces=said.replaces,
            at=min(said.at, self.now),
            created_at=self.now,
        )
        known = self.entries.get(said.id)
        if known is not None:
            return _same_entry(known, entry), False
        # A phone that was offline during an upgrade still says the key of the edition before.
        milestone = require_milestone(self.enrollment, key_now(self.enrollment, said.milestone_key))
        require_working(self.enrollment)
        self._require_own(said.replaces, field="replaces")
        require_day(self.enrollment, said.day, note=said.note, person=self.person, now=self.now)
        require_outside(self.pauses, said.day)
        beaten = self._beaten_with(entry)
        # Taken back, or corrected, by a device that was heard first: then it takes no room.
        stands = said.id not in self.voided and said.id not in beaten
        freed = sum(row.minutes for row in self._standing(beaten) if row.day == said.day)
        if stands:
            require_room(said.day, said.minutes, logged=self.minutes[said.day] - freed)
        self._know(entry)
        self.new_entries.append(entry)
        self.work.start_by_logging(milestone.key, at=entry.at)
        self._record(events.LOG_ENTRY_RECORDED, entry)
        if said.id in self.voided:
            self._record(events.LOG_ENTRY_VOIDED, entry)
        else:
            self.minutes[said.day] += said.minutes
        for entry_id, by in beaten.items():
            if by not in self.voided.get(entry_id, ()):
                at = self.corrections[by].at
                self._void(LogVoid(id=uuid7(), entry_id=entry_id, replaced_by=by, at=at))
        return entry, True

    def take_void(self, said: SaidVoid) -> tuple[LogVoid, bool]:
        """Write a void; return it and whether it is new. Raises what refuses it."""
        known = self.voids.get(said.id)
        if known is not None:
            told = (known.enrollment_id, known.entry_id, known.reason)
            if told != (self.enrollment.pk, said.entry_id, said.reason):
                raise VoidIdTaken(_("Make a new id for taking back another entry."))
            return known, False
        require_working(self.enrollment)
        self._require_own(said.entry_id, field="entry_id")
        at = min(said.at, self.now)
        void = LogVoid(id=said.id, entry_id=said.entry_id, reason=said.reason, at=at)
        self._void(void)
        return void, True

    def _void(self, void: LogVoid) -> None:
        void.enrollment, void.created_at = self.enrollment, self.now
        entry = self.entries.get(void.entry_id)
        if entry is not None and void.entry_id not in self.voided:
            self.minutes[entry.day] -= entry.minutes
            self._record(events.LOG_ENTRY_VOIDED, entry)
        self._know_void(void)
        self.new_voids.append(void)

    def _beaten_with(self, entry: LogEntry) -> dict[uuid.UUID, uuid.UUID]:
        """Return what corrections void, this one included (see `progress.corrections`)."""
        if entry.replaces is None:
            return {}
        added = Correction(entry.pk, entry.replaces, entry.at)
        return voided_by_corrections([*self.corrections.values(), added])

    def _standing(self, ids: dict[uuid.UUID, uuid.UUID]) -> list[LogEntry]:
        return [self.entries[pk] for pk in ids if pk in self.entries and pk not in self.voided]

    def _require_own(self, entry_id: uuid.UUID | None, *, field: str) -> None:
        """Pass if the entry is the enrollment's, or has not arrived; raise ForeignEntry."""
        entry = self.entries.get(entry_id) if entry_id else None
        if entry is not None and entry.enrollment_id != self.enrollment.pk:
            detail = _("That log entry is on another enrollment.")
            raise ForeignEntry(detail, errors=[FieldError(field, "foreign-entry", detail)])

    def _record(self, kind: str, entry: LogEntry) -> None:
        self.happened.append(
            events.Event(
                type=kind,
                occurred_at=self.now,
                actor_id=self.person.pk,
                subject_id=entry.pk,
                enrollment_id=self.enrollment.pk,
                data={
                    "milestone": key_now(self.enrollment, entry.milestone_key),
                    "minutes": entry.minutes,
                    "day": entry.day.isoformat(),
                },
            )
        )


def _same_entry(known: LogEntry, entry: LogEntry) -> LogEntry:
    said = ("enrollment_id", "milestone_key", "day", "minutes", "note", "replaces")
    if any(getattr(known, name) != getattr(entry, name) for name in said):
        raise EntryIdTaken(
            _("Make a new id for a new entry; an entry that was sent can't be changed.")
        )
    return known
