import type { Answer } from '../answer';
import { allShops, appOf, findShop } from '../shops';
import type { World } from '../world';
import { issueCode } from './auth-tokens';

/** By which parameter each of TikTok's two consent addresses names the app. */
export type ConsentDoor = 'service_id' | 'app_key';

/**
 * The page on which a seller consents: `services.tiktokshop.com/open/authorize?service_id=` in the real world, and the older
 * `auth.tiktok-shops.com/oauth/authorize?app_key=`. With `consent=yes` it leads straight back to the app; `shops` says for
 * which of the sandbox's shops, else for all.
 */
export function askConsent(world: World, door: ConsentDoor, query: URLSearchParams): Answer {
  const app = appOf(world);
  if (query.get(door) !== (door === 'service_id' ? app.serviceId : app.appKey))
    return page(400, 'No such app', `<p>No app has this ${door}.</p>`);
  if (app.redirectUrl === null)
    return page(409, 'No way back', '<p>The app has no redirect address: PUT /control/app {"redirectUrl": "..."}.</p>');
  const chosen = query.has('shops') ? query.getAll('shops').flatMap((ids) => ids.split(',')) : undefined;
  const shopIds = (chosen ?? allShops(world).map(({ id }) => id)).filter((id) => findShop(world, id) !== undefined);
  if (query.get('consent') !== 'yes' || shopIds.length === 0) return consentPage(world, door, query);
  return redirect(app.redirectUrl, { code: issueCode(world, shopIds).code, state: query.get('state') });
}

function redirect(address: string, { code, state }: { code: string; state: string | null }): Answer {
  const url = new URL(address);
  url.searchParams.set('code', code);
  if (state !== null) url.searchParams.set('state', state);
  return { status: 302, body: '', contentType: 'text/html; charset=utf-8', headers: { Location: url.href } };
}

function consentPage(world: World, door: ConsentDoor, query: URLSearchParams): Answer {
  const shops = allShops(world).map(({ id }) => {
    const shown = escaped(id);
    return `<p><label><input type="checkbox" name="shops" value="${shown}" checked> Sandbox ${shown}</label></p>`;
  });
  const kept = [door, 'state'].flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [`<input type="hidden" name="${name}" value="${escaped(value)}">`];
  });
  // An empty choice must not read as all: the field is there even when no box is ticked.
  const none = '<input type="hidden" name="shops" value="">';
  const button = '<p><button name="consent" value="yes">Authorize</button></p>';
  const form = `<form method="get">${[...kept, none, ...shops, button].join('\n')}</form>`;
  return page(
    200,
    'Authorize this app',
    `<p>This is the sandbox. The app may read and ship orders of:</p>\n${shops.length === 0 ? '<p>There is no shop yet.</p>' : form}`,
  );
}

function page(status: number, title: string, content: string): Answer {
  const head = `<head><meta charset="utf-8"><title>${title}</title></head>`;
  return {
    status,
    contentType: 'text/html; charset=utf-8',
    headers: { 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' },
    body: `<!doctype html>\n<html lang="en">${head}\n<body>\n<h1>${title}</h1>\n${content}\n</body></html>\n`,
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
