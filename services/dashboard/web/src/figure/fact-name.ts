/** `vn.gdtx.programmes.ClassOpened.v1` in the words of officials, where there are any. */
export function factName(type: string, t: (key: string) => string): string {
  const name = type.split('.')[3] ?? type;
  const told = t(`facts.${name}`);
  return told === `facts.${name}` ? name : told;
}
