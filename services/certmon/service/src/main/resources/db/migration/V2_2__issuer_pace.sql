-- How fast issuers elsewhere are asked, and whether at all; all replicas keep to it.
create table issuer_pace (
  issuer_id uuid primary key references issuer (id) on delete cascade,
  -- The first order that nobody has taken yet.
  next_order_at timestamptz not null default 'epoch',
  -- In a row, of any certificate: it could not be reached, or was not well.
  failures int not null default 0,
  fault text,
  -- Since when nobody asks but the probe; until then, if it is open.
  opened_at timestamptz,
  probe_at timestamptz,
  -- It wants to be left alone until then.
  held_until timestamptz,
  check (probe_at is null or opened_at is not null)
);
create index issuer_pace_open on issuer_pace (issuer_id) where opened_at is not null;

-- When an order is made; taken once, kept until it is used.
alter table issuance add column turn_at timestamptz;
create index issuance_by_issuer on issuance (issuer_id);

-- Orders that were made, for as long as they count.
create table issue_order (
  certificate_id uuid not null references certificate (id) on delete cascade,
  made_at timestamptz not null default clock_timestamp()
);
create index issue_order_by_certificate on issue_order (certificate_id, made_at);

-- Who had a certificate renewed although its budget was used up. Kept when the certificate is gone.
create table budget_override (
  certificate_id uuid not null,
  made_at timestamptz not null default clock_timestamp(),
  actor text not null,
  reason text
);
create index budget_override_by_certificate on budget_override (certificate_id, made_at);
