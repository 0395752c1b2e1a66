-- Since when an alias is held, and whether the challenger answers a share of the requests. The alias "previous" is the champion to go back to.
alter table model_alias add column since timestamp(6) with time zone;
alter table model_alias add column canary boolean default false not null;

-- Every change of an alias or of a release policy. Models are named by number too, as they may be gone when somebody reads it.
create table alias_change (
    id              bigint generated always as identity primary key,
    store           varchar(63)                 not null,
    plugin          varchar(255)                not null,
    alias           varchar(32)                 not null,
    from_id         varchar(36),
    from_number     integer,
    to_id           varchar(36),
    to_number       integer,
    changed_at      timestamp(6) with time zone not null,
    changed_by      varchar(200)                not null,
    cause           varchar(40)                 not null,
    reason          varchar(2000)               not null
);

create index alias_change_of on alias_change (store, plugin, id);

-- How new models of a plugin come to serve, where it is not the default.
create table release_policy (
    store   varchar(63)   not null,
    plugin  varchar(255)  not null,
    content varchar(4000) not null,
    primary key (store, plugin)
);
