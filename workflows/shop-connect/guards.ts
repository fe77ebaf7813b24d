import type { ShopMode } from '../../domain/account/account';
import type { ChooseShopsInput } from '../messages-connect';

/** Shape guards of what anyone may send to a connection, written by hand because they must never throw. */

const MODES: Record<ShopMode, true> = { watch: true, assist: true, auto: true };
const MOST_SHOPS = 500;

type Fields = Partial<Record<string, unknown>>;

const fieldsOf = (message: unknown): Fields => (typeof message === 'object' && message !== null ? message : {});

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;

const isShopId = (value: unknown): value is string => typeof value === 'string' && /^\d{1,20}$/.test(value);

const isShopIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.length <= MOST_SHOPS && value.every(isShopId);

const isMode = (value: unknown): value is ShopMode => typeof value === 'string' && Object.hasOwn(MODES, value);

/** The choice, with nothing in it that we did not name; or the name of the field that is wrong. */
export function readChoice(message: unknown): ChooseShopsInput | string {
  const { shopIds, mode, actor, bodyHash, key } = fieldsOf(message);
  if (!isShopIds(shopIds)) return 'shopIds';
  if (mode !== undefined && !isMode(mode)) return 'mode';
  if (!isText(actor, 128)) return 'actor';
  const keyed = readKey({ bodyHash, key });
  if (typeof keyed === 'string') return keyed;
  return { shopIds: [...new Set(shopIds)], actor, ...(mode === undefined ? {} : { mode }), ...keyed };
}

function readKey({ bodyHash, key }: Fields): Pick<ChooseShopsInput, 'bodyHash' | 'key'> | string {
  if (bodyHash !== undefined && !isText(bodyHash, 128)) return 'bodyHash';
  if (key !== undefined && !isText(key, 255)) return 'key';
  return { ...(bodyHash === undefined ? {} : { bodyHash }), ...(key === undefined ? {} : { key }) };
}
