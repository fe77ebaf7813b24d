import { nextWake } from './agenda';
import { DAY_MS, HOUR_MS } from './test-support';
import {
  BROKEN,
  claimedCase,
  counts,
  filedAs,
  filings,
  firstBroken,
  newFormCase,
  pack,
  settled,
} from './test-support-form';
import { appealPageOf, appealView } from './view';

const MINUTE_MS = 60_000;

describe('counting', () => {
  it('is done once at a time, and again when something came meanwhile', () => {
    const one = newFormCase();
    one.ping();
    one.ping();
    one.ping();
    expect(one.begun()).toEqual(['surveyCase']);
    one.answer('surveyCase', counts({}));
    expect(one.begun()).toEqual(['surveyCase', 'surveyCase', 'gatherEvidence']);
    one.answer('surveyCase', counts({}));
    expect(one.begun()).toHaveLength(3);
  });

  it('rests between two countings of many', () => {
    const one = newFormCase();
    one.survey({ members: 7_000, undecided: 7_000 });
    one.survey({ members: 7_000, undecided: 7_000 });
    expect(one.begun().filter((id) => id === 'surveyCase')).toHaveLength(1);
    one.pass(MINUTE_MS);
    expect(one.begun().filter((id) => id === 'surveyCase')).toHaveLength(2);
  });

  it('holds counts and nothing else, whatever the number of parcels', () => {
    const one = newFormCase();
    one.survey({ members: 7_000, undecided: 7_000 });
    expect(JSON.stringify(one.state()).length).toBeLessThan(3_000);
  });
});

describe('a claim of a form', () => {
  it('is settled once all is known and nobody came for ten minutes', () => {
    const one = newFormCase();
    one.survey({});
    one.survey({ undecided: 0, broken: 2, moved: 1, firstBroken });
    one.pass(9 * MINUTE_MS);
    one.survey({ members: 4, undecided: 0, broken: 3, moved: 1, firstBroken });
    one.pass(9 * MINUTE_MS);
    expect(one.begun()).not.toContain('settleClaim');
    one.pass(2 * MINUTE_MS);
    expect(one.begun()).toContain('settleClaim');
  });

  it('waits a day for those of whom nothing is known, and no longer', () => {
    const one = newFormCase();
    one.survey({});
    one.survey({ undecided: 1, broken: 2, firstBroken });
    one.pass(22 * HOUR_MS);
    expect(one.begun()).not.toContain('settleClaim');
    one.pass(2 * HOUR_MS);
    expect(one.begun()).toContain('settleClaim');
  });

  it('of one parcel waits for nobody', () => {
    const one = newFormCase('57');
    one.survey({ members: 1, undecided: 0, broken: 1, firstBroken });
    expect(one.begun()).toContain('settleClaim');
  });

  it('is filed once, with a pack of its own', () => {
    const one = claimedCase();
    expect(one.packs()).toEqual(['opening', '1']);
    expect(filings(one)).toEqual([]);
    one.answer('gatherEvidence', pack());
    expect(filings(one)).toEqual(['fileAppeal:1']);
    one.answer('fileAppeal:1', filedAs('c1'));
    expect(appealView(one.state())).toMatchObject({
      status: 'filed',
      claim: { members: 2, leftOut: 0, spared: 1 },
      parcels: { members: 3, broken: 2, moved: 1 },
    });
    expect(appealPageOf(one.state())).toMatch(/All parcels of form sf_1[^]*Claimed: 2/);
  });

  it('is none where all moved before a limit: the case is closed unfiled and kept', () => {
    const one = newFormCase();
    one.survey({ undecided: 0, moved: 3 });
    one.pass(11 * MINUTE_MS);
    one.answer('settleClaim', settled({ members: 0, spared: 3, limitBroken: undefined as never }));
    expect(one.state().status).toBe('unfiled');
    expect(one.begun()).toContain('saveCaseResult');
    expect(filings(one)).toEqual([]);
  });

  it('is none where no limit broke in 60 days: a target alone files nothing', () => {
    const one = newFormCase();
    one.survey({});
    one.pass(59 * DAY_MS);
    expect(one.begun()).not.toContain('settleClaim');
    one.pass(2 * DAY_MS);
    expect(one.begun()).toContain('settleClaim');
  });

  it('sends on who came while it was settled, also after its end', () => {
    const one = claimedCase();
    one.survey({ members: 4, undecided: 1, broken: 2, moved: 1, firstBroken, claimed: 2 });
    expect(one.begun().filter((id) => id === 'settleClaim')).toHaveLength(2);
    one.answer('settleClaim', settled({ leftOut: 1 }));
    expect(one.state().claim).toMatchObject({ members: 2, leftOut: 1 });
    expect(one.state().endedAt).toBeUndefined();
  });

  it('is over a day after it was begun for nobody', () => {
    const one = newFormCase();
    one.ping();
    one.answer('surveyCase', { kind: 'surveyed', members: 0, undecided: 0, broken: 0, moved: 0, over: 0, papers: '' });
    expect(nextWake(one.state())).toMatchObject({ kind: 'settle' });
    one.pass(DAY_MS);
    one.answer('settleClaim', { kind: 'settled', members: 0, leftOut: 0, spared: 0 });
    expect(one.state()).toMatchObject({ status: 'unfiled', endedAt: expect.any(Number) as number });
  });

  it('that becomes smaller while it is filed is filed with another pack', () => {
    const one = claimedCase();
    one.answer('gatherEvidence', pack());
    one.survey({ undecided: 0, broken: 1, moved: 2, firstBroken, claimed: 1 });
    expect(one.abandoned()).toEqual(['fileAppeal:1']);
    one.answer('fileAppeal:1', { kind: 'abandoned' });
    expect(one.packs()).toEqual(['opening', '1', '1-2']);
    expect(filings(one)).toHaveLength(1);
    expect(one.state().byHand).toBeUndefined();
    one.answer('gatherEvidence', pack({ key: 'pack-1-2' }));
    expect(filings(one)).toHaveLength(2);
    one.answer('fileAppeal:1', filedAs('c1'));
    expect(one.state()).toMatchObject({ status: 'filed', filings: [{ evidence: { key: 'pack-1-2' } }] });
  });

  it('that was filed all the same when it became smaller goes on as filed', () => {
    const one = claimedCase();
    one.answer('gatherEvidence', pack());
    one.survey({ undecided: 0, broken: 1, moved: 2, firstBroken, claimed: 1 });
    one.answer('fileAppeal:1', filedAs('c1'));
    expect(one.state().status).toBe('filed');
    expect(one.state().nextPack).toBeUndefined();
  });

  it('that becomes smaller while its pack is gathered is filed with the next', () => {
    const one = claimedCase();
    one.survey({ undecided: 0, broken: 1, moved: 2, firstBroken, claimed: 1 });
    one.answer('gatherEvidence', pack());
    expect(filings(one)).toEqual([]);
    one.answer('gatherEvidence', pack({ key: 'pack-1-2' }));
    expect(filings(one)).toEqual(['fileAppeal:1']);
  });

  it('of which the filing finds that it changed is gathered again, and left to a person after many times', () => {
    const one = claimedCase();
    for (let n = 1; n <= 30; n += 1) {
      one.answer('gatherEvidence', pack());
      one.answer('fileAppeal:1', { kind: 'claimChanged' });
    }
    expect(one.packs()).toHaveLength(21);
    expect(one.state().byHand).toMatchObject({ filing: 1 });
  });

  it('is given up when it is heard that all it claims had moved in time', () => {
    const one = claimedCase();
    one.survey({ undecided: 0, moved: 3, claimed: 0 });
    expect(one.state().status).toBe('unfiled');
  });
});

