import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { searchAttributes } from '../workflows/messages';
import { searchAttributeTypes, setUpNamespace } from './namespace';

const spelled: Record<string, string> = { KEYWORD: 'Keyword', KEYWORD_LIST: 'KeywordList', DATETIME: 'Datetime' };

describe('the namespace of orders', () => {
  it('knows every search attribute that a workflow may set, by its type', () => {
    const set = Object.values(searchAttributes).map(({ name, type }) => [name, spelled[type]]);
    expect(Object.fromEntries(set)).toEqual(searchAttributeTypes);
  });

  it('is made where there is none, and setting it up again, also at the same time, changes nothing', async () => {
    const connection = await Connection.connect({ address: process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] ?? '' });
    const namespace = `setup-${randomUUID()}`;
    await Promise.all([setUpNamespace(connection, { namespace }), setUpNamespace(connection, { namespace })]);
    await setUpNamespace(connection, { namespace });
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(720 * 3600);
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.keys(searchAttributeTypes)));
    await connection.close();
  });
});
