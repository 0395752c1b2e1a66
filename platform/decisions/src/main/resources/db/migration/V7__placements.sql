-- The operators' placements, each as the JSON that the REST API takes.
create table placement
(
    store    varchar(63)      not null,
    id       varchar(63)      not null,
    content  varchar(500000)  not null,
    primary key (store, id)
);

-- How they came to be what they are; a change without content removed the placement.
create table placement_change
(
    store       varchar(63)               not null,
    placement   varchar(63)               not null,
    version     bigint                    not null,
    changed_at  timestamp with time zone  not null,
    changed_by  varchar(255)              not null,
    content     varchar(500000),
    primary key (store, placement, version)
);

-- Products that customers do not want to see, under the customers' pseudonyms.
create table customer_block
(
    store       varchar(63)               not null,
    customer    varchar(1100)             not null,
    product     varchar(255)              not null,
    blocked_at  timestamp with time zone  not null,
    primary key (store, customer, product)
);
