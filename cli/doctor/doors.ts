import { isIP } from 'node:net';
import { z } from 'zod';
import { partFindings as says } from '../../words/doctor';
import { silenceOf } from '../failure';
import { fail, ok, warn, type Verdict } from './finding';
import type { Scene } from './scene';

const ASK_WITHIN_MS = 4_000;

const ask = (url: string, method = 'GET'): Promise<Response> =>
  fetch(url, { method, redirect: 'manual', signal: AbortSignal.timeout(ASK_WITHIN_MS) });

const Readiness = z.object({ errors: z.array(z.object({ detail: z.string() })).optional() });

/** Whether the API would take an order now. */
export async function lookAtApi({ apiUrl }: Pick<Scene, 'apiUrl'>): Promise<Verdict> {
  const answer = await ask(`${apiUrl}/readyz`).catch((error: unknown) => silent(error));
  if (answer === undefined) return fail(says.noApi(apiUrl), says.noApiToDo);
  if (answer.ok) return ok(says.api(apiUrl));
  const { errors = [] } = Readiness.safeParse(await answer.json().catch(() => undefined)).data ?? {};
  const what = errors.map(({ detail }) => detail).join(' ') || `HTTP ${answer.status}`;
  return fail(says.apiNotReady(apiUrl, what.replace(/\.$/, '')), says.apiNotReadyToDo);
}

/** A request that got no answer; anything else is not ours to hide. */
function silent(error: unknown): undefined {
  if (silenceOf(error) === undefined) throw error;
}

/** What the platform tolerates in a request's timestamp, source: Partner Center, "Common parameters"; and when to worry. */
const REFUSED_AHEAD_MS = 30_000;
const REFUSED_BEHIND_MS = 300_000;
const WORRYING_MS = 10_000;

/** A `Date` header counts whole seconds. */
const GRAIN_MS = 1_000;

/** Our clock against the platform's: it refuses what is signed too far from its own time. */
export async function lookAtClock(scene: Pick<Scene, 'shops' | 'settings'>): Promise<Verdict[]> {
  const url = platformUrlOf(scene);
  if (url === undefined) return [];
  const askedAt = Date.now();
  const answer = await ask(url, 'HEAD').catch(silent);
  const theirs = Date.parse(answer?.headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return [warn(says.noClock(url), says.noClockToDo)];
  return [clockVerdict((askedAt + Date.now()) / 2 - (theirs + GRAIN_MS / 2))];
}

function platformUrlOf({ shops, settings }: Pick<Scene, 'shops' | 'settings'>): string | undefined {
  const live = shops.find(({ shop }) => shop?.kind === 'live') ?? shops[0];
  return settings?.tiktok?.apiUrl ?? live?.shop?.platform.baseUrl;
}

/** @param aheadMs How far our clock is ahead of the platform's. */
export function clockVerdict(aheadMs: number): Verdict {
  const isRefused = aheadMs > REFUSED_AHEAD_MS || aheadMs < -REFUSED_BEHIND_MS;
  if (isRefused) return fail(says.clockRefused(aheadMs), says.clockToDo);
  if (Math.abs(aheadMs) > WORRYING_MS) return warn(says.clockOff(aheadMs), says.clockToDo);
  return ok(says.clock(aheadMs));
}

/** What only the own network may see. */
const PRIVATE_PATHS = ['/', '/readyz', '/v1/orders', '/v1/alerts', '/v1/shops', '/v1/writes', '/metrics'];

/** The public door from outside, as far as that can be seen from here: it answers, and shows nothing private. */
export async function lookAtPublicDoor({ env, shops }: Pick<Scene, 'env' | 'shops'>): Promise<Verdict[]> {
  const url = env['SHIPCLOCK_PUBLIC_URL']?.trim().replace(/\/+$/, '') ?? '';
  if (url === '') {
    const hasLive = shops.some(({ shop }) => shop?.kind === 'live');
    return [hasLive ? warn(says.noPublicUrl, says.noPublicUrlToDo) : ok(says.noDoorNeeded)];
  }
  const health = await ask(`${url}/healthz`).catch((error: unknown) => silenceOf(error) ?? 'no answer');
  if (typeof health === 'string') return [fail(says.publicSilent(url, health), says.publicSilentToDo)];
  if (health.status !== 200) return [fail(says.publicSilent(url, `HTTP ${health.status}`), says.publicSilentToDo)];
  return doorVerdicts(url, isLoopback(new URL(url)) ? [] : await shownPaths(url));
}

/** @param shown The private paths that it gives to everybody. */
export function doorVerdicts(url: string, shown: readonly string[]): Verdict[] {
  const parsed = new URL(url);
  // The sandbox's door: what it shows, it shows to nobody else.
  if (isLoopback(parsed)) return [warn(says.publicLocal(url), says.publicLocalToDo)];
  if (shown.length > 0) return [fail(says.publicShows(url, shown), says.publicShowsToDo)];
  const isOdd = isTakenByNobody(parsed);
  return [ok(says.publicDoor(url)), ...(isOdd ? [warn(says.publicOdd(url), says.publicOddToDo)] : [])];
}

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));

/** Anything but a refusal counts as shown: a private page that fails today answers tomorrow. */
export async function shownPaths(url: string): Promise<string[]> {
  const answers = await Promise.all(PRIVATE_PATHS.map((path) => ask(`${url}${path}`).catch(() => undefined)));
  return PRIVATE_PATHS.filter((_, index) => ![undefined, 401, 403, 404].includes(answers[index]?.status));
}

/** Webhooks go to a domain with TLS, to no address and no port. Source: Partner Center, webhook configuration guide. */
const isTakenByNobody = ({ protocol, hostname, port }: URL): boolean =>
  protocol !== 'https:' || port !== '' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
