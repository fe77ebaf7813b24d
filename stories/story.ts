import type { CarrierKind } from '../contracts/carrier-account';
import type { Shop } from '../contracts/shop';
import type { Stage } from './stage';

/** One way that orders go, played on the real engine. */
export type Story = {
  name: string;
  /** One sentence: what happens. */
  about: string;
  /** When its shop's clock begins, epoch ms; the next Monday morning if left out. Never in the past. */
  beginsAt?: (now: number) => number;
  /** `false` where the platform forgets to cancel what is late. */
  platformCancels?: boolean;
  /** What its shop is configured with beyond the usual. */
  settings?: Partial<
    Pick<
      Shop,
      'sweep' | 'combine' | 'uploadTracking' | 'labels' | 'catalogue' | 'addressCheck' | 'warehouses' | 'policySet'
    >
  > & { appealDesk?: undefined };
  /** The carrier accounts that its shop has, the first one first; EasyPost alone if left out. */
  carriers?: readonly CarrierKind[];
  /** Its order does not end: the story is about that nothing is done. */
  staysOpen?: true;
  /** Plays it to its end and tells which orders were in it, the first of which the story is about. */
  play: (stage: Stage) => Promise<string[]>;
};

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
