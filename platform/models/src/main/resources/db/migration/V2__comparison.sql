alter table model add column champion text;
alter table model add column differences text;
