-- One row per thing to be looked at, in one queue. A claim moves due_at to the end of its lease, so a
-- row whose worker died becomes due by itself. Fences come from one sequence and never come again:
-- a row that was deleted and made anew cannot be taken for the old one.
create sequence work_fence;

create table work_item (
  queue            text collate "C" not null,
  key              text collate "C" not null,
  due_at           timestamptz not null default clock_timestamp(), -- end of the lease while it is worked on
  fence            bigint      not null default 0, -- of the last claim
  owner            text,                           -- null: nobody works on it
  wanted           bigint      not null default 1, -- counts wakes
  claimed          bigint      not null default 0, -- how many of them the last claim has seen
  attempt          int         not null default 0, -- failures in a row
  last_error_class text,
  last_error       text,
  failed_at        timestamptz,
  stuck_at         timestamptz,                    -- from then on it is an alarm that it fails
  primary key (queue, key)
) with (
  -- Room on each page for the versions that change no index: a wake of what is worked on or due.
  fillfactor = 80,
  -- A queue: every claim and every answer leaves a dead row, so it is vacuumed by count, at full speed.
  autovacuum_vacuum_threshold = 20000,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_threshold = 100000,
  autovacuum_analyze_scale_factor = 0.2
);
create index work_item_due on work_item (queue, due_at);
create index work_item_stuck on work_item (queue, stuck_at) where stuck_at is not null;
