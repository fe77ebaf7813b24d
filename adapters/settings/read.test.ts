import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from './read';
import { changed, POLICY_SETS, readText as read, VALID } from './test-support';

describe('a valid file', () => {
  it('is read with everything that it leaves out', async () => {
    expect(await read(VALID)).toMatchObject({
      settings: {
        tiktok: {
          apiUrl: 'https://open-api.tiktokglobalshop.com',
          appSecret: { variable: 'SHIPCLOCK_TIKTOK_APP_SECRET' },
        },
        publicUrl: 'https://shipclock.example.com',
        shipFroms: { la: { workdays: [1, 2, 3, 4, 5], cutoffTime: '12:00', closures: [] } },
        carriers: { post: { apiKey: { variable: 'EASYPOST_API_KEY' } } },
        shops: [{ policySet: 'us', mode: 'watch', combine: 'off', uploadTracking: 'packed', sweep: { dayMinutes: 5 } }],
      },
    });
  });

  it('keeps ids, zip codes and names as they are written, whatever YAML would make of them', async () => {
    expect(await read(VALID)).toMatchObject({
      settings: {
        tiktok: { serviceId: '7300000000000000000' },
        shipFroms: { la: { opensAt: '09:00', address: { name: 'no', zip: '02134' } } },
        shops: [{ id: '7495540735365777507', parcel: { widthIn: 8.5 } }],
      },
    });
  });

  it('takes a value from the environment where it names a variable', async () => {
    const file = changed('6abcd0example', '${APP_KEY}');
    expect(await read(file, { APP_KEY: 'k1' })).toMatchObject({ settings: { tiktok: { appKey: 'k1' } } });
  });

  it('turns the sweep off only where somebody says so', async () => {
    expect(await read(`${VALID}    sweep: off\n`)).toMatchObject({ settings: { shops: [{ sweep: 'off' }] } });
  });

  it('need not be there at all', async () => {
    expect(await readSettings({ env: {}, folder: join(tmpdir(), 'no-such-folder') })).toMatchObject({
      path: undefined,
    });
  });

  it('stands as an example in the documentation', async () => {
    const path = join(__dirname, '../../docs/examples/shipclock.yaml');
    expect(await readSettings({ path, env: {}, policySets: POLICY_SETS })).toMatchObject({ settings: { shops: [{}] } });
  });
});
