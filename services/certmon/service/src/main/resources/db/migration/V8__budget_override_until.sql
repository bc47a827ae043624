-- When there would have been room again, and nobody would have had to go beyond the budget.
alter table budget_override add column until timestamptz;
