"""Telling: what people hear of events and of the clock, where, when, and why."""
