import { section, tableLines } from './table';

describe('a table', () => {
  it('has columns as wide as their widest cell and no blanks at line ends', () => {
    const rows = [
      ['1', 'toPack'],
      ['1234567', ''],
    ];
    expect(tableLines(['ORDER', 'PHASE'], rows)).toEqual(['ORDER    PHASE', '1        toPack', '1234567']);
  });

  it('keeps its head when there are no rows', () => {
    expect(tableLines(['A', 'B'], [])).toEqual(['A  B']);
  });

  it('stands under its heading', () => {
    expect(section('To do', ['Nothing.'])).toEqual(['', 'To do', '  Nothing.']);
  });
});
