import type { LabelHandle } from '../domain/order/state';
import { HOUR_MS, newPurchaseWorld, NOW, stepsOf, type PurchaseWorld } from '../test/support/purchase-world';

let world: PurchaseWorld;
let steps: ReturnType<typeof stepsOf>;
beforeEach(() => {
  world = newPurchaseWorld();
  steps = stepsOf(world);
});

async function prepared(more: Parameters<typeof steps.prepare>[0] = {}): Promise<LabelHandle> {
  const answer = await steps.prepare(more);
  if (answer.kind !== 'prepared') throw new Error(JSON.stringify(answer));
  return answer.handle;
}

describe('a label through an account that cannot be asked afterwards', () => {
  beforeEach(() => (world.reconcile = 'none'));

  it('is bought once, and where the answer is lost it is a person’s', async () => {
    const handle = await prepared();
    world.faults.push('lost');
    await expect(steps.buy(handle)).rejects.toThrow('Acme buy: X');
    for (let again = 0; again < 3; again += 1) {
      expect(await steps.buy(handle)).toMatchObject({ kind: 'refused', objection: 'unclear' });
    }
    expect(world.paid).toHaveLength(1);
  });

  it('is not forgotten when its money is asked back', async () => {
    const handle = await prepared();
    world.faults.push('lost');
    await expect(steps.buy(handle)).rejects.toThrow();
    expect(await steps.giveBack(handle.shipmentId)).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/acme .*7:1:1:1/) as string,
    });
  });

  it('names everything that a person needs to find out', async () => {
    const handle = await prepared();
    world.faults.push('cut');
    await expect(steps.buy(handle)).rejects.toThrow();
    const answer = await steps.buy(handle);
    expect(answer).toMatchObject({ reason: expect.stringMatching(/acme .*7:1:1:1.*\$8\.00/) as string });
  });
});

describe.each(['read', 'repeat'] as const)('a label through an account that reconciles by %s', (reconcile) => {
  it('is paid for once, however often it is asked for', async () => {
    world.reconcile = reconcile;
    const handle = await prepared();
    world.faults.push('lost');
    await expect(steps.buy(handle)).rejects.toThrow();
    expect(await steps.buy(handle)).toMatchObject({ kind: 'bought', trackingNumber: '1Z9' });
    expect(await steps.buy(handle)).toMatchObject({ kind: 'bought' });
    expect(world.paid).toHaveLength(1);
  });

  it('is given back where it was bought, also when its answer was lost', async () => {
    world.reconcile = reconcile;
    const handle = await prepared();
    expect(await steps.giveBack(handle.shipmentId)).toEqual({ kind: 'nothingToVoid' });
    world.faults.push('lost');
    await expect(steps.buy(handle)).rejects.toThrow();
    expect(await steps.giveBack(handle.shipmentId)).toEqual({ kind: 'voided' });
  });
});

