/** Imports go down only: cli, editor, lab, bench -> runtime -> compiler -> grammar. */

const TOP = '^(cli|editor|lab|bench)/';
const PRODUCT = '^(grammar|compiler|runtime|cli|editor|lab|bench)/';

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no-cycle', 'a cycle has no order in which it can be read', {}, { circular: true }),
    // An optional package: npm leaves it out where it cannot be built. `vscode` is what the editor hands to its extensions.
    forbid('resolvable', 'the import leads nowhere', {}, { couldNotResolve: true, pathNot: '^(nfqueue|vscode)$' }),
    forbid(
      'grammar-is-lowest',
      'grammar knows form only and takes from no other folder',
      { path: '^grammar/' },
      { path: PRODUCT, pathNot: '^grammar/' },
    ),
    forbid(
      'compiler-above-grammar',
      'compiler takes from grammar only',
      { path: '^compiler/' },
      { path: PRODUCT, pathNot: '^(compiler|grammar)/' },
    ),
    forbid(
      'runtime-below-top',
      'runtime is used by cli, not the other way round',
      { path: '^runtime/' },
      { path: TOP },
    ),
    forbid(
      'runtime-takes-the-artefact',
      'runtime takes the format of the artefact and what evaluates it, nothing of how it was made',
      { path: '^runtime/' },
      {
        path: '^compiler/',
        pathNot: '^compiler/(ruleset\\.ts$|artefact/artefact\\.ts$|logic/[^/]+\\.ts$|link/|backend/)',
      },
    ),
    forbid(
      'cli-is-the-product',
      'the product does without its experiments',
      { path: '^cli/' },
      { path: '^(editor|lab|bench)/', pathNot: '^editor/server/' },
    ),
    forbid(
      'one-command-serves-editors',
      'the language server is loaded by the command that starts it, and by no other',
      { path: '^cli/', pathNot: '^cli/commands/lsp\\.ts$' },
      { path: '^editor/' },
    ),
    forbid(
      'service-without-an-editor',
      'the language service knows texts and the compiler: no protocol, no files, nothing that runs packets',
      { path: '^editor/service/' },
      { path: '^(runtime|cli|lab|bench|editor/server|node_modules/vscode-)' },
    ),
    forbid(
      'server-reads-as-the-command-line-does',
      'the server takes from cli what reads files, and no command',
      { path: '^editor/server/' },
      { path: '^(cli|lab|bench)/', pathNot: '^cli/(rule-files|list-files|config|settings|paths)\\.ts$' },
    ),
    forbid(
      'extension-is-a-client',
      'the VS Code extension is packed by itself: it speaks to the server, and shares what words look like',
      { path: '^editor/vscode/' },
      { path: PRODUCT, pathNot: '^(editor/vscode|grammar)/' },
    ),
    forbid(
      'no-extension-in-product',
      'the npm package goes without the VS Code extension',
      { path: PRODUCT, pathNot: '^editor/vscode/' },
      { path: '^editor/vscode/' },
    ),
    forbid(
      'no-test-in-product',
      'tests import the product, not the other way round',
      { pathNot: '^test/' },
      { path: '^test/' },
    ),
    forbid(
      'pure-stages',
      'no stage reads files, the clock or the environment: the caller hands it what it needs',
      { path: '^(grammar|compiler|editor/service)/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'no-dev-dependency-in-product',
      'it is not there where the package is installed',
      { path: PRODUCT, pathNot: '^editor/vscode/' },
      { dependencyTypes: ['npm-dev'] },
    ),
    forbid(
      'no-undeclared-package',
      'declare it in package.json',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: '^nfqueue$' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    // The extension has a package.json of its own, for the editor; what it is packed from is declared in the project's.
    combinedDependencies: true,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
