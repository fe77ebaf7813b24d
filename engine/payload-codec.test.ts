import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPayloadConverter, type Payload, type PayloadCodec } from '@temporalio/common';
import { keyNameOf } from '../adapters/keyring/key-set';
import { openKeyring, type Keyring } from '../adapters/keyring/keyring';
import { payloadCodec } from './payload-codec';

const key = (): string => randomBytes(32).toString('base64');

function keyringWith(keys: Record<string, string>, current: string, retired: string[] = []): Keyring {
  const keyring = openKeyring({ env: { SHIPCLOCK_KEYS: JSON.stringify({ current, keys, retired }) } });
  if (keyring === undefined) throw new Error('no keyring');
  return keyring;
}

const [first, second] = [key(), key()];
const codec = payloadCodec(keyringWith({ k1: first }, 'k1'));

const plain = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const value = (payload: Payload | undefined): unknown => payload && defaultPayloadConverter.fromPayload(payload);
const textOf = (payload: Payload | undefined): string => Buffer.from(payload?.data ?? []).toString('latin1');
const encoding = (payload: Payload | undefined): string =>
  Buffer.from(payload?.metadata?.['encoding'] ?? []).toString('utf8');

async function through(from: PayloadCodec, to: PayloadCodec, payload: Payload): Promise<Payload | undefined> {
  const [back] = await to.decode(await from.encode([payload]));
  return back;
}

const VALUES: [string, unknown][] = [
  ['facts', { shopId: '7000000000000000001', status: 'awaitingShipment', itemIds: ['576461413038785752'] }],
  ['a short text', 'a'],
  ['null', null],
  ['what does not compress', randomBytes(300).toString('base64')],
  ['other alphabets', '包裹 ünïcode 📦'],
  ['a long one', Array.from({ length: 5_000 }, (_, i) => ({ i }))],
];

describe('an encrypted payload', () => {
  it.each(VALUES)('gives back %s and shows nothing of it', async (_what, sent) => {
    const [encoded] = await codec.encode([plain(sent)]);
    expect(encoding(encoded)).toBe('binary/encrypted');
    expect(Object.keys(encoded?.metadata ?? {})).toEqual(['encoding']);
    const text = JSON.stringify(sent);
    if (text.length > 8) expect(textOf(encoded)).not.toContain(text.slice(2, 12));
    const [back] = await codec.decode([encoded ?? {}]);
    expect(value(back)).toEqual(sent);
  });

  it('keeps every other kind of payload as it was, metadata and all', async () => {
    const bytes = plain(new Uint8Array([0, 1, 255]));
    expect(value(await through(codec, codec, bytes))).toEqual(new Uint8Array([0, 1, 255]));
    const typed = { ...plain('x'), metadata: { ...plain('x').metadata, type: Buffer.from('Keyword') } };
    expect((await through(codec, codec, typed))?.metadata?.['type']).toEqual(Buffer.from('Keyword'));
  });

  it('is not made of nothing', async () => {
    expect(await codec.encode([plain(undefined)])).toEqual([plain(undefined)]);
    expect(await codec.encode([])).toEqual([]);
  });

  it('opens after a rotation, and throws where its key was and is gone', async () => {
    const rotated = payloadCodec(keyringWith({ k1: first, k2: second }, 'k2'));
    expect(value(await through(codec, rotated, plain('old')))).toBe('old');
    expect(value(await through(rotated, rotated, plain('new')))).toBe('new');
    const lost = payloadCodec(keyringWith({ k2: second }, 'k2', [keyNameOf(Buffer.from(first, 'base64'))]));
    await expect(through(codec, lost, plain('old'))).rejects.toMatchObject({ kind: 'keyMissing' });
  });

  it('that was changed or is none of ours stays as it is and throws nothing', async () => {
    const [encoded] = await codec.encode([plain('x')]);
    const changed = Buffer.from(encoded?.data ?? []);
    changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
    // A signal of random bytes names a key that never was: one such must not stop a workflow.
    const foreign = Buffer.concat([Buffer.from([1]), randomBytes(60)]);
    for (const data of [changed, foreign, Buffer.from('nonsense'), Buffer.alloc(0)]) {
      const forged = { ...encoded, data };
      expect(await codec.decode([forged])).toEqual([forged]);
    }
  });

  it('opens where encryption was switched off since, and what is new stays plain', async () => {
    const off = payloadCodec(keyringWith({ k1: first }, 'k1'), { encrypts: false });
    expect(value(await through(codec, off, plain('old')))).toBe('old');
    expect(await off.encode([plain('new')])).toEqual([plain('new')]);
    expect(value(await through(off, codec, plain('new')))).toBe('new');
  });
});

/** A length of a protobuf field with its tag and its length. */
const fieldBytes = (length: number): number => 1 + (length > 127 ? 2 : 1) + length;

/** What a payload takes in a history. */
const sizeOf = ({ metadata, data }: Payload): number => {
  const entries = Object.entries(metadata ?? {}).map(([name, text]) =>
    fieldBytes(fieldBytes(name.length) + fieldBytes(text.length)),
  );
  return fieldBytes(entries.reduce((sum, size) => sum + size, fieldBytes(data?.length ?? 0)));
};

type Written = { metadata?: { encoding?: string }; data?: string };

/** All payloads of a kept history that a codec gets to see: not search attributes, nor what the SDK's core writes of its own. */
function payloadsIn(node: unknown): Payload[] {
  if (typeof node !== 'object' || node === null) return [];
  const { metadata, data } = node as Written;
  if (typeof metadata?.encoding === 'string') {
    return [
      { metadata: { encoding: Buffer.from(metadata.encoding, 'base64') }, data: Buffer.from(data ?? '', 'base64') },
    ];
  }
  return Object.entries(node).flatMap(([name, inner]) =>
    ['searchAttributes', 'upsertWorkflowSearchAttributesEventAttributes', 'data'].includes(name)
      ? []
      : payloadsIn(inner),
  );
}

describe('an encrypted history', () => {
  it.each([
    ['seller-on-time.2026-11-22.2', 0.65],
    ['stall-appeal-won.2026-11-22', 0.7],
  ])('%s is no larger than %d of the plain one', async (name, most) => {
    const file = join(__dirname, '..', 'test', 'histories', `${name}.json`);
    const payloads = payloadsIn(JSON.parse(readFileSync(file, 'utf8')));
    const sum = (all: Payload[]): number => all.reduce((total, payload) => total + sizeOf(payload), 0);
    const [before, after] = [sum(payloads), sum(await codec.encode(payloads))];
    expect(payloads.length).toBeGreaterThan(40);
    expect(after / before).toBeLessThanOrEqual(most);
  });
});
