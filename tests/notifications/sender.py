"""A process that sends until nothing is due; tests kill it.

Arguments: the mail server's port, how many seconds its clock is ahead, and the channel.
"""

import datetime as dt
import sys


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    from backend.outgoing import client
    from notifications.mail.smtp import Smtp
    from notifications.mail.way import Mail
    from notifications.push.keys import server_key
    from notifications.push.way import Push
    from notifications.sending import send_due

    port, ahead = int(sys.argv[1]), dt.timedelta(seconds=float(sys.argv[2]))
    is_push = sys.argv[3:] == ["push"]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with Smtp(host="127.0.0.1", port=port) as server:
        way = Push(client(), server_key(now=timezone.now())) if is_push else Mail(server)
        while send_due(way=way, clock=lambda: timezone.now() + ahead):
            pass


if __name__ == "__main__":
    main()
