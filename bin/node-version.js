// Read by every launcher before anything else, so it imports nothing and uses no syntax that an old Node cannot parse.

/**
 * What to tell somebody whose Node is too old, or undefined when it is new enough.
 * @param {string} version as in `process.versions.node`
 * @returns {string | undefined}
 */
export function nodeTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return 'sigward needs Node 20.19 or newer and this is ' + version + '; install one from https://nodejs.org';
}
