create table job (
    id varchar(26) primary key,
    type varchar(100) not null,
    store varchar(63),
    plugin varchar(255),
    parameters varchar(1000000) not null,
    exclusive_key varchar(400),
    -- equal to exclusive_key while the job runs: being unique, it keeps two nodes from running two jobs of one key
    running_key varchar(400) unique,
    state varchar(10) not null,
    progress double precision not null,
    message varchar(500) not null,
    created_at timestamp with time zone not null,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    result varchar(1000000),
    error varchar(1000),
    cancel_requested boolean not null,
    node varchar(26),
    -- counts the times the job was taken up; what an earlier attempt still writes is ignored
    attempt integer not null,
    deaths integer not null
);
create index job_by_state on job (state, id);
create index job_by_store on job (store, id);
create index job_by_exclusive_key on job (exclusive_key, id);

create table job_log (
    job varchar(26) not null references job (id) on delete cascade,
    line bigint not null,
    logged_at timestamp with time zone not null,
    text varchar(1000) not null,
    primary key (job, line)
);

-- one row for each process that runs jobs; used where several share the database
create table job_node (
    id varchar(26) primary key,
    seen_at timestamp with time zone not null
);

create table job_schedule (
    store varchar(63) not null,
    id varchar(63) not null,
    plugin varchar(255) not null,
    task varchar(50) not null,
    cron varchar(200) not null,
    time_zone varchar(64) not null,
    enabled boolean not null,
    next_run timestamp with time zone,
    last_run timestamp with time zone,
    last_job varchar(26),
    primary key (store, id)
);
create index job_schedule_by_next_run on job_schedule (next_run);
