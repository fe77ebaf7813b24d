import { stateCodeOf } from './us-states';

it.each([
  ['California', 'CA'],
  [' new york ', 'NY'],
  ['CA', 'CA'],
  ['tx', 'TX'],
  ['District of Columbia', 'DC'],
  ['constructor', 'CONSTRUCTOR'],
])('%s is %s to carriers', (state, code) => {
  expect(stateCodeOf(state)).toBe(code);
});
