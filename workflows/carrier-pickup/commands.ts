import { ActivityFailure, ApplicationFailure, proxyActivities, type ActivityOptions } from '@temporalio/workflow';
import type { Activities } from '../../activities';
import type { CarrierActivities } from '../../activities/carrier-activities';
import type { AlertNews } from '../../domain/alerts/alert';
import type { PickupAnswer, PickupCommand } from '../../domain/pickup/event';
import type { PickupState } from '../../domain/pickup/state';
import { pickupSummaries } from '../../words/pickup';
import { tell, type Pickup } from './pickup';

/**
 * Every attempt reads back first, or is the only one. After this long there is no use in a booking that was not made: a person
 * looks.
 */
const OPTIONS: ActivityOptions = {
  startToCloseTimeout: '60 s',
  scheduleToCloseTimeout: '6 h',
  retry: { initialInterval: '5 s', backoffCoefficient: 2, maximumInterval: '10 min' },
};

const UNTIL_DONE: ActivityOptions = {
  startToCloseTimeout: '20 s',
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '5 min' },
};

/** Begins a command in the background; what comes of it enters the inbox like any other event. */
export function startCommand(pickup: Pickup, command: PickupCommand): void {
  if (command.kind === 'tellDesk') {
    void tellDesk(pickup.state, command)
      .catch(() => undefined)
      .then(() => tell(pickup, { kind: 'deskTold', at: Date.now() }));
    return;
  }
  void carryOut(pickup.state, command)
    .catch(bad)
    .then((answer) => tell(pickup, { kind: 'answered', at: Date.now(), answer }));
}

function bad(error: unknown): PickupAnswer {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return { kind: 'failed', type: cause instanceof ApplicationFailure ? (cause.type ?? 'Error') : 'Error' };
}

type Effect = Exclude<PickupCommand, { kind: 'tellDesk' }>;

function carryOut(state: PickupState, command: Effect): Promise<PickupAnswer> {
  const { shopId, account, shipFrom, date } = state;
  const about = { shopId, account, shipFrom, date, at: Date.now() };
  const activities = proxyActivities<CarrierActivities>({ ...OPTIONS, summary: pickupSummaries[command.kind] });
  if (command.kind === 'cancel')
    return activities.cancelPickup({ ...about, ...(command.isGone === true ? { isGone: true } : {}) });
  const { attempt, wish } = command;
  return command.kind === 'book'
    ? activities.bookPickup({ ...about, attempt, ...wish })
    : activities.changePickup({ ...about, attempt, ...wish });
}

/** About no single order: the desk names the account and the day. */
function tellDesk(state: PickupState, { raise }: PickupCommand & { kind: 'tellDesk' }): Promise<unknown> {
  const { shopId, account, shipFrom, date } = state;
  const at = Date.now();
  const prefix = `pickup:${account}:${shipFrom}:${date}:`;
  const alert = raise && {
    key: `${prefix}${raise.attempt}:${raise.about}`,
    orderId: '',
    kind: 'task' as const,
    about: raise.about,
    raisedAt: at,
    detail: raise.detail,
  };
  const news: AlertNews =
    alert === undefined ? { at, raise: [], settle: [`${prefix}*`] } : { at, raise: [alert], settle: [] };
  const { tellDesk: told } = proxyActivities<Pick<Activities, 'tellDesk'>>({
    ...UNTIL_DONE,
    summary: pickupSummaries.tellDesk,
  });
  return told({ shopId, at, news });
}
