/** What a metric counts, as Prometheus shows it. */
export const metricWords = {
  requests: 'How long requests to the API took, by route and status.',
  webhooks: 'Webhooks of the platform, by topic and what became of them.',
  platformCalls: 'Calls of the platform, by call and outcome.',
  sweepRounds: 'Rounds of the sweep, by shop and outcome.',
  ordersFound: 'Orders that the sweep told of a change, by shop.',
  missedNotices: 'Changes that no webhook had told of, found by the sweep, by shop.',
  tokenRefreshes: "Refreshes of a shop's tokens, by shop and outcome.",
};

/** What the little server says that a worker's metrics are read from. */
export const metricsServerWords = {
  only: 'Only GET /metrics is answered here.\n',
  failed: 'The metrics could not be read.\n',
};
