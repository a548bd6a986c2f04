import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ProjectorStore } from '@gdtx/dashboard/projector/store';
import type { Armed, InHand, Struck, WentOn } from '../tools/strike-points.js';

/**
 * Loaded into every service process of a fault's stage, before its own code (`node --import`), and nowhere else: lets a process
 * kill or stop itself at a point that can't be hit from outside. It strikes when the harness has put a file for this service and
 * point into the folder that GDTX_FAULT_STRIKES names, and renames the file, so that it strikes once.
 */
const folder = process.env['GDTX_FAULT_STRIKES'];
/** `…/services/programmes/dist/main.js` */
const service = basename(dirname(dirname(process.argv[1] ?? '')));

let file = '';
let passes = 0;
/** Where to say what became of the work that this process was stopped in. */
let stoppedAt: string | undefined;

function pass(point: string, inHand: () => InHand[] = () => []): void {
  const armedFile = join(folder!, `${service}.${point}`);
  let armed: Armed;
  try {
    armed = JSON.parse(readFileSync(armedFile, 'utf8')) as Armed;
  } catch {
    return;
  }
  if (armed.pid !== undefined && armed.pid !== process.pid) return;
  if (file !== armedFile) {
    file = armedFile;
    passes = 0;
  }
  if (passes++ < armed.after) return;
  const struck: Struck = { pid: process.pid, inHand: inHand() };
  writeFileSync(armedFile, JSON.stringify(struck));
  renameSync(armedFile, `${armedFile}.struck`);
  if (armed.how === 'stop') {
    // This thread gets no further than this line until somebody lets the process go on.
    process.kill(process.pid, 'SIGSTOP');
    stoppedAt = armedFile;
    return;
  }
  process.kill(process.pid, 'SIGKILL');
  // Nothing more is done, however late the signal comes.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function isArmed(point: string): boolean {
  return existsSync(join(folder!, `${service}.${point}`));
}

/** The work is over in which the process may have been stopped. */
function sayWentOn(said: WentOn): void {
  if (stoppedAt === undefined) return;
  const place = stoppedAt;
  stoppedAt = undefined;
  writeFileSync(`${place}.telling`, JSON.stringify(said));
  renameSync(`${place}.telling`, `${place}.went-on`);
}

const seqs = (documents: readonly { _id: string; seq: number }[]) =>
  documents.map(({ _id, seq }) => ({ _id, at: seq }));

if (folder && service === 'dashboard') {
  const { Flusher } = await import('@gdtx/dashboard/projector/flusher');
  type AnyFlusher = InstanceType<typeof Flusher>;
  const watched = new WeakSet<object>();
  const watch = (flusher: AnyFlusher) => {
    const { store } = flusher as unknown as { store: ProjectorStore };
    if (watched.has(store)) return;
    watched.add(store);
    const { writeUnitYears, writeCursors, writeCheckpoints, writeTogether } = store;
    store.writeTogether = async (few) => {
      pass('before-commit', () => seqs(few.cursors));
      // As after a commit that failed: who is to be hit between two writes comes by there.
      const isWanted = ['before-documents', 'before-cursors'].some((point) => isArmed(point));
      return isWanted ? false : writeTogether!(few);
    };
    store.writeUnitYears = (years, ...more) => {
      pass('before-documents', () => seqs(years));
      return writeUnitYears(years, ...more);
    };
    store.writeCursors = (cursors) => {
      pass('before-cursors', () => seqs(cursors));
      return writeCursors(cursors);
    };
    store.writeCheckpoints = (moved) => {
      pass('before-checkpoint', () => moved.map(({ _id, position }) => ({ _id, at: Number(position) })));
      return writeCheckpoints(moved);
    };
  };
  for (const name of ['flush', 'relieve'] as const) {
    const work = Flusher.prototype[name];
    Flusher.prototype[name] = async function (this: AnyFlusher) {
      watch(this);
      const { outdated } = this.counts;
      try {
        await work.call(this);
        sayWentOn({ outdated: this.counts.outdated - outdated });
      } catch (error) {
        sayWentOn({ outdated: this.counts.outdated - outdated, error: String(error) });
        throw error;
      }
    };
  }
} else if (folder && service !== 'gateway') {
  const { Outbox } = await import('@gdtx/ledger/outbox');
  const { confirm } = Outbox.prototype;
  // What was sent is confirmed by Kafka here, and not yet marked.
  Outbox.prototype.confirm = function (this: InstanceType<typeof Outbox>, ...sent: Parameters<typeof confirm>) {
    pass('before-mark');
    return confirm.apply(this, sent);
  };
}
