/**
 * The files that take longest, the longest first: begun last, one of them would keep a single core busy while the others have
 * nothing left to do. jest's own order knows that only from an earlier run on the same machine, and goes by the size of a file else.
 */
const LONGEST = [
  'test/workflows/promises-purchases',
  'test/workflows/stories-',
  'test/workflows/promises-notices',
  'test/workflows/promises.',
  'test/workflows/worker-kill',
  'test/workflows/carrier-',
  'activities/planner.',
  'test/workflows/shop-sweep',
  'test/workflows/switches',
  'test/workflows/manifest-',
  'test/replay/',
  'domain/order/tracking-permutations',
  'test/calendar/oracle',
  'test/workflows/',
  'test/checks/',
  'test/api/',
];

const placeOf = ({ path }) => {
  const place = LONGEST.findIndex((part) => path.includes(`/${part}`));
  return place === -1 ? LONGEST.length : place;
};

/** The same order in every run: what fails by its neighbours can be had again. */
module.exports = class LongestFirst {
  sort(tests) {
    return [...tests].sort((one, other) => placeOf(one) - placeOf(other) || (one.path < other.path ? -1 : 1));
  }

  /** Every so-manieth test, so that each shard has its part of the long ones. */
  shard(tests, { shardIndex, shardCount }) {
    return this.sort(tests).filter((_, index) => index % shardCount === shardIndex - 1);
  }

  /** It remembers nothing of earlier runs. */
  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
};
