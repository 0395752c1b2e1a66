alter table account alter column role drop not null;
alter table account add column store_roles text default '' not null;
alter table account add column created_at timestamp with time zone;

create table login_session (
    token_hash varchar(64) primary key,
    account varchar(100) not null references account (name) on delete cascade,
    created_at timestamp with time zone not null,
    seen_at timestamp with time zone not null,
    expires_at timestamp with time zone not null
);
create index login_session_by_account on login_session (account);
