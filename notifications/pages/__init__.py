"""Pages that links in mails open: no client, no script, no signing in."""
