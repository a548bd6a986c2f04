import { isPortFree } from '@gdtx/engines/ports';
import { SetUpError } from '@gdtx/engines/set-up-error';
import { DEFAULT_PORT } from '@gdtx/publisher/local-run';

const HIGHEST = 65_535;

/** The port that the gateway is to listen on. Throws a SetUpError when GDTX_PORT is none or another program has taken it. */
export async function gatewayPort(
  env: Record<string, string | undefined>,
  isFree: (port: number) => Promise<boolean> = isPortFree,
): Promise<number> {
  const port = Number(env.GDTX_PORT || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > HIGHEST) {
    throw new SetUpError(
      `GDTX_PORT=${env.GDTX_PORT} is no port: GDTX_PORT=${DEFAULT_PORT} npm start, or any other up to ${HIGHEST}.`,
    );
  }
  if (await isFree(port)) return port;
  let other = port + 1;
  while (other < HIGHEST && !(await isFree(other))) other++;
  throw new SetUpError(`Port ${port} is taken by another program: GDTX_PORT=${other} npm start takes another one.`);
}
