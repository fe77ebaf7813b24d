import { parseDuration } from './duration';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

describe('a duration', () => {
  it.each([
    ['90m', 90 * minuteMs],
    ['24h', dayMs],
    ['3d', 3 * dayMs],
    ['1h30m', 90 * minuteMs],
    ['1d2h3m4s', dayMs + 2 * hourMs + 3 * minuteMs + 4_000],
    ['366d', 366 * dayMs],
  ])('%s is read', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '90', 'h', '0m', '30m1h', '1.5h', '1 h', '2w', 'tomorrow', '1H'])('"%s" is refused', (text) => {
    expect(() => parseDuration(text)).toThrow(`"${text}" is not a duration`);
  });

  it.each(['367d', '99999999999999999999d'])('%s is refused as too far, not carried to no date at all', (text) => {
    expect(() => parseDuration(text)).toThrow('too far');
  });
});
