-- Kubernetes clusters that certificates are published to.
create table cluster (
  id uuid primary key,
  version bigint not null,
  document jsonb not null,
  name text collate "C" not null generated always as (document ->> 'name') stored,
  site_id uuid generated always as ((document ->> 'siteId')::uuid) stored,
  constraint cluster_name_taken unique (name)
) with (fillfactor = 85);
create index cluster_by_label on cluster using gin ((document -> 'labels') jsonb_path_ops);

-- What clusters know us by, sealed by kit/seal.
create table cluster_secret (
  id uuid primary key,
  cluster_id uuid not null references cluster (id) on delete cascade,
  credential text not null,
  sealed bytea not null,
  kek int not null,
  constraint cluster_secret_once unique (cluster_id, credential)
);

-- Secrets of clusters that hold a certificate, or are to: written in the transaction that names
-- them as targets, so that each is deleted in the end. One Secret holds one certificate.
create table secret_place (
  cluster text collate "C" not null,
  namespace text collate "C" not null,
  name text collate "C" not null,
  -- It may be gone already.
  certificate_id uuid not null,
  -- It is no target any more, and the Secret is to go.
  leaving boolean not null default false,
  -- What was read back last; null until then.
  revision int,
  resource_version text,
  fingerprint jsonb,
  -- When others' changes were taken back, newest last.
  repaired_at timestamptz[] not null default '{}',
  -- The revision that is not written any more, since others change it again and again.
  contested int,
  primary key (cluster, namespace, name),
  constraint secret_place_cluster foreign key (cluster) references cluster (name)
) with (fillfactor = 85);
create index secret_place_by_certificate on secret_place (certificate_id);
