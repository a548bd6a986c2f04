import { freePorts } from '@gdtx/engines/ports';
import { serviceScript, type PlatformService } from '@gdtx/local/platform';
import { ServiceProcess } from '@gdtx/local/service-process';

const READY_WITHIN_MS = 60_000;

/** Another process of a service, on the same data and under the same names, with ports of its own; ready when it resolves. */
export async function secondProcess(
  of: PlatformService,
  home: string,
  say: (line: string) => void,
): Promise<{ httpUrl: string; process: ServiceProcess }> {
  const [httpPort, grpcPort] = await freePorts(2);
  const httpUrl = `http://127.0.0.1:${httpPort}`;
  const process = new ServiceProcess({
    name: `${of.name}-2`,
    script: serviceScript(of.name),
    env: {
      ...of.env,
      HTTP_PORT: String(httpPort),
      ...(of.grpcAddress !== undefined && { GRPC_PORT: String(grpcPort) }),
    },
    home,
    isReady: async () => (await fetch(`${httpUrl}/readyz`, { signal: AbortSignal.timeout(5_000) })).ok,
    say,
  });
  await process.start();
  await process.ready(READY_WITHIN_MS);
  return { httpUrl, process };
}
