-- What the customer of a unit had bought before the first answer that counted; null where the unit is no known customer.
alter table experiment_unit add column before_orders double precision;
alter table experiment_unit add column before_revenue double precision;
