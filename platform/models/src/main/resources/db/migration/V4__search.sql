-- Searches for good settings, by the job that does them, and what they tried.
create table settings_search (
    job        varchar(64)                 not null primary key,
    store      varchar(63)                 not null,
    plugin     varchar(255)                not null,
    terms      text                        not null,
    created_at timestamp(6) with time zone not null,
    held_from  timestamp(6) with time zone,
    present    text,
    metric     varchar(64),
    higher     boolean                     not null,
    outcome    text,
    applied    integer,
    applied_at timestamp(6) with time zone,
    applied_by varchar(200)
);

create index settings_search_of on settings_search (store, plugin, created_at);

create table settings_trial (
    job      varchar(64)                 not null references settings_search (job),
    number   integer                     not null,
    settings text                        not null,
    share    double precision            not null,
    score    double precision,
    metrics  text                        not null,
    seconds  double precision            not null,
    ended_at timestamp(6) with time zone not null,
    error    text,
    primary key (job, number)
);
