// Who may import whom. Data moves right once and comes back once; every arrow here points that way.
const typesOnly = ['type-only'];
const rule = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to });
module.exports = {
  forbidden: [
    rule('contracts-are-the-root', '^contracts/', { pathNot: '^(contracts/|node_modules/zod/)' }),
    rule(
      'domain-of-workflows-is-bare',
      '^domain/(order|manifest|appeal|alerts|account|sweep|tracking|batch|carriers|pickup|refund)/',
      {
        pathNot: '^(domain/(order|manifest|appeal|alerts|account|sweep|tracking|batch|carriers|pickup|refund)|words)/',
        dependencyTypesNot: typesOnly,
      },
    ),
    rule('domain-is-pure', '^domain/', { pathNot: '^(domain/|contracts/|words/|node_modules/(luxon|@types/luxon)/)' }),
    rule('domain-takes-types-only', '^domain/', { path: '^contracts/', dependencyTypesNot: typesOnly }),
    rule('policies-are-data', '^policies/', { pathNot: '^policies/', dependencyTypesNot: typesOnly }),
    rule('policies-know-domain', '^policies/', { pathNot: '^(policies|domain|contracts)/' }),
    rule('workflow-values', '^workflows/', {
      dependencyTypesNot: typesOnly,
      pathNot:
        '^(workflows/|domain/(order|manifest|appeal|alerts|account|sweep|tracking|batch|carriers|pickup|refund)/|words/|node_modules/@temporalio/(workflow|common)/)',
    }),
    rule('workflows-never-read-policies', '^workflows/', { path: '^policies/' }),
    rule('activities-speak-to-ports', '^activities/', { path: '^(adapters|workers|api)/|^workflows/(?!messages)' }),
    rule('adapters-answer-ports', '^adapters/', {
      path: '^(workflows|workers|api|policies)/|node_modules/@temporalio/',
    }),
    rule('paper-knows-paper', '^paper/', {
      pathNot: '^(paper|words)/|^zlib$|node_modules/(@cantoo/pdf-lib|qrcode-generator)/',
    }),
    rule('api-is-client-only', '^api/', {
      path: '^(activities|workers)/|^adapters/(?!.+/webhook|document-store/|evidence/|settings/|keyring/)|node_modules/@temporalio/(worker|activity|testing)/',
    }),
    rule('api-sees-messages', '^api/', { path: '^workflows/(?!messages)', dependencyTypesNot: typesOnly }),
    rule('sandbox-stands-alone', '^sandbox/', {
      path: '^(contracts|domain|policies|workflows|activities|adapters|workers|api)/',
    }),
    rule('no-cycles', '', { circular: true, viaOnly: { dependencyTypesNot: typesOnly } }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
