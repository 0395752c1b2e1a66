-- What a row that was put aside has, sorted into columns as far as it could be: a JSON object of texts.
alter table quarantine add column fields varchar(200000);
