-- How far a host is in its life. Only these pairs exist; see dev.perch.inventory.life.Life.
alter table host add column lifecycle text not null default 'PLANNED';
update host set lifecycle = 'DISCOVERED' where id in (select host_id from link_session);
alter table host add constraint host_life check (
  (administrative = 'LOCKED' and lifecycle in ('PLANNED', 'DISCOVERED', 'MAINTENANCE'))
  or (administrative = 'UNLOCKED' and lifecycle in ('DISCOVERED', 'IN_SERVICE', 'MAINTENANCE'))
  or (administrative = 'SHUTTING_DOWN' and lifecycle = 'IN_SERVICE'));

-- When the agent of a host last sent its facts or confirmed by their digests that they are the same.
create table host_facts (
  host_id uuid primary key references host (id) on delete cascade,
  confirmed_at timestamptz not null
) with (fillfactor = 70);
