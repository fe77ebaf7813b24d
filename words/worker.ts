/** What the worker says about itself. */
export const workerWords = {
  ready: (taskQueue: string): string => `The worker takes orders from task queue ${taskQueue}.`,
  shopsNotKept: 'The accounts and sweeps of live shops could not be looked after; they are at the next start.',
  stopped: 'The worker stopped.',
  failed: (why: string): string =>
    `The worker could not start (${why}); check that Temporal answers at TEMPORAL_ADDRESS.`,
};
