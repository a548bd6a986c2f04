// With `node --import`: a clock that goes wrong by as many milliseconds as stand in a file, which may change while the process runs.
// GDTX_CLOCKS names a folder; the file in it is named after the service (services/<name>/dist/main.js), so that the same options of
// Node reach every service and only the one that has a file is struck.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const LOOK_EVERY_MS = 50;
const service = /services[/\\]([^/\\]+)[/\\]/.exec(process.argv[1] ?? '')?.[1];
const folder = process.env.GDTX_CLOCKS;

if (service && folder) {
  const file = path.join(folder, service);
  const RealDate = Date;
  const realNow = Date.now;
  let shift = 0;
  const look = () => {
    try {
      shift = Number(readFileSync(file, 'utf8')) || 0;
    } catch {
      shift = 0;
    }
  };
  look();
  setInterval(look, LOOK_EVERY_MS).unref();
  RealDate.now = () => realNow() + shift;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [target.now()] : args, newTarget),
    apply: (target) => new target(target.now()).toString(),
  });
  // A Date names its own class, which is how copies of it are made.
  RealDate.prototype.constructor = globalThis.Date;
}
