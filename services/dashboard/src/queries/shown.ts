/** Without the empty fields that protobuf puts in. */
export function plain<T extends object>(message: T): Partial<T> {
  return Object.fromEntries(Object.entries(message).filter(([, v]) => v !== '' && v !== undefined)) as Partial<T>;
}

/** `{[key]: value}`, or nothing where there is none. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined || value === '' ? {} : { [key]: value }) as { [P in K]?: V };
}
