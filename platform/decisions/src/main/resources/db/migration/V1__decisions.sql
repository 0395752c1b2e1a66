-- Every served answer with its question, and what became of it.
create table decision
(
    request_id      varchar(36)               not null primary key,
    store           varchar(63)               not null,
    decided_at      timestamp with time zone  not null,
    family          varchar(40)               not null,
    subject         varchar(450)              not null,
    customer        varchar(450),             -- null when nobody is meant or the subject is the customer
    personal        boolean                   not null,
    plugin          varchar(255)              not null,
    plugin_version  varchar(100)              not null,
    model           varchar(36),
    fallback        varchar(2000),
    question        bytea                     not null,
    answer          bytea                     not null
);
create index decision_latest on decision (store, decided_at, request_id);
create index decision_subject on decision (store, subject, decided_at);
create index decision_customer on decision (store, customer);

create table feedback
(
    request_id  varchar(36)               not null,
    product     varchar(450)              not null,
    type        varchar(20)               not null,
    happened_at timestamp with time zone  not null,
    store       varchar(63)               not null,
    primary key (request_id, product, type, happened_at)
);
create index feedback_store on feedback (store);

-- What a person or a rule decides on before it takes effect.
create table proposal
(
    id              bigint generated always as identity primary key,
    store           varchar(63)               not null,
    family          varchar(40)               not null,
    kind            varchar(40)               not null,
    subject         varchar(450)              not null,
    place           varchar(255)              not null,
    state           varchar(20)               not null,
    plugin          varchar(255)              not null,
    plugin_version  varchar(100)              not null,
    model           varchar(36),
    fallback        varchar(2000),
    content         varchar(1000000)          not null,
    proposed_at     timestamp with time zone  not null,
    decided_at      timestamp with time zone,
    decided_by      varchar(200),
    note            varchar(2000)
);
create index proposal_latest on proposal (store, state, id);
create index proposal_subject on proposal (store, kind, subject, state);
