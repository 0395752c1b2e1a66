-- Indexes that begin with what differs: with the store first each comparison began with two equal texts, and an entry cost twice as much.
drop index decision_subject;
create index decision_subject on decision (subject, store);
drop index decision_customer;
create index decision_customer on decision (customer, store);
