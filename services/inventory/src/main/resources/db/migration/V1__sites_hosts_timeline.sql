create table site (
  id uuid primary key,
  name text collate "C" not null,
  description text,
  labels jsonb not null,
  version bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint site_name_taken unique (name)
);

create table host (
  id uuid primary key,
  site_id uuid not null,
  name text collate "C" not null,
  personality text not null,
  labels jsonb not null,
  bmc_address text,
  administrative text not null,
  operational text not null,
  availability text not null,
  version bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint host_site_unknown foreign key (site_id) references site (id),
  constraint host_name_taken unique (site_id, name)
) with (fillfactor = 85);

-- Lists are ordered by name, then id: the keyset every page starts from.
create index host_by_name on host (name, id);
create index host_by_label on host using gin (labels jsonb_path_ops);

-- Every version of every site and host, whole: reading one as of an instant is one index probe.
-- Partitions are months; TimelinePartitions makes them ahead and drops them after 13.
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
