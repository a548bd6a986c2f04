import { mongo } from 'mongoose';

/**
 * The session in which this process commits, one transaction after the other. A process that is killed in the middle of one leaves
 * it open, and MongoDB lets it hold what it has written for a minute: its successors would collide with it all that time. So
 * a session's id is noted before its first transaction, and whoever comes after ends what it has left.
 */
export class CommitSession {
  private session: mongo.ClientSession;
  /** Sessions that may hold something, to be ended before the next transaction. */
  private left: { id: Buffer; ended?: () => Promise<void> }[] = [];

  constructor(
    private readonly client: mongo.MongoClient,
    private readonly db: mongo.Db,
  ) {
    this.session = client.startSession();
  }

  /** 16 bytes. */
  get id(): Buffer {
    return idOf(this.session);
  }

  /** The session for the next transaction, when nothing that was left open can hold it up. */
  async ready(): Promise<mongo.ClientSession> {
    await this.endLeft();
    return this.session;
  }

  /** It isn't known what has become of its transaction: the next one is begun in another session. */
  replace(): void {
    const { session } = this;
    // Back among those that other commands use only when nothing is open in it.
    this.left.push({ id: this.id, ended: () => session.endSession() });
    this.session = this.client.startSession();
  }

  /** Ends what these sessions have open. One of a process that lives is disturbed once: that one decides again. */
  async end(ids: readonly Uint8Array[]): Promise<void> {
    this.left.push(...ids.map((id) => ({ id: Buffer.from(id) })));
    await this.endLeft();
  }

  /** Nothing that this process has begun and doesn't know the end of is open behind this. */
  async endLeft(): Promise<void> {
    const { left } = this;
    if (left.length === 0) return;
    await this.db.command({ killSessions: left.map(({ id }) => ({ id: new mongo.UUID(id) })) });
    this.left = this.left.filter((each) => !left.includes(each));
    for (const { ended } of left) void ended?.().catch(() => undefined);
  }
}

const idOf = (session: mongo.ClientSession): Buffer => {
  const { id } = session.id as unknown as { id: mongo.Binary };
  return Buffer.from(id.buffer.subarray(0, id.position));
};
