-- The night in SQL alone, as fast as we know to write it: what is counted goes into tables of
-- its own, the findings come out of these. It knows the policy as the table floor_criterion,
-- filled beforehand. Nothing is checked, explained or kept that the findings do not need.

CREATE UNLOGGED TABLE floor_day AS
SELECT id AS project_id, organisation_id, go_live_date, time_zone, today,
       go_live_date - today AS days_left,
       (go_live_date - 30)::timestamp AT TIME ZONE time_zone AS fresh_from,
       date_trunc('week', today::timestamp) AT TIME ZONE time_zone - interval '520 weeks' AS monday
  FROM (SELECT *, (TIMESTAMPTZ '{as_of}' AT TIME ZONE time_zone)::date AS today
          FROM governance_project) p;
ANALYZE floor_day;

CREATE UNLOGGED TABLE floor_reading (project_id bigint, metric text, is_share boolean, done bigint,
    due bigint, value numeric, population bigint, expires_at timestamptz);

-- Training

CREATE UNLOGGED TABLE floor_held AS
SELECT e.project_id, e.id AS person_id, e.department_id, e.site, a.job_role_id,
       COUNT(*) OVER (PARTITION BY e.id) AS roles
  FROM floor_day b
  JOIN governance_person e ON e.project_id = b.project_id
  JOIN training_jobroleassignment a ON a.person_id = e.id
 WHERE (a.from_date IS NULL OR a.from_date <= b.today) AND (a.to_date IS NULL OR a.to_date >= b.today)
   AND (e.joined_date IS NULL OR e.joined_date <= b.today)
   AND (e.left_date IS NULL OR e.left_date >= b.today);
CREATE UNLOGGED TABLE floor_needed AS
SELECT r.job_role_id, r.course_id, c.has_check, p.accountable_id AS process_id, c.version
  FROM training_requirement r
  JOIN training_course c ON c.id = r.course_id
  LEFT JOIN governance_businessprocess p ON p.id = c.process_id
 WHERE r.is_mandatory;
ANALYZE floor_held; ANALYZE floor_needed;

CREATE UNLOGGED TABLE floor_grid AS
SELECT q.person_id, q.process_id, COUNT(*) AS due, COUNT(s.completed_at) AS completed,
       COUNT(*) FILTER (WHERE q.has_check) AS checks_due,
       COUNT(s.passed_at) FILTER (WHERE q.has_check) AS passed,
       COUNT(CASE WHEN q.has_check THEN s.passed_at ELSE s.completed_at END) AS skilled,
       COUNT(s.completed_at) FILTER (WHERE s.completed_version <> q.version) AS outdated,
       MAX(s.practised_at) AS practised_at
  FROM (SELECT h.person_id, n.course_id, n.has_check, n.process_id, n.version
          FROM floor_held h JOIN floor_needed n ON n.job_role_id = h.job_role_id WHERE h.roles = 1
         UNION ALL
        SELECT DISTINCT h.person_id, n.course_id, n.has_check, n.process_id, n.version
          FROM floor_held h JOIN floor_needed n ON n.job_role_id = h.job_role_id
         WHERE h.roles > 1) q
  LEFT JOIN training_standing s ON s.person_id = q.person_id AND s.course_id = q.course_id
 GROUP BY q.person_id, q.process_id;
ANALYZE floor_grid;

