import { readFileSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Loaded into every service process of a fault's stage, before its own code (`node --import`), and nowhere else: lets a process
 * kill itself at a point that can't be hit from outside. It strikes when the harness has put a file for this service and
 * point into the folder that GDTX_FAULT_STRIKES names, and renames the file, so that it strikes once.
 */
const folder = process.env['GDTX_FAULT_STRIKES'];
/** `…/services/programmes/dist/main.js` */
const service = basename(dirname(dirname(process.argv[1] ?? '')));

let file = '';
let passes = 0;

function pass(point: string): void {
  const armed = join(folder!, `${service}.${point}`);
  let after: number;
  try {
    after = Number(readFileSync(armed, 'utf8'));
  } catch {
    return;
  }
  if (file !== armed) {
    file = armed;
    passes = 0;
  }
  if (passes++ < after) return;
  renameSync(armed, `${armed}.struck`);
  process.kill(process.pid, 'SIGKILL');
  // Nothing more is done, however late the signal comes.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

if (folder && service === 'dashboard') {
  const { Flusher } = await import('@gdtx/dashboard/projector/flusher');
  const { flush } = Flusher.prototype;
  const watched = new WeakSet<object>();
  Flusher.prototype.flush = function (this: InstanceType<typeof Flusher>) {
    const { store } = this as unknown as {
      store: Record<'writeCursors' | 'writeCheckpoints', (some: never) => unknown>;
    };
    if (!watched.has(store)) {
      watched.add(store);
      const { writeCursors, writeCheckpoints } = store;
      store.writeCursors = (cursors) => (pass('before-cursors'), writeCursors(cursors));
      store.writeCheckpoints = (checkpoints) => (pass('before-checkpoint'), writeCheckpoints(checkpoints));
    }
    return flush.call(this);
  };
} else if (folder && service !== 'gateway') {
  const { Outbox } = await import('@gdtx/ledger/outbox');
  const { confirm } = Outbox.prototype;
  // What was sent is confirmed by Kafka here, and not yet marked.
  Outbox.prototype.confirm = function (this: InstanceType<typeof Outbox>, ...sent: Parameters<typeof confirm>) {
    pass('before-mark');
    return confirm.apply(this, sent);
  };
}
