-- For how many days a store keeps its records of an entity, or its decisions; what is not here is kept, decisions for 90 days.
create table retention
(
    store   varchar(63)  not null,
    entity  varchar(20)  not null,
    days    integer      not null,
    primary key (store, entity)
);

-- The day of each store, in its time zone, for which what is too old was last removed.
create table retention_run
(
    store  varchar(63)  not null primary key,
    night  varchar(10)  not null
);
