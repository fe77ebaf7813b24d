import type { LabelProvider } from '../../../activities/carrier-ports';
import { failureOf, played, requestFor, shopWith, type Played, type Reply } from '../easypost/test-support';
import { PLAIN_CARRIER_WIRE } from '../provider';
import { uspsErrorOf } from './errors';
import { uspsLabels } from './labels';

const problem = (code: string, detail: string, status = 400): Reply => ({
  status,
  json: { error: { code: String(status), errors: [{ code, detail }] } },
});

describe('a no of USPS', () => {
  it.each([
    ['160034', 'x'],
    ['010005', 'The mailing date must be today or in the future.'],
    ['010005', 'mailingDate is in the past'],
  ])('to a label because of its day is rated again: %s %s', (code, detail) => {
    const answer = { status: 400, json: problem(code, detail).json };
    expect(uspsErrorOf(answer, { call: 'buy', isWrite: true }).outcome).toBe('reRate');
    expect(uspsErrorOf(answer, { call: 'createForm', isWrite: true }).outcome).toBe('refused');
  });

  it('to a label for another reason is a refusal', () => {
    const answer = { status: 400, json: problem('010005', 'OASValidation: mailingDate not valid').json };
    expect(uspsErrorOf(answer, { call: 'buy', isWrite: true }).outcome).toBe('refused');
  });

  it('to change what was changed meanwhile is to read it again', () => {
    const answer = { status: 412, json: problem('412', 'The ETag does not match', 412).json };
    expect(uspsErrorOf(answer, { call: 'changePickup', isWrite: true }).outcome).toBe('retryLater');
  });
});

describe('a USPS label whose day is over', () => {
  let there: Played;
  beforeEach(async () => {
    there = await played();
    there.replies.push(
      { json: { access_token: 't', expires_in: 28_799 } },
      { json: { paymentAuthorizationToken: 'p' } },
    );
    there.replies.push(problem('160034', 'The mailing date is in the past'));
  });
  afterEach(() => there.close());

  function labels(): LabelProvider {
    const party = { clientId: 'c', clientSecret: 's', crid: '1', mid: '2', manifestMid: '3', accountNumber: '4' };
    const account = { kind: 'usps', enabled: true, baseUrl: there.url, ...party } as const;
    return uspsLabels({ wire: PLAIN_CARRIER_WIRE, shop: shopWith({ usps: account }), name: 'usps', account });
  }
  const buy = () => {
    const request = requestFor(shopWith({}));
    return labels().buy({ shipmentId: 'key', rateId: 'GSPMd20261123', request });
  };

  it('is the one that stands under its key', async () => {
    there.replies.push({ json: { trackingNumber: '94', postage: 5, labelImage: 'JVBERi0=' } });
    expect(await buy()).toMatchObject({ isPaid: true, label: { trackingNumber: '94', priceCents: 500 } });
  });

  it.each([problem('160034', 'Labels can be reprinted up to the mailing date'), { status: 502, page: '<html>' }])(
    'may have been bought where its key says %j',
    async (reply) => {
      there.replies.push(reply);
      expect(await failureOf(buy())).toMatchObject({ outcome: 'outcomeUnknown' });
    },
  );

  it('was not bought where nothing stands under its key', async () => {
    there.replies.push(problem('160039', 'The label was not found'));
    expect(await failureOf(buy())).toMatchObject({ outcome: 'reRate' });
  });
});
