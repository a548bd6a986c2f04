import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

export type Encoding = 'br' | 'gzip';

/** One file of the web application, held in memory with its compressed forms. */
export interface WebFile {
  type: string;
  etag: string;
  /** Its name holds its content's hash: it never changes. */
  lasting: boolean;
  plain: Buffer;
  encoded: Partial<Record<Encoding, Buffer>>;
}

/** By path, `/assets/index-1a2b.js`; the page itself is `/index.html`. */
export type WebFiles = ReadonlyMap<string, WebFile>;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.geojson': 'application/geo+json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};
const ENCODINGS: Record<string, Encoding> = { '.br': 'br', '.gz': 'gzip' };

/** Reads what was built, all of it: some hundred kilobytes. No folder, or no page in it: undefined. */
export async function readWebFiles(folder: string): Promise<WebFiles | undefined> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const contents = new Map<string, Buffer>();
  for (const path of paths) contents.set(`/${relative(folder, path).split(sep).join('/')}`, await readFile(path));
  const files = new Map<string, WebFile>();
  for (const [path, plain] of contents) {
    const type = TYPES[extname(path)];
    if (type === undefined) continue;
    const encoded: WebFile['encoded'] = {};
    for (const [ending, encoding] of Object.entries(ENCODINGS)) {
      const smaller = contents.get(path + ending);
      if (smaller) encoded[encoding] = smaller;
    }
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
    files.set(path, { type, etag, lasting: path.startsWith('/assets/'), plain, encoded });
  }
  return files.has('/index.html') ? files : undefined;
}
