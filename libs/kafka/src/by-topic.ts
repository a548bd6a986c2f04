import type { TopicPartition } from './contract.js';

export function byTopic<T extends { topic: string }>(items: readonly T[]): [string, T[]][] {
  const topics = new Map<string, T[]>();
  for (const item of items) {
    const list = topics.get(item.topic);
    if (list) list.push(item);
    else topics.set(item.topic, [item]);
  }
  return [...topics];
}

export function gather(partitions: readonly TopicPartition[]): { topic: string; partitions: number[] }[] {
  return byTopic(partitions).map(([topic, list]) => ({ topic, partitions: list.map(({ partition }) => partition) }));
}

export function flatten(assignment: Record<string, number[]>): TopicPartition[] {
  return Object.entries(assignment).flatMap(([topic, list]) => list.map((partition) => ({ topic, partition })));
}
