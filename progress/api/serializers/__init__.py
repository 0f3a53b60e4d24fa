"""What goes in and out, by subject."""
