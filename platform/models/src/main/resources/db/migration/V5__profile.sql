-- What each model learned from and how it answered, in histograms.
create table model_profile (
    model   varchar(36) not null primary key references model (id) on delete cascade,
    content text        not null
);
