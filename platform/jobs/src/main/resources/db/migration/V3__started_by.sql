-- who had the job done: the kind of starter, and the name of the account, key or schedule; unknown for jobs of before
alter table job add column starter_kind varchar(10);
alter table job add column starter_name varchar(200);
