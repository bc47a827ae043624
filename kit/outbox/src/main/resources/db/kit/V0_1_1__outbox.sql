-- One row per change that is not yet published, in the order of publication: the id is assigned
-- after the aggregate's row is locked and never cached, so ids follow commit order per key.
-- The payloads are text and not jsonb: nothing reads inside them, and the wire format of text is
-- already what goes to Kafka.
create table outbox (
  id bigint generated always as identity (cache 1) primary key,
  state_topic text not null,
  state_type text not null,
  log_topic text, -- null: only the state is published again
  log_type text,
  key text not null,
  version bigint not null,
  epoch bigint not null,
  site uuid,
  state text, -- null: a tombstone
  change text,
  traceparent text,
  created_at timestamptz not null default clock_timestamp()
) with (
  -- A queue: every row is inserted once and deleted once, so it is vacuumed by count, at full speed.
  fillfactor = 100,
  autovacuum_vacuum_threshold = 20000,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_insert_threshold = -1,
  autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_threshold = 1000000,
  -- Rows up to a page stay in one piece: no second heap, no compression.
  toast_tuple_target = 8160
);

create table outbox_control (
  single_row boolean primary key default true check (single_row),
  epoch bigint not null default 1,
  halted boolean not null default false, -- no replica publishes
  released bigint not null default 0 -- counts releases: relays look at the lowest ids again
);
insert into outbox_control default values;

-- Rows the broker refused for good, and the later rows of their keys.
create table outbox_set_aside (
  like outbox,
  reason text not null,
  set_aside_at timestamptz not null default now(),
  primary key (id)
);
create index on outbox_set_aside (state_topic, key);

-- A deletion leaves this as long as tombstones live, so that the audit knows a resource that was
-- deleted from one that a restored database has never had.
create table outbox_deleted (
  state_topic text,
  key text,
  version bigint not null,
  epoch bigint not null,
  deleted_at timestamptz not null default now(),
  primary key (state_topic, key)
);

-- Keys whose records may still arrive late at the broker: their newest state is published again,
-- at once and when nothing can arrive any more.
create table outbox_suspect (
  state_topic text,
  key text,
  due timestamptz not null,
  until timestamptz not null,
  primary key (state_topic, key)
);

-- Runs of the state audit: requested by people, by the clock, by what was noticed.
create table outbox_republication (
  id bigint generated always as identity primary key,
  reason text not null,
  new_epoch boolean not null,
  epoch bigint, -- set once the new epoch is raised
  state text not null default 'requested' check (state in ('requested', 'running', 'done', 'halted')),
  compared bigint not null default 0,
  republished bigint not null default 0,
  tombstoned bigint not null default 0,
  detail text,
  requested_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);

-- Last row a relay began to send, and last row whose deletion committed. Sequences, because they
-- survive a rollback; unlogged, because after a crash of the database no session of the old relay
-- is left to hide anything.
create unlogged sequence outbox_sending minvalue 0 start 0 cache 1;
create unlogged sequence outbox_sent minvalue 0 start 0 cache 1;
