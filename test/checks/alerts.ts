import type { StoryReport } from '../../stories/run';

type Missing = { order: string; deadline: string; why: string };

/** Missed deadlines that nobody was warned of in time, and warnings that were given twice. */
export function missingAlerts({ deadlines, alerts }: StoryReport): Missing[] {
  const unwarned = deadlines
    .filter(({ met }) => met === false)
    .filter(({ name, order, at, platformAt }) => {
      const dueAt = Date.parse(platformAt ?? at);
      return !alerts.some(
        (alert) => alert.orderId === order && alert.about === name && Date.parse(alert.raisedAt) < dueAt,
      );
    })
    .map(({ name, order }) => ({ order, deadline: name, why: 'no alert before it' }));
  return [...unwarned, ...raisedTwice(alerts)];
}

type Raised = StoryReport['alerts'][number] & { dueAt?: string | null };

/** Warnings of one order, deadline and tier that there is more than one of. Where it is said when it is due: of one instant. */
export function raisedTwice(alerts: readonly Raised[]): Missing[] {
  const seen = new Set<string>();
  const twice = alerts.filter(({ kind, orderId, about, tierMs, dueAt }) => {
    const key = JSON.stringify([kind, orderId, about, tierMs, dueAt]);
    if (kind !== 'deadline' || !seen.has(key)) {
      seen.add(key);
      return false;
    }
    return true;
  });
  return twice.map(({ orderId, about }) => ({ order: orderId, deadline: about, why: 'raised twice' }));
}
