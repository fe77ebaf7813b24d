import { signRequest } from './sign';

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
