-- What answers led to, each thing that counts once as one row, so that nothing is counted twice. The source is the order line, or empty
-- when the shop said so by the id of the answer.
create table attribution
(
    request_id   varchar(36)               not null,
    product      varchar(450)              not null,
    kind         varchar(20)               not null,
    source       varchar(450)              not null,
    store        varchar(63)               not null,
    happened_at  timestamp with time zone  not null,
    revenue      double precision          not null,
    primary key (request_id, product, kind, source)
);
create index attribution_age on attribution (happened_at);
create index attribution_store on attribution (store);

-- Sums of it by the day of the answer in the store's time zone. Experiment and variant are empty for answers outside of experiments.
create table measure
(
    store            varchar(63)       not null,
    served_on        date              not null,
    placement        varchar(63)       not null,
    strategy         varchar(255)      not null,
    experiment       varchar(63)       not null,
    variant          varchar(63)       not null,
    answers          double precision  not null,
    impressions      double precision  not null,
    clicked          double precision  not null,
    clicks           double precision  not null,
    carts            double precision  not null,
    bought           double precision  not null,
    purchases        double precision  not null,
    revenue          double precision  not null,
    revenue_squares  double precision  not null,
    view_purchases   double precision  not null,
    view_revenue     double precision  not null,
    view_squares     double precision  not null,
    primary key (store, served_on, placement, strategy, experiment, variant)
);

-- Up to which import a store's order lines were looked at.
create table attribution_progress
(
    store     varchar(63)  not null primary key,
    imported  integer      not null
);
