-- What whoever reads a certificate's PKCS #12 stores knows, sealed by kit/seal.
create table certificate_secret (
  id uuid primary key,
  certificate_id uuid not null references certificate (id) on delete cascade,
  credential text not null,
  sealed bytea not null,
  kek int not null,
  constraint certificate_secret_once unique (certificate_id, credential)
);
