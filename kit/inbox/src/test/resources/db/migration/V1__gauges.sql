create table gauge (
  id      text   primary key,
  reading bigint not null check (reading >= 0),
  tx      xid8   not null default pg_current_xact_id()
);
create table reading (
  gauge   text   not null,
  version bigint not null,
  reading bigint not null,
  ordinal bigint generated always as identity
);