CREATE UNLOGGED TABLE floor_cell AS
SELECT e.project_id, e.department_id, g.process_id, e.site,
       COUNT(*) FILTER (WHERE g.skilled = g.due) AS proficient, SUM(g.due)::bigint AS due,
       SUM(g.completed)::bigint AS completed, SUM(g.checks_due)::bigint AS checks_due,
       SUM(g.passed)::bigint AS passed, SUM(g.outdated)::bigint AS outdated
  FROM floor_grid g JOIN governance_person e ON e.id = g.person_id
 GROUP BY 1, 2, 3, 4;

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT d.project_id, m.metric, TRUE, m.done, m.due, NULL::numeric, m.due
  FROM floor_day d
  LEFT JOIN (SELECT project_id, SUM(due) AS due, SUM(completed) AS completed,
                    SUM(checks_due) AS checks_due, SUM(passed) AS passed, SUM(outdated) AS outdated
               FROM floor_cell GROUP BY 1) c USING (project_id)
  LEFT JOIN (SELECT DISTINCT ON (project_id) project_id, done, due
               FROM (SELECT project_id, SUM(completed) AS done, SUM(due) AS due
                       FROM floor_cell GROUP BY project_id, department_id) departments
              ORDER BY project_id, done / due, due DESC) l USING (project_id)
  LEFT JOIN (SELECT e.project_id, COUNT(*) AS trained,
                    COUNT(*) FILTER (WHERE t.practised_at < b.fresh_from) AS stale
               FROM (SELECT person_id, MAX(practised_at) AS practised_at FROM floor_grid
                      GROUP BY person_id HAVING SUM(completed) > 0) t
               JOIN governance_person e ON e.id = t.person_id
               JOIN floor_day b ON b.project_id = e.project_id
              GROUP BY 1) p USING (project_id),
       LATERAL (VALUES ('trn.complete_pct', COALESCE(c.completed, 0), COALESCE(c.due, 0)),
                       ('trn.prof_pct', COALESCE(c.passed, 0), COALESCE(c.checks_due, 0)),
                       ('trn.outdated_pct', COALESCE(c.outdated, 0), COALESCE(c.completed, 0)),
                       ('trn.dept_min_pct', COALESCE(l.done, 0), COALESCE(l.due, 0)),
                       ('trn.stale_pct', COALESCE(p.stale, 0), COALESCE(p.trained, 0))
               ) AS m (metric, done, due);

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT project_id, 'trn.cover_gap', FALSE, NULL::bigint, NULL::bigint, SUM(gap), COUNT(*)
  FROM (SELECT p.project_id, p.id, c.site, CASE WHEN COALESCE(SUM(c.proficient), 0) < 2 THEN 1 ELSE 0 END AS gap
          FROM governance_businessprocess p LEFT JOIN floor_cell c ON c.process_id = p.id
         WHERE p.accountable_id = p.id AND p.in_scope AND p.criticality = 'CRITICAL'
         GROUP BY 1, 2, 3) covers
 GROUP BY 1;

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT project_id, 'trn.tester_trained_pct', TRUE, SUM(is_trained), COUNT(*), NULL::numeric, COUNT(*)
  FROM (SELECT project_id, person_id, MIN(is_trained) AS is_trained
          FROM (SELECT w.project_id, w.person_id,
                       CASE WHEN SUM(g.due) = SUM(g.completed) THEN 1 ELSE 0 END AS is_trained
                  FROM (SELECT DISTINCT t.project_id, t.person_id, p.accountable_id AS process_id
                          FROM uat_testerassignment t
                          JOIN floor_day b ON b.project_id = t.project_id
                          JOIN governance_person e ON e.id = t.person_id
                          LEFT JOIN governance_businessprocess p ON p.id = t.process_id
                         WHERE e.left_date IS NULL OR e.left_date >= b.today) w
                  LEFT JOIN floor_grid g ON g.person_id = w.person_id
                        AND (w.process_id IS NULL OR g.process_id = w.process_id)
                 GROUP BY w.project_id, w.person_id, w.process_id) each_process
         GROUP BY 1, 2) each_person
 GROUP BY 1;

-- Testing

CREATE UNLOGGED TABLE floor_scenario AS
SELECT s.project_id, s.id, p.accountable_id AS process_id, s.scenario_class, s.criticality, s.code,
       s.latest_execution_id AS run_id, s.latest_result AS result, s.first_result,
       s.process_id IS NOT NULL AND s.entry_criteria <> '' AND s.steps <> ''
           AND s.expected_result <> '' AS is_complete,
       s.latest_result IN ('PASSED', 'PASSED_WITH_COMMENTS') AS is_pass,
       s.latest_result IN ('PASSED', 'PASSED_WITH_COMMENTS', 'FAILED')
           AND (s.changed_at IS NULL OR s.latest_executed_at >= s.changed_at) AS is_tested
  FROM uat_scenario s LEFT JOIN governance_businessprocess p ON p.id = s.process_id
 WHERE s.in_scope AND (p.id IS NULL OR p.in_scope);
ANALYZE floor_scenario;

CREATE UNLOGGED TABLE floor_tested AS
SELECT project_id, COUNT(*) AS due, COUNT(*) FILTER (WHERE is_tested) AS tested,
       COUNT(*) FILTER (WHERE is_tested AND is_pass) AS passed,
       COUNT(*) FILTER (WHERE is_pass) AS passes, COUNT(run_id) AS ever_run,
       COUNT(*) FILTER (WHERE first_result = 'FAILED') AS first_failed,
       COUNT(*) FILTER (WHERE is_complete) AS complete
  FROM floor_scenario GROUP BY 1;

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT project_id, m.metric, TRUE, m.done, m.due, NULL::numeric, m.due
  FROM floor_tested t,
       LATERAL (VALUES ('uat.exec_pct', tested, due), ('uat.pass_pct', passed, due),
                       ('uat.stale_pass_pct', passes - passed, passes),
                       ('uat.first_fail_pct', first_failed, ever_run),
                       ('uat.case_complete_pct', complete, due)) AS m (metric, done, due)
 UNION ALL
