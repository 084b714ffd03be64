/** Files by those who would like something else to be executed than what was signed. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packSections, type Section } from '../../compiler/artefact/container.js';
import { addSignature, readSignatures } from '../../compiler/artefact/signatures.js';
import { keyName, publicBytes, type PublicKey } from '../../cli/keys.js';
import { sha256 } from '../../runtime/sha256.js';
import { loadTrusted, signedSections, type Trust } from '../../cli/trust.js';
import { Problem } from '../../runtime/problem.js';
import { runs } from '../support/runs.js';
import { artefactOf, sectionsOf, signedBy } from '../support/signed.js';

const RULES = 'signature probe { id 1 title "probe" severity high when udp and payload contains "x" then log, drop }\n';
const [A, B] = [artefactOf(RULES), artefactOf(RULES.replace('"x"', '"z"'))];

describe('hostile files', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const trust: readonly PublicKey[] = [{ path: 'k.pub', key: publicKey, bytes: publicBytes(publicKey) }];
  const small = signedBy(A, privateKey)!;

  /** Why it is refused; nothing where it is executed. */
  const refusal = (file: Uint8Array, keys: Trust = trust): string | undefined => {
    try {
      loadTrusted(file, keys, 'x.sigc');
      return undefined;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      return cause.diagnostic.code;
    }
  };
  /** With the hashes that somebody would write who alters it on purpose. */
  const forge = (change: (sections: Section[]) => readonly Section[]): Uint8Array =>
    packSections(change(sectionsOf(small).map(({ name, bytes }) => ({ name, bytes: bytes.slice() }))), sha256);

  it('the file itself is executed', () => {
    expect(refusal(small)).toBeUndefined();
    expect(refusal(forge((sections) => sections))).toBeUndefined();
  });

  it('any byte altered, any byte missing: refused', () => {
    for (let i = 0; i < small.length; i++) {
      const altered = small.slice();
      altered[i] = (altered[i] ?? 0) ^ (1 << (i % 8));
      expect(refusal(altered)).toMatch(/^E16/);
      if (i % 7 === 0) expect(refusal(small.subarray(0, i))).toMatch(/^E16/);
    }
  });

  it('any byte of a section altered and the hashes made to fit: refused', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.nat(), fc.integer({ min: 1, max: 255 }), (which, where, by) => {
        const file = forge((sections) => {
          const { bytes } = sections[which % sections.length] ?? { bytes: Uint8Array.of() };
          bytes[where % bytes.length] = (bytes[where % bytes.length] ?? 0) ^ by;
          return sections;
        });
        expect(refusal(file)).toMatch(/^E170[67]$/);
      }),
      { numRuns: runs(500) },
    );
  });

  it('sections exchanged, renamed, added, left out, put elsewhere, doubled: refused', () => {
    const other = sectionsOf(B);
    const named = (name: string): Section => other.find((section) => section.name === name) ?? { name, bytes: Uint8Array.of() };
    const changes: Readonly<Record<string, (sections: Section[]) => readonly Section[]>> = {
      'the code of another file': (s) => s.map((one) => (one.name === 'code' ? named('code') : one)),
      'the logic of another file': (s) => s.map((one) => (one.name.startsWith('logic') ? named(one.name) : one)),
      'the manifest of another file': (s) => s.map((one) => (one.name === 'manifest' ? named('manifest') : one)),
      'another name': (s) => s.map((one) => (one.name === 'code' ? { ...one, name: 'kode' } : one)),
      'a further section': (s) => [{ name: 'more', bytes: Uint8Array.of(1) }, ...s],
      'a further section that is empty': (s) => [...s.slice(0, -1), { name: 'more', bytes: Uint8Array.of() }, ...s.slice(-1)],
      'one less': (s) => s.filter(({ name }) => name !== 'code'),
      'another order': (s) => [...s.slice(0, -1).reverse(), ...s.slice(-1)],
      'signatures first': (s) => [...s.slice(-1), ...s.slice(0, -1)],
      'signatures in the middle': (s) => [...s.slice(0, 1), ...s.slice(-1), ...s.slice(1, -1)],
      'signatures twice': (s) => [...s, ...s.slice(-1)],
      'code twice': (s) => [named('code'), ...s],
      'no signatures': (s) => s.slice(0, -1),
      'empty signatures': (s) => [...s.slice(0, -1), { name: 'signatures', bytes: Uint8Array.of() }],
      'half a signature': (s) => [...s.slice(0, -1), { name: 'signatures', bytes: (s.at(-1)?.bytes ?? Uint8Array.of()).subarray(0, 95) }],
      'the same twice': (s) => [...s.slice(0, -1), { name: 'signatures', bytes: Uint8Array.from([...(s.at(-1)?.bytes ?? []), ...(s.at(-1)?.bytes ?? [])]) }],
      'signatures without end': (s) => [...s.slice(0, -1), { name: 'signatures', bytes: new Uint8Array(96 * 65) }],
      'signatures by zeros': (s) => [...s.slice(0, -1), { name: 'signatures', bytes: new Uint8Array(96) }],
    };
    for (const [what, change] of Object.entries(changes)) expect([what, refusal(forge(change))]).toEqual([what, expect.stringMatching(/^E1[67]/)]);
  }); // prettier-ignore

  it('lengths beyond every end: refused', () => {
    const view = (file: Uint8Array): DataView => new DataView(file.buffer, file.byteOffset, file.byteLength);
    for (let place = 8; place + 4 <= 200; place++) {
      const file = small.slice();
      view(file).setUint32(place, 0xffff_ffff, true);
      expect(refusal(file)).toMatch(/^E16/);
    }
  });

  it('the signature of another file, by a trusted key: refused, whoever else has signed this one', () => {
    const pub = (name: string): PublicKey => ({ path: name, ...bytesOf(name) });
    const bytesOf = (name: string): Pick<PublicKey, 'key' | 'bytes'> => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      keys.set(name, privateKey);
      return { key: publicKey, bytes: publicBytes(publicKey) };
    };
    const keys = new Map<string, KeyObject>();
    const [one, two] = [pub('one'), pub('two')];
    const first = signedBy(A, keys.get('one')!)!;
    const second = signedBy(B, keys.get('two')!)!;
    const [foreign] = signedSections(second, '').signatures;
    const mixed = addSignature(signedSections(first, ''), foreign!, sha256)!;
    expect(refusal(first, [one, two])).toBeUndefined();
    expect(refusal(mixed, [one])).toBeUndefined();
    expect(refusal(mixed, [two])).toBe('E1707');
    expect(refusal(mixed, [one, two])).toBe('E1707');
  });

  it('has as many signatures as a reader takes', () => {
    let file: Uint8Array | undefined = A;
    for (let i = 0; i < 64; i++) file = signedBy(file ?? new Uint8Array(), generateKeyPairSync('ed25519').privateKey);
    expect(file && signedSections(file, '').signatures).toHaveLength(64);
    expect(file && signedBy(file, generateKeyPairSync('ed25519').privateKey)).toBeUndefined();
  });

  it('a key stands for its bytes, and for nothing else', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const spki = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(spki).toContain(keyName(publicBytes(publicKey)).slice('ed25519 key '.length));
  });

  it('no bytes make reading signatures throw', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.nat(70).map((n) => new Uint8Array(n * 96)));
    fc.assert(
      fc.property(bytes, (section) => {
        const { value, diagnostics } = readSignatures([{ name: 'signatures', bytes: section }], 'x', sha256);
        expect((value === undefined) === (diagnostics.length > 0)).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  }); // prettier-ignore
});
