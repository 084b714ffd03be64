/** The canonical form, by example. */
import { describe, expect, test } from 'vitest';
import { format } from '../../grammar/format.js';

const formatted = (text: string): string | undefined => format('f.sig', text).text;

/** The lines stand as they are; `|` marks where they begin. */
const lines = (text: string): string => text.replace(/^ *\|/gm, '').replace(/^\n/, '').replace(/\n *$/, '\n');

describe('signatures', () => {
  test('keys in one column, values in another', () => {
    expect(formatted('signature x{id 0x10 title "a  b" severity low when tcp.dst_port==80 then log,drop}')).toBe(
      lines(`
      |signature x {
      |  id       0x10
      |  title    "a  b"
      |  severity low
      |  when     tcp.dst_port == 80
      |  then     log, drop
      |}
    `),
    );
  });

  test('the author’s line breaks before `and` and `or` stay, in one column', () => {
    expect(formatted('signature x { id 1 when tcp and\n udp and icmp\nor (arp\n or vlan) and ah then log }')).toBe(
      lines(`
      |signature x {
      |  id   1
      |  when tcp
      |       and udp and icmp
      |    or (arp
      |     or vlan) and ah
      |  then log
      |}
    `),
    );
  });

  test('what is too wide for a line is broken at the loosest operators, and only there', () => {
    const wide = 'payload contains "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"';
    expect(
      formatted(`signature x { id 1 when tcp and (${wide} or udp) and icmp and (${wide} or ${wide} or udp) then log }`),
    ).toBe(
      lines(`
      |signature x {
      |  id   1
      |  when tcp
      |   and (${wide} or udp)
      |   and icmp
      |   and (${wide}
      |     or ${wide}
      |     or udp)
      |  then log
      |}
    `),
    );
  });

  test('what belongs to an action, `let` and `count`', () => {
    expect(
      formatted(
        'signature x { id 1 let n=payload.u16(0) let long  =n when n>-1 and(tcp) count by ip.src,tcp.dst_port>=20 per 10s then reject,mark 1/0xf,limit 1 per 5s by ip.src,ip.dst }',
      ),
    ).toBe(
      lines(`
      |signature x {
      |  id    1
      |  let   n    = payload.u16(0)
      |  let   long = n
      |  when  n > -1 and (tcp)
      |  count by ip.src, tcp.dst_port >= 20 per 10s
      |  then  reject, mark 1/0xf, limit 1 per 5s by ip.src, ip.dst
      |}
    `),
    );
  });

  test('further keys and texts: on a line, or each on its own where the author begins so', () => {
    expect(formatted('signature x { id 1 meta { a "b" import "d" } when tcp then log }')).toContain(
      '  meta { a "b"  import "d" }\n',
    );
    expect(formatted('signature x { id 1 meta {\n a "b" longer "d" } when tcp then log }')).toContain(
      lines(`
      |  meta {
      |    a      "b"
      |    longer "d"
      |  }
    `),
    );
  });

  test('tags stay on the line of their key', () => {
    const tags = Array.from({ length: 20 }, (_, i) => `tag_number_${i}`);
    expect(formatted(`signature x { id 1 tags ${tags.join(',')} when tcp then log }`)).toContain(
      `\n  tags ${tags.join(', ')}\n`,
    );
  });
});

describe('expressions', () => {
  test.each([
    ['tcp.seq == -1 - -2 + ~ 3', 'tcp.seq == -1 - -2 + ~3'],
    ['p( tcp.flags,1 )and not( tcp )', 'p(tcp.flags, 1) and not (tcp)'],
    ['vlan [ 1 ] . vid in {1,2 .. 3 , }', 'vlan[1].vid in { 1, 2..3, }'],
    ['payload contains "a"nocase in x . end+4 .. x.end + 20', 'payload contains "a" nocase in x.end + 4 .. x.end + 20'],
    ['f(1,-2)or g()', 'f(1, -2) or g()'],
    ['payload contains "a"as  x and ip.src in file"x.txt"', 'payload contains "a" as x and ip.src in file "x.txt"'],
    ['ip.src in { }', 'ip.src in { }'],
    ['ip.src in 10.0.0.0/8 ..x', 'ip.src in 10.0.0.0/8 .. x'],
    ['payload contains ("a"+hex"0 0"*3)at -2', 'payload contains ("a" + hex"0 0" * 3) at -2'],
    ['payload contains "a" in x.end..-1', 'payload contains "a" in x.end .. -1'],
    ['tcp.flags&~ (ECE|CWR)== - (1)', 'tcp.flags & ~(ECE | CWR) == -(1)'],
    ['icmp.in (1)', 'icmp.in(1)'],
    ['tcp.flags&(SYN|ACK)==SYN', 'tcp.flags & (SYN | ACK) == SYN'],
  ])('%s', (written, canonical) => {
    expect(formatted(`predicate x = ${written}`)).toBe(`predicate x = ${canonical}\n`);
  });

  test('a set on lines of its own stays there, refilled', () => {
    const numbers = Array.from({ length: 60 }, (_, i) => String(1000 + i));
    const text = formatted(`const a = {\n 1,2 , 3,\n\n4 // four\n }\nconst bc = { ${numbers.join(',')} }`) ?? '';
    expect(text).toContain('const a  = {\n  1, 2, 3,\n\n  4  // four\n}\nconst bc = {\n  1000, 1001,');
    expect(text).toMatch(/1059\n\}\n$/);
  });

  test('a predicate that is broken begins below its name', () => {
    expect(formatted('predicate p(a) = a == 1\n or (a == 2\n or a == 3)')).toBe(
      lines(`
      |predicate p(a) =
      |  a == 1
      |  or (a == 2
      |   or a == 3)
    `),
    );
  });

  test('long sums are broken before an operator', () => {
    const part = `"${'a'.repeat(30)}"`;
    expect(formatted(`const x = ${[part, part, part, part].join('+')}`)).toBe(
      `const x = ${part} + ${part} + ${part}\n  + ${part}\n`,
    );
  });
});

