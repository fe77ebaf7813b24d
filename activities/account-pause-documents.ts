import { AccountPause, accountKeys, type AccountId } from '../contracts/account-pause';
import type { Ports } from './ports';

type Documents = Pick<Ports, 'documents'>;

/** What keeps an account from being used; one that has only begun to fail is in it too. */
export async function readPause({ documents }: Documents, id: AccountId): Promise<AccountPause | undefined> {
  const text = await documents.get(accountKeys.pause(id));
  return text === undefined ? undefined : AccountPause.parse(JSON.parse(text));
}

export const putPause = ({ documents }: Documents, id: AccountId, pause: AccountPause): Promise<void> =>
  documents.put(accountKeys.pause(id), JSON.stringify(pause));

/** Whether what keeps the account from being used is still just what was read. */
export const isStill = async (ports: Documents, id: AccountId, pause: AccountPause): Promise<boolean> =>
  JSON.stringify(await readPause(ports, id)) === JSON.stringify(AccountPause.parse(pause));

/** `false` where somebody else has just written one. */
export const putFirstPause = ({ documents }: Documents, id: AccountId, pause: AccountPause): Promise<boolean> =>
  documents.putIfAbsent(accountKeys.pause(id), JSON.stringify(pause));

export async function noteWaiting({ documents }: Documents, id: AccountId, orderId: string): Promise<void> {
  await documents.putIfAbsent(`${accountKeys.waiting(id)}/${orderId}`, '{}');
}

/** Takes one window's trial, which one caller alone gets. */
export const takeTrial = ({ documents }: Documents, id: AccountId, window: string): Promise<boolean> =>
  documents.putIfAbsent(`${accountKeys.trials(id)}/${window}`, '{}');

/** Forgets a pause with all that belongs to it. The pause goes first: what is left of the rest holds nobody up. */
export async function forgetPause({ documents }: Documents, id: AccountId): Promise<void> {
  await documents.remove(accountKeys.pause(id));
  for (const folder of [accountKeys.waiting(id), accountKeys.trials(id)])
    for (const key of await documents.list(folder)) await documents.remove(key);
}

/** Notes that a pause's task is done, before the pause goes: whoever dies in between leaves no task behind. */
export async function noteOver({ documents }: Documents, id: AccountId, { cause, since }: AccountPause): Promise<void> {
  await documents.putIfAbsent(`${accountKeys.over(id)}/${cause}.${since}`, JSON.stringify({ cause, since }));
}

const Over = AccountPause.pick({ cause: true, since: true });

/** The pauses that are over and whose tasks the desk was not yet told of, each with the key of its note. */
export async function readOver(
  { documents }: Documents,
  id: AccountId,
): Promise<(Pick<AccountPause, 'cause' | 'since'> & { key: string })[]> {
  const notes = await Promise.all(
    (await documents.list(accountKeys.over(id))).map(async (key) => ({ key, text: await documents.get(key) })),
  );
  return notes.flatMap(({ key, text }) => (text === undefined ? [] : [{ key, ...Over.parse(JSON.parse(text)) }]));
}
