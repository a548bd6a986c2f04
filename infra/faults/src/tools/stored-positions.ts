import type { mongo } from 'mongoose';

/** All that the projector stores with a seq or a position. */
const COLLECTIONS = ['unit_years', 'contexts', 'records', 'cursors', 'checkpoints'] as const;

/** How far each document of the dashboard is, by `collection/_id`: its seq, or the position of a checkpoint. */
export async function storedPositions(dashboard: mongo.Db): Promise<Map<string, number>> {
  const positions = new Map<string, number>();
  for (const name of COLLECTIONS) {
    const found = dashboard
      .collection<{ _id: string; seq?: number; position?: number }>(name)
      .find({}, { projection: { seq: 1, position: 1 } });
    for await (const { _id, seq, position } of found) positions.set(`${name}/${_id}`, Number(seq ?? position));
  }
  return positions;
}

/** Sentences about what is less far than it was. */
export function wentBack(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string[] {
  return [...before].flatMap(([name, was]) => {
    const is = after.get(name) ?? 0;
    return is < was ? [`${name} went back from ${was} to ${is}`] : [];
  });
}
