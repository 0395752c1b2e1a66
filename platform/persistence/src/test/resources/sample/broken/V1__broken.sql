create table oops (nonsense
