'use strict';

// The SDK fetches the Temporal CLI only as part of starting it, and its download has neither a limit nor a cancel.
// So this runs as a process of its own, which the caller may end: start once, stop at once, keep the file.
const { TestWorkflowEnvironment } = require('@temporalio/testing');

const [downloadDir] = process.argv.slice(2);

TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'cached-download', downloadDir } } })
  .then((environment) => environment.teardown())
  .then(
    () => process.exit(0),
    () => process.exit(1),
  );
