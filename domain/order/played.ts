/** An order played by hand, for the tests of the step. */
import type { Answer, JoinAnswer, OrderEvent, OrderNotice, PersonsOrder, PersonsVerb } from './event';
import type { Deadline, DeadlineName, Milestone, OrderFacts, Plan, PlatformStatus } from './facts';
import { newOrder, type OrderState } from './state';
import { step, type Step } from './step';

export const HOUR = 3_600_000;
export const T0 = Date.UTC(2026, 10, 16, 18);

const deadline = (name: DeadlineName, hours: number, metBy: Milestone): Deadline => ({
  name,
  at: T0 + hours * HOUR,
  local: `T+${hours} h`,
  rule: 'test',
  source: 'test',
  severity: 'limit',
  provisional: false,
  metBy,
  workBy: T0 + hours * HOUR,
});

export const plan: Plan = {
  policySet: 'test',
  policyVersion: '1',
  tzdata: 'none',
  shipFrom: 'main',
  warnBeforeMs: [4 * HOUR],
  holdEndsAt: T0 + HOUR,
  deadlines: [
    deadline('shipBy', 72, 'trackingUploaded'),
    deadline('autoCancelUnpacked', 72, 'readyAtPlatform'),
    deadline('autoCancelUncollected', 168, 'acceptanceScan'),
  ],
};

export const facts = (status: PlatformStatus, more: Partial<OrderFacts> = {}): OrderFacts => ({
  createdAt: T0,
  status,
  statusAt: T0,
  orderType: 'standard',
  shippingType: 'seller',
  fulfilledBy: 'seller',
  cancelRequested: false,
  itemIds: ['1'],
  platformTimes: {},
  ...more,
});

export const handle = {
  shipmentId: 'shp_1',
  rateId: 'rate_1',
  carrier: 'USPS',
  service: 'GroundAdvantage',
  priceCents: 593,
};
export const bought: Extract<Answer, { kind: 'bought' }> = {
  kind: 'bought',
  trackingNumber: '9400',
  carrier: 'USPS',
  priceCents: 593,
};

/** Plays an order by hand: each line is one turn, and the last turn is what is looked at. */
export class Played {
  turn: Step = { state: newOrder('1', '2'), start: [], abandon: [], verdicts: [] };
  get state(): OrderState {
    return this.turn.state;
  }
  /** What was begun, but for the telling of the alert desk: that has tests of its own. */
  get started(): string[] {
    return this.turn.start.map(({ id }) => id).filter((id) => !id.startsWith('tellDesk'));
  }
  then(...events: OrderEvent[]): this {
    this.turn = step(this.turn.state, events);
    return this;
  }
  answered(command: string, answer: Answer, hour = 1): this {
    return this.then({ kind: 'answered', at: T0 + hour * HOUR, command, answer });
  }
  /** Whatever is being told to the desk or a case has been told. */
  told(hour: number): this {
    const telling = (): string | undefined => Object.keys(this.state.outstanding).find((id) => id.startsWith('tell'));
    for (let id = telling(); id !== undefined; id = telling()) this.answered(id, { kind: 'told' }, hour);
    return this;
  }
  noticed(status: PlatformStatus, hour: number): this {
    return this.then({
      kind: 'noticed',
      at: T0 + hour * HOUR,
      notice: { at: T0 + hour * HOUR, status, via: 'webhook' },
    });
  }
  ordered(
    verb: PersonsVerb,
    hour = 2,
    more: Pick<PersonsOrder, 'package' | 'parcels' | 'choice' | 'method'> = {},
  ): this {
    return this.then({ kind: 'ordered', at: T0 + hour * HOUR, order: { verb, actor: 'ann', bodyHash: 'h', ...more } });
  }
  /** The platform is read again, because it said that something changed. */
  reread(hour: number, answer: Partial<Extract<Answer, { kind: 'loaded' }>>, about?: OrderNotice['about']): this {
    const at = T0 + hour * HOUR;
    this.then({ kind: 'noticed', at, notice: { at, via: 'webhook', ...(about === undefined ? {} : { about }) } });
    const known = this.state.facts ?? facts('awaitingShipment');
    return this.answered('loadOrder', { kind: 'loaded', facts: known, ...answer }, hour);
  }
  woke(hour: number): this {
    return this.then({ kind: 'woke', at: T0 + hour * HOUR });
  }
}

export const opened = (status: PlatformStatus, more: Partial<OrderFacts> = {}): Played =>
  new Played()
    .then({ kind: 'opened', at: T0 })
    .answered('loadOrder', { kind: 'loaded', facts: facts(status, more), plan }, 0);

export const labelled = (): Played =>
  opened('awaitingShipment')
    .answered('prepareLabel:1:1', { kind: 'prepared', handle })
    .answered('buyLabel:1:1', bought);

/** Uploaded, and about to join the day's form. */
export const sent = (): Played =>
  labelled().ordered('markPacked').answered('uploadTracking:1', { kind: 'uploaded' }, 2);

/** Uploaded, with a carrier that has no forms. */
export const uploaded = (): Played => sent().answered('joinManifest:1:1:1', { kind: 'noForm' }, 2);

/** The manifest of the day on which the played orders are packed. */
export const MANIFEST = 'manifest:a:main:2026-11-16';

export const joined = (more: Partial<Extract<JoinAnswer, { kind: 'joined' }>> = {}): JoinAnswer => ({
  kind: 'joined',
  manifest: MANIFEST,
  date: '2026-11-16',
  closesAt: T0 + 10 * HOUR,
  ...more,
});

/** Packed, uploaded, on the list of the day's form. */
export const listed = (): Played => sent().answered('joinManifest:1:1:1', joined(), 3).noticed('awaitingCollection', 3);

/** Packed, uploaded, and then the buyer's address changes: the label is being voided. */
export const addressChanged = (): Played =>
  opened('awaitingShipment', { addressMark: 'key-a' })
    .answered('prepareLabel:1:1', { kind: 'prepared', handle: { ...handle, addressMark: 'key-a' } })
    .answered('buyLabel:1:1', bought)
    .ordered('markPacked')
    .answered('uploadTracking:1', { kind: 'uploaded' }, 2)
    .answered('joinManifest:1:1:1', { kind: 'noForm' }, 2)
    .reread(3, {
      facts: facts('awaitingCollection', { addressMark: 'key-b', tracking: { number: '9400', carrier: 'USPS' } }),
    });
