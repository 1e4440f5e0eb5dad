CREATE VIEW targets_in_context AS
WITH named AS (
  SELECT
    targets.target_id,
    agencies.name,
    agencies.name_en,
    max(CASE WHEN responsibilities.role = 'lead' THEN agencies.name END) AS leader,
    min(responsibilities.position) AS position
  FROM targets
  LEFT JOIN measures ON measures.measure_id = targets.measure_id
  JOIN responsibilities
    ON responsibilities.clause_id = targets.clause_id
    AND (responsibilities.item IS NULL OR measures.item IS NULL OR responsibilities.item = measures.item)
  JOIN agencies ON agencies.agency_id = responsibilities.agency_id
  GROUP BY targets.target_id, agencies.agency_id, agencies.name, agencies.name_en
  ORDER BY targets.target_id, min(responsibilities.position)
),
listed AS (
  SELECT
    target_id,
    group_concat(name, '、') AS agencies,
    group_concat(name_en, '; ') AS agencies_en,
    group_concat(leader, '、') AS leading_agencies
  FROM named
  GROUP BY target_id
)
SELECT
  targets.target_id,
  plans.title AS plan,
  plans.title_en AS plan_en,
  places.label AS place,
  places.label_en AS place_en,
  clauses.title AS clause,
  sectors.label AS sector,
  sectors.label_en AS sector_en,
  targets.kind,
  targets.scope,
  targets.indicator,
  targets.change,
  targets.comparator,
  targets.value,
  units.label AS unit,
  units.label_en AS unit_en,
  targets.baseline_year,
  targets.period_start,
  targets.deadline,
  targets.strength,
  targets.hedge,
  targets.quote,
  listed.agencies,
  listed.agencies_en,
  listed.leading_agencies,
  targets.plan_id,
  targets.clause_id,
  targets.measure_id
FROM targets
JOIN plans ON plans.plan_id = targets.plan_id
JOIN places ON places.place_id = plans.place
JOIN clauses ON clauses.clause_id = targets.clause_id
JOIN sectors ON sectors.sector_id = clauses.sector_id
LEFT JOIN units ON units.unit_id = targets.unit
LEFT JOIN listed ON listed.target_id = targets.target_id;

CREATE VIEW responsibilities_by_deadline AS
SELECT
  deadlines.end_date AS due_on,
  deadlines.as_written AS deadline,
  agencies.name AS agency,
  agencies.name_en AS agency_en,
  responsibilities.role,
  responsibilities.basis,
  coalesce(measures.text, clauses.text) AS what,
  clauses.title AS clause,
  places.label AS place,
  places.label_en AS place_en,
  plans.title AS plan,
  plans.title_en AS plan_en,
  deadlines.plan_id,
  deadlines.clause_id,
  deadlines.measure_id,
  deadlines.deadline_id,
  responsibilities.responsibility_id,
  responsibilities.agency_id
FROM deadlines
JOIN plans ON plans.plan_id = deadlines.plan_id
JOIN places ON places.place_id = plans.place
JOIN clauses ON clauses.clause_id = deadlines.clause_id
LEFT JOIN measures ON measures.measure_id = deadlines.measure_id
LEFT JOIN responsibilities
  ON responsibilities.clause_id = deadlines.clause_id
  AND (responsibilities.item IS NULL OR measures.item IS NULL OR responsibilities.item = measures.item)
LEFT JOIN agencies ON agencies.agency_id = responsibilities.agency_id
ORDER BY deadlines.end_date, deadlines.deadline_id, responsibilities.position;
