-- Every version of every resource, whole: reading one as of an instant is one index probe.
-- Partitions are months; Partitions makes them ahead and drops them after 13.
create table timeline (
  resource_id uuid not null,
  version bigint not null,
  at timestamptz not null,
  kind text not null,
  what text not null,
  actor text not null,
  operation text not null,
  reason text,
  state text not null,
  primary key (resource_id, at, version)
) partition by range (at);
