-- What monitoring saw of a plugin's champion, the latest times; histograms only of the last time.
create table monitoring_look
(
    id        bigint generated always as identity primary key,
    store     varchar(63)               not null,
    plugin    varchar(255)              not null,
    looked_at timestamp with time zone  not null,
    summary   text                      not null,
    pictures  text
);
create index monitoring_look_of on monitoring_look (store, plugin, id);

-- What is wrong with a plugin's champion, or was. Of one thing at most one problem is not closed: its column current says so then.
create table monitoring_problem
(
    id         bigint generated always as identity primary key,
    store      varchar(63)               not null,
    plugin     varchar(255)              not null,
    model      varchar(36)               not null,
    number     integer                   not null,
    kind       varchar(20)               not null,
    what       varchar(300)              not null,
    figures    varchar(4000)             not null,
    state      varchar(20)               not null,
    current    varchar(36)               not null,
    opened_at  timestamp with time zone  not null,
    seen_at    timestamp with time zone  not null,
    closed_at  timestamp with time zone,
    closed_by  varchar(20),
    who        varchar(200),
    note       varchar(2000),
    constraint monitoring_problem_once unique (store, plugin, kind, what, current)
);
create index monitoring_problem_of on monitoring_problem (store, state, id);

-- What opens problems and what follows, where it is not the default; and when a training followed last.
create table monitoring_policy
(
    store     varchar(63)               not null,
    plugin    varchar(255)              not null,
    content   varchar(4000),
    retrained timestamp with time zone,
    primary key (store, plugin)
);
