import { failed } from './download.js';
import { openUrl, type Env } from './open-url.js';
import { SetUpError } from './set-up-error.js';
import { pypiUrl, type Wheel } from './sources.js';

const ACCEPT = 'application/vnd.pypi.simple.v1+json, text/html;q=0.5';

/** The address of a pinned wheel, as the package index says it (PEP 691 JSON, or the older page of links). */
export async function wheelUrl(wheel: Wheel, env: Env): Promise<string> {
  const index = `${pypiUrl(env)}/${wheel.project}/`;
  const what = { name: wheel.file, url: index, sourceVariable: 'GDTX_PYPI_URL' };
  let page: string;
  let address: string;
  try {
    const response = await openUrl(index, { env, headers: { accept: ACCEPT } });
    address = response.address;
    page = await text(response);
  } catch (error) {
    throw failed(what, error);
  }
  const found = linkIn(page, wheel.file);
  if (found) return new URL(found, address).href;
  throw new SetUpError(
    `The package index at ${new URL(index).host} has no ${wheel.file}: set GDTX_PYPI_URL to one that has it.`,
  );
}

/** The link to `file` in an index page of either form. */
export function linkIn(page: string, file: string): string | undefined {
  if (page.trimStart().startsWith('{')) {
    const { files = [] } = JSON.parse(page) as { files?: { filename: string; url: string }[] };
    return files.find((each) => each.filename === file)?.url;
  }
  for (const [, href = ''] of page.matchAll(/<a\s[^>]*href="([^"]+)"/gi)) {
    const url = href.replaceAll('&amp;', '&').replace(/#.*$/, '');
    if (decodeURIComponent(url.split('/').at(-1) ?? '') === file) return url;
  }
  return undefined;
}

async function text(response: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
