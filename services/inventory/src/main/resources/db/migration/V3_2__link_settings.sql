-- What agents have to know to reach this Perch, as it was last published: one row.
create table link_settings (
  one boolean primary key default true check (one),
  generation bigint not null,
  spec text not null
);
insert into link_settings (generation, spec) values (0, '');

-- The settings the agent was given when it enrolled. Null: nobody noted them.
alter table agent_key add column link_spec text;
