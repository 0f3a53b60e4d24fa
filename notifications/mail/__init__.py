"""Mail: what it says, what it looks like, and how it leaves."""
