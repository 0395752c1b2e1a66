-- Files that were uploaded for a store and that its plugins read, such as models that were trained elsewhere.
create table store_file
(
    store        varchar(63)   not null,
    name         varchar(100)  not null,
    sha256       varchar(64)   not null,
    size         bigint        not null,
    uploaded_at  bigint        not null,
    uploaded_by  varchar(255)  not null,
    bytes        bytea         not null,
    primary key (store, name)
);
