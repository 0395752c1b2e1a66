-- Rows that were left out, or given without their customer, for want of consent.
alter table model add column snapshot_withheld bigint default 0 not null;