SELECT project_id, 'uat.unsigned_untested', FALSE, NULL::bigint, NULL::bigint, due - tested, due
  FROM floor_tested;

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT p.project_id, 'uat.design_cov_pct', TRUE, COUNT(s.process_id), COUNT(*), NULL::numeric, COUNT(*)
  FROM governance_businessprocess p
  LEFT JOIN (SELECT DISTINCT process_id FROM uat_scenario WHERE in_scope) s ON s.process_id = p.id
  LEFT JOIN (SELECT DISTINCT parent_id FROM governance_businessprocess
              WHERE in_scope AND parent_id IS NOT NULL) c ON c.parent_id = p.id
 WHERE p.in_scope AND c.parent_id IS NULL
 GROUP BY 1;

CREATE UNLOGGED TABLE floor_quota AS
SELECT p.project_id, p.id AS process_id, k.scenario_class, COUNT(s.id) AS due,
       COUNT(*) FILTER (WHERE s.is_tested) AS tested
  FROM governance_businessprocess p
 CROSS JOIN (VALUES ('EXCEPTION'), ('REVERSAL'), ('EDGE'), ('REPORT')) AS k (scenario_class)
  LEFT JOIN floor_scenario s ON s.process_id = p.id AND s.scenario_class = k.scenario_class
 WHERE p.accountable_id = p.id AND p.in_scope AND p.criticality = 'CRITICAL'
 GROUP BY 1, 2, 3;

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT project_id, 'uat.class_min', FALSE, NULL::bigint, NULL::bigint,
       MIN(due / CASE WHEN scenario_class = 'EXCEPTION' THEN 2 ELSE 1 END), COUNT(DISTINCT process_id)
  FROM floor_quota GROUP BY 1;
INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT DISTINCT ON (project_id) project_id, 'uat.class_exec_pct', TRUE, tested, due, NULL::numeric, due
  FROM (SELECT project_id, SUM(tested)::bigint AS tested, SUM(due)::bigint AS due
          FROM floor_quota GROUP BY project_id, scenario_class) classes
 ORDER BY project_id, CASE WHEN due = 0 THEN -1 ELSE tested::numeric / due END, due DESC;

CREATE UNLOGGED TABLE floor_week AS
SELECT e.project_id, e.person_id, e.affiliation = 'CLIENT' AS by_client,
       FLOOR(date_part('epoch', e.executed_at - b.monday) / 604800)::integer AS week,
       COUNT(*) AS runs
  FROM floor_day b JOIN uat_execution e ON e.project_id = b.project_id
 WHERE e.executed_at <= TIMESTAMPTZ '{as_of}' AND e.recorded_at <= TIMESTAMPTZ '{as_of}'
 GROUP BY 1, 2, 3, 4;

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT project_id, 'eng.client_exec_share', TRUE, SUM(runs) FILTER (WHERE by_client), SUM(runs), NULL::numeric,
       SUM(runs)
  FROM floor_week GROUP BY 1;
INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT DISTINCT ON (project_id) project_id, 'eng.dept_min', TRUE, done, due, NULL::numeric, due
  FROM (SELECT project_id, department_id, COUNT(*) AS due, COUNT(*) FILTER (WHERE took_part) AS done
          FROM (SELECT w.project_id, w.person_id, w.department_id, BOOL_AND(r.week IS NOT NULL) AS took_part
                  FROM (SELECT DISTINCT t.project_id, t.person_id, e.department_id, week
                          FROM uat_testerassignment t
                          JOIN floor_day b ON b.project_id = t.project_id
                          JOIN governance_person e ON e.id = t.person_id,
                               LATERAL generate_series(
                                   (t.from_date - (b.monday AT TIME ZONE b.time_zone)::date) / 7,
                                   LEAST((LEAST(t.to_date, b.today)
                                          - (b.monday AT TIME ZONE b.time_zone)::date) / 7, 519)) week
                         WHERE e.left_date IS NULL OR e.left_date >= b.today) w
                  LEFT JOIN (SELECT DISTINCT person_id, week FROM floor_week WHERE by_client) r
                    ON r.person_id = w.person_id AND r.week = w.week
                 GROUP BY 1, 2, 3) testers
         GROUP BY 1, 2) departments
 ORDER BY project_id, done::numeric / due, due DESC;

