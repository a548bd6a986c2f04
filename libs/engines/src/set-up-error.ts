/**
 * Something about this machine stands in the way, and the person at the keyboard can do something about it.
 * The message is one whole sentence that says what to do; whoever catches it prints it as it is, without a stack.
 */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
}

const ELSEWHERE = 'choose another folder (GDTX_HOME is where data goes, GDTX_CACHE where downloads go)';

/** The SetUpError for what the file system refused at `path`, or undefined when `error` is of another kind. */
export function fileSystemRefusal(error: unknown, path: string): SetUpError | undefined {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'EACCES':
    case 'EPERM':
      return new SetUpError(`No permission to write ${path}: make it writable for this user, or ${ELSEWHERE}.`);
    case 'EROFS':
      return new SetUpError(`${path} lies on a read-only file system: ${ELSEWHERE}.`);
    case 'ENOSPC':
      return new SetUpError(`The disk that holds ${path} is full: free about 1 GB there, then try again.`);
    case 'ENOTDIR':
    case 'EEXIST':
      return new SetUpError(`${path} can't be made because a file stands in its way: remove it or ${ELSEWHERE}.`);
    default:
      return undefined;
  }
}
