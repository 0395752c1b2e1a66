-- By which each store's customers are called otherwise towards plugins and in logs; base64.
create table customer_secret
(
    store   varchar(63)  not null primary key,
    secret  varchar(64)  not null
);

-- Plugins that have not yet erased their part of an erasure, and when they are asked again.
create table erasure_plugin
(
    erasure   varchar(64)   not null references erasure (id) on delete cascade,
    plugin    varchar(255)  not null,
    attempts  integer       not null,
    next_try  bigint        not null,
    primary key (erasure, plugin)
);
create index erasure_plugin_next on erasure_plugin (next_try);
