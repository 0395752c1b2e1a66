create table model (
    id             varchar(36)                 not null primary key,
    store          varchar(63)                 not null,
    plugin         varchar(255)                not null,
    number         integer                     not null,
    plugin_version varchar(255)                not null,
    created_at     timestamp(6) with time zone not null,
    trained_at     timestamp(6) with time zone not null,
    snapshot_from  timestamp(6) with time zone,
    snapshot_to    timestamp(6) with time zone,
    snapshot_rows  bigint                      not null,
    snapshot_hash  varchar(64)                 not null,
    settings       text                        not null,
    seed           bigint                      not null,
    evaluation     text,
    baseline       text,
    size_bytes     bigint                      not null,
    sha256         varchar(64)                 not null,
    job            varchar(64)                 not null,
    promoted       boolean                     not null,
    reason         text                        not null,
    constraint model_number unique (store, plugin, number)
);

create index model_by_job on model (job);

create table model_alias (
    store    varchar(63)  not null,
    plugin   varchar(255) not null,
    alias    varchar(32)  not null,
    model_id varchar(36)  not null references model (id),
    primary key (store, plugin, alias)
);

create index model_alias_by_model on model_alias (model_id);
