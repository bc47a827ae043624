-- The answers of requests that carried an Idempotency-Key, for 24 hours.
create table idempotency_key (
  subject    text        not null,
  path       text        not null,
  key        text        not null,
  body_hash  bytea       not null,
  status     integer     not null,
  location   text,
  etag       text,
  body       text,
  created_at timestamptz not null default now(),
  primary key (subject, path, key)
);

-- What is a day old is purged.
create index idempotency_key_age on idempotency_key (created_at);
