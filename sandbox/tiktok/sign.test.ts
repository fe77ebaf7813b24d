import { signTikTokWebhook } from '../webhook-wires';
import { signRequest } from './sign';

describe('TikTok signatures', () => {
  // The first is TikTok's own vector, the second a public library's, the third is worked out from the documented text.
  it.each([
    {
      secret: 'e59af819cc',
      path: '/authorization/202309/shops',
      query: { app_key: '29a39d', timestamp: '1623812664' },
      body: '',
      sign: 'b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8',
    },
    {
      secret: 'app_secret',
      path: '/test-api',
      query: { foo: 'bar' },
      body: '',
      sign: 'd3cb7fe11ecae942802ceeca67e7cf10120cc12f1517d45fbc1c8cfe5413c80f',
    },
    {
      secret: 'e59af819cc',
      path: '/event/202309/webhooks',
      query: { app_key: '68xu9ks5p4i8', shop_cipher: 'ROW_xkMbgAAAeVAQra0eZWebFQq5aIK', timestamp: '1696909648' },
      body: '{"address":"https://partner.tiktokshop.com","event_type":"PACKAGE_UPDATE"}',
      sign: 'cd0d6268252f4ba293bf7ea4c0a2873bf9beec600d22530638564ab301435f7a',
    },
    {
      secret: 'test_app_secret',
      path: '/fulfillment/202309/orders/576461413038785752/packages',
      query: { app_key: 'test_app_key', shop_cipher: 'GCP_XF90igAAAABh00qsWgtvOiGFNqyubMt3', timestamp: '1700000000' },
      body: '{"order_line_item_ids":["577086512123755123"],"tracking_number":"9400100000000000000000","shipping_provider_id":"7117858858072016686"}',
      sign: 'd6d44f81bed7bafced7e47eee3b701a6d611806c3bfbcda7c891a6d9664ace05',
    },
  ])('signs $path as published', ({ secret, path, query, body, sign }) => {
    expect(signRequest(secret, { path, query, body: Buffer.from(body) })).toBe(sign);
  });

  it('leaves the sign itself and the access token out', () => {
    const query = { foo: 'bar', sign: 'anything', access_token: 'anything' };
    expect(signRequest('app_secret', { path: '/test-api', query, body: Buffer.alloc(0) })).toBe(
      'd3cb7fe11ecae942802ceeca67e7cf10120cc12f1517d45fbc1c8cfe5413c80f',
    );
  });

  it('signs a webhook as published', () => {
    const body =
      '{"type":1,"tts_notification_id":"7380066284010030890","shop_id":"7495540735365777507","timestamp":1718305585,"data":{"is_on_hold_order":true,"order_id":"576653688135258178","order_status":"UNPAID","update_time":1718305585}}';
    expect(signTikTokWebhook({ appKey: 'abcdef', appSecret: '123' }, body)).toBe(
      '5dec0f11ec2f6783b8deee53c9ffbf8d024302f7c7e7fa55a35d17629031ac05',
    );
  });
});
