create table api_key (
    id varchar(32) primary key,
    name varchar(200) not null,
    secret_hash varchar(64) not null,
    role varchar(20),
    store_roles text not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone
);

create table account (
    name varchar(100) primary key,
    password_hash varchar(200) not null,
    role varchar(20) not null
);
