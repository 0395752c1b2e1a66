-- made or changed by an operator, not as the plugin declares it
alter table job_schedule add column own boolean not null default true;
-- declared by the plugin and removed by an operator
alter table job_schedule add column removed boolean not null default false;
alter table job_schedule add column alarm varchar(130);
update job_schedule set alarm = store || '/' || id where enabled = true and next_run is not null;
create unique index job_schedule_by_alarm on job_schedule (alarm);
create index job_schedule_by_plugin on job_schedule (store, plugin);
drop index job_schedule_by_next_run;

-- when each schedule is looked at next; the table of db-scheduler, as its documentation describes it
create table job_alarm (
    task_name varchar(40) not null,
    task_instance varchar(130) not null,
    task_data bytea,
    execution_time timestamp with time zone not null,
    picked boolean not null,
    picked_by varchar(50),
    last_success timestamp with time zone,
    last_failure timestamp with time zone,
    consecutive_failures integer,
    last_heartbeat timestamp with time zone,
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance)
);
create index job_alarm_by_time on job_alarm (execution_time);
create index job_alarm_by_heartbeat on job_alarm (last_heartbeat);

insert into job_alarm (task_name, task_instance, execution_time, picked, version)
    select 'schedule', alarm, next_run, false, 1 from job_schedule where alarm is not null;
