-- Transactions that were acknowledged and wait for their table, some of them a row: committing one of these costs far less than committing
-- the table with its indexes, which then takes many at once.
create table transaction_intake
(
    id       bigint generated always as identity (cache 1000) primary key,
    size     integer  not null, -- how many
    content  bytea    not null
);
