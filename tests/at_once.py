"""Several people who act in the same moment."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each act in a thread of its own, all let go at one gate; return what they returned.

    Tests that use it need `django_db(transaction=True)`. Raises what an act raised.
    """
    gate = threading.Barrier(len(acts))
    answers: list[Any] = []
    errors: list[BaseException] = []

    def run(act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            answers.append(act())
        except BaseException as exc:  # noqa: BLE001 (raised below, in the test's thread)
            errors.append(exc)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return answers
