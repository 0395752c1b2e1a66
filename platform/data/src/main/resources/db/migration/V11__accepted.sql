-- How many rows of an entity were ever added; kept for events, where it is the position of the last one.
alter table data_extent add column accepted bigint default 0 not null;

-- In which order the newest events were accepted. The row lock on their extent makes positions of a store rise in the order of commits, so
-- that who has read up to one has missed none. Only keys are kept, so that an event that is erased is gone here, too.
create table accepted_event
(
    store     varchar(63)  not null,
    position  bigint       not null, -- of the last of them
    content   bytea        not null, -- time and digest of each, eight bytes both
    primary key (store, position)
);
