-- The operators' rules for transactions, each as the JSON that the REST API takes.
create table risk_rule
(
    store    varchar(63)      not null,
    id       varchar(63)      not null,
    content  varchar(500000)  not null,
    primary key (store, id)
);

-- Transactions that a person should look at, until it is known what they are.
create table risk_case
(
    id           bigint generated always as identity primary key,
    store        varchar(63)               not null,
    transaction  varchar(450)              not null,
    customer     varchar(450),
    request_id   varchar(36)               not null,
    score        double precision          not null,
    reasons      varchar(1000000)          not null,
    opened_at    timestamp with time zone  not null,
    label        varchar(20),
    closed_at    timestamp with time zone,
    source       varchar(200),
    unique (store, transaction)
);
create index risk_case_latest on risk_case (store, label, id);
create index risk_case_customer on risk_case (store, customer);
