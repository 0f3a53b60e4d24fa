"""A process that sends until nothing is due; tests kill it. Arguments: port, seconds ahead."""

import datetime as dt
import sys


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    from notifications.mail.smtp import Smtp
    from notifications.mail.way import Mail
    from notifications.sending import send_due

    port, ahead = int(sys.argv[1]), dt.timedelta(seconds=float(sys.argv[2]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with Smtp(host="127.0.0.1", port=port) as server:
        while send_due(way=Mail(server), clock=lambda: timezone.now() + ahead):
            pass


if __name__ == "__main__":
    main()
