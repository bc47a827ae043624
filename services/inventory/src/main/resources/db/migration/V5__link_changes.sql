-- When interfaces of hosts went up or down; kept as long as it takes to see that they flap.
create table host_link_change (
  host_id uuid not null references host (id) on delete cascade,
  interface text collate "C" not null,
  at timestamptz not null
);
create index host_link_change_at on host_link_change (at);
create index host_link_change_of_host on host_link_change (host_id);
