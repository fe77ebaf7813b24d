import { readBringInput, readScanInput } from './guards';

const hash = 'a'.repeat(64);
const report = { actor: 'Ada', scannedAt: 1, proofs: [] };

it.each([
  ['place', { place: 'Dock 3' }],
  ['placeHash', { placeHash: 'Dock 3' }],
  ['proofs', { proofs: [{ kind: 'photo', note: 'no. 7' }] }],
  ['proofs', { proofs: [{ kind: 'photo', noteHash: 'no. 7' }] }],
])('lets no words of people into history: %s', (field, more) => {
  expect(readScanInput({ ...report, ...more })).toBe(field);
});

it('lets their hashes through, and nothing that it did not name', () => {
  const good = { ...report, placeHash: hash, proofs: [{ kind: 'photo', noteHash: hash }] };
  expect(readScanInput({ ...good, phone: '1', proofs: [{ ...good.proofs[0], phone: '1' }] })).toEqual(good);
});

it.each([['9475 7112-0108'], ['94757112–0108']])('reads one number however it is grouped: %s', (number) => {
  expect(readBringInput({ actor: 'Ada', number, madeAt: 1 })).toMatchObject({ number: '947571120108' });
});
