/** What TikTok leaves legible of a recipient whose label it makes itself. */
const LEGIBLE: readonly string[] = ['region_code', 'postal_code', 'district_info'];
const NAMES: readonly string[] = ['name', 'first_name', 'last_name'];

/**
 * A recipient as TikTok shows it where the label is its own: name, phone and street are masked (Partner Center changelog,
 * 2026-07-13, US orders with TikTok Shipping).
 */
export function maskedRecipient(address: unknown): unknown {
  if (typeof address !== 'object' || address === null) return address;
  return Object.fromEntries(Object.entries(address).flatMap(([name, value]) => maskedField(name, value)));
}

function maskedField(name: string, value: unknown): [string, unknown][] {
  if (LEGIBLE.includes(name) || value === '') return [[name, value]];
  // What a later version adds stays out until it is known to be harmless.
  if (typeof value !== 'string') return [];
  if (NAMES.includes(name)) return [[name, `${value.slice(0, 1)}***`]];
  return [[name, name === 'phone_number' ? '(+1)***' : '***']];
}
