import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import { entryKey, missingKey, pullAskedKey, pulledKey, type KeptEntry } from '../contracts/catalogue';
import { pullCatalogue, pullWhereAsked } from './catalogue';
import type { Ports } from './ports';
import type { ProductPorts, ShopProduct } from './product-port';

const AT = Date.UTC(2026, 10, 23, 18);

let documents: Map<string, string>;
let shelf: Map<string, ShopProduct & { updatedAt: number }>;
let read: string[];
let fault: AdapterOutcome | undefined;
let ports: Ports & ProductPorts;
beforeEach(() => {
  documents = new Map();
  shelf = new Map();
  read = [];
  fault = undefined;
  ports = {
    findShop: () => Promise.resolve({ id: '7' }),
    platformOf: () => ({}),
    documents: {
      get: (key: string) => Promise.resolve(documents.get(key)),
      put: (key: string, text: string) => Promise.resolve(void documents.set(key, text)),
      putIfAbsent: (key: string, text: string) =>
        Promise.resolve(!documents.has(key) && documents.set(key, text).size > 0),
      remove: (key: string) => Promise.resolve(void documents.delete(key)),
    },
    productsOf: () => ({ search, read: readOne }),
  } as unknown as Ports & ProductPorts;
});

/** One product a page. */
function search(pageToken = '0') {
  if (fault !== undefined) {
    return Promise.reject(new AdapterError(fault, { provider: 'P', call: 'searchProducts', code: 'X' }));
  }
  const all = [...shelf].map(([id, { updatedAt, skus }]) => ({ id, updatedAt, skus: skus.map(({ sku }) => sku) }));
  const at = Number(pageToken);
  const next = at + 1 < all.length ? { nextPageToken: String(at + 1) } : {};
  return Promise.resolve({ products: all.slice(at, at + 1), ...next });
}

function readOne(id: string) {
  read.push(id);
  return Promise.resolve(shelf.get(id));
}

const sells = (sku: string, more: Partial<ShopProduct> = {}, updatedAt = AT - 1): unknown =>
  shelf.set(`p-${sku}`, { title: `A ${sku}`, weightOz: 12, skus: [{ sku }], ...more, updatedAt });

const entry = (sku: string): KeptEntry => JSON.parse(documents.get(entryKey('7', sku)) ?? 'null') as KeptEntry;
const pull = (at = AT) => pullCatalogue(ports, { shopId: '7', at });

describe('pulling the catalogue', () => {
  it('takes in every page, and takes off the list what was missing', async () => {
    sells('MUG', { skus: [{ sku: 'MUG', barcode: '0123' }, { sku: 'MUG-2' }], picture: 'https://x.test/mug.jpg' });
    sells('TEE', { size: { lengthIn: 9, widthIn: 6, heightIn: 1 } });
    documents.set(missingKey('7', 'TEE'), '{}');
    expect(await pull()).toEqual({ products: 2, added: 3, updated: 0, unweighed: 0 });
    expect(entry('MUG')).toEqual({
      ...{ sku: 'MUG', title: 'A MUG', weightOz: 12, barcode: '0123' },
      ...{ picture: 'https://x.test/mug.jpg', pulledAt: AT },
    });
    expect(entry('TEE')).toMatchObject({ lengthIn: 9, heightIn: 1 });
    expect(documents.has(missingKey('7', 'TEE'))).toBe(false);
  });

  it("leaves a person's word as it is", async () => {
    sells('MUG', { skus: [{ sku: 'MUG' }, { sku: 'MUG-2' }] });
    documents.set(entryKey('7', 'MUG'), JSON.stringify({ sku: 'MUG', weightOz: 9 }));
    expect(await pull()).toMatchObject({ added: 1, updated: 0 });
    expect(entry('MUG')).toEqual({ sku: 'MUG', weightOz: 9 });
  });

  it('reads again only what was changed since', async () => {
    sells('MUG');
    sells('TEE');
    await pull();
    sells('TEE', { weightOz: 5 }, AT + 10);
    read = [];
    expect(await pull(AT + 20)).toEqual({ products: 2, added: 0, updated: 1, unweighed: 0 });
    expect(read).toEqual(['p-TEE']);
    expect(entry('TEE')).toMatchObject({ weightOz: 5, pulledAt: AT + 20 });
  });

  it('counts what the shop gives no weight', async () => {
    shelf.set('p', { title: 'T', skus: [{ sku: 'T' }], updatedAt: AT });
    expect(await pull()).toEqual({ products: 1, added: 0, updated: 0, unweighed: 1 });
  });

  it('takes a weight though the rest is not to be had', async () => {
    sells('MUG', { title: 'A\nmug', picture: 'http://x.test/mug.jpg' });
    await pull();
    expect(entry('MUG')).toEqual({ sku: 'MUG', weightOz: 12, pulledAt: AT });
  });

  it('fails as the platform does', async () => {
    fault = 'auth';
    await expect(pull()).rejects.toMatchObject({ type: 'auth' });
  });
});

describe('where somebody asked for it', () => {
  const come = (at = AT) => pullWhereAsked(ports, { shopId: '7', at });
  const ask = (askedAt: number): unknown => documents.set(pullAskedKey('7'), JSON.stringify({ askedAt }));

  it('is done once for each asking', async () => {
    sells('MUG');
    expect(await come()).toBeUndefined();
    ask(5);
    expect(await come()).toMatchObject({ askedAt: 5, at: AT, added: 1 });
    expect(await come()).toBeUndefined();
    ask(6);
    expect(await come()).toMatchObject({ askedAt: 6, added: 0 });
  });

  it('stays asked for while the platform is silent', async () => {
    sells('MUG');
    ask(5);
    fault = 'retryLater';
    expect(await come()).toBeUndefined();
    fault = undefined;
    expect(await come()).toMatchObject({ added: 1 });
  });

  it('is answered with why it cannot be done', async () => {
    ask(5);
    fault = 'auth';
    expect(await come()).toMatchObject({ askedAt: 5, code: 'X', added: 0 });
    expect(documents.has(pulledKey('7'))).toBe(true);
    expect(await come()).toBeUndefined();
  });
});
