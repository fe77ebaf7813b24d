import { noteSpend, spentBefore } from './account-spend';
import type { Ports } from './ports';

const HOUR_MS = 3_600_000;
/** An hour before midnight in UTC. */
const AT = Date.UTC(2026, 10, 23, 23);
const id = { shopId: '7', account: 'ups' };

let kept: Map<string, string>;
let ports: Pick<Ports, 'documents'>;
beforeEach(() => {
  kept = new Map();
  ports = {
    documents: {
      get: (key: string) => Promise.resolve(kept.get(key)),
      putIfAbsent: (key: string, text: string) => Promise.resolve(!kept.has(key) && kept.set(key, text) === kept),
      list: (folder: string) => Promise.resolve([...kept.keys()].filter((key) => key.startsWith(`${folder}/`))),
    },
  } as unknown as Ports;
});

const note = (at: number, more: { attempt?: number; priceCents?: number } = {}): Promise<void> =>
  noteSpend(ports, { ...id, orderId: '1', package: '1', attempt: 1, priceCents: 800, at, ...more });

describe('what was spent through an account', () => {
  it('counts a purchase once, at what was told first, whenever and however often it is told again', async () => {
    await note(AT);
    await note(AT + HOUR_MS / 2);
    await note(AT + 2 * HOUR_MS, { priceCents: 801 });
    expect(await spentBefore(ports, id, AT + 3 * HOUR_MS)).toBe(800);
    expect(await spentBefore(ports, id, AT + 24 * HOUR_MS)).toBe(0);
  });

  it('counts each purchase of an order', async () => {
    await note(AT);
    await note(AT + HOUR_MS, { attempt: 2, priceCents: 100 });
    expect(await spentBefore(ports, id, AT + 2 * HOUR_MS)).toBe(900);
    expect(await spentBefore(ports, id, AT + 24 * HOUR_MS)).toBe(100);
  });

  it('counts one whose teller died before it was added to its day', async () => {
    await note(AT);
    for (const key of kept.keys()) if (key.includes('/spend/')) kept.delete(key);
    await note(AT + HOUR_MS);
    expect(await spentBefore(ports, id, AT + 23 * HOUR_MS)).toBe(800);
    expect(await spentBefore(ports, id, AT + 24 * HOUR_MS)).toBe(0);
  });
});
