"""What stops a start, said to the person at the keyboard."""


class StartError(Exception):
    """Waymark can't start. The message is a full sentence and says what to do about it."""
