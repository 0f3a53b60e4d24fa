"""When somebody's time zone was changed last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """When somebody's time zone was changed last."""

    dependencies = [("accounts", "0003_locales")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="zone_changed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                condition=models.Q(("zone_changed_at__isnull", False)),
                fields=["zone_changed_at"],
                name="person_by_zone_change",
            ),
        ),
    ]
