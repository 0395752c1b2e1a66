-- The primary metric of the evaluation, below 0 where lower is better; null when it was not judged.
alter table model add column quality double precision;
