"""When to look next at what the clock may make due."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

# Those who are there already are looked at too: spread over an hour, by their own ids. Whoever this
# misses, the hourly sweep finds.
KNOWN = """
    INSERT INTO notifications_appointment (about, subject_id, person_id, due_at, looked_at)
        SELECT 'enrollment', id, learner_id, at, at
        FROM (SELECT id, learner_id, now() + ('x' || substr(md5(id::text), 1, 6))::bit(24)::int
                                             % 3600 * interval '1 second' AS at
              FROM progress_enrollment WHERE state = 'active') AS learners;
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    """When to look next at what the clock may make due."""

    dependencies = [
        ("accounts", "0004_zone_changed_at"),
        ("notifications", "0008_calendar"),
        ("progress", "0024_probes_down_since"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("enrollment", "Enrollment"),
                            ("mentor", "Mentor"),
                            ("coordinator", "Coordinator"),
                        ],
                        max_length=16,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("due_at", models.DateTimeField(null=True)),
                ("looked_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(("due_at__isnull", False)),
                        fields=["about", "due_at"],
                        name="appointment_by_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("about", "subject_id"), name="appointment_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(about__in=["enrollment", "mentor", "coordinator"]),
                        name="appointment_about_something",
                    ),
                    models.CheckConstraint(
                        condition=Q(about="enrollment") | Q(subject_id=F("person")),
                        name="appointment_of_a_person_is_theirs",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
