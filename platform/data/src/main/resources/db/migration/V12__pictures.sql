-- Pictures of products, made small; the bytes apart, so that names can be read without them, and once for all names that show the same.
create table product_picture
(
    store        varchar(63)   not null,
    name         varchar(200)  not null,
    picture_key  varchar(32)   not null,
    width        integer       not null,
    height       integer       not null,
    uploaded_at  bigint        not null,
    uploaded_by  varchar(255)  not null,
    primary key (store, name)
);
create index product_picture_key on product_picture (store, picture_key);
create table picture_bytes
(
    store        varchar(63)   not null,
    picture_key  varchar(32)   not null,
    bytes        bytea         not null,
    primary key (store, picture_key)
);
