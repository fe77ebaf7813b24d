import { condition, defineQuery, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

/** A line of what a workflow lived through, with its own clock. */
export interface Line {
  readonly at: number;
  readonly what: string;
}

export const noted = defineSignal<[string]>('noted');
export const lines = defineQuery<Line[]>('lines');
export const orderState = defineQuery<{ nextWakeAt: number | null }>('orderState');

const { call } = proxyActivities<{ call(): Promise<void> }>({
  startToCloseTimeout: '10 s',
  retry: { initialInterval: '1 h', backoffCoefficient: 1 },
});

/** Wakes at each instant of its agenda and takes notes in between: the smallest thing that lives like an order. */
export async function timed({ agenda, calls }: { agenda: number[]; calls?: boolean }): Promise<Line[]> {
  const seen: Line[] = [];
  const inbox: string[] = [];
  let next: number | null = null;
  const see = (what: string): void => {
    seen.push({ at: Date.now(), what });
  };
  setHandler(noted, (what) => {
    inbox.push(what);
  });
  setHandler(lines, () => seen);
  setHandler(orderState, () => ({ nextWakeAt: next }));

  see('began');
  if (calls === true) {
    await call();
    see('called');
  }
  for (const at of agenda) {
    next = at;
    while (Date.now() < at) {
      if (await condition(() => inbox.length > 0, at - Date.now())) see(inbox.shift() ?? '');
    }
    see('woke');
  }
  next = null;
  return seen;
}
