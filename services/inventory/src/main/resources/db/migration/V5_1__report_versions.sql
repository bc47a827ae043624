-- The newest versions of what hosts reported: what it was before, for people who look for a cause.
-- Bounded per report, whatever flaps; the topics have every change as long as Kafka keeps it.
create table host_report_version (
  kind text not null,
  host_id uuid not null,
  name text collate "C" not null,
  version bigint not null,
  at timestamptz not null,
  state text not null,
  primary key (kind, host_id, name, version)
);

insert into host_report_version (kind, host_id, name, version, at, state)
select kind, host_id, name, version, updated_at, state from host_report;
