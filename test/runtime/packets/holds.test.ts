import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHolds } from '../../../runtime/packets/holds.js';

it('gives back what is due first, of several the one that came first, and has room for so many', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(50), { nil: undefined }), { maxLength: 80 }), (steps) => {
      const holds = createHolds(8);
      const model: { id: number; due: number }[] = [];
      steps.forEach((due, id) => {
        if (due === undefined) {
          const first = Math.min(...model.map((one) => one.due));
          expect(holds.next).toBe(first);
          const taken = holds.take();
          const place = model.findIndex((one) => one.due === first);
          expect(taken?.id).toBe(model[place]?.id);
          if (place >= 0) model.splice(place, 1);
        } else if (holds.add(id, id % 2 ? id : undefined, due)) model.push({ id, due });
        else expect(model).toHaveLength(8);
        expect(holds.length).toBe(model.length);
      });
    }),
  );
});
