-- How far each consumer has applied each partition. The row is locked by the transaction of a batch,
-- so of two processes that hold the same batch one applies it and the other sees that it is too late.
create table inbox_offset (
  consumer    text        not null,
  topic       text        not null,
  partition   int         not null,
  topic_id    uuid        not null, -- Kafka's id: a topic that was deleted and created again has another
  next_offset bigint      not null, -- the first offset not applied
  updated_at  timestamptz not null default now(),
  primary key (consumer, topic, partition)
) with (fillfactor = 50, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

-- The newest version applied of each key: what is not newer is ignored.
create table inbox_version (
  consumer   text        not null,
  topic      text        not null,
  key        text        not null,
  epoch      bigint      not null,
  sequence   bigint      not null,
  deleted_at timestamptz,          -- the key's last record was a tombstone; forgotten when no tombstone lives
  primary key (consumer, topic, key)
) with (fillfactor = 80);
create index inbox_version_deleted_at on inbox_version (deleted_at) where deleted_at is not null;

-- What stands on the dead-letter topics, and what became of it. The records themselves are in Kafka.
create table inbox_letter (
  consumer      text        not null,
  topic         text        not null, -- where the record came from
  partition     int         not null,
  record_offset bigint      not null,
  key           text,
  letter_offset bigint      not null, -- where it is in perch.<consumer>.dlq, partition 0
  code          text        not null,
  reason        text        not null,
  attempts      int         not null,
  rejected_at   timestamptz not null,
  resolved_at   timestamptz,
  resolution    text check (resolution in ('applied', 'outdated', 'discarded')),
  primary key (consumer, topic, partition, record_offset),
  check ((resolved_at is null) = (resolution is null))
);
create index inbox_letter_open on inbox_letter (consumer, letter_offset) where resolved_at is null;
create index inbox_letter_rejected_at on inbox_letter (rejected_at);
