import { z } from 'zod';

/** What we know ourselves of one service, from parcels that came to an end in the last 90 days. */
export const CarrierRecord = z.object({
  carrier: z.string(),
  service: z.string(),
  /** Delivered or lost; what came back or was never sent says nothing about a carrier. */
  parcels: z.int().min(0),
  /** Delivered, and by the promised instant where there was one. */
  onTime: z.int().min(0),
  /** Stood still for too long on the way, wherever they ended. */
  stalls: z.int().min(0),
  losses: z.int().min(0),
});
export type CarrierRecord = z.infer<typeof CarrierRecord>;

/** A shop's own record of its carriers. `at` is epoch milliseconds; `from` and `until` are days in UTC, both counted in. */
export const RecordSummary = z.object({
  at: z.number(),
  from: z.iso.date(),
  until: z.iso.date(),
  services: z.array(CarrierRecord),
});
export type RecordSummary = z.infer<typeof RecordSummary>;

/** Where the summary lies that lists and choices are made by. */
export const recordSummaryKey = (shopId: string): string => `records/${shopId}/summary`;

/** With fewer, one bad day would decide: such a service counts as unknown. */
const FEWEST_PARCELS = 20;

/** The share of parcels that came on time, in whole percent; undefined where too few are known. */
export const onTimePercent = ({ parcels, onTime }: Pick<CarrierRecord, 'parcels' | 'onTime'>): number | undefined =>
  parcels < FEWEST_PARCELS ? undefined : Math.round((onTime * 100) / parcels);
