from django.db import migrations, models

import accounts.models.person


class Migration(migrations.Migration):
    """Let the choices be asked for, so that another language is no change of the schema."""

    dependencies = [("accounts", "0002_apps")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="locale",
            field=models.CharField(
                choices=accounts.models.person.locales, default="en", max_length=16
            ),
        ),
    ]
