import { mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { unzip, zipContent, zipEntries } from './zip.js';

interface Given {
  name: string;
  content: string;
  mode?: number;
  stored?: boolean;
}

/** A zip archive as any tool would write it: local headers with contents, the table of contents, the end record. */
function zipOf(files: Given[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const table: Buffer[] = [];
  let offset = 0;
  for (const { name, content, mode = 0o100644, stored } of files) {
    const raw = Buffer.from(content);
    const packed = stored ? raw : deflateRawSync(raw);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(stored ? 0 : 8, 8);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    local.writeUInt16LE(4, 28); // an extra field of four bytes, which only the local header has
    locals.push(local, Buffer.from(name), Buffer.alloc(4), packed);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(stored ? 0 : 8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(raw.length, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt16LE(mode, 40);
    entry.writeUInt32LE(offset, 42);
    table.push(entry, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + 4 + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, ...table, end, Buffer.from(comment)]);
}

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'gdtx-zip-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

async function unzipped(files: Given[], wanted = (name: string): string | undefined => name): Promise<string> {
  const archive = join(folder, 'a.zip');
  await writeFile(archive, zipOf(files));
  const into = join(folder, 'into');
  await unzip(archive, into, wanted);
  return into;
}

describe('reading a zip archive', () => {
  test('packed and stored entries come back byte by byte', async () => {
    const long = 'Giáo dục thường xuyên '.repeat(1000);
    const archive = zipOf([
      { name: 'a/dài.txt', content: long },
      { name: 'b.txt', content: 'as it is', stored: true },
    ]);
    const [packed, stored] = zipEntries(archive);
    expect(packed?.name).toBe('a/dài.txt');
    expect((await zipContent(archive, packed!)).toString()).toBe(long);
    expect((await zipContent(archive, stored!)).toString()).toBe('as it is');
  });

  test('a comment after the end is passed over', () => {
    expect(zipEntries(zipOf([{ name: 'a', content: 'x' }], 'a comment'))).toHaveLength(1);
  });

  test('what is no archive, and one that is cut off, are said to be', () => {
    expect(() => zipEntries(Buffer.from('<html>not found</html>'))).toThrow('no zip archive, or it is cut off');
    expect(() => zipEntries(zipOf([{ name: 'a', content: 'x' }]).subarray(0, -5))).toThrow('cut off');
  });

  test('an entry that does not have the size it says is damaged', async () => {
    const archive = zipOf([{ name: 'a', content: 'abc', stored: true }]);
    const [entry] = zipEntries(archive);
    await expect(zipContent(archive, { ...entry!, size: 4 })).rejects.toThrow('a is damaged');
  });
});

describe('unpacking', () => {
  test('takes what is wanted, where it is wanted, with its execute bit', async () => {
    const into = await unzipped(
      [
        { name: 'pkg/bin/java', content: '#!', mode: 0o100755 },
        { name: 'pkg/lib/', content: '' },
        { name: 'pkg/lib/modules', content: 'm' },
        { name: 'other/x', content: 'x' },
      ],
      (name) => (name.startsWith('pkg/') ? name.slice(4) : undefined),
    );
    expect(await readFile(join(into, 'lib/modules'), 'utf8')).toBe('m');
    expect((await stat(join(into, 'bin/java'))).mode & 0o111).toBe(0o111);
    expect((await stat(join(into, 'lib/modules'))).mode & 0o111).toBe(0);
    await expect(stat(join(into, 'other'))).rejects.toThrow('ENOENT');
  });

  test('a link stays a link', async () => {
    const into = await unzipped([
      { name: 'legal/a', content: 'text' },
      { name: 'legal/b', content: 'a', mode: 0o120777 },
    ]);
    expect(await readlink(join(into, 'legal/b'))).toBe('a');
  });

  test.each([
    [{ name: '../out', content: 'x' }],
    [{ name: 'a/../../out', content: 'x' }],
    [{ name: 'link', content: '../../etc', mode: 0o120777 }],
  ])('never leads out of its folder: %j', async (entry) => {
    await expect(unzipped([entry])).rejects.toThrow('outside its folder');
  });
});
