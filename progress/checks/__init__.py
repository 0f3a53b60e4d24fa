"""Looking at what learners linked to: snapshots, the weekly check, probes of deployments.

What is due stands in tables. Each run takes a batch, asks without holding a transaction, and writes
what it found to the rows that are still its own, so a run may die or be repeated at any point.
"""
