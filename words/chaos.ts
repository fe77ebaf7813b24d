/** What the fault laboratory says. */
export const chaosWords = {
  about:
    'Kills the worker, the API and the Temporal server with kill -9 while orders live, and judges by the sandbox’s ledger what became of them.',
  kills: 'how many processes are killed',
  orders: 'how many orders live meanwhile',
  seed: 'what chance begins with, so that the same kills and orders come again',
  json: 'print one line of JSON, the last on stdout',
  badNumber: (option: string): string => `--${option} wants a whole number that is not negative.`,
  up: (seed: number): string =>
    `Seed ${seed}: Temporal, worker, API and sandbox are processes of their own; all clocks are the real one.`,
  killed: (count: number, part: string, downMs: number): string =>
    `kill ${count}: ${part}, back after ${(downMs / 1000).toFixed(1)} s`,
  diedAlone: (part: string): string => `${part} ended without being killed; started again`,
  allOver: (finished: number, orders: number): string => `${finished} of ${orders} orders came to their end`,
  unfinished: (orderId: string, kind: string, why: string): string => `Order ${orderId} (${kind}): ${why}`,
  notSo: (wanted: string, waitedMs: number): string => `after ${Math.round(waitedMs / 1000)} s still not: ${wanted}`,
  refused: (what: string, status: number, said: string): string => `${what} was answered ${status}: ${said}`,
  noAnswer: (what: string): string => `${what} was never answered`,
  lost: (orderId: string, verb: string): string => `Order ${orderId}: ${verb} was accepted and left no trace`,
  doubled: (kind: string, about: string, count: number): string => `${about}: ${kind} ${count} times`,
  late: (orderId: string, deadline: string, ms: number): string =>
    `Order ${orderId}: ${deadline} was acted on ${Math.round(ms / 1000)} s too late`,
  wrongEnd: (found: string | null, wanted: string): string => `it ended as ${found ?? 'nothing'}, not as ${wanted}`,
  keptFolder: (folder: string): string => `What the processes logged is in ${folder}`,
  failed: (why: string): string => `The laboratory itself failed: ${why}`,
};
