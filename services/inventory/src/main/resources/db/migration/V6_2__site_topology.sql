-- What a site's hosts are cabled to, as it was published last.
create table site_topology (
  site_id uuid primary key references site (id),
  state text not null,
  version bigint not null,
  updated_at timestamptz not null
);

-- What was reported before there were such rows.
insert into work_item (queue, key)
select distinct 'topology', site_id::text from host_report where kind = 'facet' and name = 'topology'
on conflict do nothing;
