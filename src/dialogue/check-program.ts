import type { Diagnostic } from '../errors.ts';
import { analyseFlows } from './analyse-flows.ts';
import { checkBranches } from './checks/check-branches.ts';
import type { Check, CheckContext, CheckInputs, TemplateReader } from './checks/check-context.ts';
import { checkCoverage } from './checks/check-coverage.ts';
import { checkEffects } from './checks/check-effects.ts';
import { checkFillable } from './checks/check-fillable.ts';
import { checkKnowledge } from './checks/check-knowledge.ts';
import { checkNames } from './checks/check-names.ts';
import { checkPaths } from './checks/check-paths.ts';
import { checkPrivacy } from './checks/check-privacy.ts';
import { checkTexts } from './checks/check-texts.ts';
import { checkTriggers } from './checks/check-triggers.ts';
import { checkTypes } from './checks/check-types.ts';
import { checkUnsetSlots } from './checks/check-unset-slots.ts';
import { warningsOf } from './parse-program.ts';
import type { Program } from './program.ts';
import { sortDiagnostics } from './rules.ts';

const checks: readonly Check[] = [
  checkNames,
  checkTypes,
  checkBranches,
  checkPaths,
  checkUnsetSlots,
  checkEffects,
  checkFillable,
  checkTexts,
  checkTriggers,
  checkPrivacy,
  checkKnowledge,
  checkCoverage,
];

/**
 * Proves of a program what can be proved without running it; with an error among the findings it must not run.
 *
 * @param inputs - What is known of the rest of the bot; what is absent is not checked.
 * @returns In file order, the loader's warnings included.
 */
export function checkProgram(program: Program, inputs: CheckInputs = {}): readonly Diagnostic[] {
  const context: CheckContext = {
    program,
    inputs: { ...inputs, templates: inputs.templates && rememberArguments(inputs.templates) },
    analysis: analyseFlows(program),
    flows: new Map(Object.entries(program.flows)),
    slots: new Map(Object.entries(program.slots)),
    responses: new Map(Object.entries(program.responses)),
    actions: new Map(Object.entries(program.actions)),
  };
  return sortDiagnostics([...warningsOf(program), ...checks.flatMap((check) => check(context))]);
}

/** A text is said in many places, and read once. */
function rememberArguments({ validate, arguments: read }: TemplateReader): TemplateReader {
  const known = new Map<string, ReturnType<TemplateReader['arguments']>>();
  return {
    validate,
    arguments(text) {
      const found = known.get(text) ?? read(text);
      known.set(text, found);
      return found;
    },
  };
}
