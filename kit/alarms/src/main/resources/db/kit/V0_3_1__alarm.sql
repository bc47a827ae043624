-- What is wrong now, and what was: a cleared alarm's row stays, so that its versions go on when it is raised again.
create table alarm (
  id              text        collate "C" primary key, -- service/alarmId/entity: the key on the topics
  alarm_id        text        not null,
  entity          text        not null,
  site            uuid,
  severity        text        not null check (severity in ('CRITICAL', 'MAJOR', 'MINOR', 'WARNING')),
  rank            int         not null generated always as (
    array_position(array['CRITICAL', 'MAJOR', 'MINOR', 'WARNING'], severity)) stored,
  text            text        not null,
  probable_cause  text        not null,
  proposed_repair text        not null,
  raised_at       timestamptz not null,
  updated_at      timestamptz not null,
  cleared_at      timestamptz,
  acknowledged_by text,
  acknowledged_at timestamptz,
  comment         text,
  version         bigint      not null,
  check ((acknowledged_at is null) = (acknowledged_by is null))
);
create index alarm_active on alarm (rank, id) where cleared_at is null;
