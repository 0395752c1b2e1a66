// Starts the shop and a fresh Kontor server, lets Kontor read the shop, and compares what both have.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const home = process.env.KONTOR_HOME ?? join(here, '../runtime/target/kontor');
const data = mkdtempSync(join(tmpdir(), 'shop-demo-kontor-'));
const key = 'shop-demo-key-0123456789';
const shopPort = process.env.SHOP_PORT ?? '3400';
const plugin = 'io.kontor.source.http';

/** Starts a program and waits for a line of its output. */
function start(command, args, env, pattern) {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    const line = new Promise((resolve, reject) => {
        let output = '';
        child.stdout.on('data', chunk => {
            output += chunk;
            const found = output.match(pattern);
            if (found) {
                resolve(found);
            }
        });
        child.on('exit', code => reject(new Error(`${command} ended with ${code}: ${output.slice(-2000)}`)));
    });
    return { child, line };
}

const shop = start('node', [join(here, 'shop.mjs')], { SHOP_PORT: shopPort }, /\{"ready".*\}/);
const kontor = start(join(home, 'bin/kontor'), ['run'], {
    KONTOR_PORT: '0', KONTOR_DATA: data, KONTOR_DEPLOY: join(data, 'deploy'), KONTOR_API_KEY: key, KONTOR_SOURCE_HOSTS: `127.0.0.1:${shopPort}`,
}, /ready at (http:\S+)/);

try {
    const there = JSON.parse((await shop.line)[0]);
    const address = (await kontor.line)[1];
    console.log('the shop has     ', there);

    const api = async (method, path, body, expected = 200) => {
        const answer = await fetch(`${address}/api/v1${path}`, {
            method, headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', Prefer: 'wait=300' },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        const text = await answer.text();
        if (answer.status !== expected) {
            throw new Error(`${method} ${path}: ${answer.status} ${text}`);
        }
        return text ? JSON.parse(text) : null;
    };
    const list = (name, filter, fields) => JSON.stringify({
        query: `query($take: Int!, $skip: Int!) { ${name}(options: { take: $take, skip: $skip, ${filter} }) { items { ${fields} } } }`,
        variables: { take: '{{limit}}', skip: '{{offset}}' },
    }).replace(/"(\{\{\w+\}\})"/g, '$1');
    await api('POST', '/stores', { id: 'shop', name: 'Vendure', currency: 'USD', locale: 'en', timeZone: 'Europe/Berlin', country: 'DE' }, 201);
    await api('PUT', `/stores/shop/plugins/${plugin}`, { settings: {
        url: there.ready, paging: 'offset', limit: 50, perSecond: 50,
        authentication: 'login', user: 'superadmin', secret: 'superadmin', loginPath: '/admin-api', loginToken: 'header:vendure-auth-token',
        loginBody: JSON.stringify({ query: 'mutation($u: String!, $p: String!) { login(username: $u, password: $p) { __typename } }',
            variables: { u: '{{user}}', p: '{{secret}}' } }),
        requests: ['products=/admin-api', 'customers=/admin-api', 'orders=/admin-api'],
        bodies: [
            `products=${list('productVariants', 'sort: { sku: ASC }', 'sku name priceWithTax currencyCode enabled createdAt product { description }')}`,
            `customers=${list('customers', 'sort: { createdAt: ASC }', 'id createdAt')}`,
            `orders=${list('orders', 'filter: { updatedAt: { after: "{{since}}" } }, sort: { updatedAt: ASC }',
                'code state orderPlacedAt updatedAt customer { id } lines { quantity unitPriceWithTax productVariant { sku } }')}`,
        ],
        records: ['products=/data/productVariants/items', 'customers=/data/customers/items', 'orders=/data/orders/items'],
        each: ['orders=lines'], increments: ['orders=../updatedAt'],
        overlap: 172800, // the shop's SQLite compares times as texts, so that within a day "after" finds nothing
        mapping: ['products.id:sku', 'products.title:name', 'products.price:priceWithTax;unit=0.01', 'products.currency:currencyCode',
            'products.active:enabled', 'products.description:product/description',
            'orders.orderId:../code', 'orders.time:../orderPlacedAt', 'orders.customerId:../customer/id', 'orders.status:../state',
            'orders.productId:productVariant/sku', 'orders.unitPrice:unitPriceWithTax;unit=0.01'],
    } });

    const check = await api('POST', `/stores/shop/sources/${plugin}/run?dryRun=true`);
    if (check.error) {
        throw new Error(check.error);
    }
    for (const feed of check.feeds) {
        console.log('a dry run shows  ', feed.entity, JSON.stringify(feed.rows[0].values));
    }
    const read = async () => {
        const job = await api('POST', `/stores/shop/sources/${plugin}/run`);
        if (job.state !== 'SUCCEEDED') {
            throw new Error(JSON.stringify(job));
        }
        const { read, stored, duplicates, quarantined } = job.result;
        return { read, stored, duplicates, quarantined };
    };
    const stored = async () => Object.fromEntries((await api('GET', '/stores/shop/data')).items.map(item => [item.entity, item.rows]));
    const same = (what, one, other) => {
        if (JSON.stringify(one) !== JSON.stringify(other)) {
            throw new Error(`${what}: ${JSON.stringify(one)} is not ${JSON.stringify(other)}`);
        }
    };

    console.log('first run        ', await read());
    const here1 = await stored();
    console.log('Kontor has       ', { products: here1.products, customers: here1.customers, orderLines: here1.orders });
    same('counts', { products: here1.products, customers: here1.customers, orderLines: here1.orders },
        { products: there.products, customers: there.customers, orderLines: there.orderLines });

    const again = await read();
    console.log('second run       ', again);
    same('stored again', again.stored, 0);

    const login = await fetch(`${there.ready}/admin-api`, { method: 'POST', headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ query: 'mutation { login(username: "superadmin", password: "superadmin") { __typename } }' }) });
    const shopApi = async query => (await (await fetch(`${there.ready}/admin-api`, { method: 'POST', body: JSON.stringify({ query }),
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${login.headers.get('vendure-auth-token')}` } })).json()).data;
    const order = (await shopApi('{ orders(options: { take: 1, sort: { id: ASC } }) { items { id lines { id } } } }')).orders.items[0];
    const moved = await shopApi(`mutation { transitionOrderToState(id: "${order.id}", state: "Modifying") { __typename } }`);
    same('the order', moved.transitionOrderToState.__typename, 'Order');
    const changed = await read();
    console.log('an order changed ', changed);
    same('changed lines', changed.stored, order.lines.length);
    console.log('equal on both sides');
} finally {
    for (const { child } of [shop, kontor]) {
        child.removeAllListeners('exit');
        child.kill('SIGTERM');
    }
    await new Promise(resolve => (kontor.child.exitCode !== null ? resolve() : kontor.child.on('exit', resolve)));
    rmSync(data, { recursive: true, force: true });
}
