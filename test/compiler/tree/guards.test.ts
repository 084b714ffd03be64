/** What conditions ask of a packet before anything is searched. */
import { describe, expect, test } from 'vitest';
import type { IntSet } from '../../../compiler/logic/set.js';
import { keyOf } from '../../../compiler/logic/key.js';
import { needsOf } from '../../../compiler/tree/guards.js';
import type { Question } from '../../../compiler/tree/tree.js';
import { compiled, core } from '../../support/compile.js';

function wordsOf(question: Question): string {
  if (question.kind === 'Header') return core.layouts[question.header.layout]?.name ?? '?';
  if (question.kind === 'Switch') return `switch ${question.number}`;
  const { value } = question;
  if (value.kind === 'Field') return `${core.layouts[value.header.layout]?.name ?? '?'}.${value.field.name}`;
  return value.kind === 'Read' && value.position.kind === 'Constant'
    ? `u${value.size * 8}(${value.position.value})`
    : value.kind;
}

const far = (n: bigint): string => (n > 1n << 132n ? '∞' : n < -(1n << 132n) ? '-∞' : `${n}`);
const answers = (set: IntSet): string =>
  set.map(({ low, high }) => (low === high ? far(low) : `${far(low)}..${far(high)}`)).join(' ');

/** `question: answers`; the one that says all is marked. */
function needs(condition: string): string[] {
  const [signature] = compiled(`signature s { id 1 when ${condition} then log }`).signatures;
  const { guards, exact } = needsOf(signature!.when);
  return [...guards.values()].map(
    (g) => `${wordsOf(g.question)}: ${answers(g.answers)}${keyOf(g.question) === exact ? ' !' : ''}`,
  );
}

describe('guards', () => {
  test.each<[string, string[]]>([
    ['tcp', ['tcp: 1 !']],
    ['tcp.dst_port == 80', ['tcp: 1', 'tcp.dst_port: 80 !']],
    ['80 == tcp.dst_port', ['tcp: 1', 'tcp.dst_port: 80 !']],
    ['tcp.dst_port != 80', ['tcp: 1', 'tcp.dst_port: -∞..79 81..∞ !']],
    ['tcp.dst_port < 80', ['tcp: 1', 'tcp.dst_port: -∞..79 !']],
    ['tcp.dst_port >= 80', ['tcp: 1', 'tcp.dst_port: 80..∞ !']],
    ['tcp.dst_port in { 80, 8000..8010 }', ['tcp: 1', 'tcp.dst_port: 80 8000..8010 !']],
    ['tcp.dst_port not in { 80 }', ['tcp: 1', 'tcp.dst_port: -∞..79 81..∞ !']],
    ['tcp.dst_port > 10 and tcp.dst_port < 20', ['tcp: 1', 'tcp.dst_port: 11..19 !']],
    ['tcp.dst_port == 80 or tcp.dst_port == 443', ['tcp: 1', 'tcp.dst_port: 80 443 !']],
    ['tcp.dst_port == 80 or tcp.src_port == 443', ['tcp: 1']],
    ['tcp.dst_port == 80 or udp.dst_port == 443', []],
    ['(tcp.dst_port == 80 and tcp.window == 1) or tcp.dst_port == 443', ['tcp: 1', 'tcp.dst_port: 80 443']],
    ['not tcp.dst_port == 80', []],
    ['tcp.src_port == tcp.dst_port', ['tcp: 1']],
    // Narrow fields are tried out.
    [
      'tcp.flags & (SYN | FIN) == (SYN | FIN) and tcp.flags lacks ACK | RST | PSH | URG',
      ['tcp: 1', 'tcp.flags: 3 67 131 195 !'],
    ],
    ['ip.ttl < 3', ['First: -∞..2 !']],
    // A literal at a place is a number there.
    ['payload contains "GET " at 0', ['u32(0): 1195725856 !']],
    ['payload contains "GET /" at 0', ['u32(0): 1195725856']],
    ['payload contains "ab" nocase at 3', ['u16(3): 16706 16738 24898 24930 !']],
    ['payload contains "abcde" nocase at 0', ['u32(0): 1094861636']],
    ['payload contains "ab" at -2', []],
    ['payload contains "ab" in 0..5', []],
    ['payload not contains "ab" at 0', []],
    ['tcp.payload contains "ab"', ['tcp: 1']],
  ])('%s', (condition, expected) => {
    if (condition === 'payload contains "abcde" nocase at 0') {
      const [first] = needs(condition);
      // Sixteen spellings, and no more bytes than give so many.
      expect(first?.split(': ')[1]?.split(' ')).toHaveLength(16);
    } else expect(needs(condition)).toEqual(expected);
  });
});
