-- How a model with the alias shadow differs from the champion: histograms by hour, added to by all nodes.
create table shadow_difference
(
    store     varchar(63)               not null,
    plugin    varchar(255)              not null,
    champion  varchar(36)               not null,
    shadow    varchar(36)               not null,
    begun_at  timestamp with time zone  not null,
    measure   varchar(40)               not null,
    bin       integer                   not null,
    cases     bigint                    not null,
    total     double precision          not null,
    primary key (store, plugin, champion, shadow, begun_at, measure, bin)
);

-- The latest samples of each pair of models.
create table shadow_example
(
    id               bigint generated always as identity primary key,
    store            varchar(63)               not null,
    plugin           varchar(255)              not null,
    champion         varchar(36)               not null,
    shadow           varchar(36)               not null,
    happened_at      timestamp with time zone  not null,
    subject          varchar(450)              not null,
    customer         varchar(450),
    champion_answer  bytea                     not null,
    shadow_answer    bytea                     not null
);
create index shadow_example_of on shadow_example (store, plugin, champion, shadow, id);
create index shadow_example_customer on shadow_example (store, customer);
