-- Facts of the projects {first} to {last}, 5,000 training records and 5,000 runs each, all known on
-- 2026-06-01 02:00 UTC. `p` is a project, `n` a row of it; numbers stand for chance.
-- Keys are spelled out so that rows can name each other: project p owns p*1000 + n.

INSERT INTO governance_organisation (id, public_id, name, slug, kind)
SELECT o, gen_random_uuid(), 'Client ' || o, 'client-' || o, 'CLIENT' FROM generate_series(1, 50) o
    ON CONFLICT DO NOTHING;

INSERT INTO governance_project (id, public_id, organisation_id, name, slug, from_platform,
    to_platform, go_live_date, time_zone, phase, accountable_level, source, external_id,
    work_days, work_starts, work_ends)
SELECT p, gen_random_uuid(), (p - 1) / 1000 + 1, 'Upgrade ' || p, 'upgrade-' || p, 'Old', 'New',
       DATE '2026-06-01' + 3 + (p * 7 % 190),
       (ARRAY['UTC', 'Europe/Warsaw', 'America/Denver', 'Asia/Tokyo'])[p % 4 + 1],
       'UAT', 'END_TO_END', '', '', '12345', '08:00', '17:00'
  FROM generate_series({first}, {last}) p;

INSERT INTO governance_golivedate (public_id, organisation_id, project_id, go_live_date, reason,
    is_first, decided_at, recorded_at)
SELECT gen_random_uuid(), organisation_id, id, go_live_date, 'First', TRUE, '2026-01-05', '2026-01-05'
  FROM governance_project WHERE id BETWEEN {first} AND {last};

INSERT INTO governance_projectmark (project_id, version, marked_at, judged_version)
SELECT id, 1, '2026-05-31 12:00+00', -1
  FROM governance_project WHERE id BETWEEN {first} AND {last};

INSERT INTO governance_user (id, password, is_superuser, public_id, email, name, organisation_id,
    kind, is_administrator, is_active, is_staff, is_demo, time_zone, language)
SELECT p * 20 + n, '!', FALSE, gen_random_uuid(), 'u' || p || '.' || n || '@example.com',
       'User ' || n, (p - 1) / 1000 + 1, 'CLIENT', FALSE, TRUE, FALSE, FALSE, 'UTC', ''
  FROM generate_series({first}, {last}) p, generate_series(0, 14) n;

INSERT INTO governance_participation (organisation_id, project_id, user_id, role, started_at)
SELECT (p - 1) / 1000 + 1, p, p * 20 + n,
       (ARRAY['SPONSOR', 'STEERING', 'PROJECT_MANAGER', 'TEST_LEAD', 'CHANGE_LEAD'])[n + 1],
       '2026-01-05'
  FROM generate_series({first}, {last}) p, generate_series(0, 4) n;

INSERT INTO governance_department (id, public_id, organisation_id, project_id, name)
SELECT p * 100 + n, gen_random_uuid(), (p - 1) / 1000 + 1, p, 'Department ' || n
  FROM generate_series({first}, {last}) p, generate_series(0, 8) n;

INSERT INTO governance_businessprocess (id, public_id, recorded_at, organisation_id, project_id,
    parent_id, accountable_id, code, name, description, level, criticality, in_scope,
    suggested_party, suggested_role, owner_id, deputy_id, source)
SELECT p * 100 + n, gen_random_uuid(), '2026-01-06'::timestamptz, (p - 1) / 1000 + 1, p, NULL::bigint, p * 100 + n,
       (10 + n)::text, 'Process ' || n, '', 'END_TO_END',
       CASE WHEN n % 3 = 0 THEN 'CRITICAL' ELSE 'MEDIUM' END, TRUE, '', '',
       CASE WHEN (p + n) % 9 > 0 THEN p * 20 + n END,
       CASE WHEN (p + n) % 7 > 0 THEN p * 20 + n + 1 END, ''
  FROM generate_series({first}, {last}) p, generate_series(0, 11) n
 UNION ALL
SELECT p * 100 + 20 + n, gen_random_uuid(), '2026-01-06', (p - 1) / 1000 + 1, p, p * 100 + n / 5,
       p * 100 + n / 5, (10 + n / 5) || '.' || (10 + n % 5), 'Area ' || n, '', 'AREA', 'MEDIUM',
       (p + n) % 11 > 0, '', '', NULL, NULL, ''
  FROM generate_series({first}, {last}) p, generate_series(0, 59) n;

INSERT INTO governance_ownership (public_id, recorded_at, organisation_id, project_id, process_id,
    owner_id, deputy_id, assigned_at)
SELECT gen_random_uuid(), '2026-01-07', organisation_id, project_id, id, owner_id, deputy_id,
       '2026-01-07'
  FROM governance_businessprocess
 WHERE accountable_id = id AND project_id BETWEEN {first} AND {last};

