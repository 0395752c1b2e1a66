// A small Vendure shop in memory: products from a generated file, customers and orders through its Admin API. Prints what is in it, then serves.
import { createRequire } from 'node:module';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { bootstrap, LanguageCode, DefaultLogger, LogLevel, dummyPaymentHandler } = require('@vendure/core');
const { populate } = require('@vendure/core/cli');

const PORT = Number(process.env.SHOP_PORT ?? 3400);
const COUNTS = { products: 60, customers: 120, orders: 300 };
const PASSWORD = 'superadmin';

const folder = mkdtempSync(join(tmpdir(), 'shop-demo-'));
const config = {
    apiOptions: { port: PORT, hostname: '127.0.0.1', adminApiPath: 'admin-api', shopApiPath: 'shop-api', adminListQueryLimit: 1000 },
    authOptions: { tokenMethod: ['bearer'], superadminCredentials: { identifier: 'superadmin', password: PASSWORD }, requireVerification: false },
    dbConnectionOptions: { type: 'sqljs', synchronize: true, logging: false },
    importExportOptions: { importAssetsDir: folder },
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
    logger: new DefaultLogger({ level: LogLevel.Warn }),
    plugins: [],
};

// a seeded generator (mulberry32), so that every shop is the same
let seed = 7;
function random() {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const pick = list => list[Math.floor(random() * list.length)];

const initialData = {
    defaultLanguage: LanguageCode.en,
    defaultZone: 'Europe',
    countries: [{ name: 'Germany', code: 'DE', zone: 'Europe' }, { name: 'Austria', code: 'AT', zone: 'Europe' }],
    taxRates: [{ name: 'Standard Tax', percentage: 20 }],
    shippingMethods: [{ name: 'Standard', price: 500 }],
    paymentMethods: [{ name: 'Invoice', handler: { code: dummyPaymentHandler.code, arguments: [{ name: 'automaticSettle', value: 'true' }] } }],
    collections: [],
    roles: [],
};
const lines = ['name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets'];
for (let i = 1; i <= COUNTS.products; i++) {
    const price = (5 + Math.floor(random() * 9500) / 100).toFixed(2);
    lines.push(`"${pick(['Linen', 'Wool', 'Denim', 'Silk'])} ${pick(['shirt', 'coat', 'scarf', 'hat'])} ${i}",item-${i},"Item, number ${i}",,,,,SKU-${i},${price},standard,100000,false,,`);
}
writeFileSync(join(folder, 'products.csv'), lines.join('\n'));

await populate(() => bootstrap(config), initialData, join(folder, 'products.csv'));

let token;
async function admin(query, variables) {
    const answer = await fetch(`http://127.0.0.1:${PORT}/admin-api`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify({ query, variables }),
    });
    token ??= answer.headers.get('vendure-auth-token');
    const json = await answer.json();
    if (json.errors) {
        throw new Error(JSON.stringify(json.errors[0]));
    }
    return json.data;
}

await admin('mutation($p: String!) { login(username: "superadmin", password: $p) { __typename } }', { p: PASSWORD });
const customers = [];
for (let i = 1; i <= COUNTS.customers; i++) {
    const made = await admin('mutation($i: CreateCustomerInput!) { createCustomer(input: $i) { __typename ... on Customer { id } } }',
        { i: { firstName: pick(['Anna', 'Bo', 'Chen', 'Dana']), lastName: `Nr ${i}`, emailAddress: `customer${i}@example.com` } });
    customers.push(made.createCustomer.id);
}
const variants = (await admin('{ productVariants(options: { take: 1000 }) { items { id } } }')).productVariants.items.map(v => v.id);
const address = { fullName: 'Somebody', streetLine1: 'Street 1', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };
let orderLines = 0;
for (let i = 0; i < COUNTS.orders; i++) {
    const id = (await admin('mutation { createDraftOrder { id } }')).createDraftOrder.id;
    const wanted = new Set(Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(variants)));
    for (const variant of wanted) {
        await admin('mutation($o: ID!, $i: AddItemToDraftOrderInput!) { addItemToDraftOrder(orderId: $o, input: $i) { __typename } }',
            { o: id, i: { productVariantId: variant, quantity: 1 + Math.floor(random() * 3) } });
    }
    await admin(`mutation($o: ID!, $c: ID!, $a: CreateAddressInput!) {
        setCustomerForDraftOrder(orderId: $o, customerId: $c) { __typename }
        setDraftOrderShippingAddress(orderId: $o, input: $a) { __typename } }`, { o: id, c: pick(customers), a: address });
    const methods = (await admin('query($o: ID!) { eligibleShippingMethodsForDraftOrder(orderId: $o) { id } }', { o: id }));
    await admin('mutation($o: ID!, $s: ID!) { setDraftOrderShippingMethod(orderId: $o, shippingMethodId: $s) { __typename } }',
        { o: id, s: methods.eligibleShippingMethodsForDraftOrder[0].id });
    const state = await admin('mutation($o: ID!) { transitionOrderToState(id: $o, state: "ArrangingPayment") { __typename ... on Order { state } ... on ErrorResult { message } } }', { o: id });
    if (state.transitionOrderToState.__typename !== 'Order') {
        throw new Error(JSON.stringify(state));
    }
    const paid = await admin(`mutation($i: ManualPaymentInput!) { addManualPaymentToOrder(input: $i) { __typename ... on Order { state } ... on ErrorResult { message } } }`,
        { i: { orderId: id, method: 'invoice', transactionId: `t${i}`, metadata: {} } });
    if (paid.addManualPaymentToOrder.__typename !== 'Order') {
        throw new Error(JSON.stringify(paid));
    }
    orderLines += wanted.size;
}
console.log(JSON.stringify({ ready: `http://127.0.0.1:${PORT}`, products: variants.length, customers: customers.length, orders: COUNTS.orders, orderLines }));
