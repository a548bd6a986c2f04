type Json = Record<string, unknown>;

/**
 * A JSON Schema as a component of an OpenAPI document. Its own references begin at its own root, `#/$defs/x`; inside the
 * document they have to say where that root is.
 */
export function embedSchema(component: string, schema: Json): Json {
  const { $schema: _, $id: __, ...rest } = schema;
  return moved(rest, `#/components/schemas/${component}`) as Json;
}

function moved(value: unknown, root: string): unknown {
  if (Array.isArray(value)) return value.map((item) => moved(item, root));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' && inner.startsWith('#') ? root + inner.slice(1) : moved(inner, root),
    ]),
  );
}
