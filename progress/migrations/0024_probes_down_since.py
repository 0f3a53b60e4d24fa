"""Since when a deployment is down."""

from django.db import migrations, models
from django.db.models import Q

# Of what is down already nobody knows since when: it counts from the last look.
KNOWN = """
    UPDATE progress_probe SET down_since = checked_at WHERE is_up = false;
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    """Since when a deployment is down."""

    dependencies = [("progress", "0023_second_opinions")]

    operations = [
        migrations.AddField(
            model_name="probe", name="down_since", field=models.DateTimeField(null=True)
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="probe",
            constraint=models.CheckConstraint(
                condition=Q(is_up=False, down_since__isnull=False)
                | (Q(down_since__isnull=True) & (Q(is_up__isnull=True) | Q(is_up=True))),
                name="probe_down_since_an_instant",
            ),
        ),
    ]
