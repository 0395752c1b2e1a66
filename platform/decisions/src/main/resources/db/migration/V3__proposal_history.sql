-- Every decision on a proposal, and its being superseded; the columns of proposal tell the last one.
create table proposal_decision
(
    proposal    bigint                    not null references proposal (id) on delete cascade,
    number      integer                   not null,
    state       varchar(20)               not null,
    decided_at  timestamp with time zone  not null,
    decided_by  varchar(200),
    note        varchar(2000),
    primary key (proposal, number)
);
insert into proposal_decision (proposal, number, state, decided_at, decided_by, note)
    select id, 1, state, decided_at, decided_by, note from proposal where decided_at is not null;
