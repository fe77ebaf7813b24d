import { storyWords } from '../words/stories';
import { caseKeyOf, type AppealView } from '../workflows/messages-appeal';
import { call } from './call';
import type { Stage } from './stage';

type Appeals = { apiUrl: string; shopId: string } & Pick<Stage, 'settle' | 'control' | 'view'>;

/** What people and the platform do with an order's case. */
export function appealsOf({
  apiUrl,
  shopId,
  view,
  control,
  settle,
}: Appeals): Pick<Stage, 'appeal' | 'appealAgain' | 'decide' | 'recordFiling' | 'recordDecision'> {
  const path = async (orderId: string): Promise<string> => {
    // Stories have orders of one parcel.
    const { caseKey } = Object.values((await view(orderId)).packages)[0]?.appeal ?? {};
    return `${apiUrl}/v1/appeals/${shopId}/${caseKey ?? caseKeyOf(orderId, '1')}`;
  };
  const appeal = async (orderId: string): Promise<AppealView | undefined> => {
    const response = await fetch(await path(orderId));
    return response.status === 404 ? undefined : ((await response.json()) as AppealView);
  };
  const order = async (orderId: string, verb: string, body: unknown): Promise<void> => {
    await call('POST', `${await path(orderId)}/${verb}`, body);
    await settle();
  };
  return {
    appeal,
    appealAgain: (orderId, note) => order(orderId, 'appeal-again', { note }),
    recordFiling: (orderId, caseNumber) => order(orderId, 'filed', { caseNumber }),
    recordDecision: (orderId, decision) => order(orderId, 'decision', decision),
    decide: async (orderId, outcome) => {
      const filing = (await appeal(orderId))?.filings.at(-1);
      if (filing === undefined) throw new Error(storyWords.notFiled(orderId));
      await control('POST', `/appeals/${filing.caseNumber}/decide`, { outcome });
    },
  };
}
