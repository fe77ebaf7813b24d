import { CatalogueEntry, entryKey } from './catalogue';

const KEY = /^[A-Za-z0-9][A-Za-z0-9_.:-]*(\/[A-Za-z0-9][A-Za-z0-9_.:-]*)*$/;

describe('the key of a SKU', () => {
  const skus = ['MUG', 'mug', 'Mug', '.m', 'M', '-M', '../x', 'A/B', 'A_B', 'A B', '杯子', '_2e_', 's', '🙂'];

  it('is a path of plain names, and of one SKU alone, also where capitals do not count', () => {
    const keys = skus.map((sku) => entryKey('7', sku));
    for (const key of keys) {
      expect(key).toMatch(KEY);
      expect(key.split('/')).toHaveLength(3);
    }
    expect(new Set(keys.map((key) => key.toLowerCase())).size).toBe(skus.length);
  });

  it('is never longer than a name of a file may be', () => {
    expect(entryKey('7', '杯'.repeat(400)).length).toBeLessThan(230);
    expect(CatalogueEntry.safeParse({ sku: '杯'.repeat(255), weightOz: 1 }).success).toBe(true);
    expect(CatalogueEntry.safeParse({ sku: '杯'.repeat(256), weightOz: 1 }).success).toBe(false);
    expect(entryKey('7', `${'杯'.repeat(254)}A`)).not.toBe(entryKey('7', `${'杯'.repeat(254)}B`));
    expect(CatalogueEntry.safeParse({ sku: 'M'.repeat(99), weightOz: 1 }).success).toBe(true);
  });
});
