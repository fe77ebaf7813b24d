import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { US_FEDERAL_HOLIDAYS } from '../../policies/us/holidays';
import type { Comparison } from './compare';
import { observedDays } from './oracle';

/** What `compare.ts` must compare in each zone: 7,305 days x 7 amounts x 4 times of day. What ends in 2041 is in the table too. */
const ALL_CASES = 7_305 * 7 * 4;

/** In a process of its own: the zone of a process is read once. */
async function compareIn(zone: string): Promise<Comparison> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--require', 'tsx/cjs', join(__dirname, 'compare.ts')],
    { env: { ...process.env, TZ: zone } },
  );
  return JSON.parse(stdout) as Comparison;
}

describe('the calendar', () => {
  it('has the holidays that the law’s own rules give, as observed, from 2021 to 2041', () => {
    expect(US_FEDERAL_HOLIDAYS).toEqual(observedDays(2021, 2041));
  });

  it.each([
    ['a New Year on a Saturday belongs to the year before', '2027-12-31', true],
    ['and not to the Monday after', '2028-01-03', false],
    ['Juneteenth on a Saturday is observed on the Friday', '2027-06-18', true],
    ['Juneteenth on a Sunday is observed on the Monday', '2022-06-20', true],
    ['Veterans Day on a Saturday is observed on the Friday', '2028-11-10', true],
    ['Veterans Day on a Sunday is observed on the Monday', '2029-11-12', true],
    ['Inauguration Day is one for Washington, D.C. alone', '2029-01-20', false],
  ])('%s: %s', (_promise, day, isHoliday) => {
    expect(US_FEDERAL_HOLIDAYS.includes(day)).toBe(isHoliday);
  });

  it.each(['UTC', 'America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati'])(
    'agrees with a second reading on every day from 2021 to 2040, on a host in %s',
    async (zone) => {
      const found = await compareIn(zone);
      process.stdout.write(`${found.zone}: ${found.cases} cases compared, ${found.differences} differences\n`);
      expect(found).toEqual({ zone, cases: ALL_CASES, differences: 0, examples: [] });
    },
  );
});
