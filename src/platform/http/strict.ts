import { z } from 'zod';

type Def = z.core.$ZodTypeDef & Record<string, unknown>;

/**
 * The same schema, refusing unknown keys in every object of it that doesn't say otherwise
 * (`z.looseObject`, `.catchall`). A silently dropped key is a typo nobody notices, and elsewhere was
 * the way to set fields that were never meant to be set.
 */
export function strictly(schema: z.ZodType): z.ZodType {
  return tighten(schema, new Map());
}

function tighten(schema: z.ZodType, done: Map<z.ZodType, z.ZodType>): z.ZodType {
  const known = done.get(schema);
  if (known) return known;
  const changed = tightenedDef(schema, (inner) => tighten(inner, done));
  const result = changed ? (z.core.clone(schema, changed as unknown as typeof schema._zod.def, { parent: true }) as z.ZodType) : schema;
  done.set(schema, result);
  return result;
}

function tightenedDef(schema: z.ZodType, inner: (schema: z.ZodType) => z.ZodType): Def | undefined {
  const def = schema._zod.def as unknown as Def;
  const at = (key: string): z.ZodType => inner(def[key] as z.ZodType);
  switch (def.type) {
    case 'object':
      return { ...def, shape: lazyShape(def.shape as Record<string, z.ZodType>, inner), catchall: def.catchall ?? z.never() };
    case 'array':
      return { ...def, element: at('element') };
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return { ...def, innerType: at('innerType') };
    case 'union':
      return { ...def, options: (def.options as z.ZodType[]).map(inner) };
    case 'record':
      return { ...def, valueType: at('valueType') };
    case 'tuple':
      return { ...def, items: (def.items as z.ZodType[]).map(inner), rest: def.rest ? at('rest') : def.rest };
    case 'pipe':
      return { ...def, in: at('in'), out: at('out') };
    case 'lazy':
      return { ...def, getter: () => inner((def.getter as () => z.ZodType)()) };
    default:
      return undefined;
  }
}

/** Properties are tightened when first read, so that a schema may contain itself. */
function lazyShape(shape: Record<string, z.ZodType>, inner: (schema: z.ZodType) => z.ZodType): Record<string, z.ZodType> {
  const lazy: Record<string, z.ZodType> = {};
  for (const key of Object.keys(shape)) Object.defineProperty(lazy, key, { enumerable: true, get: () => inner(shape[key]!) });
  return lazy;
}
