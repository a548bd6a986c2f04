import { FrameReader, HEARTBEAT, JOIN_GROUP, type Request } from './kafka-frames.js';

/** What a group's members were heard to say to its coordinator, at the socket. */
export class GroupWatch {
  readonly generations = new Set<number>();
  joins = 0;
  heartbeats = 0;
  /** The longest time between two heartbeats of one generation, in ms. */
  longestSilence = 0;
  private lastAt = 0;

  constructor(private readonly group: string) {}

  /** For `KafkaProxy.onRequest`. */
  readonly hear = ({ apiKey, frame, content }: Request): void => {
    if (apiKey !== HEARTBEAT && apiKey !== JOIN_GROUP) return;
    const reader = new FrameReader(frame, content);
    if (reader.string() !== this.group) return;
    if (apiKey === JOIN_GROUP) {
      this.joins += 1;
      return;
    }
    const now = performance.now();
    if (this.lastAt > 0) this.longestSilence = Math.max(this.longestSilence, now - this.lastAt);
    this.lastAt = now;
    this.heartbeats += 1;
    this.generations.add(reader.int32());
  };
}
