import { tokenStore, type ShopTokens } from '../../adapters/document-store/tokens';
import { standingOf } from '../../adapters/document-store/standing';
import { authorizedShops, type AuthorizedShop } from '../../adapters/tiktok-shop/auth';
import { AdapterError } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import { ALL_SHOPS_KEY, standingKey } from '../../contracts/standing';
import { shopFindings as says, type WritesHolder } from '../../words/doctor';
import { fail, ok, warn, type Verdict } from './finding';
import type { Scene } from './scene';

/** The platform's code for a token that has ended. Source: Partner Center, "Common errors". */
export const TOKEN_EXPIRED = '105002';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The platform itself begins to tell that a consent ends this long before. */
const SOON_DAYS = 30;

/** What the shop's account says of it, and whether it may write. */
export async function lookAtConnection({ documents }: Pick<Scene, 'documents'>, shop: Shop): Promise<Verdict> {
  const kindOf = (): Promise<Shop['kind']> => Promise.resolve(shop.kind);
  const { connection, mode, writes } = await standingOf(documents, kindOf)(shop.id);
  const toConnect = says.connectToDo(shop.id);
  if (shop.platform.shopCipher === '') return fail(says.notConnected, toConnect);
  if (connection === 'reconnectNeeded') return fail(says.reconnectNeeded, toConnect);
  if (connection === 'deauthorised') return fail(says.deauthorised, toConnect);
  if (writes === 'on') return ok(says.connection(connection, mode));
  const holder = await holderOf(documents, shop.id);
  return warn(says.writesOff(mode, holder), says.writesOffToDo(shop.id, holder));
}

/** Which switch of a shop is off, where one is. */
async function holderOf(documents: Scene['documents'], shopId: string): Promise<WritesHolder> {
  const without = (left: string): Pick<Scene['documents'], 'get'> => ({
    get: (key) => (key === left ? Promise.resolve(undefined) : documents.get(key)),
  });
  const isOffWithout = async (key: string): Promise<boolean> =>
    (await standingOf(without(key), () => Promise.resolve(undefined))(shopId)).writes === 'off';
  if (!(await isOffWithout(ALL_SHOPS_KEY))) return 'all';
  return (await isOffWithout(standingKey(shopId))) ? 'both' : 'shop';
}

/** How long the tokens are good for. */
export async function lookAtTokens({ vault }: Pick<Scene, 'vault'>, shop: Shop): Promise<Verdict> {
  if (vault === undefined) return isInline(shop) ? inline(shop) : fail(says.noVault, says.noVaultToDo);
  const tokens = await tokenStore(vault).read(shop.id);
  if (tokens !== undefined) return tokensVerdict(tokens, shop.id, Date.now());
  return isInline(shop) ? inline(shop) : fail(says.noTokens, says.connectToDo(shop.id));
}

const isInline = ({ platform }: Shop): boolean => platform.accessToken !== '';

/** The sandbox's tokens do not end; a live shop's do, and then nobody has another. */
const inline = ({ id, kind }: Shop): Verdict =>
  kind === 'sandbox' ? ok(says.inDocument) : warn(says.inDocument, says.connectToDo(id));

/** @param now Epoch milliseconds. */
export function tokensVerdict(tokens: ShopTokens, shopId: string, now: number): Verdict {
  const toConnect = says.connectToDo(shopId);
  if ('purged' in tokens) return fail(says.purged, toConnect);
  const refreshDays = Math.floor((tokens.refreshExpiresAt - now) / DAY_MS);
  if (tokens.refreshExpiresAt <= now) return fail(says.refreshOver, toConnect);
  if (tokens.accessExpiresAt <= now) return fail(says.accessOver, says.accessOverToDo);
  if (refreshDays < SOON_DAYS) return warn(says.refreshSoon(refreshDays), toConnect);
  return ok(says.tokens(Math.floor((tokens.accessExpiresAt - now) / HOUR_MS), refreshDays));
}

/** Whether the platform takes our token, for this shop, under the cipher that we have. Nothing is renewed: that is the account's. */
export async function lookAtPlatform(shop: Shop): Promise<Verdict[]> {
  // Said by the connection already.
  if (shop.platform.accessToken === '') return [];
  try {
    return [shopVerdict(shop, await authorizedShops(shop.platform, shop.platform.accessToken))];
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    const { code, outcome } = error;
    if (outcome === 'refused' || code === TOKEN_EXPIRED)
      return [fail(says.tokenRefused(code), says.connectToDo(shop.id))];
    if (outcome === 'auth' || outcome === 'bug') return [fail(says.appRefused(code), says.appRefusedToDo)];
    return [fail(says.platformSilent(code), says.platformSilentToDo)];
  }
}

function shopVerdict(shop: Shop, known: readonly AuthorizedShop[]): Verdict {
  const found = known.find(({ id }) => id === shop.id);
  if (found === undefined) return fail(says.otherShop, says.connectToDo(shop.id));
  if (found.cipher !== shop.platform.shopCipher) return fail(says.cipherWrong, says.connectToDo(shop.id));
  return ok(says.platform(found.name, found.region));
}
