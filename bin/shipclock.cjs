#!/usr/bin/env node
'use strict';

try {
  require('tsx/cjs');
} catch {
  process.stderr.write(
    'The packages of shipclock are not installed yet; run "npm start" or "npm ci" in its folder first.\n',
  );
  process.exit(1);
}
require('../cli/main.ts');
