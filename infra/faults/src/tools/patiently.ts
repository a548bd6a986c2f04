import { SetUpError } from '@gdtx/engines/set-up-error';

const TRIES = 5;

/** A start that took longer than an engine or a service is given, on a machine that has too much to do, is tried again. */
export async function patiently<T>(start: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await start();
    } catch (error) {
      if (tries === TRIES || !(error instanceof SetUpError)) throw error;
    }
  }
}
