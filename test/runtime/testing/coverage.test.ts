/** Which parts of conditions a test exercises, part by part. */
import { describe, expect, test } from 'vitest';
import { coverage } from '../../../runtime/testing/coverage.js';
import { compileSig, MAIN } from '../../support/compile.js';

/** What is missing for one signature with this condition and these steps, as `KIND: source`. */
function missing(when: string, steps: string, entries = ''): string[] {
  const text = `predicate web = tcp.dst_port in { 80, 8080 }
signature s { id 1 when ${when} ${entries} then log }
test "t" { ${steps} expect none }`;
  return gapsOf(text);
}

function gapsOf(text: string): string[] {
  const { ruleset, diagnostics } = compileSig(text);
  expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  const { gaps, total, covered } = coverage(ruleset, new Set([MAIN]));
  expect(total - covered).toBe(gaps.length);
  return gaps.map(({ missing: kind, span }) => `${kind}: ${text.slice(span.start, span.end)}`);
}

const MATCHING = 'packet { ipv4 tcp { dst_port 80 payload "abc" } } expect s ';

describe('a conjunction', () => {
  const when = 'tcp.dst_port == 80 and payload contains "abc"';

  test('asks for a near miss of each atom', () => {
    expect(missing(when, `${MATCHING} packet { ipv4 }`)).toEqual([
      'near miss: s',
      'near miss: tcp.dst_port == 80',
      'near miss: payload contains "abc"',
    ]);
  });

  test('which is a packet that lacks one atom and no other', () => {
    const one = 'packet { ipv4 tcp { dst_port 81 payload "abc" } }';
    const other = 'packet { ipv4 tcp { dst_port 80 payload "abd" } }';
    const both = 'packet { ipv4 tcp { dst_port 81 payload "abd" } }';
    expect(missing(when, `${MATCHING} ${one}`)).toEqual(['near miss: payload contains "abc"']);
    expect(missing(when, `${MATCHING} ${other}`)).toEqual(['near miss: tcp.dst_port == 80']);
    expect(missing(when, `${MATCHING} ${both}`)).toHaveLength(3);
    expect(missing(when, `${MATCHING} ${one} ${other}`)).toEqual([]);
  });
});

describe('an atom alone', () => {
  test('is missed by what it reads, not by what has nothing to do with it', () => {
    expect(missing('tcp.dst_port == 80', `${MATCHING} packet { ipv4 udp { dst_port 80 } }`)).toHaveLength(2);
    expect(missing('tcp.dst_port == 80', `${MATCHING} packet { ipv4 tcp { dst_port 79 } }`)).toEqual([]);
    expect(missing('payload contains "abc"', `${MATCHING} packet { ipv4 udp { payload "x" } }`)).toEqual([]);
    expect(missing('payload contains "abc" as x', `${MATCHING} packet { arp }`)).toHaveLength(2);
    expect(missing('payload contains "abc" as x', `${MATCHING} packet { ipv4 udp { payload "x" } }`)).toEqual([]);
    const option = 'packet { ipv4 tcp { options hex"02 04 00 10" } } expect s ';
    expect(missing('tcp.options.mss', `${option} packet { ipv4 udp }`)).toHaveLength(2);
    expect(missing('tcp.options.mss', `${option} packet { ipv4 tcp }`)).toEqual([]);
    expect(missing('tcp', `${MATCHING} packet { ipv4 udp }`)).toEqual([]);
    expect(missing('not tcp', 'packet { ipv4 udp } expect s packet { ipv4 tcp }')).toEqual([]);
  });
});

describe('a disjunction', () => {
  const when = 'web and (payload contains "abc" or payload contains "x")';
  const near = 'packet { ipv4 tcp { dst_port 80 payload "-" } } packet { ipv4 tcp { dst_port 81 payload "abc" } }';

  test('asks for a match by each alternative alone', () => {
    expect(missing(when, `${MATCHING} ${near}`)).toEqual(['match: payload contains "x"']);
    expect(missing(when, `${MATCHING} packet { ipv4 tcp { dst_port 80 payload "abcx" } } expect s ${near}`)).toEqual([
      'match: payload contains "x"',
    ]);
    expect(missing(when, `${MATCHING} packet { ipv4 tcp { dst_port 80 payload "x" } } expect s ${near}`)).toEqual([]);
  });

  test('of conjunctions is an alternative from its first atom to its last', () => {
    const either = 'udp.dst_port == 5 and payload contains "x" or icmp.type == 3 and icmp.code == 1';
    expect(missing(either, 'packet { ipv4 icmp { type 3 code 1 } } expect s')).toEqual([
      'near miss: s',
      'near miss: udp.dst_port == 5',
      'near miss: payload contains "x"',
      'near miss: icmp.type == 3',
      'near miss: icmp.code == 1',
      'match: udp.dst_port == 5 and payload contains "x"',
    ]);
  });
});

describe('a negation', () => {
  test('is missed by what it excludes', () => {
    expect(missing('web and not payload contains "x"', `${MATCHING} packet { ipv4 tcp { dst_port 81 } }`)).toEqual([
      'near miss: payload contains "x"',
    ]);
    const excluded = 'packet { ipv4 tcp { dst_port 80 payload "x" } }';
    expect(missing('web and not payload contains "x"', `${MATCHING} ${excluded} packet { ipv4 tcp }`)).toEqual([]);
  });

  test('of a conjunction asks for a match by each of its parts', () => {
    const when = 'not (udp.src_port == 53 and udp.dst_port == 53) and udp';
    const packet = (from: number, to: number): string => `packet { ipv4 udp { src_port ${from} dst_port ${to} } }`;
    const near = `packet { ipv4 tcp } ${packet(53, 53)}`;
    expect(missing(when, `${packet(1, 2)} expect s ${near}`)).toEqual([
      'match: udp.src_port == 53',
      'match: udp.dst_port == 53',
    ]);
    expect(missing(when, `${packet(53, 2)} ${packet(1, 53)} expect s * 2 ${near}`)).toEqual([]);
  });
});