describe('a doubtful claim of a form', () => {
  it.each([
    ['late', pack({ scannedAt: BROKEN })],
    ['seller', pack({ responsibility: 'seller' })],
    ['weak', pack({ complete: false, missing: ['proof'], responsibility: 'unclear' })],
    ['unclear', pack({ responsibility: 'unclear' })],
  ])('that is %s waits for a person', (why, gathered) => {
    const one = claimedCase();
    one.answer('gatherEvidence', gathered);
    expect(filings(one)).toEqual([]);
    expect(one.state().byHand).toMatchObject({ filing: 1, why });
    expect(one.order({ verb: 'fileAppeal', actor: 'ada' })).toMatchObject({ accepted: true });
    expect(one.packs()).toEqual(['opening', '1', '1-2']);
    one.answer('gatherEvidence', gathered);
    expect(filings(one)).toEqual(['fileAppeal:1']);
  });

  it('that was not yet silent for 48 h is judged again once when it is', () => {
    const one = claimedCase();
    const scannedAt = BROKEN - 20 * HOUR_MS;
    one.answer('gatherEvidence', pack({ responsibility: 'unclear', scannedAt }));
    expect(one.state().byHand).toMatchObject({ why: 'unclear' });
    one.pass(26 * HOUR_MS);
    expect(one.packs()).toEqual(['opening', '1']);
    one.pass(2 * HOUR_MS);
    expect(one.packs()).toEqual(['opening', '1', '1-2']);
    one.answer('gatherEvidence', pack({ responsibility: 'unclear', scannedAt }));
    one.pass(5 * DAY_MS);
    expect(one.packs()).toEqual(['opening', '1', '1-2']);
  });

  it('that was not yet silent is filed by itself when it was', () => {
    const one = claimedCase();
    const scannedAt = BROKEN - 20 * HOUR_MS;
    one.answer('gatherEvidence', pack({ responsibility: 'unclear', scannedAt }));
    one.pass(28 * HOUR_MS);
    one.answer('gatherEvidence', pack({ scannedAt }));
    expect(filings(one)).toEqual(['fileAppeal:1']);
  });

  it('that is weak is filed by itself when the papers came: looked for once a day', () => {
    const one = claimedCase();
    one.answer('gatherEvidence', pack({ complete: false, missing: ['proof'] }));
    one.hear();
    one.pass(2 * DAY_MS);
    expect(one.packs()).toEqual(['opening', '1']);
    one.survey({ undecided: 0, broken: 2, moved: 1, firstBroken, claimed: 2, papers: 'p2' });
    expect(one.packs()).toEqual(['opening', '1', '1-2']);
    one.answer('gatherEvidence', pack());
    expect(filings(one)).toEqual(['fileAppeal:1']);
    one.answer('fileAppeal:1', filedAs('c1'));
    expect(one.state().tasks).toEqual([]);
  });
});