INSERT INTO governance_decision (id, public_id, recorded_at, organisation_id, project_id, code,
    kind, title, detail, raised_by, raised_affiliation, raised_at, blocks_go_live)
SELECT p * 100 + n, gen_random_uuid(), '2026-02-01'::timestamptz + n * interval '3 days',
       (p - 1) / 1000 + 1, p, 'Q' || n, '', 'Question ' || n, '', '', 'CLIENT',
       '2026-02-01'::timestamptz + n * interval '3 days', n % 10 = 0
  FROM generate_series({first}, {last}) p, generate_series(0, 29) n;

INSERT INTO governance_decision_blocked_processes (decision_id, businessprocess_id)
SELECT id, project_id * 100 + id % 12
  FROM governance_decision WHERE project_id BETWEEN {first} AND {last};

INSERT INTO governance_decisionoutcome (public_id, recorded_at, organisation_id, project_id,
    decision_id, outcome, reason, decided_by_id, decided_affiliation, decided_at)
SELECT gen_random_uuid(), raised_at + (id * 13 % 17) * interval '10 hours', organisation_id,
       project_id, id, 'Yes', '', project_id * 20, 'CLIENT',
       raised_at + (id * 13 % 17) * interval '10 hours'
  FROM governance_decision
 WHERE (id / 100 + id * 7) % 10 < 9 AND project_id BETWEEN {first} AND {last};

INSERT INTO governance_assumption (id, public_id, recorded_at, organisation_id, project_id, code,
    statement, made_by, made_affiliation, raised_at)
SELECT p * 100 + n, gen_random_uuid(), '2026-05-10'::timestamptz + n * interval '1 day',
       (p - 1) / 1000 + 1, p, 'A' || n, 'Assumed', '', 'PARTNER',
       '2026-05-10'::timestamptz + n * interval '1 day'
  FROM generate_series({first}, {last}) p, generate_series(0, 14) n;

INSERT INTO governance_assumptionruling (public_id, recorded_at, organisation_id, project_id,
    assumption_id, ruling, reason, ruled_by_id, ruled_at)
SELECT gen_random_uuid(), raised_at, organisation_id, project_id, id, 'RATIFIED', '',
       project_id * 20, raised_at
  FROM governance_assumption
 WHERE (id + id / 100) % 5 < 4 AND project_id BETWEEN {first} AND {last};

INSERT INTO governance_person (id, public_id, recorded_at, organisation_id, project_id, external_id,
    name, email, site, job_title, left_date, department_id, source)
SELECT p * 1000 + n, gen_random_uuid(), '2026-01-06', (p - 1) / 1000 + 1, p, 'E' || n, 'Person ' || n,
       '', 'Site ' || n % 3, '', CASE WHEN n % 40 = 39 THEN DATE '2026-05-15' END,
       p * 100 + n % 9, ''
  FROM generate_series({first}, {last}) p, generate_series(0, 399) n;

INSERT INTO training_course (id, public_id, recorded_at, organisation_id, project_id, code, name,
    process_id, version, has_check, source)
SELECT p * 100 + n, gen_random_uuid(), '2026-01-06', (p - 1) / 1000 + 1, p, 'C' || n, 'Course ' || n,
       p * 100 + n / 2, CASE WHEN n % 8 = 0 THEN '2' ELSE '1' END, n % 6 > 0, ''
  FROM generate_series({first}, {last}) p, generate_series(0, 23) n;

INSERT INTO training_jobrole (id, public_id, recorded_at, organisation_id, project_id, code, name,
    is_super_user, source)
SELECT p * 100 + n, gen_random_uuid(), '2026-01-06', (p - 1) / 1000 + 1, p, 'J' || n, 'Role ' || n,
       FALSE, ''
  FROM generate_series({first}, {last}) p, generate_series(0, 11) n;

INSERT INTO training_requirement (public_id, recorded_at, organisation_id, project_id, job_role_id,
    course_id, is_mandatory)
SELECT gen_random_uuid(), '2026-01-06', (p - 1) / 1000 + 1, p, p * 100 + r,
       p * 100 + (r * 2 + k) % 24, TRUE
  FROM generate_series({first}, {last}) p, generate_series(0, 11) r, generate_series(0, 11) k;

INSERT INTO training_jobroleassignment (public_id, recorded_at, organisation_id, project_id,
    person_id, job_role_id)
SELECT gen_random_uuid(), '2026-01-06', (p - 1) / 1000 + 1, p, p * 1000 + n,
       p * 100 + (n + k * 5) % 12
  FROM generate_series({first}, {last}) p, generate_series(0, 399) n, generate_series(0, 1) k
 WHERE k = 0 OR n % 10 = 0;

