import type { Command } from 'commander';
import { PlainFailure } from '../engine/plain-failure';
import { helpWords } from '../words/cli';
import { checkNames, doctorHelp, doctorWords, shopFindings } from '../words/doctor';
import { lookAtApi, lookAtClock, lookAtPublicDoor } from './doctor/doors';
import { fail, ok, warn, type Check, type Finding } from './doctor/finding';
import { lookAtDocuments, lookAtKeys, lookAtNode, lookAtSettings } from './doctor/machine';
import { count, reportLines } from './doctor/report';
import { runChecks } from './doctor/run-checks';
import { openScene, type Scene, type SceneShop } from './doctor/scene';
import { lookAtConnection, lookAtPlatform, lookAtTokens } from './doctor/shop-connection';
import { lookAtWarehouses, lookAtWebhooks } from './doctor/shop-platform';
import { lookAtCarriers, lookAtRules, lookAtShipFrom } from './doctor/shop-settings';
import { temporalChecks } from './doctor/temporal';
import type { Io } from './io';

/** `shipclock doctor` */
export function doctorCommand(program: Command, io: Io): void {
  program
    .command('doctor')
    .description(doctorHelp.doctor)
    .option('--json', helpWords.json)
    .addHelpText('after', doctorHelp.doctorMore)
    .action((options: { readonly json?: true }) => examine(options, io));
}

async function examine({ json }: { readonly json?: true }, io: Io): Promise<void> {
  const findings = await lookAtAll(io.env);
  const failures = count(findings, 'fail');
  if (json === true) io.out(JSON.stringify({ isWell: failures === 0, findings }));
  else for (const line of reportLines(findings)) io.out(line);
  if (failures > 0) throw new PlainFailure(doctorWords.failed(failures));
}

async function lookAtAll(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const scene = await openScene(env);
  const temporal = temporalChecks(scene);
  try {
    return await runChecks([...machineChecks(scene), ...temporal.checks, ...doorChecks(scene), ...shopChecks(scene)]);
  } finally {
    await temporal.close();
  }
}

const machineChecks = (scene: Scene): Check[] => [
  { subject: checkNames.settings, look: () => lookAtSettings(scene) },
  { subject: checkNames.node, look: () => Promise.resolve([lookAtNode()]) },
  { subject: checkNames.documents, look: () => lookAtDocuments(scene) },
  { subject: checkNames.keys, look: () => Promise.resolve([lookAtKeys(scene)]) },
];

const doorChecks = (scene: Scene): Check[] => [
  { subject: checkNames.api, look: async () => [await lookAtApi(scene)] },
  { subject: checkNames.clock, look: () => lookAtClock(scene) },
  { subject: checkNames.publicDoor, look: () => lookAtPublicDoor(scene) },
];

function shopChecks(scene: Scene): Check[] {
  const { shops, playedShops } = scene;
  const none = shops.length === 0 ? [warn(shopFindings.noShops, shopFindings.noShopsToDo)] : [];
  const played = playedShops > 0 ? [ok(shopFindings.playedShops(playedShops))] : [];
  return [
    { subject: checkNames.shops, look: () => Promise.resolve([...none, ...played]) },
    ...shops.flatMap((one) => checksOf(scene, one)),
  ];
}

function checksOf(scene: Scene, { shopId, shop }: SceneShop): Check[] {
  const named = (what: string, look: Check['look']): Check => ({ subject: doctorWords.shop(shopId, what), look });
  if (shop === undefined) {
    const verdict = fail(shopFindings.unreadable, shopFindings.unreadableToDo);
    return [named(checkNames.settings, () => Promise.resolve([verdict]))];
  }
  return [
    named(checkNames.connection, async () => [await lookAtConnection(scene, shop)]),
    named(checkNames.tokens, async () => [await lookAtTokens(scene, shop)]),
    named(checkNames.platform, () => lookAtPlatform(shop)),
    named(checkNames.carrier, () => lookAtCarriers(shop)),
    named(checkNames.webhooks, () => lookAtWebhooks(scene, shop)),
    named(checkNames.rules, () => Promise.resolve([lookAtRules(shop)])),
    named(checkNames.shipFrom, () => Promise.resolve(lookAtShipFrom(shop))),
    named(checkNames.warehouse, () => lookAtWarehouses(shop)),
  ];
}
