import { deskNews, noteTold } from './desk';
import { opened } from './played';
import type { OrderState } from './state';

const raised = (state: OrderState): string[] => (deskNews(state)?.raise ?? []).map(({ key }) => key);

describe('the key of an alert', () => {
  it('is the same however often the desk was told of other things: a reset order warns nobody twice', () => {
    const { state } = opened('awaitingShipment').woke(69);
    const [key = ''] = raised(state);
    expect(key).toMatch(/^order:2:shipBy:\d+:\d+:0$/);
    expect(raised({ ...state, tellings: 7 })).toEqual(raised(state));
  });

  it('is another one when it was settled and comes up again', () => {
    const { state } = opened('awaitingShipment').woke(69);
    const [key = ''] = raised(state);
    noteTold(state, { raise: [], settle: [key] });
    expect(raised(state)).toContain(key.replace(/0$/, '1'));
  });
});
