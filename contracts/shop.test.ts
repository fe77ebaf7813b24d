import { Shop } from './shop';

const shop = ({ accessToken = 't', appSecret = 's', webhookSecret = 'w' }): object => ({
  id: '7000000000000000001',
  kind: 'live',
  name: 'A shop',
  platform: { baseUrl: 'https://platform.example', appKey: 'k', appSecret, accessToken, shopCipher: 'c' },
  carrier: { kind: 'easypost', baseUrl: 'https://carrier.example', apiKey: 'a', webhookSecret },
  shipFrom: { id: 'la', zone: 'UTC', workdays: [1], opensAt: '09:00', closesAt: '17:00', address: {} },
  parcel: { lengthIn: 1, widthIn: 1, heightIn: 1, weightOz: 1 },
});

describe('a shop that is connected', () => {
  it.each([
    ['platform.appSecret', { appSecret: '' }],
    ['carriers.easypost.webhookSecret', { webhookSecret: '' }],
  ])('needs %s, with which its webhooks are signed', (path, lacking) => {
    const parsed = Shop.safeParse(shop(lacking));
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
    expect(Shop.safeParse(shop({ ...lacking, accessToken: '' })).success).toBe(true);
  });

  it('is taken with them', () => {
    expect(Shop.safeParse(shop({})).success).toBe(true);
  });
});
