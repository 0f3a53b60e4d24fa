"""A process that turns events into rows until none is due; tests kill it."""

import datetime as dt
import sys


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    from progress import outbox

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while outbox.deliver_pending(now=timezone.now() + dt.timedelta(days=1)):
        pass


if __name__ == "__main__":
    main()
