import { ActivityFailure, ApplicationFailure, proxyActivities, type ActivityOptions } from '@temporalio/workflow';
import type { Activities } from '../../activities';
import type { AccountActivities } from '../../activities/account-activities';
import type { Alert, AlertNews } from '../../domain/alerts/alert';
import type { AccountCommand } from '../../domain/account/command';
import type { AccountAnswer, AccountEvent } from '../../domain/account/event';
import { accountSummaries } from '../../words/account';
import { tell, type Account } from './account';

/** Every step reads back or repeats what is harmless to repeat: it is tried until it succeeds. */
const UNTIL_DONE: ActivityOptions = {
  startToCloseTimeout: '20 s',
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '5 min' },
};

/** A shop may have thousands of open orders; a worker that dies meanwhile is noticed. */
const LONG: ActivityOptions = { ...UNTIL_DONE, startToCloseTimeout: '30 min', heartbeatTimeout: '60 s' };

/**
 * A few attempts: one whose answer was lost is repeated at once, and shows whether the refresh token outlived its use. After that
 * whoever waits hears that there is no new pair now, and the account tries again by its own agenda.
 */
const FEW: ActivityOptions = {
  startToCloseTimeout: '15 s',
  retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumAttempts: 3 },
};

const OPTIONS: Record<AccountCommand['kind'], ActivityOptions> = {
  keepStanding: UNTIL_DONE,
  renewTokens: FEW,
  purgeTokens: UNTIL_DONE,
  tellShop: LONG,
  tellDesk: UNTIL_DONE,
};

type Steps = AccountActivities & Pick<Activities, 'tellDesk'>;

/** Reads what was kept before this workflow began: nothing is decided without it. */
export async function load({ state }: Account): Promise<AccountEvent> {
  const activities = proxyActivities<Steps>({ ...UNTIL_DONE, summary: accountSummaries.loadAccount });
  const kept = await activities.loadAccount({ shopId: state.shopId });
  return { kind: 'loaded', at: Date.now(), ...kept };
}

/** Begins a command in the background; what comes of it enters the inbox like any other event. */
export function startCommand(account: Account, id: string, command: AccountCommand): void {
  void carryOut(account.state.shopId, command)
    .catch(bad)
    .then((answer) => tell(account, { kind: 'answered', at: Date.now(), command: id, answer }));
}

function bad(error: unknown): AccountAnswer {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const type = cause instanceof ApplicationFailure ? (cause.type ?? 'Error') : 'Error';
  return { kind: 'failed', type, message: cause instanceof Error ? cause.message : String(cause) };
}

async function carryOut(shopId: string, command: AccountCommand): Promise<AccountAnswer> {
  const activities = proxyActivities<Steps>({ ...OPTIONS[command.kind], summary: summaryOf(command) });
  switch (command.kind) {
    case 'keepStanding':
      return activities.keepStanding({ shopId, standing: command.standing });
    case 'renewTokens':
      return activities.renewTokens({ shopId, seenVersion: command.seenVersion });
    case 'purgeTokens':
      return activities.purgeTokens({ shopId, version: command.version });
    case 'tellShop':
      return activities.tellShop({ shopId, at: command.at });
    case 'tellDesk':
      await activities.tellDesk({ shopId, at: Date.now(), news: newsOf(command) });
      return { kind: 'done' };
  }
}

/** About no single order: the desk says "this shop". */
const newsOf = ({ raise, settle }: AccountCommand & { kind: 'tellDesk' }): AlertNews => ({
  at: Date.now(),
  raise: raise.map(({ key, about, detail }): Alert => ({
    key,
    orderId: '',
    kind: 'task',
    about,
    raisedAt: Date.now(),
    detail,
  })),
  settle,
});

function summaryOf(command: AccountCommand): string {
  if (command.kind !== 'keepStanding') return accountSummaries[command.kind];
  const { mode, writes, connection } = command.standing;
  return accountSummaries.keepStanding(mode, writes, connection);
}
