-- Named selections of hosts. Who belongs to one is decided by its selector whenever it is asked for.
create table host_group (
  id uuid primary key,
  name text collate "C" not null,
  description text,
  selector text not null,
  version bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint group_name_taken unique (name)
);
