import { createLogger } from './logger';

describe('the log', () => {
  it('never shows what opens a shop or names a buyer', () => {
    const lines: string[] = [];
    const logger = createLogger('info', { write: (line) => void lines.push(line) });
    logger.info({
      authorization: 'Canary',
      headers: { authorization: 'Canary' },
      order: { recipient_address: { name: 'Canary' } },
      shop: { platform: { appSecret: 'Canary', accessToken: 'Canary' }, carrier: { webhookSecret: 'Canary' } },
    });
    expect(lines.join('')).toContain('"room":"api"');
    expect(lines.join('')).not.toContain('Canary');
  });
});
