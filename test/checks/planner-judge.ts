import { hasPost, mailedOn } from './planner-oracle';
import type { Life } from './planner';
import { numberOf, type PlannerWorld } from './planner-world';

const MOST_SHOWN = 5;

type Judging = { most: number | null; zones: ReadonlyMap<string, string> };

/** What is not as it must be, in words; empty where every promise was kept. */
export function faultsOf(world: PlannerWorld, lives: readonly Life[], { most, zones }: Judging): string[] {
  const faults = world.forms.flatMap(({ id, numbers, date }) => [
    ...(most !== null && numbers.length > most ? [`${id}: ${numbers.length} parcels`] : []),
    ...(hasPost(date) ? [] : [`${id}: made for ${date}`]),
  ]);
  if (most !== null && world.greatest > most) faults.push(`asked for ${world.greatest} parcels`);
  const places = placesIn(world);
  const ofLives = lives.flatMap((life) => faultsOfLife(life, places, zones.get(life.shopId) ?? ''));
  // Where one thing is wrong, thousands are.
  return [...faults, ...ofLives].slice(0, MOST_SHOWN);
}

type Place = { form: string; account: string; date: string };

function placesIn({ forms }: PlannerWorld): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const { id: form, account, date, numbers } of forms)
    for (const number of numbers) places.set(number, [...(places.get(number) ?? []), { form, account, date }]);
  return places;
}

function faultsOfLife(life: Life, places: ReadonlyMap<string, Place[]>, zone: string): string[] {
  const on = places.get(numberOf(`s${life.orderId}`)) ?? [];
  const fault = on.length === 0 ? faultOfAbsent(life) : faultOfMember(life, on, zone);
  return fault === undefined ? [] : [`${life.orderId}: ${fault}: ${JSON.stringify({ on, life })}`];
}

/** A good label is on a form; any other is reported, or was taken back. */
const faultOfAbsent = ({ hasLeft, leftOff, flaw }: Life): string | undefined =>
  hasLeft === true || (leftOff === true && flaw !== undefined) ? undefined : 'on no form for no reason that was told';

function faultOfMember(life: Life, [place, second]: readonly Place[], zone: string): string | undefined {
  if (place === undefined || second !== undefined) return 'on two forms';
  if (life.hasLeft === true || life.flaw !== undefined) return 'on a form that it cannot be on';
  if (place.form !== life.form) return 'told of another form';
  if (place.account !== `acme-${life.shopId}`) return 'on the form of another place';
  return isOnItsDay(life, place, zone) ? undefined : `it belongs on ${mailedOn(life.joinAt, zone)}`;
}

/** Only what was slow, or heard that it came too late, goes on a later day. */
function isOnItsDay(life: Life, { date }: Place, zone: string): boolean {
  const itsDay = mailedOn(life.joinAt, zone);
  return date === itsDay || (date > itsDay && (life.lates > 0 || life.isSlow));
}
