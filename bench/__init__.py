"""Speed and memory, measured by hand: `python -m bench.<name>`. No test depends on a clock."""
