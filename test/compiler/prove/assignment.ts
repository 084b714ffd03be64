/** What a packet makes of the variables of diagrams: their meanings, reckoned by the interpreter. */
import { evaluateFormula } from '../../../compiler/backend/interpreter/evaluate.js';
import type { Stack } from '../../../compiler/backend/interpreter/stack.js';
import { bytesOf, evaluateValue } from '../../../compiler/backend/interpreter/value.js';
import { ALWAYS, type Diagram, type Diagrams, NEVER } from '../../../compiler/prove/diagram.js';
import type { Meaning } from '../../../compiler/prove/variables.js';

/** Whether the variable is true of the packet. */
export function truthOf(meaning: Meaning, stack: Stack): boolean {
  switch (meaning.kind) {
    case 'Holds':
      return evaluateFormula(meaning.formula, stack);
    case 'Given':
      return evaluateValue(meaning.value, stack) !== undefined;
    case 'Bit':
      return (((evaluateValue(meaning.value, stack) ?? 0n) >> BigInt(meaning.bit)) & 1n) === 1n;
    case 'Cell': {
      const bytes = bytesOf(meaning.bytes, stack);
      const byte = bytes?.[meaning.position < 0 ? bytes.length + meaning.position : meaning.position] ?? 0;
      return ((byte >> meaning.bit) & 1) === 1;
    }
    case 'OneOf': {
      const number = meaning.formulas.findIndex((formula) => evaluateFormula(formula, stack)) + 1;
      return ((number >> meaning.bit) & 1) === 1;
    }
  }
}

/** What the diagram says of a packet. */
export function saysOf({ nodes }: Diagrams, diagram: Diagram, meanings: readonly Meaning[], stack: Stack): boolean {
  let at = diagram;
  while (at !== NEVER && at !== ALWAYS) {
    const meaning = meanings[nodes.variables[at] ?? 0];
    if (!meaning) throw new Error('a variable without a meaning');
    at = (truthOf(meaning, stack) ? nodes.highs[at] : nodes.lows[at]) ?? NEVER;
  }
  return at === ALWAYS;
}