-- Defects

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT project_id, m.metric, m.is_share, m.done, m.due, m.value, COALESCE(m.population, m.due)
  FROM (SELECT d.project_id, COUNT(*) AS raised,
               COUNT(*) FILTER (WHERE is_open AND severity IN ('SHOWSTOPPER', 'HIGH')) AS severe,
               COUNT(*) FILTER (WHERE is_open AND severity = 'HIGH') AS high,
               COUNT(*) FILTER (WHERE is_open AND severity IN ('MEDIUM', 'LOW')) AS small,
               COUNT(*) FILTER (WHERE NOT is_open OR (owner_name <> '' AND fix_due_date IS NOT NULL)) AS cared,
               COUNT(*) FILTER (WHERE state IN ('FIXED', 'CLOSED') OR was_reopened) AS mended,
               COUNT(*) FILTER (WHERE was_reopened) AS reopened,
               COUNT(*) FILTER (WHERE triage <> 'UNTRIAGED') AS triaged,
               COUNT(*) FILTER (WHERE triage = 'TRAINING') AS training
          FROM (SELECT *, state NOT IN ('CLOSED', 'REJECTED') AS is_open FROM uat_defect) d
         GROUP BY 1) d
  JOIN floor_tested t USING (project_id),
       LATERAL (VALUES ('def.open_s1s2', FALSE, NULL::bigint, NULL::bigint, severe, raised + ever_run),
                       ('def.open_p2', FALSE, NULL::bigint, NULL::bigint, high, raised + ever_run),
                       ('def.open_ml_pct', TRUE, small, t.due, NULL::numeric, NULL),
                       ('def.owned_pct', TRUE, cared, raised, NULL::numeric, NULL),
                       ('def.reopen_pct', TRUE, reopened, mended, NULL::numeric, NULL),
                       ('def.training_share', TRUE, training, triaged, NULL::numeric, NULL)
               ) AS m (metric, is_share, done, due, value, population);

-- The map

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT p.project_id, 'own.po_assigned_pct', TRUE,
       COUNT(*) FILTER (WHERE o.kind = 'CLIENT' AND o.is_active AND d.kind = 'CLIENT' AND d.is_active),
       COUNT(*), NULL::numeric, COUNT(*)
  FROM governance_businessprocess p
  LEFT JOIN governance_user o ON o.id = p.owner_id AND o.organisation_id = p.organisation_id
  LEFT JOIN governance_user d ON d.id = p.deputy_id AND d.organisation_id = p.organisation_id
 WHERE p.accountable_id = p.id AND p.in_scope
 GROUP BY 1;

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT d.project_id, m.metric, FALSE, NULL::bigint, NULL::bigint, m.value, d.raised
  FROM (SELECT d.project_id, COUNT(*) AS raised,
               COUNT(*) FILTER (WHERE d.blocks_go_live AND o.decided_at IS NULL) AS waiting,
               percentile_disc(0.8) WITHIN GROUP (
                   ORDER BY COALESCE(o.decided_at, TIMESTAMPTZ '{as_of}') - d.raised_at) AS age
          FROM governance_decision d
          LEFT JOIN (SELECT decision_id, MIN(decided_at) AS decided_at FROM governance_decisionoutcome
                      WHERE decided_affiliation = 'CLIENT' GROUP BY 1) o ON o.decision_id = d.id
         GROUP BY 1) d,
       LATERAL (VALUES ('dec.blocking_open', waiting::numeric),
                       ('dec.latency_p80', ROUND(EXTRACT(EPOCH FROM age) / 86400, 2))
               ) AS m (metric, value);

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT a.project_id, 'asm.unratified', FALSE, NULL::bigint, NULL::bigint,
       COUNT(*) FILTER (WHERE r.assumption_id IS NULL
           AND (SELECT COUNT(*) FROM generate_series(
                    (a.raised_at AT TIME ZONE b.time_zone)::date + 1, b.today, interval '1 day') g
                 WHERE EXTRACT(ISODOW FROM g) < 6) > 5), COUNT(*)
  FROM governance_assumption a
  JOIN floor_day b ON b.project_id = a.project_id
  LEFT JOIN (SELECT DISTINCT assumption_id FROM governance_assumptionruling) r ON r.assumption_id = a.id
 GROUP BY 1;

-- Signatures over the evidence as it is

CREATE UNLOGGED TABLE floor_signed AS
SELECT process_id, evidence_hash
  FROM (SELECT DISTINCT ON (process_id) process_id, act, evidence_hash FROM governance_signoff
         ORDER BY process_id, signed_at DESC, id DESC) newest
 WHERE act = 'SIGNED';

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
WITH scenarios AS (
    SELECT s.process_id, COUNT(*) AS due, COUNT(*) FILTER (WHERE is_tested) AS tested,
           COUNT(*) FILTER (WHERE is_tested AND is_pass) AS passed,
           string_agg('["' || s.code || '","' || s.scenario_class || '","' || s.criticality || '",'
               || COALESCE(n.runs, 0) || ',"' || s.first_result || '",'
               || COALESCE('"' || e.public_id::text || '"', 'null') || ',"' || s.result || '",'
               || s.is_tested::int || ',' || (s.is_tested AND s.is_pass)::int
               || ',[' || COALESCE(f.hashes, '') || ']]',
               ',' ORDER BY s.code COLLATE "C") AS body
      FROM floor_scenario s
      LEFT JOIN (SELECT scenario_id, COUNT(*) AS runs FROM uat_execution
                  WHERE affiliation = 'CLIENT' AND executed_at <= TIMESTAMPTZ '{as_of}'
                    AND recorded_at <= TIMESTAMPTZ '{as_of}' GROUP BY 1) n ON n.scenario_id = s.id
      LEFT JOIN uat_execution e ON e.id = s.run_id
      LEFT JOIN (SELECT execution_id, string_agg('"' || sha256 || '"', ',' ORDER BY sha256) AS hashes
                   FROM uat_photo WHERE recorded_at <= TIMESTAMPTZ '{as_of}' GROUP BY 1) f
             ON f.execution_id = s.run_id
     GROUP BY 1),
