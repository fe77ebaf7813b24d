import { parseTikTokWebhook, platformStatusOf, verifyTikTokWebhook } from './webhook';

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
  ])('is refused with %s', (_what, change) => {
    expect(verifyTikTokWebhook({ ...OFFICIAL, ...change })).toBe(false);
  });
});

describe('a TikTok webhook', () => {
  it('of a status change tells the status by its own time', () => {
    expect(parseTikTokWebhook(OFFICIAL.rawBody)).toEqual({
      kind: 'order',
      notificationId: '7380066284010030890',
      shopId: '7495540735365777507',
      type: 1,
      orderIds: ['576653688135258178'],
      notice: { at: 1718305585000, status: 'unpaid', via: 'webhook' },
    });
  });

  it('of a status that is not known yet asks for the order to be read again', () => {
    const data = { order_id: '5', order_status: 'NEW_ONE', update_time: 1718305585 };
    expect(parseTikTokWebhook(webhook(1, data))).toMatchObject({ notice: { at: 1718305585000, via: 'webhook' } });
  });

  it.each([2, 3, 11, 12])('of type %i asks for the order to be read again', (type) => {
    const parsed = parseTikTokWebhook(webhook(type, { order_id: '5', create_time: 1718305586 }));
    expect(parsed).toMatchObject({ kind: 'order', orderIds: ['5'], notice: { at: 1718305586000, via: 'webhook' } });
  });

  it('of a split package speaks to every order in it, once', () => {
    const package_list = [
      { package_id: '9', order_id_list: ['5', '6'] },
      { package_id: '10', order_id_list: ['5'] },
    ];
    const parsed = parseTikTokWebhook(webhook(4, { sc_type: 'SPLIT', package_list }));
    expect(parsed).toMatchObject({ kind: 'order', orderIds: ['5', '6'] });
  });

  it.each([5, 7, 13, 64, 999])('of type %i is about no order', (type) => {
    expect(parseTikTokWebhook(webhook(type, { order_id: '5' }))).toMatchObject({ kind: 'other', type });
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
