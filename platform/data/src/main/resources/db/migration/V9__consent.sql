-- What a customer record says of consent: the purposes agreed to, separated by blanks, or none; null when it says nothing.
alter table customer add column consent varchar(255);
create index customer_consent on customer (store, consent);

-- What customers have said themselves since, by events or through the shop; it goes before their records.
create table consent
(
    store        varchar(63)   not null,
    customer_id  varchar(255)  not null,
    purpose      varchar(40)   not null,
    agreed       smallint      not null,
    since        bigint        not null,
    primary key (store, customer_id, purpose)
);

-- Whether silence is a refusal, by country; the empty country is all others. Silence is consent where nothing is said.
create table consent_default
(
    store    varchar(63)   not null,
    country  varchar(255)  not null,
    opt_in   smallint      not null,
    primary key (store, country)
);