conditions AS (
    SELECT process_id, string_agg('["' || noun || '","' || code || '"]', ','
               ORDER BY noun, code COLLATE "C") AS body
      FROM (SELECT DISTINCT p.accountable_id AS process_id, 'DECISION' AS noun, d.code
              FROM governance_decision d
              JOIN governance_decision_blocked_processes m ON m.decision_id = d.id
              JOIN governance_businessprocess p ON p.id = m.businessprocess_id
             WHERE NOT EXISTS (SELECT 1 FROM governance_decisionoutcome o
                                WHERE o.decision_id = d.id AND o.decided_affiliation = 'CLIENT')
             UNION ALL
            SELECT DISTINCT p.accountable_id, 'ASSUMPTION', a.code
              FROM governance_assumption a
              JOIN governance_assumption_blocked_processes m ON m.assumption_id = a.id
              JOIN governance_businessprocess p ON p.id = m.businessprocess_id
             WHERE NOT EXISTS (SELECT 1 FROM governance_assumptionruling r
                                WHERE r.assumption_id = a.id)) waits
     GROUP BY 1),
gates AS (
    SELECT project_id, string_agg('"' || key || '"', ',' ORDER BY key) AS body
      FROM (SELECT DISTINCT g.project_id, g.key
              FROM readiness_gate g
              JOIN readiness_criterion c ON c.policy_id = g.policy_id AND c.gate_key = g.key
             WHERE SUBSTR(c.metric, 1, 4) IN ('uat.', 'def.') OR c.metric = 'sign.po_valid_pct') g
     GROUP BY 1),
aside AS (
    SELECT project_id, string_agg('"' || criterion_key || '"', ',' ORDER BY criterion_key) AS body
      FROM readiness_exemption GROUP BY 1),
defects AS (
    SELECT COALESCE(own.accountable_id, tested.accountable_id) AS process_id, COUNT(*) AS raised,
           COUNT(*) FILTER (WHERE d.severity IN ('SHOWSTOPPER', 'HIGH')
                              AND d.state NOT IN ('CLOSED', 'REJECTED')) AS severe,
           string_agg('["' || d.code || '","' || d.severity || '","' || d.state || '","' || d.triage
               || '",' || d.was_reopened::int || ']', ',' ORDER BY d.code COLLATE "C") AS body
      FROM uat_defect d
      LEFT JOIN governance_businessprocess own ON own.id = d.process_id
      LEFT JOIN uat_scenario s ON s.id = d.scenario_id
      LEFT JOIN governance_businessprocess tested ON tested.id = s.process_id
     GROUP BY 1),
scope AS (
    SELECT accountable_id AS process_id,
           string_agg('["' || code || '","' || name || '","' || criticality || '"]', ','
               ORDER BY code COLLATE "C") AS body
      FROM governance_businessprocess WHERE in_scope GROUP BY 1),
policies AS (
    SELECT project_id, string_agg('["' || key || '","' || version || '","' || body_hash || '"]', ',') AS body
      FROM (SELECT DISTINCT g.project_id, p.key, p.version, p.body_hash
              FROM readiness_gate g JOIN readiness_policy p ON p.id = g.policy_id) applied
     GROUP BY 1)
