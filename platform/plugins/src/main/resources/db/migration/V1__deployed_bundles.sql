-- What was deployed, so that it is there after a restart and on every node.
create table deployed_bundle (
    symbolic_name varchar(200) not null,
    version varchar(200) not null,
    sha256 varchar(64) not null,
    origin varchar(10) not null,
    file_name varchar(255),
    deployed_at timestamp with time zone not null,
    primary key (symbolic_name, version)
);

-- The jars by their hash, apart from the list so that reading the list at the start touches none of them.
create table deployed_jar (
    sha256 varchar(64) not null primary key,
    bytes bytea not null
);
