create table note (
    store varchar(63) not null,
    id varchar(255) not null,
    text text,
    amount double precision,
    at timestamp with time zone,
    primary key (store, id)
);
