/** What the language itself says of its words, for who asks in an editor. The rules themselves are in spec.md. */
const SENTENCES: Readonly<Record<string, string>> = {
  payload: 'What the outermost transport header carries, up to its length; `NAME.payload` is what any header carries.',
  packet:
    '`packet.truncated`: less was kept than was on the wire. `packet.too_deep`: it has more headers than are decoded.',
  truncated: 'Less of the packet was kept than was on the wire.',
  too_deep: 'The packet has more headers than are decoded: 16.',
  malformed: 'The header should be here, but the packet contradicts it. Its fields are absent then.',
  length: 'The number of bytes that were kept.',
  start: 'The position of the first byte of the occurrence.',
  end: 'The position of the first byte behind the occurrence.',
  dec: '`dec(p, n)`: the decimal number in ASCII digits from position `p` on, `n` digits at most; missing without a digit.',
  hex: '`hex(p, n)`: the hexadecimal number in ASCII digits from position `p` on, `n` digits at most; missing without a digit.',
  contains:
    'The byte string stands in the bytes: anywhere, `at N`, or `in A..B`; `nocase` for letters of either case, `as x` to name what was found.',
  has: 'All of the flags are set.',
  any: 'At least one of the flags is set.',
  lacks: 'None of the flags is set.',
  in: 'The number or address is in the set, range or network.',
  nocase: 'ASCII letters of either case match.',
  none: 'No flag, or nothing.',
  true: 'Holds always.',
  false: 'Holds never.',
  log: 'An alert for each packet that matches.',
  drop: 'The packet is dropped.',
  reject: 'The packet is dropped, and its sender told.',
  pass: 'The packet is accepted whatever others say; its alerts say `allowed`.',
  accept: 'The packet goes on: no signature asks for anything else, or no network of the policy covers it.',
  limit: 'Of the alerts that agree in the keys, at most so many within the time; verdicts are not limited.',
  mark: 'The bits of the mask of the packet’s netfilter mark become those of the value.',
  forward:
    'The packet reaches the module, whatever its switch and the policy say; modules that stand in it are not reached by that.',
  delay: 'The packet is held back for so long.',
};

/** One or two sentences in Markdown, where there is something to say. */
export function builtinSentence(name: string): string | undefined {
  const bits = /^u(8|16|24|32)(le)?$/.exec(name);
  if (!bits) return Object.hasOwn(SENTENCES, name) ? SENTENCES[name] : undefined;
  const bytes = Number(bits[1]) / 8;
  const order = bytes === 1 ? '' : `, the ${bits[2] ? 'least' : 'most'} significant first`;
  return `\`${name}(p)\`: the unsigned integer in ${bytes === 1 ? 'the byte at' : `${bytes} bytes from`} position \`p\`${bytes === 1 ? '' : ' on'}${order}. A negative constant counts from the end.`;
}
