import { bookPickup } from './book-pickup';
import { cancelPickup, changePickup } from './book-pickup-again';
import { watchCarriers } from './watch-carriers';
import type { Ports } from './ports';

/** Every step that has to do with a shop's carrier accounts and no single order, by the name under which workflows ask for it. */
export const CARRIER_STEPS = { watchCarriers, bookPickup, changePickup, cancelPickup };

type Steps = typeof CARRIER_STEPS;

export type CarrierActivities = {
  [Name in keyof Steps]: Steps[Name] extends (ports: Ports, input: infer Input) => infer Output
    ? (input: Input) => Output
    : never;
};
