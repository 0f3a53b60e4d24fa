"""Everything Waymark needs on one machine, behind one command: `python -m backend.embedded`.

The supervisor starts PostgreSQL and Valkey from their wheels and then the same processes that run
in production. Nothing here imports Django: what needs it runs as a child.
"""
