/** A token, and how long its giver says that it holds. */
type Given = { token: string; livesMs: number };

/** Tokens that belong to somebody's credentials, in this process. */
export type AccessTokens = {
  /** The token under a key; many who ask at once cause one asking. What `ask` throws is not kept. */
  get: (key: string, ask: () => Promise<Given>) => Promise<string>;
  /** Drops a token that was turned away, unless another has taken its place. */
  drop: (key: string, token: string) => void;
};

type Held = { token: string; until: number };

/** A token is not used in its last tenth, nor in its last minute: what leaves with it must arrive before it ends. */
const EARLY_PART = 0.1;
const LEAST_EARLY_MS = 60_000;

/** @param now The clock, epoch milliseconds: tokens live by the wall clock of their giver. */
export function accessTokens(now: () => number = () => Date.now()): AccessTokens {
  const held = new Map<string, Held>();
  const asking = new Map<string, Promise<string>>();
  const renew = async (key: string, ask: () => Promise<Given>): Promise<string> => {
    const askedAt = now();
    const { token, livesMs } = await ask();
    held.set(key, { token, until: askedAt + livesMs - Math.max(livesMs * EARLY_PART, LEAST_EARLY_MS) });
    return token;
  };
  return {
    get: (key, ask) => {
      const known = held.get(key);
      if (known !== undefined && now() < known.until) return Promise.resolve(known.token);
      const underWay = asking.get(key);
      if (underWay !== undefined) return underWay;
      const renewing = renew(key, ask).finally(() => asking.delete(key));
      asking.set(key, renewing);
      return renewing;
    },
    drop: (key, token) => {
      if (held.get(key)?.token === token) held.delete(key);
    },
  };
}
