-- Room for pseudonyms, which are longer than the ids that they stand for.
alter table decision alter column subject set data type varchar(1100);
alter table decision alter column customer set data type varchar(1100);
alter table shadow_example alter column subject set data type varchar(1100);
alter table shadow_example alter column customer set data type varchar(1100);
