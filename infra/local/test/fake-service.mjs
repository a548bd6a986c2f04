// Stands in for a service: behaves as its environment says. Started by the tests of the supervisor.
import { appendFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';

appendFileSync(process.env.STARTS, `${process.pid}\n`);
if (process.env.CRASH_WHEN && existsSync(process.env.CRASH_WHEN)) {
  console.log(JSON.stringify({ level: 60, msg: 'the service could not start', err: { message: 'no database' } }));
  process.exit(1);
}
createServer((_, response) => response.end('ready')).listen(Number(process.env.HTTP_PORT), '127.0.0.1');
process.on('SIGTERM', () => {
  appendFileSync(process.env.STARTS, 'stopped\n');
  process.exit(0);
});
