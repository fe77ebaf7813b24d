import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { packagesAreInstalled } from './installed.mjs';
import { withInstallLock } from './install-lock.mjs';
import { words } from './words.mjs';

/** The project's folder, wherever the caller stands. */
export const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));

const cacheDir = join(projectDir, '.cache');
const logFile = join(cacheDir, 'npm-ci.log');

/**
 * Makes a fresh clone ready: the right Node, and the packages of package-lock.json. Whatever goes wrong is told in one
 * sentence, and the process ends with 1.
 * @param {{ need: 'run' | 'test', say: (line: string) => void }} options
 */
export async function ensureReady({ need, say }) {
  try {
    checkNode();
    if (packagesAreInstalled(projectDir, need)) return;
    mkdirSync(cacheDir, { recursive: true });
    const lock = { lockDir: join(cacheDir, 'install.lock'), onWait: (pid) => say(words.waiting(pid)) };
    await withInstallLock(lock, async () => {
      if (!packagesAreInstalled(projectDir, need)) await install(say);
    });
  } catch (error) {
    say(sentenceFor(error));
    process.exit(1);
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 12)) throw new Error(words.oldNode(process.versions.node));
}

function sentenceFor(error) {
  if (error.code === 'ENOSPC') return words.noSpace(projectDir);
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) return words.notWritable(projectDir);
  return error.message;
}

async function install(say) {
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  say(words.installing());
  const heartbeat = setInterval(() => say(words.stillInstalling(seconds())), 10_000);
  try {
    await npmCi();
  } finally {
    clearInterval(heartbeat);
  }
  say(words.installed(seconds()));
}

async function npmCi() {
  const log = openSync(logFile, 'w');
  const [command, args] = npmCommand();
  // Development packages too, even where NODE_ENV says production: `npm test` comes next.
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const child = spawn(command, [...args, ...options], { cwd: projectDir, stdio: ['ignore', log, log] });
  // A Ctrl-C ends the install too, and is waited for: half an install that goes on behind a new one breaks both.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  let isInterrupted = false;
  const interrupt = () => {
    isInterrupted = true;
    child.kill('SIGTERM');
  };
  for (const signal of signals) process.on(signal, interrupt);
  const ending = await new Promise((resolve) => {
    child.once('error', (error) => resolve({ error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  for (const signal of signals) process.off(signal, interrupt);
  closeSync(log);
  if (isInterrupted) throw new Error(words.interrupted());
  if (ending.error) throw new Error(words.noNpm());
  if (ending.signal) throw new Error(words.interrupted());
  if (ending.code !== 0) throw new Error(installFailure());
}

// Under `npm start` npm names its own script, so the same npm does the install, on every platform without a shell.
function npmCommand() {
  const script = process.env.npm_execpath;
  return script !== undefined && basename(script) === 'npm-cli.js' ? [process.execPath, [script]] : ['npm', []];
}

function installFailure() {
  const output = readFileSync(logFile, 'utf8').trimEnd();
  if (/ENOSPC|no space left/i.test(output)) return words.noSpace(projectDir);
  // npm begins with what is wrong and ends with its usage.
  const lines = output.split('\n').filter((line) => /^npm err/i.test(line) && !/^npm err\S*\s*$/i.test(line));
  return [words.installFailed(logFile), ...lines.slice(0, 8)].join('\n');
}
