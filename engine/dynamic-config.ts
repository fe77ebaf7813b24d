/** Settings of a Temporal server that can change while it runs. */
export type DynamicConfig = Readonly<Record<string, string | number | boolean>>;

/** Lets the clock of a single workflow be moved. Unannounced in Server 1.32; never set on a production cluster. */
export const virtualClocks: DynamicConfig = { 'frontend.WorkflowTimeSkippingEnabled': true };

/**
 * The server writes a timer that is already due up to this far into the future, to be safe from other hosts whose clock
 * runs behind when a shard moves; its default is one second. An embedded server is one host with one clock and its shards
 * never move, so a due timer may fire at once: moving a clock over a timer takes 20 ms instead of 890 ms, and every
 * overdue deadline is up to a second less late.
 */
export const fastTimers: DynamicConfig = { 'history.timerProcessorMaxTimeShift': '10ms' };

/** The settings as arguments of `temporal server start-dev`, which wants each value as JSON. */
export function dynamicConfigArgs(config: DynamicConfig): string[] {
  return Object.entries(config).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${JSON.stringify(value)}`,
  ]);
}
