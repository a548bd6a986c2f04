import { fileURLToPath } from 'node:url';

/** An environment in which Node runs one of the scripts in `preloads/` before anything else. */
export function preload(script: string, inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const url = new URL(`../../preloads/${script}`, import.meta.url);
  if (fileURLToPath(url).includes(' ')) throw new Error('NODE_OPTIONS takes no path with a space in it');
  return { ...inherited, NODE_OPTIONS: `${inherited.NODE_OPTIONS ?? ''} --import=${url.href}`.trim() };
}
