/** What the long checks say. */
export const proveWords = {
  usage: (names: string[]): string => `npm run prove -- <name>, where <name> is all or one of: ${names.join(', ')}.`,
  purchasesBegin: (cases: number): string =>
    `${cases} purchases by the real activities and adapters against the sandbox over HTTP, without the waits between attempts.`,
  workerKilled: (purchases: number): string =>
    `The worker's process is killed with kill -9 while ${purchases} purchases are made and not answered; on the engine, on the real clock.`,
  purchasesTable: (table: string): string => `labels/doubles/tasks of purchases\n${table}`,
  formsBegin: (sets: number): string =>
    `${sets} forms by the real activities and adapters against the sandbox over HTTP, each cut off at one step and begun anew.`,
  formsKilled: (manifests: number): string =>
    `The worker's process is killed with kill -9 while ${manifests} manifests stand at their steps; on the engine.`,
  formsTable: (table: string): string => `forms/sets of parcels\n${table}`,
  raceBegins: (orders: number): string =>
    `${orders} orders on the engine, each cancelled by its buyer at an instant of its own while its label is bought.`,
  notThere: (story: string, ids: string[]): string =>
    `${story}: its orders name what is not in Temporal's list of their shop: ${ids.join(', ')}`,
  noneReset: (story: string, kind: string): string => `${story}: it has a workflow of kind ${kind}, and none was reset`,
  failed: (why: string): string => `Not so: ${why}`,
};
