"""Reads, one a file: typed result, fixed number of queries."""
