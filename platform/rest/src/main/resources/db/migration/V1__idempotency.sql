create table idempotency (
    id varchar(64) primary key,
    fingerprint varchar(64) not null,
    status integer not null,
    location varchar(1000),
    body text,
    created_at timestamp with time zone not null
);
create index idempotency_created on idempotency (created_at);
