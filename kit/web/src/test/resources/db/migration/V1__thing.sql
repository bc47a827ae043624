create table thing (
  id uuid primary key,
  site uuid not null,
  name text not null,
  labels jsonb not null,
  version bigint not null,
  updated_at timestamptz not null
);
