/** The rules that ship, explained: for every packet that their tests build, why each signature matches or does not. */
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../cli/load.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { dissect } from '../../compiler/explain/dissect.js';
import { link } from '../../compiler/link/link.js';
import { failingLine, reportOn } from '../../compiler/explain/report.js';
import { linesOf } from '../../compiler/explain/sentences.js';
import { wordsOf } from '../../compiler/explain/words.js';

const { ruleset, texts } = loadRules(['rules']);
const { decode, matching } = interpreter(ruleset);
const words = wordsOf(ruleset, (file) => texts.get(file));
const packets = ruleset.tests.flatMap((test) => {
  const built = test.steps.flatMap((step) => (step.kind === 'packet' ? [step] : []));
  return built.map(({ link, bytes }) => ({ test: test.name, packet: { link, bytes, wireLength: bytes.length } }));
});
const linked = link(ruleset);
const indices = [...ruleset.signatures.keys()];

describe('a packet of the tests of the rules that ship', () => {
  it('is explained: every signature that does not match names the part that fails, and no other does', () => {
    expect(packets.length).toBeGreaterThan(100);
    const wrong: string[] = [];
    // Near misses of one signature are much alike: of three packets of the tests, one.
    for (const { packet, test } of packets.filter((_, i) => i % 3 === 0)) {
      const matches = new Set(matching(decode(packet)));
      const context = { dissection: dissect(packet, ruleset), words, brief: true, rules: ruleset, linked };
      for (const report of reportOn(indices, context)) {
        const failing = failingLine(report, context);
        const isRight = matches.has(report.index)
          ? failing === undefined
          : failing?.holds === false && failing.text !== '';
        if (!isRight) wrong.push(`${report.signature.name}, ${test}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is said in words that are names, and with places inside of the packet', () => {
    const wrong: string[] = [];
    for (const { packet } of packets.filter((_, i) => i % 20 === 0)) {
      const context = { dissection: dissect(packet, ruleset), words, brief: false, rules: ruleset, linked };
      for (const { signature, evidence } of reportOn(indices, context)) {
        for (const { text, detail } of linesOf(signature.when, evidence, context)) {
          const said = `${text} ${detail}`.replace(/"(?:\\.|[^"\\])*"/g, '""');
          if (/\?|undefined|NaN|\[object/.test(said)) wrong.push(said);
          for (const [, at] of detail.matchAll(/\(byte (\d+)\)/g)) {
            if (Number(at) >= packet.bytes.length) wrong.push(said);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
