import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw);

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
/** The end record may be followed by a comment of at most 65,535 bytes. */
const END_RECORD_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const FILE_TYPE = 0o170000;
const SYMLINK = 0o120000;

export interface ZipEntry {
  /** Path inside the archive, with `/`; a folder's ends in one. */
  name: string;
  /** Unix mode with its type bits, 0 when the archive was made elsewhere. */
  mode: number;
  size: number;
  compressedSize: number;
  method: number;
  flags: number;
  offset: number;
}

/** The table of contents of a zip archive. Throws an Error when it is none, is cut off, or is a zip64. */
export function zipEntries(archive: Buffer): ZipEntry[] {
  const end = endOfDirectory(archive);
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff) throw new Error('zip64 archives are not read here');
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('the zip archive is damaged');
    const nameLength = archive.readUInt16LE(at + 28);
    const skipped = archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    entries.push({
      flags: archive.readUInt16LE(at + 8),
      method: archive.readUInt16LE(at + 10),
      compressedSize: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      mode: archive.readUInt16LE(at + 40),
      offset: archive.readUInt32LE(at + 42),
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
    });
    at += 46 + nameLength + skipped;
  }
  return entries;
}

/** The unpacked bytes of one entry. */
export async function zipContent(archive: Buffer, entry: ZipEntry): Promise<Buffer> {
  if (entry.flags & ENCRYPTED) throw new Error(`${entry.name} is encrypted`);
  if (entry.offset + 30 > archive.length || archive.readUInt32LE(entry.offset) !== LOCAL_HEADER) {
    throw new Error('the zip archive is damaged');
  }
  const start = entry.offset + 30 + archive.readUInt16LE(entry.offset + 26) + archive.readUInt16LE(entry.offset + 28);
  const packed = archive.subarray(start, start + entry.compressedSize);
  const content = entry.method === STORED ? packed : entry.method === DEFLATED ? await inflate(packed) : undefined;
  if (!content) throw new Error(`${entry.name} is packed by method ${entry.method}, which is not read here`);
  if (content.length !== entry.size) throw new Error(`${entry.name} is damaged`);
  return content;
}

/**
 * Unpacks those entries of the archive at `path` that `wanted` gives a path for (relative to `into`), with their execute bits.
 * Refuses paths and links that lead out of `into`.
 */
export async function unzip(path: string, into: string, wanted: (name: string) => string | undefined): Promise<void> {
  const archive = await readFile(path);
  for (const entry of zipEntries(archive)) {
    const to = wanted(entry.name);
    if (to === undefined || entry.name.endsWith('/')) continue;
    const target = inside(into, to);
    await mkdir(dirname(target), { recursive: true });
    const content = await zipContent(archive, entry);
    if ((entry.mode & FILE_TYPE) === SYMLINK) {
      const link = content.toString();
      inside(into, join(dirname(to), link));
      await symlink(link, target);
      continue;
    }
    await writeFile(target, content);
    if (entry.mode & 0o111) await chmod(target, 0o755);
  }
}

function inside(folder: string, path: string): string {
  const target = resolve(folder, path);
  if (!target.startsWith(resolve(folder) + sep)) throw new Error(`the zip archive names ${path}, outside its folder`);
  return target;
}

function endOfDirectory(archive: Buffer): number {
  const lowest = Math.max(0, archive.length - END_RECORD_BYTES - LONGEST_COMMENT);
  for (let at = archive.length - END_RECORD_BYTES; at >= lowest; at--) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error('this is no zip archive, or it is cut off');
}
