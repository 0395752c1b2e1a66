-- The operators' experiments, each as the JSON that the REST API takes.
create table experiment
(
    store    varchar(63)       not null,
    id       varchar(63)       not null,
    content  varchar(1000000)  not null,
    primary key (store, id)
);

-- What each customer or visitor of an experiment did, under a hash.
create table experiment_unit
(
    store            varchar(63)               not null,
    experiment       varchar(63)               not null,
    variant          varchar(63)               not null,
    unit             varchar(16)               not null,
    first_at         timestamp with time zone  not null,
    answers          bigint                    not null,
    impressions      bigint                    not null,
    clicked          bigint                    not null,
    purchases        bigint                    not null,
    revenue          double precision          not null,
    primary key (store, experiment, variant, unit)
);
create index experiment_unit_unit on experiment_unit (unit);

-- What is learned of the strategies of a placement: sums of contexts and rewards as JSON.
create table bandit_arm
(
    store     varchar(63)    not null,
    place     varchar(200)   not null,
    arm       varchar(255)   not null,
    features  integer        not null,
    sums      varchar(10000) not null,
    primary key (store, place, arm)
);
