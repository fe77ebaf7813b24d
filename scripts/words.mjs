/** The sentences of the scripts that run before any package is installed. */
export const words = {
  oldNode: (version) =>
    `shipclock needs Node 20.12 or newer and this is ${version}; install a newer Node and try again.`,
  installing: () => 'Installing the packages with npm ci: needed once for each version, usually one to two minutes.',
  stillInstalling: (seconds) => `  still installing, ${seconds} s`,
  installed: (seconds) => `Packages installed in ${seconds} s.`,
  waiting: (pid) => `Another shipclock (process ${pid}) is installing the packages; waiting for it.`,
  noNpm: () => 'npm was not found; install Node with npm, or run "npm ci" yourself, and try again.',
  noSpace: (folder) => `The disk of ${folder} is full; free about 600 MB and try again.`,
  notWritable: (folder) =>
    `${folder} cannot be written, so the packages cannot be installed; change its owner or rights.`,
  installFailed: (logFile) => `npm ci failed; what it said first is below, all of it is in ${logFile}.`,
  interrupted: () => 'Installing the packages was stopped; the next start does it again.',
  noEntry: () => 'Say which file to run, for example: node scripts/run.mjs bench/main.ts',
};