INSERT INTO training_trainingrecord (id, public_id, recorded_at, organisation_id, project_id,
    person_id, course_id, course_version, result, happened_at, source, external_id)
SELECT id, gen_random_uuid(), happened_at, (p - 1) / 1000 + 1, p, p * 1000 + n % 400,
       p * 100 + (n % 400 % 12 * 2 + n / 400 % 12) % 24, '1',
       (ARRAY['PASSED', 'PASSED', 'PASSED', 'COMPLETED', 'PASSED', 'FAILED', 'PASSED',
              'ATTENDED'])[(p * 31 + n * 17 + n / 7) % 8 + 1],
       happened_at, 'lms', n::text
  FROM (SELECT (p - 1)::bigint * 5000 + n + 1 AS id, p, n,
               '2026-03-01'::timestamptz + n * interval '25 minutes' AS happened_at
          FROM generate_series({first}, {last}) p, generate_series(0, 4999) n) r;

INSERT INTO training_standing (project_id, person_id, course_id, completed_at, completed_version,
    checked_at, passed_at, practised_at)
SELECT project_id, person_id, course_id,
       MAX(happened_at) FILTER (WHERE result IN ('COMPLETED', 'PASSED')),
       COALESCE(MAX(course_version) FILTER (WHERE result IN ('COMPLETED', 'PASSED')), ''),
       MAX(happened_at) FILTER (WHERE result IN ('PASSED', 'FAILED')),
       CASE WHEN (ARRAY_AGG(result ORDER BY happened_at DESC)
                     FILTER (WHERE result IN ('PASSED', 'FAILED')))[1] = 'PASSED'
            THEN MAX(happened_at) FILTER (WHERE result IN ('PASSED', 'FAILED')) END,
       MAX(happened_at)
  FROM training_trainingrecord WHERE project_id BETWEEN {first} AND {last}
 GROUP BY project_id, person_id, course_id;

INSERT INTO uat_change (public_id, recorded_at, organisation_id, project_id, process_id, build,
    summary, changed_at)
SELECT gen_random_uuid(), '2026-05-20'::timestamptz + n * interval '2 days', (p - 1) / 1000 + 1, p,
       p * 100 + (p + n * 5) % 12, '1.' || n, '', '2026-05-20'::timestamptz + n * interval '2 days'
  FROM generate_series({first}, {last}) p, generate_series(0, 2) n;

INSERT INTO uat_scenario (id, public_id, recorded_at, organisation_id, project_id, process_id, code,
    title, scenario_class, criticality, in_scope, origin, entry_criteria, steps, expected_result,
    source, latest_result, first_result)
SELECT p * 1000 + n, gen_random_uuid(), '2026-01-06', (p - 1) / 1000 + 1, p,
       p * 100 + 20 + n % 12 * 5 + n / 12 % 5, 'S' || lpad(n::text, 3, '0'), 'Scenario ' || n,
       (ARRAY['HAPPY_PATH', 'EXCEPTION', 'EXCEPTION', 'REVERSAL', 'EDGE', 'REPORT'])[n / 12 % 6 + 1],
       'MEDIUM', n % 50 > 0, '', 'Given', CASE WHEN n % 40 > 0 THEN 'Do' ELSE '' END, 'Then', '',
       '', ''
  FROM generate_series({first}, {last}) p, generate_series(0, 349) n;

INSERT INTO uat_execution (id, public_id, recorded_at, organisation_id, project_id, scenario_id,
    person_id, tester_name, affiliation, result, build, comment, evidence, defect_code, executed_at,
    source, external_id)
SELECT id, gen_random_uuid(), executed_at, (p - 1) / 1000 + 1, p, p * 1000 + (n + p) % 335,
       CASE WHEN side < 88 THEN p * 1000 + n % 40 END, 'Tester',
       CASE WHEN side < 88 THEN 'CLIENT' WHEN side < 97 THEN 'PARTNER' ELSE 'UNKNOWN' END,
       CASE WHEN luck < 88 THEN 'PASSED' WHEN luck < 93 THEN 'FAILED' WHEN luck < 95 THEN 'BLOCKED'
            ELSE 'PASSED_WITH_COMMENTS' END,
       '1.0', '', '', '', executed_at, 'tracker', n::text
  FROM (SELECT (p - 1)::bigint * 5000 + n + 1 AS id, p, n, (p * 37 + n * 61 + n / 11) % 100 AS luck,
               (p * 41 + n * 29 + n / 13) % 100 AS side,
               '2026-04-20'::timestamptz + n * interval '12 minutes' AS executed_at
          FROM generate_series({first}, {last}) p, generate_series(0, 4999) n) r;

