-- What a model looks at: a JSON list of feature definitions; null where its plugin does not tell.
alter table model add column features varchar(2000000);
