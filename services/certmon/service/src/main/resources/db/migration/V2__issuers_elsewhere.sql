-- What ACME servers and CSR APIs want of us, sealed by kit/seal.
create table issuer_secret (
  id uuid primary key,
  issuer_id uuid not null references issuer (id) on delete cascade,
  credential text not null,
  sealed bytea not null,
  kek int not null,
  constraint issuer_secret_once unique (issuer_id, credential)
);

-- Challenges are asked for by their token, by anybody.
create index issuance_by_challenge on issuance using gin ((state -> 'challenges') jsonb_path_ops)
  where jsonb_exists(state, 'challenges');

-- When an issuer elsewhere was told that it is revoked.
alter table revision add column told_at timestamptz;
