-- Data sources of stores. A file that a source has read is an import like one that was sent; its key is made of the store, the plugin, the
-- entity and the content. A run over records that are no file is one, too, without a name.
alter table data_import add column store varchar(63);
alter table data_import add column plugin varchar(255);
alter table data_import add column entity varchar(20);
alter table data_import add column name varchar(1000);
alter table data_import add column bytes bigint;
alter table data_import add column modified bigint;
create index data_import_source on data_import (store, plugin, entity, name);

-- How the last run of a source went.
create table source
(
    store     varchar(63)    not null,
    plugin    varchar(255)   not null,
    job       varchar(64)    not null,
    started   bigint         not null,
    finished  bigint,
    error     varchar(4000),
    primary key (store, plugin)
);

-- How far each feed of a source was read, written in the transactions that store its rows, and what came of it in all runs.
create table source_feed
(
    store        varchar(63)      not null,
    plugin       varchar(255)     not null,
    entity       varchar(20)      not null,
    watermark    varchar(100000),
    records      bigint           not null,
    stored       bigint           not null,
    duplicates   bigint           not null,
    quarantined  bigint           not null,
    changed      bigint           not null,
    primary key (store, plugin, entity)
);
