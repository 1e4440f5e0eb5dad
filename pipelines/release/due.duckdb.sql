CREATE MACRO due_as_of(day) AS TABLE
SELECT deadline AS due_on, 'due, outcome not recorded' AS status, * EXCLUDE (deadline)
FROM targets_in_context
WHERE deadline <= CAST(day AS DATE)
ORDER BY deadline, target_id;
