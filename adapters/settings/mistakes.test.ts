import { sayMistake } from './file';
import { readSettings } from './read';
import { changed, mistakesIn, VALID } from './test-support';

const UPS = 'kind: ups, clientId: abc, clientSecret: "${UPS_CLIENT_SECRET}", accountNumber: A1B2C3';

describe('each mistake is named with its place and the fix', () => {
  const cases: [string, string, string][] = [
    [
      'an unknown ship-from',
      changed('shipFrom: la', 'shipFrom: reno'),
      'shops[0].shipFrom: no ship-from is called "reno"; known: la (line 15)',
    ],
    [
      'a warehouse at an unknown ship-from',
      `${VALID}    warehouses: { 7068517275539719999: reno }\n`,
      'shops[0].warehouses.7068517275539719999: no ship-from is called "reno"; known: la (line 18)',
    ],
    [
      'an unknown carrier',
      changed('carrier: post', 'carrier: ups'),
      'shops[0].carrier: no carrier is called "ups"; known: post (line 16)',
    ],
    [
      'a carrier that stands twice',
      changed('carrier: post', 'carrier: [post, post]'),
      'shops[0].carrier[1]: "post" stands here a second time; keep one of them (line 16)',
    ],
    [
      'the rule preferred, with nothing that is',
      `${VALID}    labels: { rule: preferred }\n`,
      'shops[0].labels.rule: is preferred, and nothing is; list under preferred what to buy, such as [{ carrier: USPS }], or give another rule (line 18)',
    ],
    [
      "a preferred account that is none of the shop's",
      `${VALID}    labels:\n      rule: preferred\n      preferred:\n        - { carrier: UPS }\n        - { account: ups, carrier: UPS }\n`,
      'shops[0].labels.preferred[1].account: "ups" is none of the carriers of this shop; known: post (line 22)',
    ],
    [
      'an address check that no account can do',
      `${changed('kind: easypost, apiKey: "${EASYPOST_API_KEY}", webhookSecret: "${EASYPOST_WEBHOOK_SECRET}"', UPS)}    addressCheck: yes\n`,
      'shops[0].addressCheck: no carrier account of this shop can check addresses; add one of kind easypost or shipsaving under carrier, or say off (line 18)',
    ],
    [
      'an address check whose account is switched off',
      `${changed('kind: easypost,', 'kind: easypost, enabled: off,')}    addressCheck: on\n`,
      'shops[0].addressCheck: no carrier account of this shop can check addresses; add one of kind easypost or shipsaving under carrier, or say off (line 18)',
    ],
    [
      'an unknown rule set',
      `${VALID}    policySet: eu\n`,
      'shops[0].policySet: no rule set is called "eu"; known: seed, us-2026-06, us (line 18)',
    ],
    [
      'a key that is none',
      `${VALID}    maxTransitDay: 3\n`,
      'shops[0].maxTransitDay: is not a setting; did you mean maxTransitDays? known here: id, name, shipFrom, warehouses, carrier, policySet, uploadTracking, combine, sweep, parcel, maxTransitDays, labels, catalogue, addressCheck, mode (line 18)',
    ],
    [
      'a secret that stands in the file, which is not repeated',
      changed('"${EASYPOST_API_KEY}"', 'EZAKverysecret'),
      'carriers.post.apiKey: a secret must not stand in the file; write ${EASYPOST_API_KEY} and put the secret into that environment variable (line 12)',
    ],
    [
      'an app secret that stands in the file',
      changed('  appKey:', '  appSecret: verysecret\n  appKey:'),
      'tiktok.appSecret: a secret must not stand in the file; write ${SHIPCLOCK_TIKTOK_APP_SECRET} and put the secret into that environment variable (line 2)',
    ],
    [
      'a variable that is not set',
      changed('6abcd0example', '${APP_KEY}'),
      'tiktok.appKey: the environment variable APP_KEY is not set; set it, or write the value here (line 2)',
    ],
    [
      'a key that is missing',
      changed('    opensAt: 09:00\n', ''),
      'shipFroms.la.opensAt: is missing; give a time of day from 00:00 to 23:59, such as 09:00 (line 6)',
    ],
    [
      'a key without a value',
      changed('closesAt: 17:00', 'closesAt:'),
      'shipFroms.la.closesAt: nothing stands here; give a time of day from 00:00 to 23:59, such as 09:00, or remove the key (line 9)',
    ],
    [
      'a time that is none',
      changed('17:00', '5pm'),
      'shipFroms.la.closesAt: "5pm" does not fit; give a time of day from 00:00 to 23:59, such as 09:00 (line 9)',
    ],
    [
      'hours that end before they begin',
      changed('09:00', '18:00'),
      'shipFroms.la.opensAt: 18:00 is not before closesAt (17:00); correct one of them (line 8)',
    ],
    [
      'a cut-off after closing time',
      changed('    closesAt:', '    cutoffTime: 17:00\n    closesAt:'),
      'shipFroms.la.cutoffTime: 17:00 is not before closesAt (17:00), so nobody could send what is ordered until then; give an earlier time (line 9)',
    ],
    [
      'a zone that knows no summer',
      changed('America/Los_Angeles', 'PST'),
      'shipFroms.la.zone: "PST" does not fit; give the time zone of a place, such as America/Los_Angeles (line 7)',
    ],
    [
      'a zone that is nowhere',
      changed('America/Los_Angeles', 'America/Lost_Angeles'),
      'shipFroms.la.zone: "America/Lost_Angeles" does not fit; give the time zone of a place, such as America/Los_Angeles (line 7)',
    ],
    [
      'a day of the week that is none',
      changed('    opensAt:', '    workdays: [mon, 8]\n    opensAt:'),
      'shipFroms.la.workdays[1]: "8" does not fit; give mon, tue, wed, thu, fri, sat or sun (or 1 to 7; 1 is Monday) (line 8)',
    ],
    [
      'a closure that no calendar has',
      changed('    opensAt:', '    closures: [2026-02-30]\n    opensAt:'),
      'shipFroms.la.closures[0]: "2026-02-30" does not fit; give a day such as 2026-12-24 (line 8)',
    ],
    [
      'a zip code that is none',
      changed('02134', '2134'),
      'shipFroms.la.address.zip: "2134" does not fit; give a zip code such as 90021 (line 10)',
    ],
    [
      'an address without TLS',
      changed('https://shipclock', 'http://shipclock'),
      'publicUrl: "http://shipclock.example.com/" does not fit; give an address that begins with https:// (http:// on this machine only), without ? or # (line 4)',
    ],
    [
      'a number that is none',
      changed('heightIn: 4', 'heightIn: four'),
      'shops[0].parcel.heightIn: "four" does not fit; give a number such as 10 or 8.5, greater than 0 (line 17)',
    ],
    [
      'an id that is none',
      changed('7495540735365777507', 'my-shop'),
      'shops[0].id: "my-shop" does not fit; give an id of at most 20 digits, as the platform gives it (line 14)',
    ],
    [
      'a choice that is none',
      `${VALID}    mode: live\n`,
      'shops[0].mode: "live" does not fit; give watch, assist or auto (line 18)',
    ],
    [
      'a word where a group stands',
      `${VALID}    sweep: often\n`,
      'shops[0].sweep: "often" does not fit; give off, or keys with their values, indented under this one (line 18)',
    ],
    [
      'a mistake in a group that may be a word',
      `${VALID}    sweep: { dayMinutes: 0 }\n`,
      'shops[0].sweep.dayMinutes: "0" does not fit; give a whole number of minutes from 1 to 1440 (line 18)',
    ],
    [
      'a list where a group stands',
      changed('carriers:\n  post:', 'carriers:\n  -'),
      'carriers: does not fit; give keys with their values, indented under this one (line 11)',
    ],
    [
      'a name that would break an id',
      changed('  la:', '  l/a:').replace('shipFrom: la', 'shipFrom: l/a'),
      'shipFroms.l/a: "l/a" does not fit; give a name of letters, digits and hyphens, at most 40 (line 6)',
    ],
    [
      'a shop that stands there twice',
      `${VALID}  - { id: 7495540735365777507, shipFrom: la, carrier: post, parcel: { lengthIn: 1, widthIn: 1, heightIn: 1, weightOz: 1 } }\n`,
      'shops[1].id: shop 7495540735365777507 stands here a second time, first as shops[0]; keep one of them (line 18)',
    ],
    [
      'shops without an app',
      VALID.split('\n').slice(3).join('\n'),
      'tiktok: is missing, and the shops need it; give appKey and serviceId of your app in Partner Center',
    ],
    [
      'a key that stands there twice',
      `${VALID}publicUrl: https://other.example.com\n`,
      'this is not YAML: a key stands here a second time; correct the line (line 18)',
    ],
    [
      'a second document',
      `${VALID}---\nlogLevel: debug\n`,
      'a second document begins here, and nothing of it would hold; put all settings into one, without --- or ... in between (line 18)',
    ],
    [
      'a second document after an end',
      `${VALID}...\nlogLevel: debug\n`,
      'a second document begins here, and nothing of it would hold; put all settings into one, without --- or ... in between (line 19)',
    ],
    [
      'an alias that leads nowhere',
      `${VALID}logLevel: *nope\n`,
      'anchors (&name) and aliases (*name) are not read here; write the value out, or put it in quotes (line 18)',
    ],
    [
      'anchors in circles',
      `${VALID}documents: &a { dir: *a }\n`,
      'anchors (&name) and aliases (*name) are not read here; write the value out, or put it in quotes (line 18)',
    ],
    [
      'a long value, of which the beginning is repeated',
      `${VALID}    mode: ${'x'.repeat(100)}\n`,
      `shops[0].mode: "${'x'.repeat(80)}..." does not fit; give watch, assist or auto (line 18)`,
    ],
    [
      'a list and no settings',
      '- a\n- b\n',
      'the file holds no settings; give keys with their values, such as tiktok:, shipFroms:, carriers: and shops:',
    ],
  ];

  it.each(cases)('%s', async (_kind, text, sentence) => {
    expect(await mistakesIn(text)).toEqual([sentence]);
  });

  it('a file that is larger than any settings', async () => {
    const sentences = await mistakesIn(`${VALID}#${'x'.repeat(1_000_000)}\n`);
    expect(sentences).toEqual([expect.stringMatching(/has more than 1 MB; leave only settings in it$/)]);
  });

  it('a file that is not there', async () => {
    const answer = await readSettings({ env: { SHIPCLOCK_CONFIG: 'nowhere.yaml' }, folder: '/nowhere' });
    expect('mistakes' in answer && answer.mistakes.map(sayMistake)).toEqual([
      'there is no file /nowhere/nowhere.yaml; correct SHIPCLOCK_CONFIG, or write one',
    ]);
  });
});

