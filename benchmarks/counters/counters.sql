-- The counters and amounts of a firm's file by window (3, 12 and 36 months) as of 2026-06-30, as the
-- firm stage counts them. Spark and DuckDB both read this very text; 'events' is a Parquet file.
SELECT
  id_scheme,
  code,
  count(*) FILTER (WHERE penalty AND event_date > DATE '2026-03-30') AS penalties_3m,
  count(*) FILTER (WHERE penalty AND severity = 'heavy' AND event_date > DATE '2026-03-30') AS heavy_penalties_3m,
  count(*) FILTER (WHERE event_type = 'inspection' AND event_date > DATE '2026-03-30') AS inspections_3m,
  count(*) FILTER (WHERE event_type = 'inspection' AND outcome = 'breach' AND event_date > DATE '2026-03-30') AS failed_inspections_3m,
  count(*) FILTER (WHERE event_type = 'complaint' AND event_date > DATE '2026-03-30') AS complaints_3m,
  count(*) FILTER (WHERE event_type = 'complaint' AND outcome = 'verified' AND event_date > DATE '2026-03-30') AS verified_complaints_3m,
  coalesce(sum(amount) FILTER (WHERE penalty AND event_date > DATE '2026-03-30'), 0) AS fines_3m,
  count(*) FILTER (WHERE penalty AND event_date > DATE '2025-06-30') AS penalties_12m,
  count(*) FILTER (WHERE penalty AND severity = 'heavy' AND event_date > DATE '2025-06-30') AS heavy_penalties_12m,
  count(*) FILTER (WHERE event_type = 'inspection' AND event_date > DATE '2025-06-30') AS inspections_12m,
  count(*) FILTER (WHERE event_type = 'inspection' AND outcome = 'breach' AND event_date > DATE '2025-06-30') AS failed_inspections_12m,
  count(*) FILTER (WHERE event_type = 'complaint' AND event_date > DATE '2025-06-30') AS complaints_12m,
  count(*) FILTER (WHERE event_type = 'complaint' AND outcome = 'verified' AND event_date > DATE '2025-06-30') AS verified_complaints_12m,
  coalesce(sum(amount) FILTER (WHERE penalty AND event_date > DATE '2025-06-30'), 0) AS fines_12m,
  count(*) FILTER (WHERE penalty AND event_date > DATE '2023-06-30') AS penalties_36m,
  count(*) FILTER (WHERE penalty AND severity = 'heavy' AND event_date > DATE '2023-06-30') AS heavy_penalties_36m,
  count(*) FILTER (WHERE event_type = 'inspection' AND event_date > DATE '2023-06-30') AS inspections_36m,
  count(*) FILTER (WHERE event_type = 'inspection' AND outcome = 'breach' AND event_date > DATE '2023-06-30') AS failed_inspections_36m,
  count(*) FILTER (WHERE event_type = 'complaint' AND event_date > DATE '2023-06-30') AS complaints_36m,
  count(*) FILTER (WHERE event_type = 'complaint' AND outcome = 'verified' AND event_date > DATE '2023-06-30') AS verified_complaints_36m,
  coalesce(sum(amount) FILTER (WHERE penalty AND event_date > DATE '2023-06-30'), 0) AS fines_36m
FROM (
  SELECT
    *,
    event_type = 'penalty' AND NOT exempt
      AND CASE WHEN status_date > DATE '2026-06-30' THEN 'active' ELSE status END
        NOT IN ('repaired', 'withdrawn', 'annulled', 'suspended') AS penalty
  FROM events
  WHERE event_date <= DATE '2026-06-30'
) AS happened
GROUP BY id_scheme, code
