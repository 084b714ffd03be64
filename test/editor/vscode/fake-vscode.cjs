// What the extension sees of VS Code: as much as a client needs to start, open a document and show findings. Every class, function and
// event that is not here is there and does nothing.
// @ts-nocheck: it stands where the editor's types say what it is.
'use strict';
const { EventEmitter } = require('node:events');

class Emitter {
  #events = new EventEmitter();
  event = (listener) => {
    this.#events.on('event', listener);
    return { dispose: () => this.#events.off('event', listener) };
  };
  fire(value) {
    this.#events.emit('event', value);
  }
  dispose() {
    this.#events.removeAllListeners();
  }
}

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(a, b, c, d) {
    Object.assign(
      this,
      typeof a === 'number' ? { start: new Position(a, b), end: new Position(c, d) } : { start: a, end: b },
    );
  }
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class Uri {
  constructor(path) {
    Object.assign(this, { scheme: 'file', authority: '', path, query: '', fragment: '', fsPath: path });
  }
  toString() {
    return `file://${this.path}`;
  }
  static parse(text) {
    return new Uri(text.replace('file://', ''));
  }
  static file(path) {
    return new Uri(path);
  }
}

class CodeActionKind {
  static Empty = new CodeActionKind();
  append() {
    return this;
  }
}

class TabInputText {
  constructor(uri) {
    this.uri = uri;
  }
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: () => disposable };
  cancel() {}
  dispose() {}
}

const disposable = { dispose: () => undefined };
const Disposable = class {
  constructor(dispose) {
    this.dispose = dispose ?? (() => undefined);
  }
  static from() {
    return disposable;
  }
};

/** Anything else: a class, a function and a table of constants at once, which makes nothing but more of its kind. */
function anything(known = {}) {
  return new Proxy(class {}, {
    get: (target, key) => {
      if (key in known) return known[key];
      if (key === 'prototype') return target.prototype;
      // Nothing that somebody would wait for, and no number or text.
      if (typeof key === 'symbol' || key === 'then') return undefined;
      return (known[key] = String(key).startsWith('on') ? () => disposable : anything());
    },
    apply: () => disposable,
    construct: () => ({}),
  });
}

const opened = new Emitter();
const closed = new Emitter();
/** What a test may look at, and set. */
const seen = { findings: new Map(), messages: [], settings: {}, commands: new Map(), answers: [] };

function document(path, text, languageId = 'sigward') {
  return { uri: new Uri(path), languageId, version: 1, getText: () => text, isClosed: false, fileName: path };
}

const workspace = anything({
  textDocuments: [],
  notebookDocuments: [],
  workspaceFolders: undefined,
  isTrusted: true,
  onDidOpenTextDocument: opened.event,
  onDidCloseTextDocument: closed.event,
  getConfiguration: (section) => ({
    get: (key, otherwise) => seen.settings[[section, key].filter(Boolean).join('.')] ?? otherwise,
    has: () => false,
    inspect: () => undefined,
  }),
  getWorkspaceFolder: () => undefined,
  createFileSystemWatcher: () => ({
    onDidCreate: () => disposable,
    onDidChange: () => disposable,
    onDidDelete: () => disposable,
    ...disposable,
  }),
});

const languages = anything({
  getLanguages: async () => ['plaintext', 'sigward', 'sml'],
  setTextDocumentLanguage: async (given, id) => {
    closed.fire(given);
    workspace.textDocuments.splice(workspace.textDocuments.indexOf(given), 1);
    return open(document(given.fileName, given.getText(), id));
  },
  match: (selector, given) => ([selector].flat().some((each) => each.language === given.languageId) ? 10 : 0),
  createDiagnosticCollection: () => ({
    set: (uri, list) => void seen.findings.set(uri.toString(), list ?? []),
    delete: (uri) => void seen.findings.delete(uri.toString()),
    clear: () => seen.findings.clear(),
    dispose: () => seen.findings.clear(),
  }),
});

const channel = {
  append() {},
  appendLine() {},
  show() {},
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
  logLevel: 0,
  onDidChangeLogLevel: () => disposable,
  ...disposable,
};
/** The client tells the server of documents that have a tab. */
const tabs = [];
const window = anything({
  visibleTextEditors: [],
  tabGroups: { all: [{ tabs }], onDidChangeTabs: () => disposable, onDidChangeTabGroups: () => disposable },
  createOutputChannel: () => channel,
  showErrorMessage: async (text) => {
    seen.messages.push(text);
    return seen.answers.shift();
  },
});

const commands = anything({
  registerCommand: (name, run) => {
    seen.commands.set(name, run);
    return { dispose: () => seen.commands.delete(name) };
  },
  executeCommand: async (...given) => void seen.commands.set('executed', given),
});

function open(given) {
  tabs.push({ input: new TabInputText(given.uri) });
  workspace.textDocuments.push(given);
  opened.fire(given);
  return given;
}

module.exports = anything({
  EventEmitter: Emitter, Position, Range, Diagnostic, Uri, Disposable, CodeActionKind, TabInputText, CancellationTokenSource, workspace, languages, window, commands,
  version: '1.91.0',
  env: anything({ appName: 'none', language: 'en' }),
  l10n: { t: (text) => text },
  fake: { seen, document, open },
}); // prettier-ignore
