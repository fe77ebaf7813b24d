import { runCommand } from './command';

/** Version of a Temporal CLI. */
export interface TemporalVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** CLI 1.9 embeds Server 1.32, the first that moves a workflow's clock. */
const oldest = { major: 1, minor: 9 };

/** Reads the first line of `temporal --version`: `temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)`. */
export function parseTemporalVersion(output: string): TemporalVersion | undefined {
  const found = /\btemporal version v?(\d+)\.(\d+)\.(\d+)/.exec(output);
  if (found === null) return undefined;
  return { major: Number(found[1]), minor: Number(found[2]), patch: Number(found[3]) };
}

/** The version as people write it. */
export function formatVersion({ major, minor, patch }: TemporalVersion): string {
  return `${major}.${minor}.${patch}`;
}

export function isRecentEnough({ major, minor }: TemporalVersion): boolean {
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

/** Asks a binary for its version; undefined when it does not run here or is something else. */
async function versionOf(path: string, env: NodeJS.ProcessEnv): Promise<TemporalVersion | undefined> {
  const { exitCode, output } = await runCommand({ file: path, args: ['--version'], env, limitMs: 15_000 });
  return exitCode === 0 ? parseTemporalVersion(output) : undefined;
}

/** The version where the binary is one we can use, else undefined. */
export async function usableVersion(path: string, env: NodeJS.ProcessEnv): Promise<TemporalVersion | undefined> {
  const version = await versionOf(path, env);
  return version !== undefined && isRecentEnough(version) ? version : undefined;
}
