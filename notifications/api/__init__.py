"""Thin: scope, parse, one call, render."""
