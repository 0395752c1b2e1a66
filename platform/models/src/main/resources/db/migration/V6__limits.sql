-- What one training run of a store may take; null where the installation's setting holds.
create table training_limits
(
    store      varchar(63) not null primary key,
    threads    integer,
    memory_mb  integer,
    minutes    integer
);

-- The code that trained a model: the hash of the plugin's bundle, and the platform's version with the commit it was built from.
alter table model add column bundle_hash varchar(64) default '' not null;
alter table model add column platform varchar(120) default '' not null;
