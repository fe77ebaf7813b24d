import type { CarrierKind } from '../../contracts/carrier-account';

/** Who sells labels: the platform, and the kinds of carrier accounts. */
export const SELLERS = ['tiktok', 'easypost', 'shipsaving', 'ups', 'usps'] as const satisfies readonly (
  CarrierKind | 'tiktok'
)[];
export type Seller = (typeof SELLERS)[number];

/** Where a purchase is hit. */
export const POINTS = ['before', 'hang', 'commitThenCut', 'commitThen502', 'workerKilled'] as const;
export type Point = (typeof POINTS)[number];

/** The call that spends the money, as the sandbox's faults name it. */
export const PAID_CALL: Record<Seller, string> = {
  tiktok: 'tiktok.createPackages',
  easypost: 'easypost.buy',
  shipsaving: 'shipsaving.buy',
  ups: 'ups.ship',
  usps: 'usps.label',
};

/** One purchase that is hit: what varies with the seed. */
export type Case = {
  seller: Seller;
  point: Point;
  seed: number;
  /** Which purchase of the parcel it is: part of the reference. */
  attempt: number;
  /** What the parcel weighs, and with it what its label costs. */
  weightOz: number;
  /** How many calls in a row are hit. */
  faults: number;
  /** A second worker begins the same purchase while the first is at it. */
  hasTwin: boolean;
};

const HEAVIEST_OZ = 64;

/** The same cases for the same seeds. */
export const caseOf = (seller: Seller, point: Point, seed: number): Case => ({
  ...{ seller, point, seed },
  attempt: 1 + (seed % 3),
  weightOz: 1 + ((seed * 13) % HEAVIEST_OZ),
  faults: 1 + (seed % 2),
  hasTwin: seed % 4 === 0,
});

/** How many labels were paid for and not given back, and how many purchases were left to a person. */
export type Tally = { cases: number; labels: number; doubles: number; tasks: number; neither: number };

export const emptyTally = (): Tally => ({ cases: 0, labels: 0, doubles: 0, tasks: 0, neither: 0 });

/** One purchase that is over: how often the ledger has it, and whether it was left to a person. */
export type Outcome = { labels: number; isTask: boolean };

export function count(tally: Tally, { labels, isTask }: Outcome): void {
  tally.cases += 1;
  tally.labels += labels;
  if (labels > 1) tally.doubles += 1;
  if (isTask) tally.tasks += 1;
  if (labels === 0 && !isTask) tally.neither += 1;
}

const WIDTH = 16;

/** Provider by point: labels / doubles / tasks. */
export function tableOf(tallies: ReadonlyMap<string, Tally>): string {
  const head = ['', ...POINTS].map((text) => text.padEnd(WIDTH)).join('');
  const rows = SELLERS.map((seller) => {
    const cells = POINTS.map((point) => {
      const tally = tallies.get(`${seller} ${point}`);
      return tally === undefined ? '-' : `${tally.labels}/${tally.doubles}/${tally.tasks} of ${tally.cases}`;
    });
    return [seller, ...cells].map((text) => text.padEnd(WIDTH)).join('');
  });
  return [head, ...rows].join('\n');
}
