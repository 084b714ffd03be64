/** Findings on their way to the editor: the quick ones while somebody types, the others after a pause. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Diagnostic as Shown, DiagnosticSeverity } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { packageRoot } from '../../cli/paths.js';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import type { View } from '../service/view.js';
import { gravest } from './gravest.js';
import { lintSchedule } from './lint-schedule.js';
import { uriOf } from './names.js';
import { documentOf, locationOf, type Session, send } from './session.js';
import { rangeOf } from './text-edits.js';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
} as const;

/** A finding in the protocol's words; nothing for one that is in no text. */
export function protocolDiagnostic(session: Session, view: View, finding: Diagnostic): Shown | undefined {
  const [place, ...further] = finding.labels;
  const document = place && documentOf(session, view, place.span.file);
  if (!document) return undefined;
  const related = further.flatMap(({ span, text }) => {
    const location = locationOf(session, view, span);
    return location ? [{ location, message: text ?? 'here' }] : [];
  });
  return {
    ...shownOf(finding),
    range: rangeOf(document, place.span),
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

/** All but the place. */
function shownOf({ code, severity, message, help, page }: Diagnostic): Omit<Shown, 'range'> {
  const href = page === undefined ? undefined : pageUri(page);
  return {
    severity: SEVERITIES[severity],
    source: 'sigward',
    code,
    message: help === undefined ? message : `${message}\n${help}`,
    ...(href !== undefined && { codeDescription: { href } }),
  };
}

const pages = new Map<string, string | undefined>();

/** Where a page of the documentation lies; nothing where the package came without. */
export function pageUri(page: string): string | undefined {
  if (!pages.has(page)) {
    const path = join(packageRoot, page);
    pages.set(page, existsSync(path) ? pathToFileURL(path).href : undefined);
  }
  return pages.get(page);
}

/** What is asked with the same key press, a completion, is answered first. */
const SOON_MS = 20;
/** So long the checking of what a change concerns elsewhere may take before keys are heard again. */
const SLICE_MS = 20;

export interface Publisher {
  /** A text was opened or changed. */
  readonly touched: (name: string) => void;
  /** Something else has changed: a file on the disk, which texts are open. */
  readonly stale: () => void;
  readonly stop: () => void;
}

/**
 * Tells the editor what is found in the texts that are open: of the one that was touched at once, of the others when what concerns
 * them has been checked, and what lints say after a pause. `failed` hears of what is thrown.
 */
export function publisher(session: Session, failed: (cause: unknown) => void): Publisher {
  const { documents, rules } = session;
  const guarded = (work: () => void) => (): void => {
    try {
      work();
    } catch (cause) {
      failed(cause);
    }
  };
  const publish = publishing(session);
  const lints = lintSchedule(session, guarded, publish, failed);
  const touched = new Set<string>();
  let soon: NodeJS.Timeout | undefined;
  let slice: NodeJS.Immediate | undefined;
  const flush = guarded(() => {
    for (const name of touched) publish(name);
    touched.clear();
    slice = setImmediate(work);
  });
  const work = guarded(() => {
    const until = Date.now() + SLICE_MS;
    rules.view();
    if (!rules.work(() => Date.now() > until)) slice = setImmediate(work);
    else for (const name of documents.names()) publish(name);
  });
  const changed = (name?: string): void => {
    if (name === undefined) guarded(() => void publishSettings(session))();
    clearImmediate(slice);
    soon ??= setTimeout(() => {
      soon = undefined;
      // What came meanwhile has been read by then, and is answered first.
      slice = setImmediate(() => (slice = setImmediate(flush)));
    }, SOON_MS);
    lints.changed(name);
  };
  return {
    touched: (name) => {
      touched.add(name);
      changed(name);
    },
    stale: changed,
    stop: () => {
      clearImmediate(slice);
      clearTimeout(soon);
      lints.stop();
    },
  };
}

/** What is wrong with the files of settings, which are read from the disk and need not be open. */
function publishSettings({ rules, connection }: Session): void {
  for (const [name, { text, problems }] of rules.settings()) {
    const document = TextDocument.create(uriOf(name), 'toml', 0, text);
    const diagnostics = problems.flatMap(({ labels: [place], ...rest }): Shown[] =>
      place ? [{ ...shownOf({ ...rest, labels: [] }), range: rangeOf(document, place.span) }] : [],
    );
    send(connection.sendDiagnostics({ uri: document.uri, diagnostics }));
  }
}

/** Sends what is found in a text, unless that has been said of the same text. */
function publishing(session: Session): (name: string) => void {
  const { documents, rules, connection } = session;
  const said = new Map<string, string>();
  return (name) => {
    const document = documents.get(name);
    if (!document) return void said.delete(name);
    const view = rules.view();
    const found = gravest(view.diagnostics(name));
    const diagnostics = found.flatMap((finding) => protocolDiagnostic(session, view, finding) ?? []);
    const message = { uri: document.uri, version: document.version, diagnostics };
    const text = JSON.stringify(message);
    if (said.get(name) === text) return;
    said.set(name, text);
    send(connection.sendDiagnostics(message));
  };
}
