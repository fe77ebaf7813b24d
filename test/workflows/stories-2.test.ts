import { tellStories } from '../support/tell-stories';

describe('stories', () => {
  tellStories(__filename);
});
