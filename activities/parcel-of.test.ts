import type { CatalogueEntry } from '../contracts/catalogue';
import { entryKey, missingKey } from '../contracts/catalogue';
import type { Shop } from '../contracts/shop';
import { parcelOf } from './parcel-of';
import type { Ports } from './ports';

const usual = { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 16 };
const shopWith = (catalogue: Shop['catalogue']): Shop => ({ id: '7', parcel: usual, catalogue }) as unknown as Shop;
const shop = shopWith('required');

let documents: Map<string, string>;
let ports: Ports;
beforeEach(() => {
  documents = new Map();
  ports = {
    documents: {
      get: (key: string) => Promise.resolve(documents.get(key)),
      put: (key: string, text: string) => Promise.resolve(void documents.set(key, text)),
    },
  } as unknown as Ports;
});

const know = (sku: string, weightOz: number, more: Partial<CatalogueEntry> = {}): unknown =>
  documents.set(entryKey('7', sku), JSON.stringify({ sku, weightOz, ...more }));

const items = (...skus: string[]) =>
  skus.map((sku, index) => ({ id: String(index), sku, title: `A ${sku}`, orderId: `o${index}` }));

describe('a parcel by the catalogue', () => {
  it('weighs what its units weigh together, in the usual box', async () => {
    know('MUG', 12.1);
    know('Cup', 3.2);
    const { parcel, unweighed } = await parcelOf(ports, shop, items('MUG', 'Cup', 'MUG', 'Cup'));
    expect(parcel).toEqual({ ...usual, weightOz: 30.6 });
    expect(unweighed).toEqual([]);
  });

  it('is the usual one where nothing is known of what is in it', async () => {
    expect((await parcelOf(ports, shop, [])).parcel).toEqual(usual);
    expect((await parcelOf(ports, shopWith('off'), items('MUG'))).parcel).toEqual(usual);
  });

  it('takes a box that a large unit fits, turned as it must be', async () => {
    know('POSTER', 8, { lengthIn: 3, widthIn: 3, heightIn: 30 });
    know('MUG', 12);
    const { parcel } = await parcelOf(ports, shop, items('POSTER', 'MUG'));
    expect(parcel).toEqual({ lengthIn: 30, widthIn: 8, heightIn: 4, weightOz: 20 });
  });

  it('is its own packing where one unit goes alone', async () => {
    know('LAMP', 40, { lengthIn: 6, widthIn: 20, heightIn: 5, packAlone: true });
    const { parcel, packAlone } = await parcelOf(ports, shop, items('LAMP'));
    expect(parcel).toEqual({ lengthIn: 20, widthIn: 6, heightIn: 5, weightOz: 40 });
    expect(packAlone).toEqual(['LAMP']);
  });

  it('names what is dangerous, each once', async () => {
    know('PAINT', 12, { hazmat: true });
    know('MUG', 12, { hazmat: false });
    expect((await parcelOf(ports, shop, items('PAINT', 'PAINT', 'MUG'))).hazardous).toEqual(['PAINT']);
  });
});

describe('what the catalogue does not know', () => {
  it('is named only where every weight is wanted', async () => {
    know('MUG', 12);
    const all = items('MUG', 'TEE', 'CAP', 'TEE');
    expect((await parcelOf(ports, shop, all)).unweighed).toEqual(['TEE', 'CAP']);
    expect((await parcelOf(ports, shopWith('off'), all)).unweighed).toEqual([]);
  });

  it('counts as one usual parcel together', async () => {
    know('MUG', 12);
    expect((await parcelOf(ports, shopWith('off'), items('MUG', 'TEE', 'CAP'))).parcel.weightOz).toBe(28);
  });

  it('is listed once per SKU, with a few of its orders', async () => {
    await parcelOf(ports, shop, items('TEE', 'CAP', 'TEE'));
    await parcelOf(ports, shop, items(...Array.from({ length: 9 }, () => 'TEE')));
    expect([...documents.keys()]).toEqual([missingKey('7', 'TEE'), missingKey('7', 'CAP')]);
    expect(JSON.parse(documents.get(missingKey('7', 'TEE')) ?? '')).toEqual({
      sku: 'TEE',
      title: 'A TEE',
      orders: ['o0', 'o2', 'o1', 'o3', 'o4'],
    });
  });

  it('is what another SKU left under its key, or a document that cannot be read', async () => {
    documents.set(entryKey('7', 'TEE'), JSON.stringify({ sku: 'OTHER', weightOz: 1 }));
    documents.set(entryKey('7', 'CAP'), '{"sku":"CAP"}');
    expect((await parcelOf(ports, shop, items('TEE', 'CAP'))).unweighed).toEqual(['TEE', 'CAP']);
  });
});
