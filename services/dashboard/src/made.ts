interface Held<Of, Kept> {
  get(of: Of): Kept | undefined;
  set(of: Of, kept: Kept): unknown;
}

/** What is held of something, made when it is first asked for. */
export function made<Of, Kept>(held: Held<Of, Kept>, of: Of, make: () => Kept): Kept {
  let kept = held.get(of);
  if (!kept) held.set(of, (kept = make()));
  return kept;
}
