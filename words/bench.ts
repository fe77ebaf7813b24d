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
  manifest: (parcels: number): string =>
    `A day of ${parcels} parcels of one ship-from, and one of a parcel more: the manifest's workflow, its activities, the engine, USPS's adapter and the sandbox are real; the labels are laid straight into the sandbox, the joins are made by the real activity in this process, and the orders themselves are not there: what they are told is counted, and finds nobody.`,
  manifestJoined: (parcels: number, seconds: number): string => `${parcels} parcels joined in ${seconds} s.`,
  manifestTold: (forms: number, seconds: number): string =>
    `${forms} ${forms === 1 ? 'form' : 'forms'} made and every parcel told of it in ${seconds} s.`,
  manifestUntold: (told: number, parcels: number): string => `Only ${told} of ${parcels} parcels were told of a form.`,
  failed: (name: string, why: string): string => `Bench ${name} failed: ${why}`,
};
