"""What can be done with accounts, a use case a file."""
