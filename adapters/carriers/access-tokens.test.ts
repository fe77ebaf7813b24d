import { accessTokens } from './access-tokens';

const HOUR_MS = 3_600_000;

it('asks once for many, and again before the token ends', async () => {
  let now = 0;
  let asked = 0;
  const tokens = accessTokens(() => now);
  const ask = (): Promise<{ token: string; livesMs: number }> =>
    Promise.resolve({ token: `t${String((asked += 1))}`, livesMs: 8 * HOUR_MS });
  expect(await Promise.all([tokens.get('a', ask), tokens.get('a', ask)])).toEqual(['t1', 't1']);
  now = 7 * HOUR_MS;
  expect(await tokens.get('a', ask)).toBe('t1');
  now = 7.5 * HOUR_MS;
  expect(await tokens.get('a', ask)).toBe('t2');
  expect(await tokens.get('b', ask)).toBe('t3');
});

it('keeps no failure, and drops a token that was turned away unless it has been replaced', async () => {
  const tokens = accessTokens(() => 0);
  await expect(tokens.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const give = (token: string) => () => Promise.resolve({ token, livesMs: HOUR_MS });
  expect(await tokens.get('a', give('one'))).toBe('one');
  tokens.drop('a', 'one');
  expect(await tokens.get('a', give('two'))).toBe('two');
  tokens.drop('a', 'one');
  expect(await tokens.get('a', give('three'))).toBe('two');
});
