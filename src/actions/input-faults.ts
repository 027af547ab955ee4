import type { SlotType } from '../dialogue/program.ts';
import type { Json, JsonObject } from '../json.ts';

/**
 * Says what is wrong with an action's input, by the types its flow file declares; `null` stands for "not given".
 *
 * @returns One sentence a fault; empty when the input is as declared.
 */
export function inputFaults(
  input: JsonObject,
  declared: Readonly<Record<string, SlotType>>,
): readonly string[] {
  return Object.entries(declared).flatMap(([name, type]) => {
    const value = input[name];
    if (value === undefined || value === null || isOfType(value, type)) return [];
    return [`Its input "${name}" must be of type ${type}.`];
  });
}

function isOfType(value: Json, type: SlotType): boolean {
  switch (type) {
    case 'text':
    case 'choice':
    case 'date':
    case 'time':
    case 'datetime':
    case 'email':
    case 'phone':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'money':
    case 'duration':
      return typeof value === 'number' || isObject(value);
    case 'list':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'any':
      return true;
    default:
      return type satisfies never;
  }
}

function isObject(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