describe('named occurrences', () => {
  const when = 'tcp and payload contains "len=" as x and payload contains "A" in x.end .. x.end + 2';
  const packet = (payload: string): string => `packet { ipv4 tcp { payload "${payload}" } }`;

  test('the occurrence, and what depends on it', () => {
    const matching = `${packet('len=A')} expect s packet { ipv4 udp { payload "len=A" } }`;
    expect(missing(when, matching)).toEqual([
      'near miss: payload contains "len=" as x',
      'near miss: payload contains "A" in x.end .. x.end + 2',
    ]);
    expect(missing(when, `${matching} ${packet('len=123A')}`)).toEqual(['near miss: payload contains "len=" as x']);
    expect(missing(when, `${matching} ${packet('len=123A')} ${packet('leng A')}`)).toEqual([]);
  });
});

describe('counts', () => {
  const syn = (count: number): string => `packet { ipv4 tcp { dst_port 80 } } * ${count}`;
  const near = 'packet { ipv4 tcp { dst_port 81 } }';
  const count = 'count by ip.src > 3 per 10s';

  test('ask for packets that stay below', () => {
    expect(missing('web', `${syn(4)} expect s ${near}`, count)).toEqual(['rate: s']);
    expect(missing('web', `${syn(3)} expect none ${syn(1)} expect s ${near}`, count)).toEqual([]);
    expect(missing('web', `${syn(4)} expect s * 1 ${near}`, count)).toEqual([]);
  });
});

describe('a ruleset', () => {
  test('a part of a predicate is exercised by one of its signatures; each signature wants a test and a near miss', () => {
    const text = `predicate web = tcp.dst_port in { 80, 8080 }
signature a { id 1 when web and payload contains "a" then log }
signature b { id 2 when web and payload contains "b" then log }
signature c { id 3 when udp then log }
test "t" {
  packet { ipv4 tcp { dst_port 80 payload "a" } } expect a
  packet { ipv4 tcp { dst_port 81 payload "a" } } packet { ipv4 tcp { dst_port 80 } } expect none
}`;
    expect(gapsOf(text)).toEqual(['test: b', 'test: c']);
  });

  test('only the signatures of the named files', () => {
    const files = { 'lib.sig': 'signature l { id 9 when udp then log }' };
    const text = 'import "./lib.sig"\nsignature a { id 1 when tcp then log }';
    const { ruleset } = compileSig(text, { files });
    expect(coverage(ruleset, new Set([MAIN])).gaps.map((gap) => gap.signature.name)).toEqual(['a', 'a', 'a']);
    expect(coverage(ruleset, new Set(['lib.sig']))).toMatchObject({ signatures: 1, total: 3, covered: 0 });
    expect(coverage(ruleset, new Set())).toEqual({ signatures: 0, total: 0, covered: 0, gaps: [] });
  });
});

describe('in a module', () => {
  const rules = (steps: string, more = ''): string =>
    `module web on tcp.dst_port == 80 { signature s { id 1 when payload contains "abc" then log } }\n${more}test "t" { ${steps} }`;
  const match = 'packet { ipv4 tcp { dst_port 80 payload "abc" } } expect s ';
  const near = 'packet { ipv4 tcp { dst_port 80 payload "abd" } } expect none ';
  const away = 'packet { ipv4 tcp { dst_port 81 payload "abc" } } expect none ';

  test('the switch wants a packet that it alone keeps away', () => {
    expect(gapsOf(rules(match + near))).toEqual(['near miss: tcp.dst_port == 80']);
    expect(gapsOf(rules(match + near + away))).toEqual([]);
    const both = 'packet { ipv4 tcp { dst_port 81 payload "abd" } } expect none ';
    expect(gapsOf(rules(match + near + both))).toEqual(['near miss: tcp.dst_port == 80']);
  });

  test('a packet that does not reach the signature says nothing of its condition', () => {
    const elsewhere = 'packet { ipv4 tcp { dst_port 81 payload "abd" } } expect none ';
    expect(gapsOf(rules(match + away + elsewhere))).toEqual(['near miss: s', 'near miss: payload contains "abc"']);
  });

  test('nor does one that the policy of the test keeps away, or a policy that disables the signature', () => {
    const policies = 'policy p { protect 10.0.1.0/24 with web }\npolicy q { protect 10.0.0.0/8 with web disable s }\n';
    const covered = near.replace('ipv4', 'ipv4 { dst 10.0.1.7 }');
    const gaps = (steps: string): string[] => gapsOf(rules(match + away, `${policies}test "u" { ${steps} }\n`));
    expect(gaps(`under p ${covered}`)).toEqual([]);
    expect(gaps(`under p ${near}`)).toHaveLength(2);
    expect(gaps(`under q ${covered}`)).toHaveLength(2);
  });

  test('only packets that reach it are counted', () => {
    const counted = (steps: string): string[] =>
      gapsOf(
        `module web on tcp.dst_port == 80 { signature s { id 1 when payload contains "abc" count by ip.src > 2 per 10s then log } }\ntest "t" { ${steps} }`,
      ).filter((gap) => gap.startsWith('rate'));
    expect(counted('packet { ipv4 tcp { dst_port 81 payload "abc" } } expect none')).toEqual(['rate: s']);
    expect(counted('packet { ipv4 tcp { dst_port 80 payload "abc" } } expect none')).toEqual([]);
  });
});
