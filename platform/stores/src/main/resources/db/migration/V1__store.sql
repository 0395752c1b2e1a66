create table store (
    id varchar(63) primary key,
    name varchar(200) not null,
    currency varchar(3) not null,
    locale varchar(100) not null,
    time_zone varchar(100) not null,
    country varchar(2) not null,
    deleting boolean not null
);
