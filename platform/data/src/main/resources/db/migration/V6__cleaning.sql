-- How a store wants an entity's records cleaned when plugins learn from them: a JSON list of rules. The records stay as they came.
create table data_cleaning
(
    store   varchar(63)     not null,
    entity  varchar(20)     not null,
    rules   varchar(100000) not null,
    primary key (store, entity)
);
