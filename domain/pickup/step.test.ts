import type { PickupAnswer, PickupOrder } from './event';
import { newPickup, type PickupState } from './state';
import { step, type Turn } from './step';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 24, 16);
const END = T0 + 16 * HOUR;
const wish = { from: T0 + HOUR, until: T0 + 9 * HOUR };
const booked = { kind: 'booked', confirmation: 'C-1', parcels: 3, window: wish } as const;

const about = { shopId: '7', account: 'usps', shipFrom: 'la', date: '2026-11-24', endsAt: END };
const order = (verb: PickupOrder['verb']): PickupOrder =>
  verb === 'cancelPickup' ? { verb, actor: 'Ada' } : { verb, actor: 'Ada', wish };

const ordered = (state: PickupState, verb: PickupOrder['verb'], at = T0): Turn =>
  step(state, [{ kind: 'ordered', at, order: order(verb) }]);
const answered = (state: PickupState, answer: PickupAnswer, at = T0): Turn =>
  step(state, [{ kind: 'answered', at, answer }]);
const bookedState = (): PickupState => answered(ordered(newPickup(about), 'bookPickup').state, booked).state;

describe('a pickup', () => {
  it('is booked once, and a second order meanwhile is refused', () => {
    const first = ordered(newPickup(about), 'bookPickup');
    expect(first.start).toEqual([{ kind: 'book', attempt: 1, wish }]);
    expect(first.verdicts).toMatchObject([{ accepted: true, status: 'booking' }]);
    const second = ordered(first.state, 'bookPickup');
    expect(second).toMatchObject({ start: [], verdicts: [{ accepted: false }] });
    expect(answered(second.state, booked).state).toMatchObject({
      status: 'booked',
      confirmed: { confirmation: 'C-1' },
    });
  });

  it('has another reference each time it is booked', () => {
    const cancelled = answered(ordered(bookedState(), 'cancelPickup').state, { kind: 'cancelled' }).state;
    expect(cancelled.status).toBe('cancelled');
    expect(ordered(cancelled, 'bookPickup').start).toEqual([{ kind: 'book', attempt: 2, wish }]);
  });

  it('stays booked where its change is refused, and a person is told', () => {
    const changing = ordered(bookedState(), 'changePickup').state;
    const turn = answered(changing, { kind: 'refused', reason: 'too late' });
    expect(turn.state).toMatchObject({ status: 'booked', reason: 'too late', confirmed: { confirmation: 'C-1' } });
    expect(turn.start).toMatchObject([{ kind: 'tellDesk', raise: { about: 'pickupRefused' } }]);
  });

  it('is a person’s where nobody can read back what came of it; their word settles the task', () => {
    const turn = answered(ordered(newPickup(about), 'bookPickup').state, { kind: 'unclear', reference: 'R' });
    expect(turn).toMatchObject({ state: { status: 'unclear' }, start: [{ raise: { about: 'pickupUnclear' } }] });
    const looked = ordered(turn.state, 'cancelPickup');
    expect(looked.start).toEqual([{ kind: 'tellDesk' }, { kind: 'cancel', isGone: true }]);
    expect(answered(looked.state, { kind: 'cancelled' }).state.status).toBe('cancelled');
  });

  it('is not shown as booked where the answer to its cancelling was lost, and can be said to be gone', () => {
    const cancelling = ordered(bookedState(), 'cancelPickup');
    expect(cancelling.start).toEqual([{ kind: 'cancel' }]);
    const turn = answered(cancelling.state, { kind: 'unclear', reference: 'C-1' });
    expect(turn).toMatchObject({ state: { status: 'unclear' }, start: [{ raise: { about: 'pickupUnclear' } }] });
    expect(ordered(turn.state, 'cancelPickup').start).toContainEqual({ kind: 'cancel', isGone: true });
  });

  it.each([
    { verb: 'changePickup', reason: 'nothing is booked', state: newPickup(about), at: T0 },
    { verb: 'cancelPickup', reason: 'nothing is booked', state: newPickup(about), at: T0 },
    { verb: 'bookPickup', reason: 'has passed', state: newPickup(about), at: wish.until },
    { verb: 'bookPickup', reason: 'booked already', state: bookedState(), at: T0 },
  ] as const)('refuses $verb with its reason: $reason', ({ verb, reason, state, at }) => {
    expect(ordered(state, verb, at).verdicts[0]?.reason?.toLowerCase()).toContain(reason);
  });

  it('ends with its day, once what is under way is through and the desk was told', () => {
    const woke = (state: PickupState): Turn => step(state, [{ kind: 'woke', at: END }]);
    expect(woke(bookedState()).state.endedAt).toBe(END);
    const booking = ordered(newPickup(about), 'bookPickup').state;
    expect(woke(booking).state.endedAt).toBeUndefined();
    const failed = answered(woke(booking).state, { kind: 'failed', type: 'X' }, END + 1);
    expect(failed.state).toMatchObject({ status: 'unclear', telling: 2 });
    const told = { kind: 'deskTold', at: END + 2 } as const;
    expect(step(failed.state, [told, told]).state.endedAt).toBe(END + 2);
  });
});
