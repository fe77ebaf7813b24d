import { nextWake } from './agenda';
import type { Command } from './command';
import type { Answer, OrderEvent } from './event';
import { facts, handle, plan, T0, HOUR } from './played';
import { newOrder, type OrderState } from './state';
import { step } from './step';

const INTERLEAVINGS = 500;
const MOST_TURNS = 2_000;
const MINUTE = 60_000;
/** A purchase that was sent is made within this time or never: well within what the order waits for. */
const WIRE_MS = MINUTE;
const RETRY_MS = MINUTE;

type Chance = (end: number) => number;

/** The same for the same seed: Lehmer's generator in 31 bits. */
function chanceOf(seed: number): Chance {
  let state = seed * 7_919 + 1;
  return (end) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % end;
  };
}

type Job = { id: string; command: Command; notBefore: number; isAbandoned: boolean; sentUntil?: number };

/** The platform, the provider of labels and one order between them. */
class Race {
  state: OrderState = newOrder('1', '2');
  now = T0 + HOUR;
  jobs: Job[] = [];
  /** Purchases on the wire: when each is made. */
  wire: number[] = [];
  isPaid = false;
  isVoided = false;
  purchases = 0;
  voids = 0;
  isCancelled = false;
  isNoticeDue = false;
  faults: string[] = [];
  readonly chance: Chance;

  constructor(chance: Chance) {
    this.chance = chance;
    this.tell({ kind: 'opened', at: this.now });
  }

  tell(event: OrderEvent): void {
    const hadSeenCancel = this.state.facts?.status === 'cancelled' || this.state.phase === 'cancelled';
    const { state, start, abandon } = step(this.state, [event]);
    this.state = state;
    for (const job of this.jobs) if (abandon.includes(job.id)) job.isAbandoned = true;
    for (const { id, command } of start) {
      const isBuying = command.kind === 'prepareLabel' || command.kind === 'buyLabel';
      if (isBuying && hadSeenCancel) this.faults.push(`${id} begun after the cancel was seen`);
      this.jobs.push({ id, command, notBefore: this.now, isAbandoned: false });
    }
  }

  answer(job: Job, answer: Answer): void {
    this.jobs = this.jobs.filter((one) => one !== job);
    this.tell({ kind: 'answered', at: this.now, command: job.id, answer });
  }

  /** Time goes by; what is on the wire arrives at the provider, which charges one shipment once. */
  pass(ms: number): void {
    this.now += ms;
    const made = this.wire.filter((at) => at <= this.now);
    this.wire = this.wire.filter((at) => at > this.now);
    if (made.length === 0 || this.isPaid) return;
    this.isPaid = true;
    this.purchases += 1;
  }

  cancel(): void {
    this.isCancelled = true;
    this.isNoticeDue = true;
  }

  notice(): void {
    this.isNoticeDue = false;
    const { now: at } = this;
    this.tell({ kind: 'noticed', at, notice: { at, status: 'cancelled', via: 'webhook' } });
  }

  work(job: Job): void {
    const { kind } = job.command;
    if (kind === 'buyLabel') return this.buy(job);
    if (kind === 'voidLabel') return this.giveBack(job);
    if (kind === 'loadOrder') {
      const status = this.isCancelled ? 'cancelled' : 'awaitingShipment';
      const by = this.isCancelled ? { cancelledBy: 'buyer' as const, statusAt: this.now } : {};
      return this.answer(job, { kind: 'loaded', facts: facts(status, by), plan });
    }
    if (kind === 'prepareLabel')
      return this.answer(job, this.isCancelled ? { kind: 'orderChanged' } : { kind: 'prepared', handle });
    return this.answer(job, kind === 'saveDossier' || kind === 'keepLabelFile' ? { kind: 'saved' } : { kind: 'told' });
  }

  /** As the activity does: read the shipment, read the order, make one call; what is not known is tried again later. */
  buy(job: Job): void {
    if (job.isAbandoned) return this.answer(job, { kind: 'abandoned' });
    if (job.sentUntil === undefined) {
      if (this.isPaid) return this.bought(job);
      if (this.isCancelled) return this.answer(job, { kind: 'orderChanged' });
      const at = this.now + this.chance(WIRE_MS);
      // One in five is cut before it reaches the provider: it is never made.
      if (this.chance(5) > 0) this.wire.push(at);
      job.sentUntil = at;
      return;
    }
    if (this.now < job.sentUntil) return;
    delete job.sentUntil;
    // Its answer is lost, or there was none.
    if (!this.isPaid || this.chance(3) === 0) job.notBefore = this.now + RETRY_MS;
    else this.bought(job);
  }

