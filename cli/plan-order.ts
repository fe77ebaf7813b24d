import { IANAZone } from 'luxon';
import { z } from 'zod';
import type { DeadlineName } from '../domain/order/facts';
import { planFailures } from '../words/plan';

/** Longer promises than a year are a mistake of whoever wrote them. */
const MOST_HANDLING_DAYS = 365;

type Complaint = (issue: { input?: unknown }) => string;

/** Says that a field is missing where it is, and what it must be where it is not that. */
const must =
  (how: string): Complaint =>
  ({ input }) =>
    input === undefined ? planFailures.missing : how;

/** A field that may be left out; others write null for that. */
const optional = <T extends z.ZodType>(schema: T): z.ZodType<z.output<T> | undefined> =>
  schema.nullish().transform((value) => value ?? undefined);

const oneOf = <const T extends readonly string[]>(...values: T): z.ZodEnum<{ [Value in T[number]]: Value }> =>
  z.enum(values, { error: must(planFailures.notOneOf(values)) });

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i;

const isDate = (text: string): boolean => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // A day that its month does not have is carried over by Date.parse, and is another one then.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};

/** Epoch milliseconds; NaN where it is none, or no zone is given. */
function instantOf(text: string): number {
  const [, date] = INSTANT.exec(text) ?? [];
  return date !== undefined && isDate(date) ? Date.parse(text) : NaN;
}

const instant = z
  .string({ error: must(planFailures.notAnInstant) })
  .refine((text) => !Number.isNaN(instantOf(text)), { error: planFailures.notAnInstant })
  .transform(instantOf);
const date = z.string({ error: must(planFailures.notADate) }).refine(isDate, { error: planFailures.notADate });
const timeOfDay = z
  .string({ error: planFailures.notATimeOfDay })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: planFailures.notATimeOfDay });
const weekdays = z
  .array(z.int({ error: planFailures.notWeekdays }).min(1).max(7), { error: planFailures.notWeekdays })
  .min(1, { error: planFailures.notWeekdays });

const validZones = new Set<string>();
function isZone(zone: string): boolean {
  if (!validZones.has(zone) && IANAZone.isValidZone(zone)) validZones.add(zone);
  return validZones.has(zone);
}

const shipFromFields = {
  zone: optional(z.string({ error: planFailures.notAZone }).refine(isZone, { error: planFailures.notAZone })),
  workdays: optional(weekdays),
  opensAt: optional(timeOfDay),
  closesAt: optional(timeOfDay),
  closures: optional(z.array(date, { error: planFailures.notDates })),
  cutoffTime: optional(timeOfDay),
  pickupDays: optional(weekdays),
};
const ShipFrom = z
  .object(shipFromFields, { error: planFailures.notAnObject })
  .transform((given) => ({
    id: 'stdin',
    zone: given.zone ?? 'America/Los_Angeles',
    workdays: given.workdays ?? [1, 2, 3, 4, 5],
    opensAt: given.opensAt ?? '09:00',
    closesAt: given.closesAt ?? '17:00',
    closures: given.closures ?? [],
    cutoffTime: given.cutoffTime ?? '12:00',
    pickupDays: given.pickupDays,
  }))
  .refine(({ opensAt, closesAt }) => opensAt < closesAt, {
    error: planFailures.closesBeforeOpening,
    path: ['closesAt'],
  });
const USUAL_SHIP_FROM = ShipFrom.parse({});

/** `BUSINESS_DAY` as the platform writes it, and the same in lower or camel case. */
const DAY_TYPES: Partial<Record<string, 'businessDays' | 'calendarDays'>> = {
  businessday: 'businessDays',
  businessdays: 'businessDays',
  calendarday: 'calendarDays',
  calendardays: 'calendarDays',
};
const dayTypeOf = (text: string): 'businessDays' | 'calendarDays' | undefined => DAY_TYPES[letters(text)];
const dayTypeError = planFailures.notOneOf(['BUSINESS_DAY', 'CALENDAR_DAY']);

const isHandlingDays = (days: unknown): boolean =>
  Number.isInteger(days) && Number(days) >= 0 && Number(days) <= MOST_HANDLING_DAYS;
const daysError = planFailures.notDays(MOST_HANDLING_DAYS);

const handlingFields = {
  days: z
    .any()
    .transform((days: unknown) => (typeof days === 'string' && /^\d+$/.test(days) ? Number(days) : days))
    .refine(isHandlingDays, { error: must(daysError) })
    .transform(Number),
  type: z
    .string({ error: must(dayTypeError) })
    .refine((text) => dayTypeOf(text) !== undefined, { error: dayTypeError })
    .transform((text) => dayTypeOf(text) ?? 'businessDays'),
};
const Handling = z
  .object(handlingFields, { error: planFailures.notAnObject })
  .transform(({ days, type }) => ({ days, counts: type }));

