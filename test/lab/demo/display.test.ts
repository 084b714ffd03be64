/** What the demonstration shows: the live table, the part of a terminal that is drawn anew, and the report. */
import { describe, expect, it } from 'vitest';
import { emptyPicture, type Picture } from '../../../lab/demo/feed.js';
import { type Family, type Flow, judgeAttack, judgeNewAttack } from '../../../lab/demo/flow.js';
import { reportLines, type Result } from '../../../lab/demo/report.js';
import { createScreen } from '../../../lab/demo/screen.js';
import { countsByPort } from '../../../lab/demo/servers.js';
import { liveTable } from '../../../lab/demo/table.js';

const flow = (name: string, kind: Flow['kind'] = 'attack', family: Family = 'ipv4'): Flow => ({
  name,
  kind,
  family,
  run: () => Promise.reject(new Error('not in this test')),
});

function pictureOf(count: number): Picture {
  const picture = { ...emptyPicture(), packets: 1_234, accepted: 1_200, blocked: 34 };
  for (let i = 0; i < count; i++) {
    const title = `signature ${i} with quite a long title that a terminal of eighty columns has no room for, \x1b[2J`;
    picture.signatures.set(title, { title, matches: i, blocked: i });
  }
  return picture;
}

describe('the live table', () => {
  it.each([
    [79, 23],
    [99, 29],
    [39, 9],
  ])('never fills more than %i columns and %i rows', (columns, rows) => {
    const status = { running: Array(9).fill(flow('a flow of some kind')) as Flow[], done: 3, total: 24, seconds: 3.7 };
    for (const count of [0, 1, rows - 7, rows - 6, 200]) {
      const lines = liveTable({ ...status, picture: pictureOf(count) }, { columns, rows });
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
      expect(lines.join('')).not.toContain('\x1b');
    }
  });

  it('has most matches first, and counts what it leaves out', () => {
    const status = { running: [], done: 24, total: 24, seconds: 12.2 };
    const lines = liveTable({ ...status, picture: pictureOf(30) }, { columns: 79, rows: 12 });
    expect(lines[1]).toBe('1,234 packets judged: 1,200 accepted, 34 blocked');
    expect(lines[4]).toMatch(/^ {5}29 {7}29 {2}signature 29 with/);
    expect(lines).toContain('26 more');
    expect(lines.at(-2)).toBe('24 of 24 flows done, 12 s');
  });
});

describe('the screen', () => {
  function screenOf(isTTY: boolean): { screen: ReturnType<typeof createScreen>; writes: string[] } {
    const writes: string[] = [];
    const write = (text: string): boolean => writes.push(text) > 0;
    return {
      screen: createScreen({ isTTY, columns: 80, rows: 24, write }),
      writes,
    };
  }

  it('draws over what it drew in one go, only where something is new, and gives the cursor back', () => {
    const { screen, writes } = screenOf(true);
    screen.draw(['a', 'b']);
    screen.draw(['a', 'b']);
    screen.draw(['c']);
    screen.say('done');
    screen.clear();
    expect(writes).toEqual([
      '\x1b[?25la\x1b[K\nb\x1b[K\n\x1b[J',
      '\x1b[?25l\x1b[2A\rc\x1b[K\n\x1b[J',
      '\x1b[1A\r\x1b[J\x1b[?25h',
      'done\n',
    ]);
  });

  it('writes nothing but lines where there is no terminal', () => {
    const { screen, writes } = screenOf(false);
    screen.draw(['a']);
    screen.say('line');
    screen.clear();
    expect(writes).toEqual(['line\n']);
  });
});

describe('the report', () => {
  const plain = (_: unknown, text: string): string => text;
  const result = (over: Partial<Result> & Pick<Result, 'flow'>): Result => ({
    ok: true,
    sender: 'no answer',
    server: 'nothing',
    blockers: ['NULL scan', 'Other'],
    ...over,
  });

  it('says what was stopped and what went through, in a line for both versions where they agree', () => {
    const lines = reportLines(
      [
        result({ flow: flow('pages', 'benign'), sender: 'status 200', server: '3 pages', blockers: [] }),
        result({ flow: flow('scan') }),
        result({ flow: flow('scan', 'attack', 'ipv6') }),
        result({ flow: flow('worm') }),
        result({ flow: flow('worm', 'attack', 'ipv6'), ok: false, server: '5 datagrams', blockers: [] }),
      ],
      99,
      plain,
    );
    expect(lines).toEqual([
      '   flow   over    must  sender saw  server saw   stopped by',
      '✓  scan   IPv4+6  stop  no answer   nothing      NULL scan +1',
      '✓  worm   IPv4    stop  no answer   nothing      NULL scan +1',
      '✗  worm   IPv6    stop  no answer   5 datagrams  no signature',
      '✓  pages  IPv4    pass  status 200  3 pages',
      '',
      '3 of 4 attacks were stopped, 1 of 1 benign flows went through unhurt',
    ]);
  });

  it('shows an attack that the rules did not know, and counts it as nothing', () => {
    const lines = reportLines(
      [
        result({ flow: flow('hole', 'new attack'), sender: 'status 200', server: '1 request', blockers: [] }),
        result({ flow: flow('known', 'new attack') }),
        result({ flow: flow('lost', 'new attack'), ok: false, blockers: [] }),
        result({ flow: flow('hole again') }),
      ],
      99,
      plain,
      ['a rule was loaded'],
    );
    expect(lines).toEqual([
      '   flow        over  must  sender saw  server saw  stopped by',
      '·  hole        IPv4        status 200  1 request   no signature yet',
      '✓  known       IPv4        no answer   nothing     NULL scan +1',
      '✗  lost        IPv4        no answer   nothing     no signature yet',
      '✓  hole again  IPv4  stop  no answer   nothing     NULL scan +1',
      '',
      'a rule was loaded',
      '1 of 1 attacks were stopped, 0 of 0 benign flows went through unhurt',
    ]);
  });

  it('a new attack does what it can, or is known; that it does not arrive for another reason shows nothing', () => {
    expect(judgeNewAttack(1, 'request', [])).toEqual({ ok: true, server: '1 request' });
    expect(judgeNewAttack(0, 'request', ['Known'])).toEqual({ ok: true, server: 'nothing' });
    expect(judgeNewAttack(0, 'request', [])).toEqual({ ok: false, server: 'nothing' });
  });

  it('an attack that does not arrive counts as stopped only if a signature stopped it', () => {
    expect(judgeAttack(0, 'probe', ['NULL scan'])).toEqual({ ok: true, server: 'nothing' });
    expect(judgeAttack(0, 'probe', [])).toEqual({ ok: false, server: 'nothing' });
    expect(judgeAttack(2, 'probe', ['NULL scan'])).toEqual({ ok: false, server: '2 probes' });
  });
});

it('packets are counted by source port, whatever the protocol', () => {
  const saved = `*filter
:INPUT ACCEPT [12:800]
[6:240] -A INPUT -p tcp -m tcp --sport 40001
[2:80] -A INPUT -p udp -m udp --sport 40001
[0:0] -A INPUT -p tcp -m tcp --sport 40002
COMMIT
`;
  expect(countsByPort(saved)).toEqual(
    new Map([
      [40_001, 8],
      [40_002, 0],
    ]),
  );
});
