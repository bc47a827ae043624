-- Private keys, sealed by kit/seal; nothing else in this database is secret.
create table private_key (
  id uuid primary key,
  algorithm text not null,
  spki bytea not null,
  sealed bytea not null,
  kek int not null,
  created_at timestamptz not null default now()
);

create table issuer (
  id uuid primary key,
  version bigint not null,
  document jsonb not null,
  name text collate "C" not null generated always as (document ->> 'name') stored,
  constraint issuer_name_taken unique (name)
) with (fillfactor = 85);
create index issuer_by_label on issuer using gin ((document -> 'labels') jsonb_path_ops);

-- What an issuer signs or proves itself with, and what only a CA of ours has: its chain, its list.
create table issuer_key (
  issuer_id uuid primary key references issuer (id) on delete cascade,
  key_id uuid not null references private_key (id),
  chain text,
  crl bytea,
  crl_number bigint not null default 0,
  crl_made_at timestamptz,
  -- Something was revoked since: set in the transaction that revokes.
  crl_stale boolean not null default false
);

create table certificate (
  id uuid primary key,
  version bigint not null,
  document jsonb not null,
  name text collate "C" not null generated always as (document ->> 'name') stored,
  site_id uuid generated always as ((document ->> 'siteId')::uuid) stored,
  issuer_id uuid not null generated always as ((document ->> 'issuerId')::uuid) stored,
  state text not null generated always as (document ->> 'state') stored,
  -- A renewal that somebody asked for, until there is its revision.
  asked_at timestamptz,
  asked_new_key boolean not null default false,
  constraint certificate_issuer_unknown foreign key (issuer_id) references issuer (id),
  constraint certificate_name_taken unique nulls not distinct (site_id, name)
) with (fillfactor = 85);
-- Lists are ordered by name, then id: the keyset every page starts from.
create index certificate_by_name on certificate (name, id);
create index certificate_by_issuer on certificate (issuer_id);
create index certificate_by_label on certificate using gin ((document -> 'labels') jsonb_path_ops);

-- What is on its way: one per certificate. Its key is committed before its request leaves.
create table issuance (
  certificate_id uuid primary key references certificate (id) on delete cascade,
  number int not null,
  issuer_id uuid not null,
  key_id uuid not null references private_key (id),
  csr bytea not null,
  asked_for text not null,
  forced boolean not null,
  state jsonb not null,
  begun_at timestamptz not null default now()
);

-- Every certificate that was ever issued. Those of deleted certificates stay: a list of revoked
-- ones names them until they have run out.
create table revision (
  certificate_id uuid not null,
  number int not null,
  issuer_id uuid not null,
  key_id uuid references private_key (id),
  status text not null check (status in ('ACTIVE', 'SUPERSEDED', 'REVOKED', 'REJECTED')),
  asked_for text not null,
  chain text not null,
  serial text not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  issued_at timestamptz not null default now(),
  revoked_at timestamptz,
  reason text,
  flaws text,
  primary key (certificate_id, number),
  check ((revoked_at is null) = (reason is null))
);
create unique index revision_active on revision (certificate_id) where status = 'ACTIVE';
create index revision_by_end on revision (not_after) where status = 'ACTIVE';
create index revision_revoked on revision (issuer_id) where status = 'REVOKED';
create index revision_by_key on revision (key_id);