INSERT INTO uat_testerassignment (public_id, recorded_at, organisation_id, project_id, person_id,
    process_id, from_date, to_date, source)
SELECT gen_random_uuid(), '2026-04-01', (p - 1) / 1000 + 1, p, p * 1000 + n,
       CASE WHEN n % 5 > 0 THEN p * 100 + n % 12 END, DATE '2026-04-20', DATE '2026-05-29', ''
  FROM generate_series({first}, {last}) p, generate_series(0, 39) n;

INSERT INTO uat_defect (id, public_id, recorded_at, organisation_id, project_id, scenario_id, code,
    title, severity, triage, triaged_affiliation, state, was_reopened, raised_by,
    raised_affiliation, raised_at, owner_name, fix_due_date, source)
SELECT p * 100 + n, gen_random_uuid(), '2026-05-01', (p - 1) / 1000 + 1, p, p * 1000 + n * 5, 'D' || n,
       'Defect ' || n,
       (ARRAY['SHOWSTOPPER', 'HIGH', 'MEDIUM', 'LOW', 'MEDIUM', 'LOW'])[(p + n) % 6 + 1],
       (ARRAY['UNTRIAGED', 'DEFECT', 'TRAINING', 'DATA', 'DEFECT'])[(p * 3 + n) % 5 + 1], '',
       'OPEN', FALSE, '', 'CLIENT', '2026-05-01', CASE WHEN n % 9 > 0 THEN 'Owner' ELSE '' END,
       DATE '2026-06-10', ''
  FROM generate_series({first}, {last}) p, generate_series(0, 59) n;

INSERT INTO uat_defectevent (public_id, recorded_at, organisation_id, project_id, defect_id, state,
    actor_name, note, happened_at)
SELECT gen_random_uuid(), '2026-05-01'::timestamptz + k * interval '3 days', organisation_id,
       project_id, id, (ARRAY['OPEN', 'FIXED', 'REOPENED', 'CLOSED'])[k + 1], '', '',
       '2026-05-01'::timestamptz + k * interval '3 days'
  FROM uat_defect, generate_series(0, 3) k
 WHERE project_id BETWEEN {first} AND {last}
   AND (k = 0 OR (k = 1 AND id % 8 > 0) OR (k = 2 AND id % 8 = 7)
        OR (k = 3 AND (id + project_id) % 8 IN (1, 2, 3, 4, 5, 7)));

INSERT INTO readiness_reportedreading (public_id, recorded_at, organisation_id, project_id, metric,
    done, due, value, source_system, note, reporter_id, reported_at, ttl_days)
SELECT gen_random_uuid(), at, (p - 1) / 1000 + 1, p, metric,
       CASE WHEN kind = 'SHARE' THEN 90 + (p + n) % 11 END, CASE WHEN kind = 'SHARE' THEN 100 END,
       CASE WHEN kind <> 'SHARE' THEN (p + n) % 2 END, 'Tracker', '', p * 20, at, 30
  FROM generate_series({first}, {last}) p,
       (SELECT metric, MAX(kind) AS kind, ROW_NUMBER() OVER (ORDER BY metric) AS n
          FROM readiness_criterion WHERE origin = 'REPORTED' GROUP BY metric) m,
       LATERAL (SELECT '2026-04-25'::timestamptz + ((p + n) % 30) * interval '1 day' AS at) t
 WHERE (p + n) % 5 > 0;

INSERT INTO readiness_reportedstatus (public_id, recorded_at, organisation_id, project_id, gate_key,
    colour, original, note, reporter_name, reported_at, source)
SELECT gen_random_uuid(), '2026-05-28', (p - 1) / 1000 + 1, p, gate, 'GREEN', '', '', 'Somebody',
       '2026-05-28', 'pmo'
  FROM generate_series({first}, {last}) p, unnest(ARRAY['', 'G2', 'G3']) gate WHERE p % 2 = 0;

INSERT INTO readiness_acceptance (id, public_id, recorded_at, organisation_id, project_id, gate_key,
    criterion_key, reason, control, requester_id, approver_id, approver_kind, approver_name,
    approver_role, accepted_at, expires_at)
SELECT p * 10 + n, gen_random_uuid(), '2026-05-15', (p - 1) / 1000 + 1, p,
       (ARRAY['G3', 'G3', 'G4'])[n + 1], (ARRAY['UX-01', 'UX-02', 'TR-02'])[n + 1], 'Known',
       'By hand', p * 20 + 5, p * 20, 'CLIENT', 'User 0', 'Sponsor', '2026-05-15',
       '2026-06-01'::timestamptz + (p % 20 - 5) * interval '1 day'
  FROM generate_series({first}, {last}) p, generate_series(0, 2) n WHERE p % 4 = n;
