CREATE VIEW due_as_of AS
SELECT
  targets_in_context.deadline AS due_on,
  'due, outcome not recorded' AS status_once_due,
  targets_in_context.*
FROM targets_in_context
WHERE targets_in_context.deadline IS NOT NULL
ORDER BY targets_in_context.deadline, targets_in_context.target_id;
