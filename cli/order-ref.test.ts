import { defaultShopId } from '../engine/sandbox-shop';
import { parseOrderRef, sayOrderRef } from './order-ref';

describe('the name of an order', () => {
  it.each([
    ['42', undefined, { shopId: defaultShopId, orderId: '42' }],
    ['42', '7', { shopId: '7', orderId: '42' }],
    ['7/42', undefined, { shopId: '7', orderId: '42' }],
    ['7/42', '7', { shopId: '7', orderId: '42' }],
    ['order:7:42', undefined, { shopId: '7', orderId: '42' }],
  ])('%s with --shop %s is read', (text, shop, ref) => {
    expect(parseOrderRef(text, shop)).toEqual(ref);
  });

  it.each(['', 'abc', '7/', '/42', '7/8/42', 'order:42', 'manifest:7:42', '42?x', '../42', '123456789012345678901'])(
    '"%s" is refused',
    (text) => {
      expect(() => parseOrderRef(text)).toThrow(`"${text}" is not an order`);
    },
  );

  it('may not contradict --shop', () => {
    expect(() => parseOrderRef('7/42', '8')).toThrow('leave one of them out');
  });

  it('is said as it can be read again', () => {
    for (const ref of [
      { shopId: defaultShopId, orderId: '42' },
      { shopId: '7', orderId: '42' },
    ]) {
      expect(parseOrderRef(sayOrderRef(ref))).toEqual(ref);
    }
  });
});
