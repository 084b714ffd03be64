import type { Engine } from '../../runtime/engine/engine.js';
import type { Contestant } from '../measure.js';
import { replay } from './replay.js';

/** An engine on a capture, from its beginning to its end, so many times. */
export function passesOf(engine: Engine, path: string): Contestant {
  return {
    pass: async (times) => {
      const start = process.hrtime.bigint();
      for (let i = 0; i < times; i++) await replay(engine, path);
      return Number(process.hrtime.bigint() - start) / 1e9;
    },
  };
}