it('tells all mistakes at once, in the order of the file', async () => {
  const text = changed('America/Los_Angeles', 'PST')
    .replace('shipFrom: la', 'shipFrom: reno')
    .replace('6abcd0example', '');
  expect((await mistakesIn(text)).map((mistake) => mistake.split(':')[0])).toEqual([
    'tiktok.appKey',
    'shipFroms.la.zone',
    'shops[0].shipFrom',
  ]);
});

it('never repeats a secret, not even of a file that is not YAML', async () => {
  const files = [
    changed('"${EASYPOST_API_KEY}"', 'EZAKverysecret'),
    changed('apiKey: "${EASYPOST_API_KEY}"', 'apiKeys: EZAKverysecret'),
    changed('"${EASYPOST_API_KEY}"', '[EZAKverysecret]'),
    changed('"${EASYPOST_API_KEY}"', '"EZAKverysecret'),
    `tiktok: |EZAKverysecret\n  appKey\n`,
    changed('carriers:', ']EZAKverysecret:'),
    `]\n"EZAKverysecret"`,
    `tiktok: "\\Uverysecret"\n`,
    `%verysecret\n--- ]\n`,
    `tiktok: !verysecret!x a\n`,
  ];
  for (const file of files) {
    const said = await mistakesIn(file);
    expect(said).not.toEqual([]);
    expect(said.join()).not.toContain('verysec');
  }
});
