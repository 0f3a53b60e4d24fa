import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

COPY = """
INSERT INTO progress_invitationuse (invitation_id, person_id, used_at)
SELECT id, accepted_by_id, accepted_at FROM progress_invitation WHERE accepted_at IS NOT NULL
"""
COUNT = "UPDATE progress_invitation SET uses = 1 WHERE accepted_at IS NOT NULL"
BACK = """
UPDATE progress_invitation AS i SET accepted_at = u.used_at, accepted_by_id = u.person_id
FROM progress_invitationuse AS u WHERE u.invitation_id = i.id
"""


class Migration(migrations.Migration):
    """Links, counts and cohorts. Who accepted becomes a row; 0009 drops the columns."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("progress", "0007_log_voids"),
    ]

    operations = [
        migrations.CreateModel(
            name="InvitationUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("used_at", models.DateTimeField()),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="used_by",
                        to="progress.invitation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="invitationuse",
            constraint=models.UniqueConstraint(
                fields=("invitation", "person"), name="invitation_used_once_by_a_person"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="uses",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="invitation",
            name="max_uses",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.RunSQL(COPY, BACK),
    ]
