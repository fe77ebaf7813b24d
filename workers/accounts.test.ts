import type { Client } from '@temporalio/client';
import type { ShopDirectory } from '../adapters/document-store/shops';
import type { Shop } from '../contracts/shop';
import type { ShopStanding } from '../contracts/standing';
import { renewalBy } from './accounts';

type World = {
  renew: (shop: Shop) => Promise<Shop | undefined>;
  /** How often the account was asked. */
  asked: jest.Mock;
  store: (version: number) => void;
};

const shopWith = (tokenVersion: number): Shop => ({ id: '7', platform: { tokenVersion } }) as Shop;

/** A shop whose account gets a next pair whenever it is asked. */
function worldOf(connection: ShopStanding['connection']): World {
  let newest = 1;
  const asked = jest.fn(() => Promise.resolve({ isNewer: true, version: (newest += 1) }));
  const client = {
    withDeadline: (_: number, call: () => Promise<unknown>) => call(),
    workflow: { executeUpdateWithStart: asked },
  } as unknown as Client;
  const pair = { accessToken: 'a', accessExpiresAt: 1, refreshToken: 'r', refreshExpiresAt: 2 };
  const tokens = {
    read: () => Promise.resolve({ version: newest, ...pair }),
    store: () => Promise.resolve(true),
    purge: () => Promise.resolve(),
  };
  const find = (): Promise<Shop> => Promise.resolve(shopWith(newest));
  const findShop: ShopDirectory = Object.assign(find, { findFresh: find });
  const standingOf = (): Promise<ShopStanding> => Promise.resolve({ mode: 'auto', writes: 'on', connection });
  const renew = renewalBy({ client, taskQueue: 'q' }, { findShop, tokens, standingOf });
  return { renew, asked, store: (version) => void (newest = version) };
}

describe('a step that was refused with its token', () => {
  it('is one with all that were refused with the same', async () => {
    const { renew, asked } = worldOf('connected');
    const renewed = await Promise.all(Array.from({ length: 10 }, () => renew(shopWith(1))));
    expect(renewed.map((shop) => shop?.platform.tokenVersion)).toEqual(Array(10).fill(2));
    expect(asked).toHaveBeenCalledTimes(1);
    await renew(shopWith(2));
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it.each(['reconnectNeeded', 'deauthorised'] as const)('asks no account of a shop that is %s', async (connection) => {
    const { renew, asked } = worldOf(connection);
    expect(await renew(shopWith(1))).toBeUndefined();
    expect(asked).not.toHaveBeenCalled();
  });

  it('takes the pair of a consent that was given meanwhile, whatever the standing says a moment longer', async () => {
    const { renew, asked, store } = worldOf('reconnectNeeded');
    store(2);
    expect((await renew(shopWith(1)))?.platform.tokenVersion).toBe(2);
    expect(asked).not.toHaveBeenCalled();
  });
});
