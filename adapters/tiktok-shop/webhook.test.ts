import { createHmac } from 'node:crypto';
import { TOPICS } from './topics';
import { parseTikTokWebhook, platformStatusOf, topicOfSlug, verifyTikTokWebhook } from './webhook';

/** TikTok's own example: Partner Center, "TikTok Shop webhooks overview". */
const OFFICIAL = {
  appKey: 'abcdef',
  appSecret: '123',
  rawBody: Buffer.from(
    '{"type":1,"tts_notification_id":"7380066284010030890","shop_id":"7495540735365777507","timestamp":1718305585,' +
      '"data":{"is_on_hold_order":true,"order_id":"576653688135258178","order_status":"UNPAID","update_time":1718305585}}',
  ),
  signature: '5dec0f11ec2f6783b8deee53c9ffbf8d024302f7c7e7fa55a35d17629031ac05',
};

const webhook = (type: number, data: object): Buffer =>
  Buffer.from(
    JSON.stringify({ type, tts_notification_id: '1', shop_id: '7495540735365777507', timestamp: 1718305585, data }),
  );

describe('the signature of a TikTok webhook', () => {
  it("is TikTok's own for TikTok's own example", () => {
    expect(verifyTikTokWebhook(OFFICIAL)).toBe(true);
  });

  it.each([
    ['another body', { rawBody: Buffer.concat([OFFICIAL.rawBody, Buffer.from(' ')]) }],
    ['another secret', { appSecret: '124' }],
    ['another key', { appKey: 'abcdeg' }],
    ['no signature', { signature: undefined }],
    ['a signature of another length', { signature: OFFICIAL.signature.slice(1) }],
    ['capital letters', { signature: OFFICIAL.signature.toUpperCase() }],
    ['a scheme in front', { signature: `Bearer ${OFFICIAL.signature}` }],
    ['the header twice', { signature: [OFFICIAL.signature, OFFICIAL.signature] }],
    ['a forged header before the right one', { signature: ['0'.repeat(64), OFFICIAL.signature] }],
    ['a forged header after the right one', { signature: [OFFICIAL.signature, '0'.repeat(64)] }],
    ['no header at all', { signature: [] }],
  ])('is refused with %s', (_what, change) => {
    expect(verifyTikTokWebhook({ ...OFFICIAL, ...change })).toBe(false);
  });
});

it('is refused where there is no secret, though it is signed with none', () => {
  const { appKey, rawBody } = OFFICIAL;
  const signature = createHmac('sha256', '').update(appKey).update(rawBody).digest('hex');
  expect(verifyTikTokWebhook({ appKey, appSecret: '', rawBody, signature })).toBe(false);
});

type Webhook = Parameters<typeof verifyTikTokWebhook>[0];

/** The n-th way to tamper with a webhook; another n is another way. */
function forged(n: number): Webhook {
  const { signature, rawBody, appKey, appSecret } = OFFICIAL;
  const turn = Math.floor(n / FORGERIES);
  const bit = (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    const at = turn % (copy.length * 8);
    copy[at >> 3] = (copy[at >> 3] ?? 0) ^ (1 << (at & 7));
    return copy;
  };
  const signedWith = (secret: string, text: Buffer | string): string =>
    createHmac('sha256', secret).update(text).digest('hex');
  const ways: (() => Partial<Webhook>)[] = [
    () => ({ signature: bit(Buffer.from(signature, 'hex')).toString('hex') }),
    () => ({ rawBody: bit(rawBody) }),
    () => ({ signature: signature.slice(0, turn % 64) }),
    () => ({ rawBody: rawBody.subarray(0, turn % rawBody.length) }),
    () => ({ signature: signature.toUpperCase() + ' '.repeat(turn % 7) }),
    () => ({ signature: signedWith(`secret ${turn}`, Buffer.concat([Buffer.from(appKey), rawBody])) }),
    // What community code does: the key of the app left out, or the body alone under another header's rule.
    () => ({ signature: turn % 2 === 0 ? signedWith(appSecret, rawBody) : signedWith(appSecret, appKey) }),
    () => ({ signature: turn % 2 === 0 ? [signature, signedWith('x', String(turn))] : [signature, signature] }),
    () => ({ signature: createHmac('sha256', String(turn)).update(rawBody).digest('hex') }),
    () => ({ signature: `${signature}${turn.toString(16)}` }),
  ];
  return { ...OFFICIAL, ...ways[n % FORGERIES]?.() };
}

