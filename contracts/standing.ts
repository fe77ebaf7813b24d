import { z } from 'zod';

/**
 * What shipclock may do in a shop now. `watch`: it reads and writes nothing. `assist`: each order waits for a person's word.
 * `auto`: it acts by itself.
 */
export const ShopMode = z.enum(['watch', 'assist', 'auto']);
export type ShopMode = z.infer<typeof ShopMode>;

/**
 * Whether the platform still takes our word for a shop. `reconnectNeeded`: its tokens are dead and its owner must consent again.
 * `deauthorised`: its owner has taken the consent back, and the tokens are gone.
 */
export const ShopConnection = z.enum(['connected', 'reconnectNeeded', 'deauthorised']);
export type ShopConnection = z.infer<typeof ShopConnection>;

/**
 * Written by the shop's account alone; read by every step that acts outside. What one leaves out is as if nothing was ever switched;
 * of a shop that has none, `assumedMode` says the mode.
 */
export const ShopStanding = z.object({
  mode: ShopMode.default('auto'),
  /** The kill switch: `off` queues every write until it is `on` again. */
  writes: z.enum(['on', 'off']).default('on'),
  connection: ShopConnection.default('connected'),
});
export type ShopStanding = z.infer<typeof ShopStanding>;

/**
 * The mode of a shop of which nothing was written yet. A live one only watches until somebody says otherwise: there is a moment between
 * its tokens and its first word.
 */
export const assumedMode = (kind: 'live' | 'sandbox' | undefined): ShopMode => (kind === 'sandbox' ? 'auto' : 'watch');

/** Under which key a shop's standing is kept. */
export const standingKey = (shopId: string): string => `accounts/${shopId}/standing`;

/** The kill switch of all shops, as `{writes}`. */
export const ALL_SHOPS_KEY = 'accounts/all';

/** For how long a process may go by a standing that it has read. Whoever was told of a change sooner may still read the old one. */
export const STANDING_KEPT_MS = 2_000;
