create table thing_row (id uuid primary key, version bigint not null, body text not null);
