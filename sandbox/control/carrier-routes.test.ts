import { type Shop, type Stage, stage } from '../test-support';

let here: Stage;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop();
});

afterEach(() => here.close());

describe('the accounts of a shop at its carriers', () => {
  it('are told when it is opened, and stay', async () => {
    const again = await here.shop({ shopId: shop.shopId });
    const { shipsaving, ups, usps } = shop;
    expect(again).toMatchObject({ shipsaving, ups, usps });
    expect(ups.accountNumber).toMatch(/^[0-9A-F]{6}$/);
    expect(usps.mid).toMatch(/^\d{9}$/);
  });

  it('have all the money they need and are alive, unless a test says otherwise', async () => {
    const standing = { provider: 'usps', balanceCents: null, dead: false };
    expect((await shop.control('GET', '/carriers/usps')).body).toEqual(standing);
    const poor = await shop.control('PUT', '/carriers/usps', { balanceCents: 500 });
    expect(poor.body).toEqual({ ...standing, balanceCents: 500 });
    const dead = await shop.control('PUT', '/carriers/usps', { dead: true });
    expect(dead.body).toEqual({ ...standing, balanceCents: 500, dead: true });
    const rich = await shop.control('PUT', '/carriers/usps', { balanceCents: null, dead: false });
    expect(rich.body).toEqual(standing);
  });

  it('are of known carriers, and changed by some order', async () => {
    expect((await shop.control('PUT', '/carriers/dhl', { dead: true })).status).toBe(404);
    expect((await shop.control('PUT', '/carriers/ups', {})).status).toBe(422);
  });
});
