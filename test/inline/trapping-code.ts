/** An engine that fails. */
import { ABI, ABI_VERSION, EVALUATE, RECORD_HEADER_BYTES } from '../../compiler/backend/wasm/abi.js';
import { i32, trap } from '../../compiler/backend/wasm/assembler/instructions.js';
import { createMemoryPlan, PAGE_BYTES } from '../../compiler/backend/wasm/assembler/memory.js';
import { createModule } from '../../compiler/backend/wasm/assembler/module.js';
import { littleEndian } from '../../compiler/backend/wasm/assembler/words.js';

/** A module of the right form that traps on every packet. */
export function trappingCode(): Uint8Array {
  const m = createModule();
  const memory = createMemoryPlan();
  memory.room(ABI.size - ABI.progress, 4);
  const evaluate = m.define(EVALUATE, ['i32', 'i32', 'i32', 'i32'], 'i32', () => [trap(), i32.const(0)]);
  m.export(evaluate);
  const words = littleEndian([PAGE_BYTES, ABI_VERSION, 1, RECORD_HEADER_BYTES + 4]);
  return m.encode(1, [{ address: ABI.end, bytes: words }, ...memory.segments]);
}
