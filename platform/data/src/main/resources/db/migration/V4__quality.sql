-- How often a store's records of an entity were written, so that what was computed from them knows whether it is still true.
alter table data_extent add column changes bigint default 0 not null;

-- What looked wrong with a store's records when they were looked through the last time.
create table data_quality
(
    store     varchar(63)      not null primary key,
    mark      bigint,           -- of the records as they were then
    computed  bigint,
    findings  varchar(2000000),
    job       varchar(64)       -- the latest that was submitted
);
