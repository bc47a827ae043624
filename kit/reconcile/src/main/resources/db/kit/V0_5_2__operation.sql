-- Long work. The row is the whole state machine, so each of its transitions is one update.
create table operation (
  id            uuid primary key, -- UUIDv7: ordered by creation
  kind          text        not null,
  target        text        collate "C" not null, -- the resource, as a path; the key of the work item
  site          uuid,
  spec          jsonb       not null,
  state         text        not null check (state in (
    'PENDING', 'RUNNING', 'CANCELLING', 'COMPENSATING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  steps         jsonb       not null,
  failure       jsonb,
  requested_by  text        not null,
  reason        text,
  version       bigint      not null,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  finished_at   timestamptz,
  check ((finished_at is not null) = (state in ('SUCCEEDED', 'FAILED', 'CANCELLED')))
);
create index operation_target on operation (target, id);
create index operation_finished on operation (finished_at) where finished_at is not null;
-- What a worker asks for: those of a target that are not at an end.
create index operation_unfinished on operation (target, (state = 'PENDING'), id) where finished_at is null;
