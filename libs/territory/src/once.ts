/**
 * Holds what is equal once. Facts come one by one from protobuf, each with texts and objects of its own, and thousands of them
 * name the same parent, the same day, the same legal basis and the same source. What is held is never changed.
 */
export class Once {
  private readonly texts = new Map<string, string>();
  private readonly values = new Map<string, unknown>();

  text<T extends string | undefined>(text: T): T {
    if (!text) return text;
    const held = this.texts.get(text);
    if (held === undefined) this.texts.set(text, text);
    return (held ?? text) as T;
  }

  /** Plain data: equal as JSON is equal. */
  value<T>(value: T): T {
    if (value === undefined) return value;
    const key = JSON.stringify(value);
    const held = this.values.get(key);
    if (held === undefined) this.values.set(key, value);
    return (held ?? value) as T;
  }
}
