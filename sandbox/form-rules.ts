import type { World } from './world';

/** What the carriers of a shop have against forms beyond their own usual reasons. */
export type FormRules = {
  /** The most parcels that one form takes; `null`: as many as come. */
  readonly most: number | null;
  /** Whether a refusal says which parcels it is for, on the wires that have words for it. */
  readonly namesMembers: boolean;
  /** Tracking numbers that no form takes. */
  readonly badParcels: readonly string[];
};

const NONE: FormRules = { most: null, namesMembers: true, badParcels: [] };

/** A shop's rules; without any, every fitting label goes on one form. */
export function formRulesOf(world: World, shopId: string): FormRules {
  return world.state.formRules.get(shopId, shopId) ?? NONE;
}

/** Changes a shop's rules; what is not named stays. */
export function changeFormRules(world: World, shopId: string, wish: Partial<FormRules>): FormRules {
  const rules = { ...formRulesOf(world, shopId), ...wish };
  world.state.formRules.put(shopId, shopId, rules);
  return rules;
}

/** The most parcels that a form takes, where these are more; `undefined` where they fit. */
export function overMost(world: World, shopId: string, parcels: number): number | undefined {
  const { most } = formRulesOf(world, shopId);
  return most !== null && parcels > most ? most : undefined;
}

/** Which of these no form takes. */
export function badAmong(world: World, shopId: string, numbers: readonly string[]): string[] {
  const bad = new Set(formRulesOf(world, shopId).badParcels);
  return bad.size === 0 ? [] : numbers.filter((number) => bad.has(number));
}
