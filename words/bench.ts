/** What the benches say. */
export const benchWords = {
  about: (names: string[]): string => `Measures the product and prints figures. Benches: ${names.join(', ')}.`,
  name: 'which bench',
  json: 'print one line of JSON, the last on stdout',
  seed: 'what chance begins with, so that a run can be repeated',
  begins: (name: string): string => `Bench ${name}: bringing up what it needs.`,
  unknown: (name: string, known: string[]): string =>
    `There is no bench called ${name}; choose one of ${known.join(', ')}.`,
  rates: (rounds: number): string =>
    `${rounds} comparisons over five sellers on the sandbox's wires over HTTP, which answer after 120, 200, 350, 500 and 800 ms, asked through gatherRates; TikTok's own services stand among the accounts.`,
  failed: (name: string, why: string): string => `Bench ${name} failed: ${why}`,
};
