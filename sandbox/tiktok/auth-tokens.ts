import { hex } from '../ids';
import { appOf, findShop, type App, type Shop } from '../shops';
import type { World } from '../world';

/**
 * One token of a seller's consent. It serves every shop that the seller consented for, and lives by the wall clock, whatever
 * time its shops believe in.
 */
export type Token = {
  readonly text: string;
  readonly kind: 'access' | 'refresh';
  /** The consent that it comes from: all its tokens die together. */
  readonly openId: string;
  readonly shopIds: readonly string[];
  /** Epoch milliseconds; `null`: never by itself, as with the token that a shop is opened with. */
  readonly expiresAt: number | null;
  /** Taken back before its time: TikTok then says that it knows no such consent, not that it is too old. */
  readonly isRevoked?: boolean;
};

/** What a seller's consent is handed to the app as. */
export type ConsentCode = { readonly code: string; readonly shopIds: readonly string[]; readonly expiresAt: number };

/** What the app is given for a code or a refresh token. */
export type TokenPair = { readonly access: Token; readonly refresh: Token };

const CODE_LIFE_MS = 30 * 60_000;

/** Writes down a seller's consent for some shops; the code is good once, for 30 minutes. */
export function issueCode(world: World, shopIds: readonly string[]): ConsentCode {
  for (const old of world.state.codes.of('')) if (old.expiresAt <= Date.now()) world.state.codes.remove('', old.code);
  const code = { code: `TTP_${hex(40)}`, shopIds, expiresAt: Date.now() + CODE_LIFE_MS };
  world.state.codes.put('', code.code, code);
  return code;
}

/** Whether a code may still be turned into tokens. */
export function codeInForce(world: World, code: string): ConsentCode | undefined {
  const found = world.state.codes.get('', code);
  return found !== undefined && found.expiresAt > Date.now() ? found : undefined;
}

/** Turns a code into the first pair of its consent; the code is spent. */
export function spendCode(world: World, { code, shopIds }: ConsentCode): TokenPair {
  world.state.codes.remove('', code);
  const { refreshLifetimeSeconds } = appOf(world);
  const refreshExpiresAt = Date.now() + refreshLifetimeSeconds * 1000;
  return issuePair(world, { openId: hex(32), shopIds, refreshExpiresAt });
}

/**
 * Gives a new pair for a refresh token and counts it for each shop. The consent is not made longer by it: only another consent
 * does that. Where refresh tokens rotate, the pairs before are dead from here on.
 */
export function refreshPair(world: World, refresh: Token): TokenPair {
  const { openId, shopIds, expiresAt } = refresh;
  if (appOf(world).refreshTokens === 'rotating') {
    for (const token of world.state.tokens.of('')) if (token.openId === openId) revoke(world, token);
  }
  for (const shop of shopsOf(world, shopIds))
    world.state.shops.put(shop.id, shop.id, { ...shop, refreshes: (shop.refreshes ?? 0) + 1 });
  return issuePair(world, { openId, shopIds, refreshExpiresAt: expiresAt ?? Number.MAX_SAFE_INTEGER });
}

/** The access token of this text, if it is good now. */
export function accessInForce(world: World, text: string | undefined): Token | undefined {
  const token = text === undefined ? undefined : (world.state.tokens.get('', text) ?? openingToken(world, text));
  return token?.kind === 'access' && isInForce(token) ? token : undefined;
}

/** The refresh token of this text, good or not. */
export function refreshTokenOf(world: World, text: string): Token | undefined {
  const token = world.state.tokens.get('', text);
  return token?.kind === 'refresh' ? token : undefined;
}

/** Whether a token is neither too old nor taken back. */
export function isInForce({ expiresAt, isRevoked }: Token): boolean {
  return isRevoked !== true && (expiresAt === null || expiresAt > Date.now());
}

/** The tokens of a shop that are good now, oldest first; the one that it was opened with comes before those of a consent. */
export function tokensInForce(world: World, shopId: string): Token[] {
  return tokensOf(world, shopId).filter(isInForce);
}

/** Ends a shop's tokens at an instant, if they do not end before. */
export function endTokens(world: World, shopId: string, { kinds, at }: { kinds: Token['kind'][]; at: number }): void {
  for (const token of tokensOf(world, shopId)) {
    const isLater = token.expiresAt === null || token.expiresAt > at;
    if (kinds.includes(token.kind) && isLater) put(world, { ...token, expiresAt: at });
  }
}

/** Takes back the consent of the seller whose shop this is, and answers for which shops: a consent is whole or gone. */
export function revokeConsent(world: World, shopId: string): string[] {
  const shopIds = new Set([shopId, ...tokensInForce(world, shopId).flatMap((token) => token.shopIds)]);
  for (const one of shopIds) for (const token of tokensOf(world, one)) revoke(world, token);
  for (const { code, shopIds: consented } of world.state.codes.of(''))
    if (consented.some((one) => shopIds.has(one))) world.state.codes.remove('', code);
  return [...shopIds];
}

function issuePair(
  world: World,
  { openId, shopIds, refreshExpiresAt }: { openId: string; shopIds: readonly string[]; refreshExpiresAt: number },
): TokenPair {
  const { accessLifetimeSeconds }: App = appOf(world);
  const accessExpiresAt = Date.now() + accessLifetimeSeconds * 1000;
  const pair: TokenPair = {
    access: { text: `TTP_${hex(48)}`, kind: 'access', openId, shopIds, expiresAt: accessExpiresAt },
    refresh: { text: `TTP_${hex(48)}`, kind: 'refresh', openId, shopIds, expiresAt: refreshExpiresAt },
  };
  put(world, pair.access);
  put(world, pair.refresh);
  return pair;
}

function tokensOf(world: World, shopId: string): Token[] {
  const opening = openingTokenOf(findShop(world, shopId));
  const written = world.state.tokens.of('').filter(({ shopIds }) => shopIds.includes(shopId));
  const isWritten = written.some(({ text }) => text === opening?.text);
  return opening === undefined || isWritten ? written : [opening, ...written];
}

/** A shop's own token is written down only once something happens to it: a shop of an older journal has none on paper. */
function openingToken(world: World, text: string): Token | undefined {
  const shopId = world.state.shops.shopIds().find((one) => world.state.shops.get(one, one)?.accessToken === text);
  return shopId === undefined ? undefined : openingTokenOf(findShop(world, shopId));
}

function openingTokenOf(shop: Shop | undefined): Token | undefined {
  if (shop === undefined) return undefined;
  return { text: shop.accessToken, kind: 'access', openId: `seller-${shop.id}`, shopIds: [shop.id], expiresAt: null };
}

function shopsOf(world: World, shopIds: readonly string[]): Shop[] {
  return shopIds.flatMap((shopId) => findShop(world, shopId) ?? []);
}

function revoke(world: World, token: Token): void {
  put(world, { ...token, isRevoked: true });
}

function put(world: World, token: Token): void {
  world.state.tokens.put('', token.text, token);
}
