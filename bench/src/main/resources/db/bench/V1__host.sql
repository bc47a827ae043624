create table host (id uuid primary key, value text not null);