  bought(job: Job): void {
    if (this.isVoided) return this.answer(job, { kind: 'voided' });
    this.answer(job, { kind: 'bought', trackingNumber: '9400', carrier: 'USPS', priceCents: 593 });
  }

  giveBack(job: Job): void {
    if (!this.isPaid) return this.answer(job, { kind: 'nothingToVoid' });
    if (!this.isVoided) this.voids += 1;
    this.isVoided = true;
    this.answer(job, { kind: 'voided' });
  }

  get isOver(): boolean {
    return this.state.ended?.dossierSaved === true;
  }

  /** One thing of those that may happen now, whichever chance picks; where there is none, time goes on to the next. */
  turn(): void {
    const due = this.jobs.filter(({ notBefore, sentUntil = 0 }) => Math.max(notBefore, sentUntil) <= this.now);
    const abandoned = this.jobs.filter(({ isAbandoned }) => isAbandoned);
    const choices: (() => void)[] = [...new Set([...due, ...abandoned])].map((job) => () => this.work(job));
    // Rarely, so that it meets every stage of the purchase.
    if (!this.isCancelled && this.chance(4) === 0) choices.push(() => this.cancel());
    if (this.isNoticeDue) choices.push(() => this.notice());
    choices.push(() => this.wait());
    choices[this.chance(choices.length)]?.();
  }

  wait(): void {
    const wake = nextWake(this.state)?.at ?? Infinity;
    const next = Math.min(wake, ...this.jobs.map(({ notBefore, sentUntil = 0 }) => Math.max(notBefore, sentUntil)));
    // A short while, or straight to what comes next.
    const ms = this.chance(2) === 0 || next === Infinity ? this.chance(20_000) : Math.max(0, next - this.now);
    this.pass(Math.min(ms, 6 * HOUR));
    if (wake <= this.now) this.tell({ kind: 'woke', at: this.now });
  }
}

type Played = { race: Race; turns: number };

function play(seed: number): Played {
  const race = new Race(chanceOf(seed));
  let turns = 0;
  while (!race.isOver && turns < MOST_TURNS) {
    race.turn();
    turns += 1;
  }
  // Whatever is still on the wire arrives.
  race.pass(WIRE_MS);
  return { race, turns };
}

const faultsOf = ({ race, turns }: Played): string[] => [
  ...race.faults,
  ...(turns >= MOST_TURNS ? ['it never came to its end'] : []),
  ...(race.purchases > 1 ? [`${race.purchases} labels`] : []),
  ...(race.voids !== race.purchases ? [`${race.purchases} labels and ${race.voids} voids`] : []),
  ...(race.state.ended?.outcome === 'buyerCancelled' ? [] : [`it ended as ${String(race.state.ended?.outcome)}`]),
];

describe('a buyer who cancels while the label is being bought', () => {
  const played = Array.from({ length: INTERLEAVINGS }, (_, seed) => play(seed + 1));

  it(`leaves no label in ${INTERLEAVINGS} interleavings: none is bought after the cancel was seen, each that was is voided once`, () => {
    const faulty = played.flatMap((one, seed) => faultsOf(one).map((fault) => `seed ${seed + 1}: ${fault}`));
    expect(faulty).toEqual([]);
  });

  it('is played on both sides of the race, and across it', () => {
    const lost = played.filter(({ race }) => race.purchases === 1).length;
    expect(lost).toBeGreaterThan(INTERLEAVINGS / 10);
    expect(INTERLEAVINGS - lost).toBeGreaterThan(INTERLEAVINGS / 10);
    const isUnheard = ({ race }: Played): boolean =>
      race.purchases === 1 && !race.state.timeline.some(({ what }) => what === 'labelBought');
    // The purchase was given up and made all the same, and nobody told us.
    expect(played.filter(isUnheard).length).toBeGreaterThan(0);
  });
});
