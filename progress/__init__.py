"""What: pathways, enrollments, the log, evidence, mentorship, reviews."""
