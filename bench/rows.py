"""SQL for many rows at once, that more than one benchmark begins with."""

LEARNERS = """
    INSERT INTO accounts_user (id, password, is_superuser, email, name, time_zone, locale,
                               is_active, is_staff, date_joined)
    SELECT gen_random_uuid(), '', false, 'bench' || n || '@example.org', 'Bench', 'UTC', 'en',
           true, false, now()
    FROM generate_series(1, %s) AS n
"""
ENROLLMENTS = """
    INSERT INTO progress_enrollment (id, learner_id, pathway_id, edition_id, track, role,
                                     weekly_minutes, state, started_at, origins)
    SELECT gen_random_uuid(), u.id, e.pathway_id, e.edition_id, e.track, e.role, 300, 'active',
           now() - interval '400 days', '{}'
    FROM accounts_user u, progress_enrollment e WHERE u.email LIKE 'bench%%' AND e.id = %s
"""
