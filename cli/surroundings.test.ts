import { join } from 'node:path';
import { projectDir, readSurroundings } from './surroundings';

describe('where the product is', () => {
  it('is where npm start puts it', () => {
    expect(readSurroundings({})).toEqual({
      apiUrl: 'http://127.0.0.1:8080',
      sandboxUrl: 'http://127.0.0.1:8090',
      documentsDir: join(projectDir, '.shipclock', 'documents'),
      temporal: { address: '127.0.0.1:7233', namespace: 'shipclock' },
    });
  });

  it('follows the ports and the home of npm start', () => {
    const env = { SHIPCLOCK_HOME: 'second', SHIPCLOCK_API_PORT: '8081', SHIPCLOCK_TEMPORAL_PORT: '7234' };
    expect(readSurroundings(env)).toMatchObject({
      apiUrl: 'http://127.0.0.1:8081',
      documentsDir: join(projectDir, 'second', 'documents'),
      temporal: { address: '127.0.0.1:7234' },
    });
  });

  it('is where the environment says, which wins over the ports; what is empty is not set', () => {
    const env = {
      SHIPCLOCK_API_PORT: '8081',
      SHIPCLOCK_API_URL: 'https://orders.example/',
      SHIPCLOCK_SANDBOX_URL: '',
      SHIPCLOCK_DOCUMENTS_DIR: '/var/documents',
      TEMPORAL_ADDRESS: 'temporal:7233',
      TEMPORAL_NAMESPACE: 'other',
    };
    expect(readSurroundings(env)).toEqual({
      apiUrl: 'https://orders.example',
      sandboxUrl: 'http://127.0.0.1:8090',
      documentsDir: '/var/documents',
      temporal: { address: 'temporal:7233', namespace: 'other' },
    });
  });

  it.each(['nourl', 'localhost:8080', 'http://'])('refuses %s as an address', (url) => {
    expect(() => readSurroundings({ SHIPCLOCK_API_URL: url })).toThrow('SHIPCLOCK_API_URL is');
  });
});