test('expectations go on below themselves', () => {
  const names = Array.from({ length: 20 }, (_, i) => `signature_${i}`);
  const text = formatted(`test "t" { packet { ipv4 } expect ${names.join(',')} }`) ?? '';
  expect(text.split('\n')[2]).toMatch(/^ {2}expect signature_0, .*,$/);
  expect(text.split('\n')[3]).toMatch(/^ {9}signature_/);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

describe('headers', () => {
  test('fields and cases in columns', () => {
    expect(
      formatted(
        `space s:u8
      header x in s 1,2 in link 9 repeat 2 role network "X"{a:u8==1={A 1 B 2} peek long:u16=auto
      o until (a+1)*4{kind:u8 case 0 stop case 1 skip(2) case 10 as abc{l:u8 m:u8} size l case 2 as d{}size (l) else{l:u8}size l}
      size(a+1)*2 extent a when a!=0 next s(a)when a==1 and long==2 either p=a|long}
      view v = x|y{a=a|b long=last(s) either e=a|long}`.replace('={A', '{A'),
      ),
    ).toBe(
      lines(`
      |space s : u8
      |
      |header x in s 1, 2 in link 9 repeat 2 role network "X" {
      |  a         : u8 == 1 { A 1 B 2 }
      |  peek long : u16 = auto
      |  o until (a + 1) * 4 {
      |    kind : u8
      |    case 0 stop
      |    case 1 skip (2)
      |    case 10 as abc { l : u8  m : u8 } size l
      |    case 2  as d   { } size (l)
      |    else { l : u8 } size l
      |  }
      |  size (a + 1) * 2
      |  extent a when a != 0
      |  next s(a) when a == 1 and long == 2
      |  either p = a | long
      |}
      |
      |view v = x | y {
      |  a    = a | b
      |  long = last(s)
      |  either e = a | long
      |}
    `),
    );
  });
});

describe('tests', () => {
  test('a packet on one line, where there is room', () => {
    const long = 'x'.repeat(90);
    expect(
      formatted(`test "t"{packet{ipv4{src 10.0.0.1 ttl -1} tcp payload("a"+"b")}packet hex"45" after 5s
      pcap "x.pcap" packet { ipv4{ttl (1)} lib.foo{a 1 test "y"} payload "${long}" } expect s*2,verdict drop * 1}`),
    ).toBe(
      lines(`
      |test "t" {
      |  packet { ipv4 { src 10.0.0.1  ttl -1 }  tcp  payload ("a" + "b") }
      |  packet hex"45"
      |  after 5s
      |  pcap "x.pcap"
      |  packet {
      |    ipv4 { ttl (1) }
      |    lib.foo { a 1  test "y" }
      |    payload "${long}"
      |  }
      |  expect s * 2, verdict drop * 1
      |}
    `),
    );
  });

  test('several lines where they help: a literal that is wider than a line stays where it is', () => {
    const packet = `packet { ipv4  tcp { dst_port 80 }  payload hex"${'00 '.repeat(100)}" }`;
    expect(formatted(`test "t" { ${packet} expect none }`)).toContain(`\n  ${packet}\n`);
    expect(formatted(`test "t" { ${packet.replace('ipv4', 'ipv4 // why\n')} expect none }`)).toContain(
      '\n    ipv4  // why\n    tcp',
    );
  });

  test('as often as it says', () => {
    const text = 'test "t" {\n  packet { ipv4 } * 300\n  packet hex"45" * 2\n  expect none\n}\n';
    expect(formatted(text.replace(/ (?=[*{\d])/g, ''))).toBe(text);
    const wide = formatted(`test "t" { packet { ipv4  payload "${'x'.repeat(90)}" } * 3000 expect none }`) ?? '';
    expect(wide).toContain('\n  } * 3000\n');
  });

  test('a comment inside keeps it on several lines', () => {
    expect(formatted('test "t" { packet { ipv4 // why\n tcp } expect none }')).toBe(
      lines(`
      |test "t" {
      |  packet {
      |    ipv4  // why
      |    tcp
      |  }
      |  expect none
      |}
    `),
    );
  });
});

describe('comments and blank lines', () => {
  test('comments stay where they are', () => {
    expect(
      formatted(
        lines(`
      |//! file
      |import "std/scans"   // why
      |/// doc
      |signature x { // open
      |
      |
      |// first
      |  id 1 // number
      |
      |
      |  // group
      |  title "long" // text
      |  when
      |   // condition
      |   tcp // a
      |   // b
      |   and udp
      |  then log
      |
      |  // last
      |
      |}
      |// end
    `),
      ),
    ).toBe(
      lines(`
      |//! file
      |import "std/scans"  // why
      |
      |/// doc
      |signature x {  // open
      |  // first
      |  id    1  // number
      |
      |  // group
      |  title "long"  // text
      |  when
      |      // condition
      |      tcp  // a
      |    // b
      |    and udp
      |  then  log
      |
      |  // last
      |}
      |// end
    `),
    );
  });

  test('declarations of one kind may stand together, others are apart', () => {
    const text = lines(`
      |const a    = 1
      |param long = 2
      |
      |predicate p = tcp
      |
      |// about r
      |predicate q(a) = a == 1
      |predicate r    = udp
      |
      |signature s {
      |  id   1
      |  when p
      |  then log
      |}
      |test "t" {
      |  packet { ipv4 }
      |  expect none
      |}
    `);
    expect(formatted(text)).toBe(text);
    expect(formatted(text.replaceAll('\n\n', '\n'))).toBe(text);
    expect(formatted(text.replaceAll('\n\n', '\n\n\n\n'))).toBe(text);
  });

  test('comments behind neighbouring lines begin in one column', () => {
    expect(formatted('header x in link 9 {\n a : u8 // a\n bc : u16\n d : u32 = 1 // d\n\n e : u8 // e\n}')).toBe(
      'header x in link 9 {\n  a  : u8       // a\n  bc : u16\n  d  : u32 = 1  // d\n\n  e  : u8  // e\n}\n',
    );
  });

  test('a comment behind a closing brace is none of the column of those below it', () => {
    const text = lines(`
      |test "t" {
      |  packet {
      |    ipv4  // the header
      |    tcp
      |  }  // behind the brace
      |  expect none  // nothing
      |  expect none
      |}
    `);
    expect(formatted(text)).toBe(text);
    expect(formatted(text.replaceAll('  //', ' //'))).toBe(text);
  });
});

describe('the file as a whole', () => {
  test.each([
    ['nothing', '', ''],
    ['white space', ' \n\t\n', ''],
    ['a comment', '\n\n// a \n\n\n//b', '// a\n\n//b\n'],
    ['no line break at the end', 'import "std/scans"', 'import "std/scans"\n'],
    ['a byte order mark', '\uFEFFimport   "std/scans"\n', 'import "std/scans"\n'],
    [
      'carriage returns',
      'import "std/scans"\r\n\r\n\r\nconst a=1 // x\r\n',
      'import "std/scans"\r\n\r\nconst a = 1  // x\r\n',
    ],
    ['mixed line breaks', 'const a = 1\n\r\nconst b = 1\r\n', 'const a = 1\n\nconst b = 1\n'],
  ])('%s', (_, text, canonical) => {
    expect(formatted(text)).toBe(canonical);
    expect(formatted(canonical)).toBe(canonical);
  });

  test('a lone carriage return that only just holds a line together', () => {
    const text = 'signature x { id 1 severity // c\rhigh\n when tcp then log }';
    expect(formatted(text)).toBe(text);
  });

  test('a file with mistakes is not formatted', () => {
    const { text, diagnostics } = format('f.sig', 'signature x { id 1 when then log }');
    expect(text).toBeUndefined();
    expect(diagnostics.map((d) => d.code)).toEqual(['E0201']);
  });

  test('large files take a moment', () => {
    const numbers = Array.from({ length: 20_000 }, (_, i) => String(i));
    expect(formatted(`const x = { ${numbers.join(', ')} }`)?.split('\n').length).toBeGreaterThan(900);
    const and = formatted(`predicate p = ${Array<string>(5000).fill('tcp').join(' and ')}`);
    expect(and?.split('\n').length).toBe(5002);
    const deep = `predicate p = ${'('.repeat(190)}tcp${' or tcp)'.repeat(190)}\n`;
    expect(formatted(deep)?.replace(/\s+/g, '')).toBe(deep.replace(/\s+/g, ''));
  });
});
