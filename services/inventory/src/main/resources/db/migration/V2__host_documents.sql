-- What the domain services want on hosts, as last heard on perch.<service>.host-desired. A document
-- may come before its host is known here, so there is no foreign key.
create table host_document (
  host_id uuid not null,
  aspect text not null,
  service text not null,
  driver text not null,
  generation bigint not null,
  spec text not null,
  received_at timestamptz not null,
  primary key (host_id, aspect)
);
