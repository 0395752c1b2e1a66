create table audit (
    id bigint generated always as identity primary key,
    noted_at timestamp with time zone not null,
    actor varchar(200) not null,
    action varchar(200) not null,
    store varchar(63),
    subject varchar(500) not null,
    status integer not null
);
create index audit_by_store on audit (store, id);
create index audit_by_time on audit (noted_at);
