#!/usr/bin/env node
// Writes the extension as a `.vsix` file, which VS Code installs: a ZIP archive of the extension's folder with two files that describe
// it. The same sources give the same bytes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strToU8, zipSync } from 'fflate';
import { rolldown } from 'rolldown';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');
/** What is taken as it is. */
const FILES = ['README.md', 'language-configuration.json', 'syntaxes/sig.tmLanguage.json'];

/**
 * @typedef {{ name: string, displayName: string, description: string, version: string, publisher: string, categories: string[],
 *   keywords: string[], engines: { vscode: string } }} Manifest
 */

/**
 * The client and everything that it imports, as one CommonJS file; and the packages that are in it.
 * @returns {Promise<{ code: string, packages: string[] }>}
 */
export async function bundle() {
  const build = await rolldown({
    input: join(HERE, 'extension.ts'),
    external: ['vscode'],
    platform: 'node',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    logLevel: 'silent',
  });
  try {
    const { output } = await build.generate({ format: 'cjs', minify: true, codeSplitting: false });
    const modules = output[0].moduleIds.flatMap(
      (id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? [],
    );
    return { code: output[0].code, packages: [...new Set(modules)].sort() };
  } finally {
    await build.close();
  }
}

/** @returns {Promise<Uint8Array>} */
export async function vsix() {
  /** @type {Manifest & Record<string, unknown>} */
  const { private: _, type: __, ...manifest } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'));
  const { code, packages } = await bundle();
  const files = {
    'extension.vsixmanifest': vsixManifest(manifest),
    '[Content_Types].xml': CONTENT_TYPES,
    'extension/package.json': `${JSON.stringify(manifest, undefined, 2)}\n`,
    'extension/extension.cjs': code,
    'extension/LICENSE.txt': readFileSync(join(ROOT, 'LICENSE'), 'utf8'),
    'extension/NOTICES.txt': packages.map(notice).join('\n'),
    ...Object.fromEntries(FILES.map((name) => [`extension/${name}`, readFileSync(join(HERE, name), 'utf8')])),
  };
  // ZIP knows no time before 1980, and takes the machine's time zone.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), { mtime });
}

/**
 * The licence of a package that is in the bundle.
 * @param {string} folder
 */
function notice(folder) {
  /** @type {{ name: string, version: string, license?: string }} */
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each));
  if (file === undefined) throw new Error(`${relative(ROOT, folder)} says nothing of its licence`);
  return `${name} ${version} (${license ?? 'see below'})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}

const CONTENT_TYPES = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension=".cjs" ContentType="application/javascript"/>
  <Default Extension=".json" ContentType="application/json"/>
  <Default Extension=".md" ContentType="text/markdown"/>
  <Default Extension=".txt" ContentType="text/plain"/>
  <Default Extension=".vsixmanifest" ContentType="text/xml"/>
</Types>
`;

/** @param {Manifest} manifest */
function vsixManifest({ name, displayName, description, version, publisher, categories, keywords, engines }) {
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${xml(name)}" Version="${xml(version)}" Publisher="${xml(publisher)}"/>
    <DisplayName>${xml(displayName)}</DisplayName>
    <Description xml:space="preserve">${xml(description)}</Description>
    <Tags>${xml(keywords.join(','))}</Tags>
    <Categories>${xml(categories.join(','))}</Categories>
    <License>extension/LICENSE.txt</License>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${xml(engines.vscode)}"/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
    </Properties>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>
  </Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true"/>
  </Assets>
</PackageManifest>
`;
}

/** @param {string} text */
function xml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) {
  const target = process.argv[2] ?? 'sigward.vsix';
  const bytes = await vsix();
  writeFileSync(target, bytes);
  process.stdout.write(`${target}: ${bytes.length} bytes; code --install-extension ${target}\n`);
}