describe('two attempts of one purchase at the same time', () => {
  it('buy one label where each call is charged', async () => {
    const handle = await prepared();
    const both = await Promise.allSettled([steps.buy(handle), steps.buy(handle)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(world.paid).toHaveLength(1);
    expect(await steps.buy(handle)).toMatchObject({ kind: 'bought' });
    expect([...world.documents.keys()].filter((key) => key.endsWith('-calling'))).toEqual([]);
  });

  it('wait for one that died in the middle, and no longer than it could have lived', async () => {
    const handle = await prepared();
    const key = 'labels/7/1/1-1-calling';
    world.documents.set(key, JSON.stringify({ by: 'another', at: Date.now() - 60_000 }));
    await expect(steps.buy(handle)).rejects.toMatchObject({ type: 'retryLater' });
    world.documents.set(key, JSON.stringify({ by: 'another', at: Date.now() - 91_000 }));
    expect(await steps.buy(handle)).toMatchObject({ kind: 'bought' });
    expect(world.paid).toHaveLength(1);
  });
});

describe('a purchase that may be made already and cannot be read', () => {
  beforeEach(async () => {
    world.reconcile = 'repeat';
    world.faults.push('lost');
    await expect(steps.buy(await prepared())).rejects.toThrow();
  });

  it('is not forgotten when the order is cancelled meanwhile', async () => {
    world.facts = { ...world.facts, cancelRequested: true };
    expect(await steps.buy(await prepared())).toEqual({ kind: 'orderChanged', mayBeBought: true });
    expect(await steps.giveBack('7:1:1:1')).toEqual({ kind: 'voided' });
  });

  it('is never asked for anew at another price', async () => {
    const answer = await steps.buy(await prepared(), { at: NOW + 9 * HOUR_MS });
    expect(answer).toMatchObject({ kind: 'bought' });
    expect(world.paid).toHaveLength(1);
  });
});

describe('once a purchase was begun and its answer was lost', () => {
  let handle: LabelHandle;
  beforeEach(async () => {
    handle = await prepared();
    world.faults.push('lost');
    await expect(steps.buy(handle)).rejects.toThrow();
  });

  it.each(['refused', 'unknown', 'unpaid'] as const)('one reading that is %s does not end it', async (reading) => {
    world.readings.push(reading);
    await expect(steps.buy(handle)).rejects.toMatchObject({ type: 'outcomeUnknown' });
    expect(await steps.buy(handle)).toMatchObject({ kind: 'bought' });
    expect(world.paid).toHaveLength(1);
  });

  it('a provider that never lets us look leaves it to a person, who hears everything', async () => {
    world.readings.push(...Array.from({ length: 4 }, () => 'refused' as const));
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(steps.buy(handle)).rejects.toMatchObject({ type: 'outcomeUnknown' });
    expect(await steps.buy(handle)).toMatchObject({ kind: 'refused', objection: 'unclear' });
    expect(world.paid).toHaveLength(1);
  });

  it('a cancelled order has it given back', async () => {
    world.readings.push('unpaid');
    world.facts = { ...world.facts, cancelRequested: true };
    expect(await steps.buy(handle)).toEqual({ kind: 'orderChanged', mayBeBought: true });
    expect(await steps.giveBack(handle.shipmentId)).toEqual({ kind: 'voided' });
  });
});

it('a purchase that was clearly refused is forgotten, and what was prepared and is gone is prepared anew', async () => {
  const handle = await prepared();
  world.faults.push('refused');
  expect(await steps.buy(handle)).toMatchObject({ kind: 'refused' });
  world.readings.push('unknown');
  expect(await steps.buy(handle)).toEqual({ kind: 'reRate' });
  expect(world.paid).toEqual([]);
});

describe('what a label costs', () => {
  const dearer = { id: 'r2', carrier: 'UPS', service: 'Ground', priceCents: 1_000, deliveryDays: 3 };

  it('above the cap is for a person to accept', async () => {
    world.shop.labels = { ...world.shop.labels, maxPriceCents: 799 };
    expect(await steps.prepare()).toMatchObject({ kind: 'refused', objection: 'price', priceCents: 800 });
    expect(await steps.prepare({ attempt: 2, accepted: ['price'], acceptedCents: 800 })).toMatchObject({
      kind: 'prepared',
    });
    // What they saw they accepted, and no more than that.
    world.rates = [dearer];
    expect(await steps.prepare({ attempt: 3, acceptedCents: 800 })).toMatchObject({ objection: 'price' });
    expect(world.paid).toEqual([]);
  });

  it('when it rose since the last asking, by more than the shop allows, too', async () => {
    await prepared();
    world.rates = [dearer];
    expect(await steps.prepare({ attempt: 2 })).toMatchObject({
      objection: 'drift',
      reason: expect.stringMatching(/\$10\.00 now; it was \$8\.00/) as string,
    });
    expect(await steps.prepare({ attempt: 3, acceptedCents: 1_000 })).toMatchObject({ kind: 'prepared' });
  });

  it('is no rise where another service is bought, or a person chose it', async () => {
    await prepared();
    world.rates = [{ ...dearer, service: '2ndDayAir' }];
    expect(await steps.prepare({ attempt: 2 })).toMatchObject({ kind: 'prepared' });
    world.rates = [dearer];
    const choice = { service: 'Ground' };
    expect(await steps.prepare({ attempt: 3, choice })).toMatchObject({ kind: 'prepared' });
  });

  it('may rise by as much as the shop allows', async () => {
    await prepared();
    world.rates = [{ ...dearer, priceCents: 960 }];
    expect(await steps.prepare({ attempt: 2 })).toMatchObject({ kind: 'prepared' });
  });

  it('is asked for again after six hours', async () => {
    world.shop['kind'] = 'sandbox';
    const handle = await prepared();
    expect(await steps.buy(handle, { at: NOW + 6 * HOUR_MS + 1 })).toEqual({ kind: 'reRate' });
    expect(world.paid).toEqual([]);
    expect(await steps.buy(handle, { at: NOW + 6 * HOUR_MS })).toMatchObject({ kind: 'bought' });
  });

  it('is what was offered where the provider does not say, and said where it charged more', async () => {
    const handle = await prepared();
    expect(await steps.buy(handle)).toEqual({
      kind: 'bought',
      trackingNumber: '1Z9',
      carrier: 'UPS',
      priceCents: 800,
    });
    const other = newPurchaseWorld();
    other.chargedCents = 961;
    const answer = await stepsOf(other).buy(await prepared());
    expect(answer).toMatchObject({ priceCents: 961, isDearer: true });
  });
});

it('keeps what was offered, and which account it is of', async () => {
  const handle = await prepared();
  expect(handle).toEqual({
    shipmentId: '7:1:1:1',
    rateId: 'r1',
    carrier: 'UPS',
    service: 'Ground',
    priceCents: 800,
    account: 'acme',
  });
  const quote: unknown = JSON.parse(world.documents.get('labels/7/1/1-1-quote') ?? '{}');
  expect(quote).toMatchObject({ at: NOW, chosen: { account: 'acme', priceCents: 800 } });
});

it('an account without money is tried again later, and nothing is bought meanwhile', async () => {
  const handle = await prepared();
  world.faults.push('unfunded');
  await expect(steps.buy(handle)).rejects.toMatchObject({ type: 'unfunded', nonRetryable: false });
  expect(world.paid).toEqual([]);
});
