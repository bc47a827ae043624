-- Hosts, as far as inventory has told of them.
create table known_host (
  id uuid primary key,
  site_id uuid not null,
  name text not null,
  gone_at timestamptz
);

-- Keys that were made on hosts: here is their public half at most. Rows stay: none is taken twice.
create table host_key (
  name text primary key,
  certificate_id uuid not null,
  host_id uuid not null,
  algorithm text not null,
  -- Somebody waits for its request.
  awaited boolean not null default true,
  asked_at timestamptz not null default now(),
  -- SHA-256 of its public key, once its request was taken.
  spki text,
  constraint host_key_once unique (spki)
);
create index host_key_by_certificate on host_key (certificate_id);

alter table issuance alter column key_id drop not null;
alter table issuance add column host_key text;
alter table issuance add constraint issuance_key check ((key_id is null) <> (host_key is null));
alter table revision add column host_key text;

-- Numbers that rise for as long as a certificate lives, whichever hosts it was on.
alter table certificate add column host_keys int not null default 0;
alter table certificate add column host_generation bigint not null default 0;

-- What is wanted of the host: the newest document, as it was put into the outbox.
create table host_document (
  certificate_id uuid primary key references certificate (id) on delete cascade,
  host_id uuid not null,
  site_id uuid,
  generation bigint not null,
  -- The first generation that says the same of the files, the reload and the probe.
  since bigint not null,
  -- The revision whose files it has; null while it only asks for a key.
  revision int,
  asked_for text not null,
  spec jsonb not null
);
create unique index host_document_by_key on host_document (host_id, certificate_id);

-- What hosts said of the documents, as inventory published it last.
create table host_report (
  host_id uuid not null,
  certificate_id uuid not null,
  generation bigint not null,
  conditions jsonb not null,
  read_back jsonb,
  primary key (host_id, certificate_id)
);

create index certificate_by_host on certificate using gin ((document -> 'targets') jsonb_path_ops)
  where jsonb_array_length(document -> 'targets') > 0;

-- What is not verified where it is to be, for its alarms.
create index certificate_by_publication on certificate (id)
  where jsonb_array_length(document -> 'publications') > 0;
