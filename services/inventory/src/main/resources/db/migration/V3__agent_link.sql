alter table site add column beat_every_millis int;
alter table site add column unreachable_since timestamptz;

-- A token is good once, until it expires, for one host. Only the hash of its secret is kept.
create table enrolment_token (
  id uuid primary key,
  host_id uuid not null references host (id) on delete cascade,
  secret_hash bytea not null,
  replaces boolean not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- The key it was used for: the same request again gets the same answer.
  used_for text
);
create index enrolment_token_of_host on enrolment_token (host_id);

-- Public keys of agents, as base64url of their SubjectPublicKeyInfo. A host has one that is not revoked.
create table agent_key (
  id uuid primary key,
  host_id uuid not null references host (id) on delete cascade,
  signing_key text not null,
  encryption_key text not null,
  agent_version text not null,
  enrolled_at timestamptz not null,
  -- Its agent speaks a protocol version that is too old: the alarm is raised.
  outdated boolean not null default false,
  revoked_at timestamptz,
  revoked_because text
);
create unique index agent_key_active on agent_key (host_id) where revoked_at is null;

-- Replicas of this service that take agents; one that has not been seen for a while is dead.
create table link_replica (
  id uuid primary key,
  started_at timestamptz not null,
  seen_at timestamptz not null
);

-- The newest session of each host that ever connected. Whoever writes for a host locks its row and
-- compares the number: only the newest session may write.
create table link_session (
  host_id uuid primary key references host (id) on delete cascade,
  site_id uuid not null,
  number bigint not null,
  -- Null when the key was revoked: nobody has the host then.
  replica uuid,
  instance uuid not null,
  previous_instance uuid,
  -- Two agents that take turns: when the one before came back, for the alarm and for its clearing.
  duplicate_at timestamptz,
  protocol int not null,
  agent_version text not null,
  address text not null,
  beat_every_millis int not null,
  opened_at timestamptz not null,
  presence text not null check (presence in ('PRESENT', 'DEGRADED', 'OFFLINE', 'UNKNOWN', 'NONE')),
  silent_since timestamptz,
  -- When the host is offline unless it has connected again: its replica died, or its site returned.
  judge_at timestamptz
) with (fillfactor = 80);
create index link_session_to_judge on link_session (judge_at) where judge_at is not null;
create index link_session_duplicate on link_session (duplicate_at) where duplicate_at is not null;
create index link_session_of_site on link_session (site_id);
create index link_session_of_replica on link_session (replica);

-- Wakes the replicas: something about a host changed that its link has to know. See NoticeReader.
create table link_notice (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now(),
  kind text not null check (kind in ('DOCUMENTS', 'SESSION')),
  host_id uuid not null
);
create index link_notice_by_xid on link_notice (xid);

-- What hosts report, whole, as it is published: facets, and what became of documents.
create table host_report (
  kind text not null check (kind in ('facet', 'observation')),
  host_id uuid not null references host (id),
  name text collate "C" not null,
  site_id uuid not null,
  digest text not null,
  state text not null,
  version bigint not null,
  updated_at timestamptz not null,
  primary key (kind, host_id, name)
) with (fillfactor = 80);
create index host_report_of_host on host_report (host_id);
