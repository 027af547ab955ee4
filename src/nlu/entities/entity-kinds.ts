import type { EntityKind } from '../recognizer.ts';

export const entityKinds: readonly EntityKind[] = [
  'number',
  'ordinal',
  'money',
  'percentage',
  'date',
  'time',
  'datetime',
  'date_range',
  'duration',
  'phone',
  'email',
  'url',
  'code',
];
