import { SCANNED } from './test-support';
import { byHandCase, firstBroken, newFormCase, pack, type FormCase } from './test-support-form';
import { appealPageOf, appealView } from './view';

const HASH = 'ab'.repeat(32);

function gatheredCase(wish: Parameters<typeof pack>[0] = {}): FormCase {
  const one = newFormCase();
  one.survey({});
  one.answer('gatherEvidence', pack({ sha256: HASH, ...wish }));
  return one;
}

describe('a case as people read it', () => {
  it('that is ready says what it waits for, and what it does then', () => {
    const one = gatheredCase();
    expect(appealView(one.state()).waitsFor).toMatch(/until a limit breaks. Then it is filed by itself/);
    expect(appealPageOf(one.state())).toContain('until a limit breaks');
    one.survey({ undecided: 1, broken: 2, firstBroken });
    expect(appealView(one.state()).waitsFor).toMatch(/^A limit broke; it waits until 2026-11-23 19:00 UTC/);
  });

  it('that a person has to file waits for nothing by itself', () => {
    expect(appealView(byHandCase().state()).waitsFor).toBeNull();
  });

  it('with weak evidence says how a proof is reported, and until when', () => {
    const one = gatheredCase({ complete: false, missing: ['proof'] });
    const command = `form report manifest:acc:main:2026-11-20 --shop 7 --scanned-at ${new Date(SCANNED).toISOString()}`;
    expect(appealView(one.state()).toDo.join(' ')).toMatch(/before a limit breaks/);
    expect(appealView(one.state()).toDo.join(' ')).toContain(command);
    one.survey({ undecided: 1, broken: 2, firstBroken });
    expect(appealView(one.state()).toDo.join(' ')).toMatch(/Report what you fetched by 2026-12-22 19:00 UTC/);
  });

  it('tells its story with hashes that a person can compare; the whole one stands with the evidence', () => {
    const { timeline, evidence } = appealView(gatheredCase().state());
    expect(timeline.map(({ sentence }) => sentence)).toContain(
      'The evidence was gathered and is complete: abababababab.',
    );
    expect(evidence?.sha256).toBe(HASH);
  });

  it('does not ask for a report of the scan where something else is missing', () => {
    const one = gatheredCase({ complete: false, missing: ['label'] });
    expect(appealView(one.state()).toDo.join(' ')).not.toContain('form report');
  });
});
