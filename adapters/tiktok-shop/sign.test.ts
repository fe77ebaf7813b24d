import { signedUrl, signRequest } from './sign';

const NO_BODY = '';

/** Published by the platform or worked out from its documented base string. */
const VECTORS = [
  {
    from: 'Partner Center',
    secret: 'e59af819cc',
    request: {
      path: '/authorization/202309/shops',
      query: { app_key: '29a39d', timestamp: '1623812664' },
      body: NO_BODY,
    },
    sign: 'b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8',
  },
  {
    from: "a public client's test",
    secret: 'app_secret',
    request: { path: '/test-api', query: { foo: 'bar' }, body: NO_BODY },
    sign: 'd3cb7fe11ecae942802ceeca67e7cf10120cc12f1517d45fbc1c8cfe5413c80f',
  },
  {
    from: 'the documented base string, with a body',
    secret: 'e59af819cc',
    request: {
      path: '/event/202309/webhooks',
      query: { app_key: '68xu9ks5p4i8', shop_cipher: 'ROW_xkMbgAAAeVAQra0eZWebFQq5aIK', timestamp: '1696909648' },
      body: '{"address":"https://partner.tiktokshop.com","event_type":"PACKAGE_UPDATE"}',
    },
    sign: 'cd0d6268252f4ba293bf7ea4c0a2873bf9beec600d22530638564ab301435f7a',
  },
  {
    from: 'the documented base string, of Mark Package As Shipped',
    secret: 'test_app_secret',
    request: {
      path: '/fulfillment/202309/orders/576461413038785752/packages',
      query: {
        app_key: 'test_app_key',
        shop_cipher: 'GCP_XF90igAAAABh00qsWgtvOiGFNqyubMt3',
        timestamp: '1700000000',
      },
      body:
        '{"order_line_item_ids":["577086512123755123"],"tracking_number":"9400100000000000000000",' +
        '"shipping_provider_id":"7117858858072016686"}',
    },
    sign: 'd6d44f81bed7bafced7e47eee3b701a6d611806c3bfbcda7c891a6d9664ace05',
  },
  {
    from: 'the documented base string, with a list',
    secret: 'test_app_secret',
    request: {
      path: '/order/202309/orders',
      query: {
        app_key: 'test_app_key',
        shop_cipher: 'GCP_XF90igAAAABh00qsWgtvOiGFNqyubMt3',
        timestamp: '1700000000',
        ids: ['576461413038785752', '576461413038785753'],
      },
      body: NO_BODY,
    },
    sign: '92fd26b3676b0c112b0d825e9452f0da1f3ee3119193f665035c2f87251cecdd',
  },
];

describe('signRequest', () => {
  it.each(VECTORS)('gives the signature of $from', ({ secret, request, sign }) => {
    expect(signRequest(secret, request)).toBe(sign);
  });

  it('leaves the signature and the token out of what is signed', () => {
    const query = { app_key: '29a39d', timestamp: '1623812664', sign: 'x', access_token: 'y' };
    const signed = signRequest('e59af819cc', { path: '/authorization/202309/shops', query, body: NO_BODY });
    expect(signed).toBe(VECTORS[0]?.sign);
  });
});

describe('signedUrl', () => {
  it('sends a list as the one value that was signed, and dates the request by the wall clock', () => {
    const at = { baseUrl: 'https://platform.example', appSecret: 'secret' };
    const query = { ids: ['1', '2'], app_key: 'key' };
    const url = new URL(signedUrl(at, { path: '/order/202309/orders', query, body: NO_BODY }));
    const { sign, ...sent } = Object.fromEntries(url.searchParams);
    expect(sent['ids']).toBe('1,2');
    expect(Math.abs(Number(sent['timestamp']) - Date.now() / 1_000)).toBeLessThan(5);
    expect(sign).toBe(signRequest('secret', { path: '/order/202309/orders', query: sent, body: NO_BODY }));
  });
});
