import { faultsOfPhaseTable, FIRST_PHASE, isTerminal, leastAdvanced, mayFollow, NEXT } from './phase';

describe('the phase table', () => {
  it('names only phases that exist and reaches every one of them', () => {
    expect(faultsOfPhaseTable(NEXT, FIRST_PHASE)).toEqual([]);
  });

  it('is told when it names a phase that does not exist', () => {
    expect(faultsOfPhaseTable({ a: ['b'] }, 'a')).toEqual(['unknown phase b']);
  });

  it('is told when nothing leads to a phase', () => {
    expect(faultsOfPhaseTable({ a: [], b: ['a'] }, 'a')).toEqual(['unreachable phase b']);
  });

  it('never leads back', () => {
    expect(mayFollow('inTransit', 'toPack')).toBe(false);
    expect(mayFollow('toPack', 'inTransit')).toBe(true);
  });

  it('ends in the phases that nothing follows', () => {
    expect(isTerminal('cancelled')).toBe(true);
    expect(isTerminal('delivered')).toBe(false);
  });

  it("takes the least advanced package for the order's", () => {
    expect(leastAdvanced(['delivered', 'toPack', 'inTransit'])).toBe('toPack');
    expect(leastAdvanced([])).toBeUndefined();
  });
});
