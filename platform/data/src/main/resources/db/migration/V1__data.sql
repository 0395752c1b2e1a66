-- The canonical records of all stores, a table an entity. Times are milliseconds since 1970-01-01T00:00Z, days those of their midnight UTC,
-- flags 0 and 1. The digest is a hash of a row's content, seen the number of the import that met the row last.

create table product
(
    store        varchar(63)       not null,
    id           varchar(450)      not null,
    title        varchar(100000),
    description  varchar(100000),
    category     varchar(100000),
    brand        varchar(100000),
    price        double precision,
    cost         double precision,
    currency     varchar(255),
    image_url    varchar(100000),
    active       smallint,
    created_at   bigint,
    attributes   varchar(500000),
    digest       bigint            not null,
    seen         integer           not null,
    primary key (store, id)
);
create index product_order on product (store, digest);
create index product_active on product (store, active);

create table customer
(
    store        varchar(63)      not null,
    id           varchar(450)     not null,
    created_at   bigint,
    country      varchar(255),
    region       varchar(255),
    city         varchar(255),
    postal_code  varchar(255),
    attributes   varchar(500000),
    digest       bigint           not null,
    seen         integer          not null,
    primary key (store, id)
);
create index customer_order on customer (store, digest);

create table order_line
(
    store        varchar(63)       not null,
    id           varchar(450)      not null,
    order_id     varchar(255)      not null,
    time         bigint            not null,
    customer_id  varchar(255),
    product_id   varchar(255)      not null,
    quantity     double precision  not null,
    unit_price   double precision  not null,
    discount     double precision,
    channel      varchar(255),
    status       varchar(255),
    digest       bigint            not null,
    seen         integer           not null,
    primary key (store, id)
);
create index order_line_order on order_line (store, time, digest);
create index order_line_customer on order_line (store, customer_id, time);

create table event
(
    store        varchar(63)       not null,
    id           varchar(450)      not null,
    time         bigint            not null,
    type         varchar(255)      not null,
    customer_id  varchar(255),
    session_id   varchar(255),
    product_id   varchar(255),
    event_value  double precision,
    query        varchar(100000),
    digest       bigint            not null,
    primary key (store, id)
);
create index event_order on event (store, time, digest);
create index event_customer on event (store, customer_id, time);

create table sale
(
    store       varchar(63)       not null,
    id          varchar(450)      not null,
    product_id  varchar(255)      not null,
    date        bigint            not null,
    quantity    double precision  not null,
    location    varchar(255),
    price       double precision,
    promotion   smallint,
    in_stock    smallint,
    digest      bigint            not null,
    seen        integer           not null,
    primary key (store, id)
);
create index sale_order on sale (store, date, digest);

create table price
(
    store       varchar(63)       not null,
    id          varchar(450)      not null,
    product_id  varchar(255)      not null,
    price       double precision  not null,
    valid_from  bigint            not null,
    valid_to    bigint,
    kind        varchar(255),
    source      varchar(255),
    digest      bigint            not null,
    seen        integer           not null,
    primary key (store, id)
);
create index price_order on price (store, valid_from, digest);

create table stock
(
    store       varchar(63)       not null,
    id          varchar(450)      not null,
    product_id  varchar(255)      not null,
    time        bigint            not null,
    on_hand     double precision  not null,
    location    varchar(255),
    on_order    double precision,
    reserved    double precision,
    digest      bigint            not null,
    seen        integer           not null,
    primary key (store, id)
);
create index stock_order on stock (store, time, digest);

create table supply
(
    store               varchar(63)       not null,
    id                  varchar(450)      not null,
    product_id          varchar(255)      not null,
    supplier_id         varchar(255)      not null,
    lead_time_days      double precision  not null,
    lead_time_std_days  double precision,
    min_order_quantity  double precision,
    pack_size           double precision,
    unit_cost           double precision,
    order_cost          double precision,
    holding_cost_rate   double precision,
    digest              bigint            not null,
    seen                integer           not null,
    primary key (store, id)
);
create index supply_order on supply (store, digest);

create table payment_transaction
(
    store            varchar(63)       not null,
    id               varchar(450)      not null,
    time             bigint            not null,
    amount           double precision  not null,
    order_id         varchar(255),
    customer_id      varchar(255),
    currency         varchar(255),
    method           varchar(255),
    country          varchar(255),
    billing_country  varchar(255),
    ip               varchar(255),
    device           varchar(255),
    email_hash       varchar(255),
    card_hash        varchar(255),
    label            varchar(255),
    label_time       bigint,
    attributes       varchar(500000),
    digest           bigint            not null,
    seen             integer           not null,
    primary key (store, id)
);
create index payment_transaction_order on payment_transaction (store, time, digest);
create index payment_transaction_customer on payment_transaction (store, customer_id, time);

create table application
(
    store        varchar(63)       not null,
    id           varchar(450)      not null,
    time         bigint            not null,
    amount       double precision  not null,
    customer_id  varchar(255),
    label        varchar(255),
    label_time   bigint,
    attributes   varchar(500000),
    digest       bigint            not null,
    seen         integer           not null,
    primary key (store, id)
);
create index application_order on application (store, time, digest);
create index application_customer on application (store, customer_id, time);

create table review
(
    store        varchar(63)       not null,
    id           varchar(450)      not null,
    time         bigint            not null,
    product_id   varchar(255),
    customer_id  varchar(255),
    rating       double precision,
    title        varchar(100000),
    text         varchar(100000),
    language     varchar(255),
    digest       bigint            not null,
    seen         integer           not null,
    primary key (store, id)
);
create index review_order on review (store, time, digest);
create index review_customer on review (store, customer_id, time);

-- How much a store has, kept up to date with the rows.
create table data_extent
(
    store       varchar(63)  not null,
    entity      varchar(20)  not null,
    stored      bigint       not null,
    earliest    bigint,
    latest      bigint,
    quarantined bigint       not null,
    primary key (store, entity)
);

-- Rows that were put aside. The same line of the same content is there once, however often it comes.
create table quarantine
(
    store       varchar(63)    not null,
    entity      varchar(20)    not null,
    line        bigint         not null,
    digest      bigint         not null,
    id          bigint         generated by default as identity,
    job         varchar(64),
    customer_id varchar(255),
    field       varchar(300)   not null,
    reason      varchar(1000)  not null,
    raw         varchar(4000)  not null,
    time        bigint         not null,
    primary key (store, entity, line, digest)
);
create index quarantine_id on quarantine (store, id);

-- Files that were received, and how far their import has come: what a restart goes on from.
create table data_import
(
    number      integer        generated by default as identity primary key,
    file        varchar(64)    not null unique,
    job         varchar(64),
    received    bigint         not null,
    records     bigint         not null,
    stored      bigint         not null,
    duplicates  bigint         not null,
    quarantined bigint         not null,
    issues      varchar(1000000),
    finished    boolean        not null
);

-- Persons whose records are to be erased; a row goes with the records.
create table erasure
(
    id          varchar(64)    primary key,
    store       varchar(63)    not null,
    customer_id varchar(255)   not null,
    job         varchar(64)
);
create index erasure_customer on erasure (store, customer_id);