const FORGERIES = 10;

describe('10,000 forged webhooks', () => {
  it('are all refused, and the true one between them is not', () => {
    const accepted = Array.from({ length: 10_000 }, (_, n) => n).filter((n) => verifyTikTokWebhook(forged(n)));
    expect(accepted).toEqual([]);
    expect(verifyTikTokWebhook(OFFICIAL)).toBe(true);
  });
});

describe('a TikTok webhook', () => {
  it('of a status change tells the status by its own time', () => {
    expect(parseTikTokWebhook(OFFICIAL.rawBody)).toEqual({
      kind: 'order',
      notificationId: '7380066284010030890',
      shopId: '7495540735365777507',
      type: 1,
      topic: 'order-status-change',
      orderIds: ['576653688135258178'],
      // It says UNPAID, and that it is on hold.
      notice: { at: 1718305585000, status: 'onHold', via: 'webhook' },
    });
  });

  it.each([
    ['AWAITING_SHIPMENT', true, 'onHold'],
    ['AWAITING_SHIPMENT', false, 'awaitingShipment'],
    ['UNPAID', undefined, 'unpaid'],
    ['IN_TRANSIT', true, 'inTransit'],
  ])('of %s with the mark of the hold %s says %s', (order_status, is_on_hold_order, status) => {
    const data = { order_id: '5', order_status, update_time: 1718305585, is_on_hold_order };
    expect(parseTikTokWebhook(webhook(1, data))).toMatchObject({ notice: { status } });
  });

  it('of a status that is not known yet asks for the order to be read again', () => {
    const data = { order_id: '5', order_status: 'NEW_ONE', update_time: 1718305585 };
    expect(parseTikTokWebhook(webhook(1, data))).toMatchObject({ notice: { at: 1718305585000, via: 'webhook' } });
  });

  it.each([
    [2, 'afterSale'],
    [3, 'address'],
    [11, 'afterSale'],
    [12, 'afterSale'],
  ])('of type %i asks for the order to be read again, with its %s', (type, about) => {
    const parsed = parseTikTokWebhook(webhook(type, { order_id: '5', create_time: 1718305586 }));
    expect(parsed).toMatchObject({
      kind: 'order',
      orderIds: ['5'],
      notice: { at: 1718305586000, via: 'webhook', about },
    });
  });

  it('of a split package speaks to every order in it, once', () => {
    const package_list = [
      { package_id: '9', order_id_list: ['5', '6'] },
      { package_id: '10', order_id_list: ['5'] },
    ];
    const parsed = parseTikTokWebhook(webhook(4, { sc_type: 'SPLIT', package_list }));
    expect(parsed).toMatchObject({ kind: 'order', orderIds: ['5', '6'], notice: { about: 'parcels' } });
  });

  it.each([5, 13, 14, 15, 16, 19, 21, 22, 33, 36, 37, 42, 52, 63, 66])('of type %i is about no order', (type) => {
    const parsed = parseTikTokWebhook(webhook(type, { order_id: '5' }));
    expect(parsed).toMatchObject({ kind: 'other', type, topic: 'other' });
    expect(parsed).not.toHaveProperty('isUnknownTopic');
  });

  it.each([64, 65, 67, 999])('of type %i, of which nobody told us, asks for its order to be read again', (type) => {
    expect(parseTikTokWebhook(webhook(type, { order_id: '5', update_time: 'soon' }))).toMatchObject({
      kind: 'order',
      topic: 'unknown',
      isUnknownTopic: true,
      orderIds: ['5'],
      notice: { at: 1718305585000, via: 'webhook' },
    });
  });

  it.each([{}, { order_id: 5 }, { order_id: '../../x' }])(
    'of an unknown type without an order is noted: %j',
    (data) => {
      expect(parseTikTokWebhook(webhook(999, data))).toMatchObject({ kind: 'other', isUnknownTopic: true });
    },
  );

  it('of the end of a consent says so, by its own time', () => {
    expect(parseTikTokWebhook(webhook(6, {}))).toMatchObject({
      kind: 'account',
      news: { kind: 'deauthorised', at: 1718305585000 },
    });
  });

  it.each([1720000000, '1720000000'])('of a consent that ends soon says when: %s', (expiration_time) => {
    expect(parseTikTokWebhook(webhook(7, { message: 'soon', expiration_time }))).toMatchObject({
      kind: 'account',
      news: { kind: 'expiring', at: 1718305585000, expiresAt: 1720000000000 },
    });
  });

  it('is about what its address says, whatever number is in it', () => {
    const moved = webhook(77, { order_id: '5', order_status: 'IN_TRANSIT', update_time: 1718305585 });
    expect(parseTikTokWebhook(moved, 'order-status-change')).toMatchObject({ notice: { status: 'inTransit' } });
    const lying = webhook(1, { order_id: '5', order_status: 'CANCEL', update_time: 1718305585 });
    expect(parseTikTokWebhook(lying, 'recipient-address-update')).toMatchObject({ notice: { about: 'address' } });
    expect(parseTikTokWebhook(moved, 'no-such-topic')).toMatchObject({ isUnknownTopic: true });
  });

  it.each(['seller-deauthorization', 'upcoming-authorization-expiration'])(
    'of an order that somebody sends to %s says nothing of the consent',
    (slug) => {
      const captured = parseTikTokWebhook(OFFICIAL.rawBody, slug);
      expect(captured).toMatchObject({ kind: 'order', topic: 'unknown', isUnknownTopic: true });
      expect(captured).not.toHaveProperty('notice.status');
      expect(parseTikTokWebhook(webhook(slug.startsWith('s') ? 7 : 6, {}), slug)).toMatchObject({ kind: 'other' });
    },
  );

  it('of the consent is about it at its own address', () => {
    expect(parseTikTokWebhook(webhook(6, {}), 'seller-deauthorization')).toMatchObject({
      news: { kind: 'deauthorised' },
    });
    const ending = webhook(7, { expiration_time: 1720000000 });
    expect(parseTikTokWebhook(ending, 'upcoming-authorization-expiration')).toMatchObject({
      news: { kind: 'expiring' },
    });
  });

  it('has an address for each topic that we take, and one topic for each address', () => {
    expect(TOPICS.map(({ slug }) => topicOfSlug(slug)?.type)).toEqual([1, 2, 3, 4, 6, 7, 11, 12]);
    expect(topicOfSlug('constructor')).toBeUndefined();
  });

  it.each([
    ['no order', {}],
    ['an order id that is a number', { order_id: 5, order_status: 'UNPAID', update_time: 1 }],
    ['a time in words', { order_id: '5', order_status: 'UNPAID', update_time: 'now' }],
  ])('of a status change with %s is refused', (_what, data) => {
    expect(() => parseTikTokWebhook(webhook(1, data))).toThrow();
  });
});

describe("the platform's statuses", () => {
  it.each([
    ['CANCEL', 'cancelled'],
    ['CANCELLED', 'cancelled'],
    ['PARTIALLY_SHIPPING', 'awaitingShipment'],
    ['IN_TRANSIT', 'inTransit'],
    ['constructor', undefined],
  ])('%s is %s in our words', (wire, ours) => {
    expect(platformStatusOf(wire)).toBe(ours);
  });
});