SELECT p.project_id, 'sign.po_valid_pct', TRUE,
       COUNT(*) FILTER (WHERE f.evidence_hash = encode(sha256(convert_to(
           '{"conditions":[' || COALESCE(w.body, '') || '],"defects":[' || COALESCE(d.body, '') || '],"gates":[' || COALESCE(t.body, '')
           || '],"go_live_date":"' || b.go_live_date
           || '","metrics":{"def.open_s1s2":[' || COALESCE(d.severe, 0) || ',' || COALESCE(d.raised, 0)
           || '],"uat.exec_pct":[' || COALESCE(s.tested, 0) || ',' || COALESCE(s.due, 0)
           || '],"uat.pass_pct":[' || COALESCE(s.passed, 0) || ',' || COALESCE(s.due, 0)
           || ']},"policies":[' || COALESCE(l.body, '')
           || '],"process":{"code":"' || p.code || '","id":"' || p.public_id || '","name":"' || p.name
           || '"},"project":{"from_platform":"' || r.from_platform || '","id":"' || r.public_id
           || '","name":"' || r.name || '","to_platform":"' || r.to_platform
           || '"},"scenarios":[' || COALESCE(s.body, '')
           || '],"scope":[' || COALESCE(c.body, '') || '],"set_aside":[' || COALESCE(x.body, '')
           || '],"version":2}', 'UTF8')), 'hex')),
       COUNT(*), NULL::numeric, COUNT(*)
  FROM governance_businessprocess p
  JOIN floor_day b ON b.project_id = p.project_id
  JOIN governance_project r ON r.id = p.project_id
  LEFT JOIN floor_signed f ON f.process_id = p.id
  LEFT JOIN conditions w ON w.process_id = p.id
  LEFT JOIN gates t ON t.project_id = p.project_id
  LEFT JOIN aside x ON x.project_id = p.project_id
  LEFT JOIN scenarios s ON s.process_id = p.id
  LEFT JOIN defects d ON d.process_id = p.id
  LEFT JOIN scope c ON c.process_id = p.id
  LEFT JOIN policies l ON l.project_id = p.project_id
 WHERE p.accountable_id = p.id AND p.in_scope
 GROUP BY 1;

-- Scopes, the closure of testing and the handover: nobody signed one here

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT project_id, 'scope.signed_pct', TRUE, 0, COUNT(*), NULL::numeric, COUNT(*)
  FROM governance_businessprocess WHERE accountable_id = id AND in_scope GROUP BY 1
 UNION ALL
SELECT b.project_id, m.metric, FALSE, NULL, NULL, 0, 1
  FROM floor_day b CROSS JOIN (VALUES ('uat.closure_signed'), ('sign.handover')) m (metric);

-- Charters, rights, escalations, meetings, dependencies and the calendar: nobody wrote one here

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT b.project_id, m.metric, m.is_share, m.done, m.due, m.value, m.population
  FROM floor_day b
 CROSS JOIN (VALUES ('gov.raci_pct', TRUE, 0, 8, NULL::numeric, 8),
                    ('gov.read_pct', TRUE, 0, 0, NULL, 0),
                    ('dep.confirmed_pct', TRUE, 0, 0, NULL, 0),
                    ('dep.fresh_pct', TRUE, 0, 0, NULL, 0),
                    ('gov.charter_signed', FALSE, NULL, NULL, 0, 1),
                    ('cal.conflicts', FALSE, NULL, NULL, 0, 0)
            ) m (metric, is_share, done, due, value, population)
 UNION ALL
SELECT b.project_id, m.metric, FALSE, NULL, NULL, 0, m.population
  FROM floor_day b
  LEFT JOIN (SELECT project_id, COUNT(DISTINCT role) AS rungs,
                    COUNT(DISTINCT user_id) FILTER (WHERE role = 'SPONSOR') AS sponsors
               FROM governance_participation
              WHERE ended_at IS NULL AND role IN ('PROJECT_MANAGER', 'SPONSOR', 'STEERING')
              GROUP BY 1) p ON p.project_id = b.project_id,
       LATERAL (VALUES ('esc.overdue', COALESCE(p.rungs, 0)),
                       ('spn.meetings_chaired', COALESCE(p.sponsors, 0))) m (metric, population);

-- What was reported; a computed reading beats it

INSERT INTO floor_reading
SELECT DISTINCT ON (project_id, metric) project_id, metric, value IS NULL,
       CASE WHEN value IS NULL THEN done END, CASE WHEN value IS NULL THEN due END, value,
       CASE WHEN value IS NULL THEN due ELSE 1 END, reported_at + ttl_days * interval '1 day'
  FROM readiness_reportedreading
 WHERE process_id IS NULL AND reported_at <= TIMESTAMPTZ '{as_of}' AND recorded_at <= TIMESTAMPTZ '{as_of}'
   AND metric NOT IN (SELECT metric FROM floor_reading)
 ORDER BY project_id, metric, reported_at DESC, id DESC;
ANALYZE floor_reading;

-- What is asked of each criterion on each day

