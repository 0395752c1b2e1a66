-- Order lines are accepted in the same order as events: which of the two a row's keys are of.
alter table accepted_event add column entity varchar(20) default 'events' not null;

-- Whom everybody has to forget who followed a store up to a position: customers by the shop's own id where they have objected, by their
-- pseudonym where they were erased; empty where it may be anybody. Kept for an hour, for servers that look at it several times a second.
create table forgotten_customer
(
    store     varchar(63)   not null,
    position  bigint        not null,
    customer  varchar(450)  not null,
    noted_at  bigint        not null,
    primary key (store, position)
);
