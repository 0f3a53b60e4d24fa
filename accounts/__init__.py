"""Who: people, sign-in, and the apps they let in."""
