import type { Diagnostic } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import { rules } from '../rules.ts';

/**
 * Writes findings in the format that code hosts read.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function toSarif(diagnostics: readonly Diagnostic[]): JsonObject {
  const ids = [...new Set(diagnostics.map(({ rule }) => rule))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'usher', rules: ids.map(describeRule) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => toResult(diagnostic, ids)),
      },
    ],
  };
}

function describeRule(id: string): JsonObject {
  const known: Readonly<Record<string, string>> = rules;
  const text = Object.hasOwn(known, id) ? known[id] : undefined;
  return { id, ...(text === undefined ? {} : { shortDescription: { text } }) };
}

function toResult(
  { severity, rule, message, fix, position }: Diagnostic,
  ids: readonly string[],
): JsonObject {
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: severity,
    message: { text: fix === undefined ? message : `${message} ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(position.file) },
          region: { startLine: position.line, startColumn: position.column },
        },
      },
    ],
  };
}
