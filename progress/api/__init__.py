"""The API over progress: scope, parse, one call, render."""
