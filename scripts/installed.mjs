import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const readPackages = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
};

/**
 * Whether node_modules is what package-lock.json says. npm writes node_modules/.package-lock.json as the very last
 * step of an install, so a broken install never looks whole, and people who ran `npm ci` themselves are not made to wait.
 * @param {string} projectDir
 * @param {'run' | 'test'} need 'run' does without the packages that only development needs
 */
export function packagesAreInstalled(projectDir, need) {
  const wanted = readPackages(join(projectDir, 'package-lock.json'));
  const present = readPackages(join(projectDir, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  // Optional packages are for other platforms; npm leaves them out, or not, as it likes.
  const mayBeAbsent = (entry) =>
    entry.optional === true || (need === 'run' && (entry.dev ?? entry.devOptional) === true);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    return found === undefined ? mayBeAbsent(entry) : found.version === entry.version;
  });
}
