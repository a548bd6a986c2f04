/** The Debian (and Ubuntu) package that brings each shared library that the provisioned mongod is linked to. */
const PACKAGES: Record<string, string> = {
  'libcurl.so.4': 'libcurl4',
  'libssl.so.3': 'libssl3',
  'libcrypto.so.3': 'libssl3',
  'liblzma.so.5': 'liblzma5',
  'libresolv.so.2': 'libc6',
  'libgcc_s.so.1': 'libgcc-s1',
  'libstdc++.so.6': 'libstdc++6',
};

const INSTEAD =
  'install MongoDB 6 or newer so that mongod is on the PATH, or set MONGODB_URI to a replica set that runs already';

/** The sentence for what is known to keep mongod from starting. */
export function explainMongod(ended: {
  lastWords: string;
  code: number | null;
  signal: string | null;
  port: number;
}): string | undefined {
  const { lastWords } = ended;
  const library = /error while loading shared libraries: (\S+?):/.exec(lastWords)?.[1];
  if (library) {
    const known = PACKAGES[library];
    return known
      ? `mongod needs ${library}, which this system lacks: apt-get install ${known} brings it.`
      : `mongod needs ${library}, which this system lacks: install the package that brings it, or ${INSTEAD}.`;
  }
  if (/version `GLIBC_[\d.]+' not found/.test(lastWords)) {
    return `The C library of this system is too old for the mongod that is brought along: ${INSTEAD}.`;
  }
  if (/\bENOENT\b/.test(lastWords)) {
    return `The mongod that is brought along is made for systems with glibc, and this one seems to have another C library: ${INSTEAD}.`;
  }
  if (ended.signal === 'SIGILL') {
    return 'The processor of this machine lacks AVX, which MongoDB has needed since version 5: set MONGODB_URI to a replica set on another machine.';
  }
  if (/Address already in use/.test(lastWords)) {
    return `Port ${ended.port} of MongoDB was taken by another program while it started: try again, and it takes another one.`;
  }
  if (/No space left on device/.test(lastWords)) {
    return 'The disk is full, so MongoDB could not start: free about 1 GB, then try again.';
  }
  if (/DBPathInUse|Unable to lock the lock file/.test(lastWords)) {
    return 'Another mongod works on the same data: stop the other run of this clone, or set GDTX_HOME to another folder.';
  }
  return undefined;
}
