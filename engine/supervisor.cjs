'use strict';

// The parent of the Temporal server. It holds a channel to the engine: when that closes, and a killed engine closes it
// too, it stops the server. So no way of ending the engine leaves a server and a taken port behind.
const { spawn } = require('node:child_process');

const graceMs = 8000;
const [file, ...args] = process.argv.slice(2);
const server = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let stopping = false;

function stop() {
  if (stopping) return;
  stopping = true;
  server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), graceMs).unref();
}

function tell(message) {
  if (process.connected) process.send(message);
}

server.once('spawn', () => tell({ serverPid: server.pid }));
server.once('error', (error) => {
  tell({ failed: error.message });
  process.exit(1);
});
server.once('exit', () => process.exit(stopping ? 0 : 1));

process.on('message', (message) => (message === 'kill' ? server.kill('SIGKILL') : stop()));
process.once('disconnect', stop);
process.on('SIGTERM', stop);
// A terminal that closes or sends Ctrl-C means the engine, which stops the server last and in order.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
if (!process.connected) stop();
