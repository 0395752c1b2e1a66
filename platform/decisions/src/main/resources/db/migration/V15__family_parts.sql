-- Parts of one family each: whoever asks about a few thousand payments does not look through the parts that hold recommendations.
-- Those of before hold any.
alter table decision_part add column family varchar(40) default '' not null;
