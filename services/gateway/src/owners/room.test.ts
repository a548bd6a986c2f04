import { describe, expect, it } from '@jest/globals';
import { Room } from './room.js';

describe('room', () => {
  it('admits so many calls, and again when one has left', () => {
    const room = new Room({ calls: 2, bytes: 100 });
    const leave = room.tryEnter(1)!;
    expect(room.tryEnter(1)).toBeDefined();
    expect(room.tryEnter(1)).toBeUndefined();
    leave();
    leave();
    expect(room.calls).toBe(1);
    expect(room.tryEnter(1)).toBeDefined();
  });

  it('admits so many bytes', () => {
    const room = new Room({ calls: 10, bytes: 100 });
    const leave = room.tryEnter(60)!;
    expect(room.tryEnter(60)).toBeUndefined();
    expect(room.tryEnter(40)).toBeDefined();
    leave();
    expect(room.bytes).toBe(40);
  });

  it('admits what is larger than itself when it is empty', () => {
    const room = new Room({ calls: 10, bytes: 100 });
    const leave = room.tryEnter(500)!;
    expect(room.tryEnter(1)).toBeUndefined();
    leave();
    expect(room.tryEnter(1)).toBeDefined();
  });

  it('lets those who wait in one after the other, nobody past them', async () => {
    const room = new Room({ calls: 1, bytes: 100 });
    const leave = room.tryEnter(1)!;
    const came: string[] = [];
    const first = room.enter(1, 1000).then((l) => (came.push('first'), l!));
    const second = room.enter(1, 1000).then((l) => (came.push('second'), l!));
    leave();
    expect(room.tryEnter(1)).toBeUndefined();
    (await first)();
    (await second)();
    expect(came).toEqual(['first', 'second']);
    expect(room.calls).toBe(0);
  });

  it('turns away who has waited too long, and doesn’t hold up the ones behind', async () => {
    const room = new Room({ calls: 5, bytes: 100 });
    const leave = room.tryEnter(60)!;
    const large = room.enter(90, 20);
    const small = room.enter(10, 1000);
    expect(await large).toBeUndefined();
    expect(await small).toBeDefined();
    expect(await room.enter(90, 0)).toBeUndefined();
    leave();
  });
});
