import { connectRefusals } from '../../words/connect';
import { historyText, shopDocument } from '../support/account-floor';
import { openAccountStage, type AccountStage } from '../support/account-stage';
import { untilTrue } from '../support/until';

let stage: AccountStage;
beforeAll(async () => {
  stage = await openAccountStage();
}, 120_000);
afterAll(() => stage.close());

describe('connecting a shop', () => {
  it('goes from the consent of its owner to a shop that watches, with tokens and webhooks', async () => {
    const shopId = await stage.configuredShop();
    expect((await stage.ask('GET', `/v1/shops/${shopId}`)).body).toMatchObject({ connection: 'notConnected' });
    const { state, consentUrl } = await stage.begun();
    expect(await stage.viewOf(state)).toMatchObject({ status: 'waiting', shops: [] });

    const page = await stage.consent(consentUrl, [shopId]);
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('You can close this window');
    expect(text).toContain('您可以关闭此窗口');
    await stage.untilStatus(state, 'shops');
    expect(await stage.viewOf(state)).toMatchObject({
      shops: [{ id: shopId, region: 'US', isKnown: true, result: null }],
    });

    const chosen = await stage.ask('POST', `/v1/connect/tiktok/${state}/shops`, { shops: [shopId] });
    expect(chosen).toMatchObject({ status: 202, body: { accepted: true } });
    await stage.untilStatus(state, 'done');
    expect(await stage.viewOf(state)).toMatchObject({ shops: [{ id: shopId, result: 'connected', reason: null }] });
    expect((await stage.ask('GET', `/v1/shops/${shopId}`)).body).toMatchObject({
      id: shopId,
      mode: 'watch',
      writes: 'on',
      connection: 'connected',
    });
    expect(await stage.floor.findShop.findFresh(shopId)).toMatchObject({
      name: `Sandbox ${shopId}`,
      platform: { tokenVersion: 1 },
    });
    const sent = await stage.floor.control('POST', `/shops/${shopId}/authorization-expires`, { inDays: 12 });
    await untilTrue('the webhook came in by its own address', async () => {
      const { body } = await stage.ask('GET', `/v1/shops/${shopId}`);
      const known = Date.parse(String(body['consentEndsAt']));
      return Math.abs(known - Number(sent['expiresAt'])) <= 1_000;
    });
  });

  it('leaves nothing of the consent behind, and no code and no token in history or log', async () => {
    const state = await stage.connected(await stage.configuredShop());
    await untilTrue('it is over', async () => {
      const { status } = await stage.floor.client.workflow.getHandle(`connect:${state}`).describe();
      return status.name === 'COMPLETED';
    });
    expect(await stage.floor.vault.list('secrets/connect')).toEqual([]);
    const history = await historyText(stage.floor.client.workflow.getHandle(`connect:${state}`));
    expect(history).toContain('isKnown');
    expect(history).not.toContain('TTP_');
    expect(stage.log.join('')).not.toContain('TTP_');
  });

  it('refuses a consent that comes twice, or from elsewhere, or without a code', async () => {
    const shopId = await stage.configuredShop();
    const { state, consentUrl } = await stage.begun();
    await stage.consent(consentUrl, [shopId]);
    await stage.untilStatus(state, 'shops');
    const again = await stage.consent(consentUrl, [shopId]);
    expect([again.status, (await again.text()).includes('used already')]).toEqual([409, true]);
    const callback = (query: string) => fetch(`${stage.doorUrl}/v1/connect/tiktok/callback${query}`);
    const foreign = [`?code=x&state=${'0'.repeat(32)}`, '?code=x&state=1', '?code=x', '?code=x&state=a&state=b'];
    for (const query of foreign) expect((await callback(query)).status).toBe(404);
    const declined = await callback(`?state=${(await stage.begun()).state}`);
    expect([declined.status, (await declined.text()).includes('No consent was given')]).toEqual([200, true]);
    expect(await stage.viewOf(state)).toMatchObject({ status: 'shops' });
  });

  it('is not used up by whoever only looks the link over', async () => {
    const { state } = await stage.begun();
    for (const url of [stage.apiUrl, stage.doorUrl]) {
      const callback = `${url}/v1/connect/tiktok/callback?code=made-up&state=${state}`;
      expect((await fetch(callback, { method: 'HEAD' })).status).toBe(200);
    }
    expect(await stage.viewOf(state)).toMatchObject({ status: 'waiting', isWorking: false });
    expect(await stage.floor.vault.list('secrets/connect')).not.toContain(`secrets/connect/${state}`);
  });

  it('says what settings a shop lacks, and takes it once they are there', async () => {
    const { shopId, easypost } = await stage.floor.control('POST', '/shops', {});
    const id = String(shopId);
    const { state, consentUrl } = await stage.begun();
    await stage.consent(consentUrl, [id]);
    await stage.untilStatus(state, 'shops');
    const choose = () => stage.ask('POST', `/v1/connect/tiktok/${state}/shops`, { shops: [id] });
    await choose();
    await untilTrue('it was refused', async () => JSON.stringify(await stage.viewOf(state)).includes('"refused"'));
    const [refused] = (await stage.viewOf(state))['shops'] as { reason: string }[];
    expect(refused?.reason).toContain('carrier, parcel, shipFrom');
    expect(refused?.reason).toContain('shipclock.yaml');
    expect(await stage.floor.ports.tokens.read(id)).toBeUndefined();
    const document = shopDocument(stage.floor, { id, shopCipher: '', easypost });
    await stage.floor.documents.put(`shops/${id}`, JSON.stringify({ ...document, firstMode: 'assist' }));
    await choose();
    await stage.untilStatus(state, 'done');
    expect((await stage.ask('GET', `/v1/shops/${id}`)).body).toMatchObject({ connection: 'connected', mode: 'assist' });
  });

  it('refuses a choice before the consent, and of shops that are not in it', async () => {
    const { state, consentUrl } = await stage.begun();
    const choose = (shops: string[]) => stage.ask('POST', `/v1/connect/tiktok/${state}/shops`, { shops });
    expect(await choose(['7'])).toMatchObject({ status: 409 });
    await stage.consent(consentUrl, [await stage.configuredShop()]);
    await stage.untilStatus(state, 'shops');
    expect(await choose(['7'])).toMatchObject({
      status: 409,
      body: { detail: connectRefusals.unknownShop },
    });
    expect(await choose([])).toMatchObject({ status: 400 });
    expect(await stage.ask('GET', `/v1/connect/tiktok/${'0'.repeat(32)}`)).toMatchObject({ status: 404 });
  });

  it('fails with a plain reason where the platform does not take the code', async () => {
    const { state } = await stage.begun();
    expect((await fetch(`${stage.doorUrl}/v1/connect/tiktok/callback?code=made-up&state=${state}`)).status).toBe(200);
    await stage.untilStatus(state, 'failed');
    expect((await stage.viewOf(state))['reason']).toContain('begin again');
  });

  it('keeps the mode of a shop that is connected again after its owner took the consent back', async () => {
    const shopId = await stage.configuredShop();
    await stage.connected(shopId, 'auto');
    await stage.floor.control('POST', `/shops/${shopId}/deauthorise`);
    await untilTrue('the shop is gone', async () => {
      return (await stage.ask('GET', `/v1/shops/${shopId}`)).body['connection'] === 'deauthorised';
    });
    await stage.connected(shopId);
    expect((await stage.ask('GET', `/v1/shops/${shopId}`)).body).toMatchObject({
      connection: 'connected',
      mode: 'auto',
    });
  });
});
