-- What a model is made of that is made of other models: a JSON list of members with their weights; null for all others.
alter table model add column members varchar(2000000);
