import { shopsOf } from './documents';
import { readText, VALID } from './test-support';

it('gives a shop its further warehouses, by the platform’s ids to the last digit', async () => {
  const read = await readText(`${VALID}    warehouses: { 7068517275539719999: la }\n`);
  if (!('settings' in read)) throw new Error(JSON.stringify(read));
  const [shop] = Object.values(shopsOf(read.settings));
  expect(Object.keys(shop?.warehouses ?? {})).toEqual(['7068517275539719999']);
  expect(shop?.warehouses?.['7068517275539719999']).toEqual(shop?.shipFrom);
});
