import { Readable, Writable } from 'node:stream';
import { planLines } from '../cli/plan';
import type { Floor } from '../test/support/floor';
import type { Figures } from './bench';

const ORDERS = 100_000;
const DAY_MS = 86_400_000;
/** Two years of orders, over two changes of clocks each. */
const [FIRST, DAYS] = [Date.UTC(2025, 0, 1), 730];
const TYPES = ['standard', 'standard', 'standard', 'pre-sale', 'made-to-order', 'back-order'];
const ZONES = ['America/Los_Angeles', 'America/New_York', 'America/Chicago', 'Pacific/Honolulu'];

/** How long the command `shipclock plan --policy us` takes for 100,000 orders of all kinds, from text to text, in this process. */
export async function plan(_floor: Floor, seed: number): Promise<Figures> {
  const next = randomOf(seed);
  const lines = Array.from({ length: ORDERS }, () => `${JSON.stringify(randomOrder(next))}\n`);
  let answers = 0;
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      answers += chunk.toString().split('\n').length - 1;
      done();
    },
  });
  const begunAt = performance.now();
  const usedBefore = process.cpuUsage();
  await planLines('us', { input: Readable.from(chunksOf(lines)), output });
  const seconds = (performance.now() - begunAt) / 1_000;
  const used = process.cpuUsage(usedBefore);
  // Beside the clock's: on a machine that does other work too, only these compare.
  const cpuSeconds = (used.user + used.system) / 1_000_000;
  if (answers !== ORDERS) throw new Error(`${answers} of ${ORDERS} orders were answered`);
  return { lines: answers, seconds: Number(seconds.toFixed(2)), cpuSeconds: Number(cpuSeconds.toFixed(2)) };
}

/** As a pipe gives them: some hundred lines at a time. */
function* chunksOf(lines: string[]): Generator<Buffer> {
  for (let at = 0; at < lines.length; at += 300) yield Buffer.from(lines.slice(at, at + 300).join(''));
}

function randomOrder(next: (below: number) => number): Record<string, unknown> {
  const createdAt = FIRST + next(DAYS) * DAY_MS + next(DAY_MS);
  const dateAfter = (days: number): string => new Date(createdAt + days * DAY_MS).toISOString().slice(0, 10);
  return {
    createdAt: new Date(createdAt).toISOString(),
    orderType: TYPES[next(TYPES.length)],
    shippingType: next(2) === 0 ? 'seller' : 'platform',
    handoverMethod: next(2) === 0 ? 'pickup' : 'dropOff',
    expectedShipDate: next(2) === 0 ? dateAfter(3 + next(40)) : undefined,
    handlingDuration: next(2) === 0 ? { days: String(1 + next(14)), type: 'BUSINESS_DAY' } : undefined,
    packedAt: next(4) === 0 ? new Date(createdAt + next(2 * DAY_MS)).toISOString() : undefined,
    shipFrom:
      next(2) === 0 ? { zone: ZONES[next(ZONES.length)], pickupDays: [1, 3, 5], closures: [dateAfter(1)] } : undefined,
    platform:
      next(2) === 0 ? { rts_sla_time: Math.floor(createdAt / 1_000) + next(500_000), shipping_due_time: 0 } : undefined,
  };
}

/** Mulberry32: the same orders for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
