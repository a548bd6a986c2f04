import type { ChildProcess } from 'node:child_process';

/** Child processes have sessions of their own, so nothing ends them with this process but this: at its exit, what still runs is killed. */
const living = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Sees to it that the child doesn't outlive this process, unless this process itself is killed. */
export function endsWithUs(child: ChildProcess): void {
  living.add(child);
  child.once('exit', () => living.delete(child));
}