/** The platform's own names of its times: the field texts of TikTok's generated SDK, `GetOrderDetailResponseDataOrders`. */
const WIRE_NAMES = {
  rts_sla_time: 'shipBy',
  tts_sla_time: 'collectBy',
  shipping_due_time: 'autoCancelUnpacked',
  collection_due_time: 'autoCancelUncollected',
  delivery_due_time: 'autoCancelUndelivered',
  delivery_sla_time: 'deliverBy',
} as const satisfies Record<string, DeadlineName>;

const seconds = z
  .int({ error: planFailures.notSeconds })
  .min(0, { error: planFailures.notSeconds })
  .max(99_999_999_999, { error: planFailures.notSeconds })
  .transform((value) => value * 1_000);

/** The platform writes 0 for a deadline that there is none of; whoever renames its fields may leave the number. */
const instantOrZero = z.preprocess((given) => (given === 0 ? undefined : given), optional(instant));

/** That the buyer waits for an answer is no deadline of an order that is planned. */
type PlannedName = Exclude<DeadlineName, 'answerCancelBy'>;

const platformFields = {
  packBy: instantOrZero,
  shipBy: instantOrZero,
  collectBy: instantOrZero,
  autoCancelUnpacked: instantOrZero,
  autoCancelUncollected: instantOrZero,
  autoCancelUndelivered: instantOrZero,
  deliverBy: instantOrZero,
  rts_sla_time: optional(seconds),
  tts_sla_time: optional(seconds),
  shipping_due_time: optional(seconds),
  collection_due_time: optional(seconds),
  delivery_due_time: optional(seconds),
  delivery_sla_time: optional(seconds),
} satisfies Record<PlannedName | keyof typeof WIRE_NAMES, z.ZodType>;
const Platform = z.object(platformFields, { error: planFailures.notAnObject }).transform((given) => {
  const ofWire = Object.entries(WIRE_NAMES).map(
    ([wire, name]) => [name, given[wire as keyof typeof WIRE_NAMES]] as const,
  );
  const ours = Object.entries(given).filter(([name]) => !(name in WIRE_NAMES));
  const times = [...ofWire, ...ours].filter(([, at]) => at !== undefined && at !== 0);
  return Object.fromEntries(times);
});

const orderFields = {
  createdAt: instant,
  orderType: oneOf('standard', 'pre-sale', 'made-to-order', 'back-order'),
  shippingType: oneOf('seller', 'platform'),
  fulfilledBy: optional(oneOf('seller', 'platform')),
  handoverMethod: optional(oneOf('pickup', 'dropOff')),
  expectedShipDate: optional(date),
  handlingDuration: optional(Handling),
  readyAt: optional(instant),
  packedAt: optional(instant),
  shipFrom: optional(ShipFrom).transform((given) => given ?? USUAL_SHIP_FROM),
  platform: optional(Platform).transform((given) => given ?? {}),
};
/** One order as a line of stdin tells it. Fields that are not known pass: a line may carry its order's id, a ship-from its address. */
const PlanOrder = z.object(orderFields);
export type PlanOrder = z.output<typeof PlanOrder>;

/**
 * Reads one order.
 * @returns the order, or one sentence that names the first field that is wrong, and how.
 */
export function readPlanOrder(raw: unknown): PlanOrder | { wrong: string } {
  if (!isObject(raw)) return { wrong: planFailures.field(planFailures.line, planFailures.notAnOrder) };
  const misspelt = misspeltIn(raw);
  if (misspelt !== undefined) return { wrong: misspelt };
  const order = PlanOrder.safeParse(raw);
  if (order.success) return order.data;
  const [issue] = order.error.issues;
  return { wrong: planFailures.field((issue?.path ?? []).map(String).join('.'), issue?.message ?? '') };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const letters = (text: string): string => text.replaceAll(/[^A-Za-z]/g, '').toLowerCase();

/** The fields of an order and of its parts, and how their letters alone spell them. */
const SHAPES = Object.entries({
  '': orderFields,
  shipFrom: shipFromFields,
  handlingDuration: handlingFields,
  platform: platformFields,
}).map(([part, shape]) => {
  const bySpelling = new Map(Object.keys(shape).map((name) => [letters(name), name]));
  return { part, shape, bySpelling };
});

/** A known field in another spelling, such as `expected_ship_date`: passed over in silence, it would change the plan. */
function misspeltIn(raw: Record<string, unknown>): string | undefined {
  for (const { part, shape, bySpelling } of SHAPES) {
    const given = part === '' ? raw : raw[part];
    const wrong = isObject(given) ? Object.keys(given).find((key) => isMisspelt(key, shape, bySpelling)) : undefined;
    if (wrong === undefined) continue;
    const right = bySpelling.get(letters(wrong)) ?? '';
    return planFailures.field(part === '' ? wrong : `${part}.${wrong}`, planFailures.misspelt(right));
  }
  return undefined;
}

const isMisspelt = (key: string, shape: object, bySpelling: ReadonlyMap<string, string>): boolean =>
  !Object.hasOwn(shape, key) && bySpelling.has(letters(key));