CREATE UNLOGGED TABLE floor_demand AS
SELECT d.days_left, c.*,
       CASE WHEN d.days_left <= c.due_days OR c.glide IS NULL THEN c.target ELSE g.today END AS threshold,
       CASE WHEN d.days_left <= c.due_days THEN c.warn WHEN c.glide IS NULL THEN NULL
            ELSE g.today + (c.warn - c.target) END AS edge,
       d.days_left <= c.due_days OR c.glide IS NOT NULL AS is_due
  FROM (SELECT DISTINCT days_left FROM floor_day) d
  JOIN floor_criterion c ON d.days_left <= c.opens_days AND NOT c.in_meeting
  LEFT JOIN LATERAL (
      SELECT CASE WHEN c.comparison IN ('AT_LEAST', 'IS_TRUE')
                  THEN FLOOR(raw * step) / step ELSE CEIL(raw * step) / step END AS today
        FROM (SELECT CASE WHEN c.kind = 'COUNT' THEN 1 ELSE 100 END AS step,
                     CASE WHEN d.days_left >= (c.glide->0->>0)::int THEN (c.glide->0->>1)::numeric
                          ELSE COALESCE((
                              SELECT start + (finish - start) * (far - d.days_left) / (far - near)
                                FROM (SELECT (a.p->>0)::int AS far, (a.p->>1)::numeric AS start,
                                             (b.p->>0)::int AS near, (b.p->>1)::numeric AS finish, a.n
                                        FROM jsonb_array_elements(c.glide) WITH ORDINALITY a (p, n)
                                        JOIN jsonb_array_elements(c.glide) WITH ORDINALITY b (p, n)
                                          ON b.n = a.n + 1) legs
                               WHERE d.days_left >= near ORDER BY n LIMIT 1),
                              (c.glide->-1->>1)::numeric) END AS raw) r) g ON TRUE;
ANALYZE floor_demand;

-- The findings, gate after gate: what is asked of the other gates comes last

CREATE UNLOGGED TABLE floor_accepted AS
SELECT DISTINCT ON (project_id, criterion_key) project_id, criterion_key, id
  FROM readiness_acceptance
 WHERE accepted_at <= TIMESTAMPTZ '{as_of}' AND recorded_at <= TIMESTAMPTZ '{as_of}'
   AND expires_at > TIMESTAMPTZ '{as_of}'
 ORDER BY project_id, criterion_key, expires_at DESC, id DESC;

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT d.project_id, 'wvr.hard_active', FALSE, NULL::bigint, NULL::bigint, COUNT(a.id) FILTER (WHERE h.key IS NOT NULL),
       (SELECT COUNT(*) FROM floor_criterion WHERE hard AND NOT after_go_live)
  FROM floor_day d
  LEFT JOIN floor_accepted a ON a.project_id = d.project_id
  LEFT JOIN floor_criterion h ON h.key = a.criterion_key AND h.hard AND NOT h.after_go_live
 GROUP BY 1;

CREATE UNLOGGED TABLE floor_finding (project_id bigint, organisation_id bigint, gate text, position int,
    key text, metric text, state text, hard boolean, done bigint, due bigint, value numeric,
    population bigint, due_today numeric, target numeric, acceptance_id bigint);

CREATE FUNCTION pg_temp.judge(origins text[]) RETURNS void LANGUAGE sql AS $$
INSERT INTO floor_finding
SELECT project_id, organisation_id, gate, position, key, metric,
       CASE WHEN acceptance_id IS NOT NULL THEN 'ACCEPTED' ELSE state END, hard, done, due, value,
       population, due_today, target, acceptance_id
  FROM (SELECT j.*, CASE WHEN j.state NOT IN ('MET', 'AT_RISK') THEN a.id END AS acceptance_id
          FROM (SELECT d.project_id, d.organisation_id, c.gate, c.position, c.key, c.metric, c.hard,
                       r.done, r.due, r.value, COALESCE(r.population, 0) AS population,
                       CASE WHEN c.is_due THEN c.threshold END AS due_today, c.target,
                       CASE WHEN r.metric IS NULL THEN 'NOT_REPORTED'
                            WHEN r.expires_at < TIMESTAMPTZ '{as_of}' THEN 'STALE'
                            WHEN (r.is_share AND COALESCE(r.due, 0) = 0) OR (NOT r.is_share AND r.value IS NULL)
                                 OR r.population < c.min_population THEN 'INSUFFICIENT'
                            WHEN CASE c.comparison
                                 WHEN 'AT_MOST' THEN m.scaled <= c.threshold * m.scale
                                 WHEN 'LESS_THAN' THEN m.scaled < c.threshold * m.scale
                                 WHEN 'EQUAL' THEN m.scaled = c.threshold * m.scale
                                 ELSE m.scaled >= c.threshold * m.scale END THEN 'MET'
                            WHEN NOT c.is_due THEN 'AT_RISK'
                            WHEN CASE COALESCE(c.warn_comparison, c.comparison)
                                 WHEN 'AT_MOST' THEN m.scaled <= c.edge * m.scale
                                 WHEN 'LESS_THAN' THEN m.scaled < c.edge * m.scale
                                 WHEN 'EQUAL' THEN m.scaled = c.edge * m.scale
                                 ELSE m.scaled >= c.edge * m.scale END THEN 'AT_RISK'
                            ELSE 'MISSED' END AS state
                  FROM floor_day d
                  JOIN floor_demand c ON c.days_left = d.days_left AND c.step = ANY (origins)
                  LEFT JOIN floor_reading r ON r.project_id = d.project_id AND r.metric = c.metric
                  LEFT JOIN LATERAL (
                      SELECT CASE WHEN r.is_share THEN 100 * r.done ELSE r.value END AS scaled,
                             CASE WHEN r.is_share THEN r.due ELSE 1 END AS scale) m ON TRUE) j
          LEFT JOIN floor_accepted a ON a.project_id = j.project_id AND a.criterion_key = j.key) k
