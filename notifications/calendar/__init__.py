"""A person's days as a calendar (RFC 5545) that other programs subscribe to."""
