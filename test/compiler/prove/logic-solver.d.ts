/** What the tests use of the package, which has no types of its own. */
declare module 'logic-solver' {
  export type Operand = string | { readonly __formula: never };
  export interface Bits {
    readonly bits: readonly Operand[];
  }
  interface Logic {
    readonly TRUE: Operand;
    readonly FALSE: Operand;
    and(...operands: Operand[]): Operand;
    or(...operands: Operand[]): Operand;
    not(operand: Operand): Operand;
    implies(a: Operand, b: Operand): Operand;
    variableBits(name: string, count: number): Bits;
    constantBits(value: number): Bits;
    equalBits(a: Bits, b: Bits): Operand;
    lessThanOrEqual(a: Bits, b: Bits): Operand;
    readonly Solver: new () => { require(...operands: Operand[]): void; solve(): object | null };
  }
  const logic: Logic;
  export default logic;
}