$$;

CREATE FUNCTION pg_temp.verdicts() RETURNS TABLE (project_id bigint, gate text, verdict text)
LANGUAGE sql AS $$
SELECT project_id, gate,
       CASE WHEN bool_or(hard AND state IN ('MISSED', 'NOT_REPORTED', 'STALE', 'INSUFFICIENT')) THEN 'NO_GO'
            WHEN bool_and(state = 'MET') THEN 'GO' ELSE 'CONDITIONAL' END
  FROM floor_finding GROUP BY 1, 2
$$;

SELECT pg_temp.judge(ARRAY['FIRST']);

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT d.project_id, 'gate.upstream_valid', FALSE, NULL::bigint, NULL::bigint,
       CASE WHEN COUNT(*) FILTER (WHERE v.verdict IN ('GO', 'CONDITIONAL')) = COUNT(*) THEN 1 ELSE 0 END,
       COUNT(*)
  FROM floor_day d CROSS JOIN (VALUES ('G3'), ('G4'), ('G5')) AS u (gate)
  LEFT JOIN pg_temp.verdicts() v ON v.project_id = d.project_id AND v.gate = u.gate
 GROUP BY 1;
SELECT pg_temp.judge(ARRAY['UPSTREAM']);

INSERT INTO floor_reading (project_id, metric, is_share, done, due, value, population)
SELECT d.project_id, 'rep.watermelon', FALSE, NULL::bigint, NULL::bigint,
       COUNT(*) FILTER (WHERE r.colour = 'GREEN' AND CASE WHEN r.gate_key = '' THEN v.worst ELSE g.verdict END = 'NO_GO'),
       COUNT(r.colour)
  FROM floor_day d
  LEFT JOIN (SELECT DISTINCT ON (project_id, gate_key) project_id, gate_key, colour
               FROM readiness_reportedstatus
              WHERE reported_at <= TIMESTAMPTZ '{as_of}' AND recorded_at <= TIMESTAMPTZ '{as_of}'
              ORDER BY project_id, gate_key, reported_at DESC, id DESC) r
         ON r.project_id = d.project_id AND r.colour <> 'NOT_REPORTED'
  LEFT JOIN pg_temp.verdicts() g ON g.project_id = d.project_id AND g.gate = r.gate_key
  LEFT JOIN (SELECT project_id, MAX(verdict) AS worst FROM pg_temp.verdicts() WHERE verdict = 'NO_GO' GROUP BY 1) v
         ON v.project_id = d.project_id
 GROUP BY 1;
SELECT pg_temp.judge(ARRAY['WATERMELON']);

INSERT INTO readiness_snapshot (organisation_id, project_id, public_id, as_of, local_date, trigger,
    is_late, computed_at, go_live_date, verdict, headline, hard_misses, accepted_risks, inputs_hash,
    code_version, mark_version, body, etag)
SELECT d.organisation_id, d.project_id, gen_random_uuid(), TIMESTAMPTZ '{as_of}', d.today, 'NIGHT', FALSE,
       now(), d.go_live_date, COALESCE(v.verdict, 'NOT_OPEN'), '', COALESCE(v.misses, 0), 0, '', 'floor', 1, '', ''
  FROM floor_day d
  LEFT JOIN (SELECT project_id,
                    CASE WHEN bool_or(verdict = 'NO_GO') THEN 'NO_GO'
                         WHEN bool_or(verdict = 'CONDITIONAL') THEN 'CONDITIONAL' ELSE 'GO' END AS verdict,
                    COUNT(*) FILTER (WHERE verdict = 'NO_GO') AS misses
               FROM pg_temp.verdicts() GROUP BY 1) v ON v.project_id = d.project_id;

INSERT INTO readiness_finding (organisation_id, project_id, snapshot_id, gate_key, criterion_key,
    metric, state, is_hard, done, due, value, population, due_today, target, acceptance_id)
SELECT f.organisation_id, f.project_id, s.id, f.gate, f.key, f.metric, f.state, f.hard, f.done, f.due,
       f.value, f.population, f.due_today, f.target, f.acceptance_id
  FROM floor_finding f
  JOIN readiness_snapshot s ON s.project_id = f.project_id AND s.as_of = TIMESTAMPTZ '{as_of}'
 ORDER BY f.project_id, f.position;
